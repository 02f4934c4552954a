//! Where the baseline of a configuration is.

use std::io::ErrorKind;

use anyhow::Context as _;
use camino::Utf8PathBuf;

use crate::discover::Workspace;
use crate::model::{FileId, Sources};

/// The baseline's place: beside the configuration, `boundaries.toml` → `boundaries.baseline.toml`.
pub fn place(workspace: &Workspace, sources: &Sources, config: FileId) -> Utf8PathBuf {
    workspace.root.join(&sources.file(config).path).with_extension("baseline.toml")
}

/// Reads the baseline, if there is one. An error if it is there and cannot be read.
pub fn read(
    workspace: &Workspace,
    sources: &mut Sources,
    config: FileId,
) -> anyhow::Result<Option<FileId>> {
    let path = place(workspace, sources, config);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("`{path}` cannot be read")),
    };
    let shown = path.strip_prefix(&workspace.root).unwrap_or(&path).to_owned();
    Ok(Some(sources.add(shown, text)))
}
