//! `--config`, else what the workspace says itself.

use anyhow::Context as _;
use camino::Utf8PathBuf;

use super::arguments::Invocation;
use crate::discover::Workspace;
use crate::load::configuration;
use crate::model::{FileId, Sources};

/// Reads the configuration. An error if there is none.
pub(super) fn read(
    invocation: &Invocation,
    workspace: &Workspace,
    sources: &mut Sources,
) -> anyhow::Result<FileId> {
    let path = find(invocation, workspace, sources)?;
    if let Some(path) = path.as_ref().filter(|_| invocation.verbose) {
        eprintln!("configuration: {path}");
    }
    configuration::read(path.as_deref(), workspace, sources)
}

/// Where the configuration is, if there is one.
pub(super) fn find(
    invocation: &Invocation,
    workspace: &Workspace,
    sources: &Sources,
) -> anyhow::Result<Option<Utf8PathBuf>> {
    let Some(path) = &invocation.config else {
        return Ok(configuration::find(workspace, sources));
    };
    let current = std::env::current_dir().context("the current folder cannot be read")?;
    let current = Utf8PathBuf::try_from(current).context("the current folder is not UTF-8")?;
    Ok(Some(current.join(path)))
}
