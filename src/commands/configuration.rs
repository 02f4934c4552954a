//! Which configuration file holds.

use anyhow::Context as _;
use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::Invocation;
use crate::discover::Workspace;
use crate::model::{FileId, Sources};

/// The usual places, beside the workspace's `Cargo.toml`.
const PLACES: [&str; 2] = ["boundaries.toml", ".config/boundaries.toml"];

/// Reads the configuration: `--config`, else the place that `[workspace.metadata.archlint]` names,
/// else one of the usual places. An error if there is none.
pub(super) fn read(
    invocation: &Invocation,
    workspace: &Workspace,
    sources: &mut Sources,
) -> anyhow::Result<FileId> {
    let found = find(invocation, workspace, sources)?;
    let path = found.with_context(|| {
        format!(
            "no `boundaries.toml` in `{}`: write one, or name one by `--config`; \
             `cargo archlint explain` tells what can stand in it",
            workspace.root
        )
    })?;
    if invocation.verbose {
        eprintln!("configuration: {path}");
    }
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("`{path}` cannot be read"))?;
    let shown = path.strip_prefix(&workspace.root).unwrap_or(&path).to_owned();
    Ok(sources.add(shown, text))
}

/// Where the configuration is, if there is one.
pub(super) fn find(
    invocation: &Invocation,
    workspace: &Workspace,
    sources: &Sources,
) -> anyhow::Result<Option<Utf8PathBuf>> {
    if let Some(path) = &invocation.config {
        let current = std::env::current_dir().context("the current folder cannot be read")?;
        let current = Utf8PathBuf::try_from(current).context("the current folder is not UTF-8")?;
        return Ok(Some(current.join(path)));
    }
    if let Some(path) = named_by_manifest(sources) {
        return Ok(Some(workspace.root.join(path)));
    }
    let places = PLACES.iter().map(|place| workspace.root.join(place));
    Ok(places.into_iter().find(|path| path.is_file()))
}

/// `config` of `[workspace.metadata.archlint]`, or of `[package.metadata.archlint]` in the root.
fn named_by_manifest(sources: &Sources) -> Option<Utf8PathBuf> {
    let root = sources.files.iter().find(|file| file.path == Utf8Path::new("Cargo.toml"))?;
    let table: toml::Table = root.text.parse().ok()?;
    let sections = ["workspace", "package"].iter();
    let mut named = sections.filter_map(|section| {
        let archlint = table.get(*section)?.get("metadata")?.get("archlint")?;
        archlint.get("config")?.as_str().map(Utf8PathBuf::from)
    });
    named.next()
}
