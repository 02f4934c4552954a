//! The workspace's `Cargo.lock` → its text among the sources.

use std::io::ErrorKind;

use anyhow::Context as _;

use crate::discover::Workspace;
use crate::model::{FileId, Sources};

/// Reads the lock file, if there is one. An error if it is there and cannot be read.
pub fn read(workspace: &Workspace, sources: &mut Sources) -> anyhow::Result<Option<FileId>> {
    let path = workspace.root.join("Cargo.lock");
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(sources.add("Cargo.lock".into(), text))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("`{path}` cannot be read")),
    }
}
