//! Manifests → the requirements in them, each with its place.
//!
//! cargo has read the manifests before us, so what does not parse here is passed over.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::discover::{PackageId, Workspace};
use crate::model::{FileId, Sources, Span};

use super::release::Rust;

/// The tables of a manifest that hold dependencies, in both spellings that cargo knows.
const TABLES: [&str; 5] = [
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "build-dependencies",
    "build_dependencies",
];

/// What the manifests of a workspace ask for.
#[derive(Clone, Debug, Default)]
pub struct Manifests {
    /// Every entry that says itself what it asks for, in the order of the files.
    pub entries: Vec<Entry>,
    /// Who inherits an entry of `[workspace.dependencies]`, by its key.
    pub heirs: BTreeMap<String, Vec<PackageId>>,
    /// The oldest Rust that a member supports, by [`PackageId`].
    pub rusts: Vec<Option<Rust>>,
}

/// An entry in a dependency table.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whose it is; none: the workspace's.
    pub member: Option<PackageId>,
    /// Its table and key: `target`, `cfg(unix)`, `dependencies`, `libc`.
    pub path: Vec<String>,
    /// The package's real name.
    pub package: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The version requirement; none where there is none.
    pub requirement: Option<Written>,
    /// Its key in the file.
    pub span: Span,
}

/// A string in a manifest.
#[derive(Clone, Debug)]
pub struct Written {
    /// Without its quotes.
    pub text: String,
    /// With them.
    pub span: Span,
}

/// Where a dependency comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A registry: crates.io, or the one that cargo's configuration calls so.
    Registry(Option<String>),
    /// A registry, by the address of its index.
    Index(String),
    /// A git repository.
    Git,
    /// A folder, as written.
    Folder(Utf8PathBuf),
}

/// Reads the manifests that `discover` has put among the sources.
pub(super) fn read(workspace: &Workspace, sources: &Sources) -> Manifests {
    let file = |path: &Utf8Path| {
        let at = sources.files.iter().position(|file| file.path == path)?;
        Some((&sources.files[at].text, FileId(at as u32)))
    };
    let mut manifests = Manifests::default();
    let root = file(Utf8Path::new("Cargo.toml"));
    let shared = root.map(|(text, file)| (DeTable::parse_recoverable(text).0, file));
    if let Some((document, file)) = &shared
        && let Some(workspace) = child(document.get_ref(), "workspace")
    {
        let place = Place { member: None, file: *file, above: &["workspace"] };
        table(workspace, "dependencies", place, &mut manifests);
    }
    let shared_rust = shared
        .as_ref()
        .and_then(|(document, _)| rust(child(child(document.get_ref(), "workspace")?, "package")?));
    for (number, package) in workspace.packages.iter().enumerate() {
        let member = PackageId(number as u32);
        let mut rust = None;
        if let Some((text, file)) = file(&package.manifest) {
            let (document, _) = DeTable::parse_recoverable(text);
            member_tables(document.get_ref(), file, member, &mut manifests);
            rust = member_rust(document.get_ref(), shared_rust);
        }
        manifests.rusts.push(rust);
    }
    manifests
}

/// Where a table stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    member: Option<PackageId>,
    file: FileId,
    above: &'a [&'a str],
}

fn member_tables(
    document: &DeTable<'_>,
    file: FileId,
    member: PackageId,
    manifests: &mut Manifests,
) {
    let member = Some(member);
    for name in TABLES {
        table(document, name, Place { member, file, above: &[] }, manifests);
    }
    for (target, tables) in child(document, "target").into_iter().flatten() {
        for name in TABLES {
            if let Some(tables) = tables.get_ref().as_table() {
                let above = ["target", target.get_ref()];
                table(tables, name, Place { member, file, above: &above }, manifests);
            }
        }
    }
}

/// Which Rust a member supports, by its own word or the workspace's.
fn member_rust(document: &DeTable<'_>, shared: Option<Rust>) -> Option<Rust> {
    let package = child(document, "package")?;
    if child(package, "rust-version").is_some() { shared } else { rust(package) }
}

fn table(above: &DeTable<'_>, name: &str, place: Place<'_>, manifests: &mut Manifests) {
    let mut entries: Vec<_> = child(above, name).into_iter().flatten().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let text = key.get_ref();
        match place.member {
            Some(member) if inherits(value) => {
                manifests.heirs.entry(text.to_string()).or_default().push(member);
            }
            _ => manifests.entries.push(entry(key, value, name, place)),
        }
    }
}

fn entry(
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    table: &str,
    place: Place<'_>,
) -> Entry {
    let inner = value.get_ref().as_table();
    let text = |name: &str| inner?.get(name)?.get_ref().as_str();
    let version = match value.get_ref() {
        DeValue::String(_) => Some(value),
        _ => inner.and_then(|inner| inner.get("version")),
    };
    let above = place.above.iter().copied().chain([table, key.get_ref()]);
    Entry {
        member: place.member,
        path: above.map(str::to_owned).collect(),
        package: text("package").unwrap_or(key.get_ref()).to_owned(),
        origin: origin(text),
        requirement: version.and_then(|version| written(version, place.file)),
        span: span(place.file, key.span()),
    }
}

fn origin<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Origin {
    if text("git").is_some() {
        return Origin::Git;
    }
    if let Some(folder) = text("path") {
        return Origin::Folder(folder.into());
    }
    match text("registry-index") {
        Some(index) => Origin::Index(index.to_owned()),
        None => Origin::Registry(text("registry").map(str::to_owned)),
    }
}

fn written(value: &Spanned<DeValue<'_>>, file: FileId) -> Option<Written> {
    let text = value.get_ref().as_str()?.to_owned();
    Some(Written { text, span: span(file, value.span()) })
}

fn span(file: FileId, range: std::ops::Range<usize>) -> Span {
    Span { file, start: range.start as u32, end: range.end as u32 }
}

fn inherits(value: &Spanned<DeValue<'_>>) -> bool {
    let flag = value.get_ref().as_table().and_then(|inner| inner.get("workspace"));
    flag.is_some_and(|flag| flag.get_ref().as_bool() == Some(true))
}

fn rust(package: &DeTable<'_>) -> Option<Rust> {
    Rust::parse(package.get("rust-version")?.get_ref().as_str()?)
}

fn child<'a, 'i>(table: &'a DeTable<'i>, key: &str) -> Option<&'a DeTable<'i>> {
    table.get(key)?.get_ref().as_table()
}
