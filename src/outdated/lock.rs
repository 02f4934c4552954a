//! `Cargo.lock` → its packages, each with its place.

use semver::Version;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{FileId, Span};

use super::registry::Registry;

/// A lock file.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// In the order of the file.
    pub packages: Vec<Locked>,
}

/// One `[[package]]`.
#[derive(Clone, Debug)]
pub struct Locked {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// Where it comes from.
    pub source: Source,
    /// Its `version` in the file.
    pub span: Span,
    /// What it needs: names, with a version where there are several of that name.
    pub needs: Vec<(String, Option<String>)>,
}

/// Where a locked package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A folder.
    Folder,
    /// A registry.
    Registry(Registry),
    /// Something else, in the file's words: `git+https://…`.
    Other(String),
}

/// Reads a lock file. What does not parse locks nothing: cargo complains of it.
pub(super) fn read(text: &str, file: FileId) -> Lock {
    let (document, _) = DeTable::parse_recoverable(text);
    let packages = document.get_ref().get("package").and_then(|value| value.get_ref().as_array());
    let packages = packages.into_iter().flatten();
    Lock { packages: packages.filter_map(|package| locked(package.get_ref(), file)).collect() }
}

fn locked(package: &DeValue<'_>, file: FileId) -> Option<Locked> {
    let table = package.as_table()?;
    let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
    let range = table.get("version")?.span();
    let needs = table.get("dependencies").and_then(|value| value.get_ref().as_array());
    Some(Locked {
        name: text("name")?.to_owned(),
        version: Version::parse(text("version")?).ok()?,
        source: text("source").map_or(Source::Folder, source),
        span: Span { file, start: range.start as u32, end: range.end as u32 },
        needs: needs.into_iter().flatten().filter_map(need).collect(),
    })
}

/// `name`, `name version` or `name version (source)`.
fn need(value: &Spanned<DeValue<'_>>) -> Option<(String, Option<String>)> {
    let mut words = value.get_ref().as_str()?.split(' ');
    Some((words.next()?.to_owned(), words.next().map(str::to_owned)))
}

fn source(text: &str) -> Source {
    match Registry::of_lock(text) {
        Some(registry) => Source::Registry(registry),
        None => Source::Other(text.to_owned()),
    }
}
