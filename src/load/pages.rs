//! The rule pages of a workspace: what `pages` in `[settings]` names.

use anyhow::{Context as _, anyhow};
use camino::Utf8PathBuf;
use walkdir::WalkDir;

use crate::discover::Workspace;
use crate::model::{FileId, Sources};

/// Reads the pages that the configuration names, in the order of their paths. What it names and is
/// not there is told when the configuration is judged; an error if a page cannot be read.
pub fn read(
    workspace: &Workspace,
    sources: &mut Sources,
    config: FileId,
) -> anyhow::Result<Vec<FileId>> {
    let mut paths = Vec::new();
    for named in named(&sources.file(config).text) {
        paths.extend(below(&workspace.root.join(named))?);
    }
    paths.sort();
    paths.dedup();
    let mut pages = Vec::new();
    for path in paths {
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("`{path}` cannot be read"))?;
        let shown = path.strip_prefix(&workspace.root).unwrap_or(&path).to_owned();
        pages.push(sources.add(shown, text));
    }
    Ok(pages)
}

/// A page itself, or every `.md` file below a folder, sorted; nothing where there is neither.
pub fn below(path: &Utf8PathBuf) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let mut pages = Vec::new();
    if !path.exists() {
        return Ok(pages);
    }
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| anyhow!("{error}"))?;
        let found = Utf8PathBuf::try_from(entry.path().to_owned())?;
        if entry.file_type().is_file() && (found == *path || found.extension() == Some("md")) {
            pages.push(found);
        }
    }
    Ok(pages)
}

/// What stands in a file that has faults elsewhere is not asked for: the faults are told first.
fn named(config: &str) -> Vec<String> {
    let table: toml::Table = config.parse().unwrap_or_default();
    let pages = table.get("settings").and_then(|settings| settings.get("pages"));
    match pages {
        Some(toml::Value::String(one)) => vec![one.clone()],
        Some(toml::Value::Array(list)) => {
            list.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}
