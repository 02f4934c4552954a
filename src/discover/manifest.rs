//! `Cargo.toml` → its text among the sources, and where its dependency entries stand.

use std::fs;
use std::ops::Range;
use std::str::FromStr;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::cargo_platform::Platform;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{FileId, Sources, Span};

use super::members::Members;
use super::{DependencyKind, paths};

/// The manifests of a workspace.
#[derive(Debug)]
pub(super) struct Manifests {
    /// The text of the workspace's own.
    pub(super) root: String,
    /// The dependency entries of each member, by [`super::PackageId`].
    pub(super) members: Vec<Vec<Entry>>,
}

/// An entry in a dependency table, as written.
#[derive(Debug)]
pub(super) struct Entry {
    kind: DependencyKind,
    target: Option<Platform>,
    key: String,
    span: Span,
}

/// A `[patch.…]` entry.
pub(super) struct Patch {
    /// The package that it replaces.
    pub(super) package: String,
    /// The folder that replaces it, if it is one.
    pub(super) folder: Option<Utf8PathBuf>,
}

/// Reads the workspace's manifest and those of its members into `sources`.
pub(super) fn read(members: &Members<'_>, sources: &mut Sources) -> Result<Manifests> {
    let root_path = members.root.join("Cargo.toml");
    let root_file = add(&root_path, &members.root, sources)?;
    let mut entries = Vec::new();
    for package in &members.packages {
        let path = paths::normal(&package.manifest_path);
        let file = if path == root_path { root_file } else { add(&path, &members.root, sources)? };
        entries.push(dependency_entries(&sources.file(file).text, file));
    }
    Ok(Manifests { root: sources.file(root_file).text.clone(), members: entries })
}

/// The text of the lock file; none if there is none to be read.
pub(super) fn lock_file(root: &Utf8Path) -> Option<String> {
    fs::read_to_string(root.join("Cargo.lock")).ok()
}

/// Where the entry for a declared dependency stands.
pub(super) fn span(entries: &[Entry], declared: &cargo_metadata::Dependency) -> Option<Span> {
    let key = declared.rename.as_ref().unwrap_or(&declared.name);
    let kind = DependencyKind::from(declared.kind);
    entries
        .iter()
        .find(|entry| entry.kind == kind && entry.key == *key && entry.target == declared.target)
        .map(|entry| entry.span)
}

/// The `[patch]` entries of the workspace's manifest.
pub(super) fn patches(text: &str, root: &Utf8Path) -> Vec<Patch> {
    let (document, _) = DeTable::parse_recoverable(text);
    let sources = document.get_ref().get("patch").and_then(table);
    let entries = sources.into_iter().flat_map(DeTable::values).filter_map(table).flatten();
    entries.map(|(key, value)| patch(key.get_ref(), table(value), root)).collect()
}

fn patch(key: &str, entry: Option<&DeTable<'_>>, root: &Utf8Path) -> Patch {
    let text = |key: &str| entry?.get(key)?.get_ref().as_str();
    let folder = text("path").map(|path| paths::normal(&root.join(path)));
    Patch { package: text("package").unwrap_or(key).to_owned(), folder }
}

fn add(path: &Utf8Path, root: &Utf8Path, sources: &mut Sources) -> Result<FileId> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read `{path}`"))?;
    Ok(sources.add(paths::relative(path, root), text))
}

/// cargo has read the manifest before us, so what does not parse here is passed over.
fn dependency_entries(text: &str, file: FileId) -> Vec<Entry> {
    let (document, _) = DeTable::parse_recoverable(text);
    let document = document.get_ref();
    let mut entries = entries_for(document, None, text, file);
    for (target, tables) in document.get("target").and_then(table).into_iter().flatten() {
        if let (Ok(target), Some(tables)) = (Platform::from_str(target.get_ref()), table(tables)) {
            entries.extend(entries_for(tables, Some(&target), text, file));
        }
    }
    entries
}

fn entries_for(
    tables: &DeTable<'_>,
    target: Option<&Platform>,
    text: &str,
    file: FileId,
) -> Vec<Entry> {
    const TABLES: [(DependencyKind, [&str; 2]); 3] = [
        (DependencyKind::Normal, ["dependencies", "dependencies"]),
        (DependencyKind::Build, ["build-dependencies", "build_dependencies"]),
        (DependencyKind::Dev, ["dev-dependencies", "dev_dependencies"]),
    ];
    let mut entries = Vec::new();
    for (kind, spellings) in TABLES {
        let found = spellings.into_iter().find_map(|name| table(tables.get(name)?));
        for (key, value) in found.into_iter().flatten() {
            let Range { start, end } = entry_range(text, key.span(), value);
            let span = Span { file, start: start as u32, end: end as u32 };
            let key = key.get_ref().to_string();
            entries.push(Entry { kind, target: target.cloned(), key, span });
        }
    }
    entries
}

/// The key, and of its value what ends on the key's line.
fn entry_range(text: &str, key: Range<usize>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    let same_line = |end: &usize| text.get(key.start..*end).is_some_and(|it| !it.contains('\n'));
    let end = value_ends(&key, value).into_iter().filter(same_line).max();
    key.start..end.unwrap_or(key.end)
}

/// Where values begun by this key end: several where it is dotted (`key.path = ".."`). A table of
/// its own has its header for a span, around the key or before it.
fn value_ends(key: &Range<usize>, value: &Spanned<DeValue<'_>>) -> Vec<usize> {
    if value.span().start >= key.end {
        return vec![value.span().end];
    }
    let inner = table(value).into_iter().flat_map(DeTable::values);
    inner.flat_map(|value| value_ends(key, value)).collect()
}

fn table<'a, 'i>(value: &'a Spanned<DeValue<'i>>) -> Option<&'a DeTable<'i>> {
    value.get_ref().as_table()
}
