//! Which configuration file holds.

use anyhow::Context as _;
use camino::{Utf8Path, Utf8PathBuf};

use crate::discover::Workspace;
use crate::model::{FileId, Sources};

/// The usual places, beside the workspace's `Cargo.toml`.
const PLACES: [&str; 2] = ["boundaries.toml", ".config/boundaries.toml"];

/// A member's own file, in the folder of its `Cargo.toml`.
pub const NESTED: &str = "boundaries.toml";

/// Reads the configuration: the file that is asked for, else the one that [`find`] finds. An error
/// if there is none.
pub fn read(
    asked: Option<&Utf8Path>,
    workspace: &Workspace,
    sources: &mut Sources,
) -> anyhow::Result<FileId> {
    let found = asked.map(Utf8Path::to_owned).or_else(|| find(workspace, sources));
    let path = found.with_context(|| {
        format!(
            "no `boundaries.toml` in `{}`; `cargo archlint init` writes one that holds today, \
             `--config` names another place",
            workspace.root
        )
    })?;
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("`{path}` cannot be read"))?;
    let shown = path.strip_prefix(&workspace.root).unwrap_or(&path).to_owned();
    let config = sources.add(shown, text);
    read_nested(&path, workspace, sources)?;
    Ok(config)
}

/// Reads the members' own files. The one in the workspace's folder is the workspace's.
fn read_nested(
    config: &Utf8Path,
    workspace: &Workspace,
    sources: &mut Sources,
) -> anyhow::Result<()> {
    for package in workspace.packages.iter().filter(|one| !one.folder.as_str().is_empty()) {
        let shown = package.folder.join(NESTED);
        let path = workspace.root.join(&shown);
        if path == config || !path.is_file() {
            continue;
        }
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("`{path}` cannot be read"))?;
        sources.add(shown, text);
    }
    Ok(())
}

/// The place that `[workspace.metadata.archlint]` names, else the usual one that exists.
pub fn find(workspace: &Workspace, sources: &Sources) -> Option<Utf8PathBuf> {
    if let Some(path) = named_by_manifest(sources) {
        return Some(workspace.root.join(path));
    }
    let places = PLACES.iter().map(|place| workspace.root.join(place));
    places.into_iter().find(|path| path.is_file())
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
