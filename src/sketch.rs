//! A workspace in memory: named texts → [`Workspace`], as cargo would read them from a folder.
//!
//! Rule pages and tests are small workspaces of this form. The first folder of a path names its
//! package (`shop/src/cart.rs`). A package without a `Cargo.toml` gets one that knows every other
//! package, and takes any other first segment for an external crate; one without a root file gets
//! a library that declares each of its files as a module. Nothing is read from disk.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::discover::{
    Dependency, DependencyKind, ExternalPackage, Package, PackageId, Resolved, Target, TargetKind,
    Workspace,
};
use crate::extract::{FileFacts, Name, extract};
use crate::model::{FileId, Sources, Span};
#[cfg(test)]
use crate::resolve::ScopesByFile;
use crate::resolve::{FactsByFile, Resolution, Tree, resolve};

/// A workspace in memory with its sources and facts.
#[derive(Debug, Default)]
pub struct Sketch {
    /// The workspace.
    pub workspace: Workspace,
    /// Its files, manifests included.
    pub sources: Sources,
    /// The facts of its Rust files.
    pub files: FactsByFile,
}

impl Sketch {
    /// Resolves every name in it.
    pub fn resolve(&self) -> Resolution {
        self.grown(|tree, files| resolve(&self.workspace, tree, files))
    }

    /// The parts of the build to which its files can belong.
    #[cfg(test)]
    pub(crate) fn scopes(&self) -> ScopesByFile {
        self.grown(|tree, _| tree.scopes(&self.files))
    }

    /// Grows its module tree.
    pub(crate) fn grown<T>(&self, use_it: impl FnOnce(&Tree<'_>, &FactsByFile) -> T) -> T {
        let mut tree = Tree::plant(&self.workspace);
        let (by_path, facts) = (self.files.by_path.clone(), self.files.facts.clone());
        let mut files = FactsByFile { by_path, facts, ..FactsByFile::default() };
        loop {
            tree.grow(&files);
            let wanted = tree.wanted(&files);
            if wanted.is_empty() {
                return use_it(&tree, &files);
            }
            files.by_path.extend(wanted.into_iter().map(|file| (file.path, None)));
        }
    }
}

/// Reads texts as a workspace.
pub fn sketch<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Sketch {
    let mut texts: BTreeMap<Utf8PathBuf, String> =
        texts.into_iter().map(|(path, text)| (path.into(), text.to_owned())).collect();
    let names: BTreeSet<String> = texts.keys().filter_map(|path| folder(path)).collect();
    for name in &names {
        add_library(&mut texts, name);
    }
    let mut sketch = Sketch::default();
    for (path, text) in &texts {
        let file = sketch.sources.add(path.clone(), text.clone());
        if path.extension() == Some("rs") {
            sketch.workspace.files.insert(path.clone());
            sketch.files.by_path.insert(path.clone(), Some(file));
            sketch.files.facts.insert(file, extract(text));
        }
    }
    let manifests: Vec<Manifest> =
        names.iter().map(|name| manifest(name, &texts, &sketch)).collect();
    let mut externals = BTreeSet::new();
    for manifest in &manifests {
        let own = |name: &str| manifests.iter().any(|other| other.is_called(name));
        let foreign = manifest.dependencies.iter().filter(|entry| !entry.is_member(&manifests));
        externals.extend(foreign.map(|entry| entry.package.clone()));
        if !manifest.written {
            let first = first_segments(&manifest.name, &sketch);
            externals.extend(first.into_iter().filter(|name| !own(name)));
        }
    }
    sketch.workspace.externals = externals
        .into_iter()
        .map(|name| ExternalPackage { library: name.replace('-', "_"), name })
        .collect();
    let packages = manifests.iter().map(|manifest| package(manifest, &manifests, &sketch));
    sketch.workspace.packages = packages.collect();
    sketch
}

/// What a `Cargo.toml` says, or would say.
struct Manifest {
    written: bool,
    name: String,
    library: String,
    edition: u16,
    proc_macro: bool,
    root: Option<String>,
    dependencies: Vec<Entry>,
}

struct Entry {
    key: String,
    package: String,
    kind: DependencyKind,
    optional: bool,
    path: bool,
    span: Option<Span>,
}

impl Manifest {
    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.library == name.replace('-', "_")
    }
}

impl Entry {
    fn is_member(&self, manifests: &[Manifest]) -> bool {
        self.path && manifests.iter().any(|manifest| manifest.name == self.package)
    }
}

fn folder(path: &Utf8Path) -> Option<String> {
    let mut components = path.components();
    let first = components.next()?.to_string();
    components.next().map(|_| first)
}

/// A library root for a package that has files under `src/` but no root.
fn add_library(texts: &mut BTreeMap<Utf8PathBuf, String>, name: &str) {
    let source = Utf8PathBuf::from(format!("{name}/src"));
    let has_root = ["lib.rs", "main.rs"].iter().any(|root| texts.contains_key(&source.join(root)))
        || texts.keys().any(|path| path.starts_with(source.join("bin")))
        || texts.contains_key(&Utf8PathBuf::from(format!("{name}/Cargo.toml")));
    let inside = texts.keys().filter_map(|path| path.strip_prefix(&source).ok());
    let modules: BTreeSet<&str> =
        inside.filter_map(|path| path.components().next()?.as_str().split('.').next()).collect();
    if !has_root && !modules.is_empty() {
        let text = modules.iter().flat_map(|module| ["pub mod ", module, ";\n"]).collect();
        texts.insert(source.join("lib.rs"), text);
    }
}

fn manifest(name: &str, texts: &BTreeMap<Utf8PathBuf, String>, sketch: &Sketch) -> Manifest {
    let path = Utf8PathBuf::from(format!("{name}/Cargo.toml"));
    let text = texts.get(&path).map_or("", String::as_str);
    let table: toml::Table = text.parse().unwrap_or_default();
    let section = |key: &str| table.get(key).and_then(toml::Value::as_table);
    let word = |table: Option<&toml::Table>, key: &str| {
        table.and_then(|table| table.get(key)?.as_str()).map(str::to_owned)
    };
    let package = section("package");
    let library = section("lib");
    let called = word(package, "name").unwrap_or_else(|| name.to_owned());
    let edition = word(package, "edition").and_then(|year| year.parse().ok());
    let file = sketch.sources.files.iter().position(|file| file.path == path);
    let tables = [
        ("dependencies", DependencyKind::Normal),
        ("dev-dependencies", DependencyKind::Dev),
        ("build-dependencies", DependencyKind::Build),
    ];
    let dependencies = tables.iter().flat_map(|(name, kind)| {
        let entries = section(name).into_iter().flatten();
        entries.map(|(key, value)| {
            let span = file.and_then(|file| line_of(name, key, text, file));
            entry(key, value, *kind, span)
        })
    });
    Manifest {
        written: texts.contains_key(&path),
        library: word(library, "name").unwrap_or_else(|| called.replace('-', "_")),
        root: word(library, "path"),
        proc_macro: library.and_then(|table| table.get("proc-macro")?.as_bool()) == Some(true),
        edition: edition.unwrap_or(2021),
        dependencies: dependencies.collect(),
        name: called,
    }
}

/// The line of a key in a table of a manifest.
fn line_of(table: &str, key: &str, text: &str, file: usize) -> Option<Span> {
    let below = text.find(&format!("[{table}]"))?;
    let mut at = below;
    let found = text[below..].split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        line.trim_start().starts_with(key).then_some((start, start + line.trim_end().len()))
    });
    found.map(|(start, end)| Span {
        file: FileId(file as u32),
        start: start as u32,
        end: end as u32,
    })
}

fn entry(key: &str, value: &toml::Value, kind: DependencyKind, span: Option<Span>) -> Entry {
    let word = |key: &str| value.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Entry {
        package: word("package").unwrap_or_else(|| key.to_owned()),
        key: key.to_owned(),
        kind,
        optional: value.get("optional").and_then(toml::Value::as_bool) == Some(true),
        path: word("path").is_some(),
        span,
    }
}

/// Every name that starts a path of several segments in a package's files.
fn first_segments(package: &str, sketch: &Sketch) -> BTreeSet<String> {
    let of_package =
        |file: &FileId| folder(&sketch.sources.file(*file).path).as_deref() == Some(package);
    let mut found = BTreeSet::new();
    for (_, facts) in sketch.files.facts.iter().filter(|(file, _)| of_package(file)) {
        let imports = || facts.imports.iter().map(|import| facts.path(import.segments));
        let paths = facts.paths.iter().map(|path| facts.path(path.segments));
        let long = imports().chain(paths).filter(|segments| segments.len() > 1);
        found.extend(long.filter_map(|segments| crate_like(facts, segments[0])));
        let declared = |name: Name| facts.macros.iter().any(|made| made.name == name);
        let alone = imports().filter(|segments| segments.len() == 1);
        let alone = alone.filter(|segments| !declared(segments[0]));
        found.extend(alone.filter_map(|segments| crate_like(facts, segments[0])));
    }
    found
}

fn crate_like(facts: &FileFacts, name: Name) -> Option<String> {
    const NEVER: [&str; 9] =
        ["crate", "self", "super", "$crate", "std", "core", "alloc", "proc_macro", "test"];
    let name = &facts.names[name.0 as usize];
    let plain = name.starts_with(|first: char| first.is_ascii_lowercase());
    (plain && !NEVER.contains(&name)).then(|| name.to_owned())
}

fn package(manifest: &Manifest, all: &[Manifest], sketch: &Sketch) -> Package {
    let written = manifest.dependencies.iter().map(|entry| dependency(entry, all, sketch));
    let mut dependencies: Vec<Dependency> = written.collect();
    if !manifest.written {
        let others = all.iter().enumerate().filter(|(_, other)| other.name != manifest.name);
        dependencies.extend(others.map(|(at, other)| {
            implied(&other.name, &other.library, Resolved::Member(PackageId(at as u32)))
        }));
        let externals = sketch.workspace.externals.iter().enumerate();
        dependencies.extend(externals.map(|(at, external)| {
            implied(&external.name, &external.library, Resolved::External(at as u32))
        }));
    }
    Package {
        id: manifest.name.clone(),
        manifest: format!("{}/Cargo.toml", manifest.name).into(),
        folder: manifest.name.clone().into(),
        targets: targets(manifest, sketch),
        dependencies,
        name: manifest.name.clone(),
    }
}

fn implied(package: &str, library: &str, resolved: Resolved) -> Dependency {
    Dependency {
        package: package.to_owned(),
        code_name: library.to_owned(),
        kind: DependencyKind::Normal,
        optional: false,
        target: None,
        resolved,
        span: None,
    }
}

fn dependency(entry: &Entry, all: &[Manifest], sketch: &Sketch) -> Dependency {
    let member = all.iter().position(|other| entry.path && other.name == entry.package);
    let externals = &sketch.workspace.externals;
    let resolved = if let Some(at) = member {
        Resolved::Member(PackageId(at as u32))
    } else {
        let at = externals.iter().position(|external| external.name == entry.package);
        Resolved::External(at.expect("every foreign entry is listed") as u32)
    };
    let code_name = match member {
        Some(at) if entry.key == entry.package => all[at].library.clone(),
        _ => entry.key.replace('-', "_"),
    };
    Dependency {
        package: entry.package.clone(),
        code_name,
        kind: entry.kind,
        optional: entry.optional,
        target: None,
        resolved,
        span: entry.span,
    }
}

/// The targets that cargo would find by the usual places.
fn targets(manifest: &Manifest, sketch: &Sketch) -> Vec<Target> {
    let folder = Utf8PathBuf::from(&manifest.name);
    let mut targets = Vec::new();
    let mut add = |kind, name: &str, root: Utf8PathBuf| {
        let (edition, proc_macro) = (manifest.edition, manifest.proc_macro);
        targets.push(Target { kind, name: name.to_owned(), root, edition, proc_macro });
    };
    let library = folder.join(manifest.root.as_deref().unwrap_or("src/lib.rs"));
    if sketch.workspace.files.contains(&library) {
        add(TargetKind::Lib, &manifest.library, library);
    }
    for path in &sketch.workspace.files {
        let Ok(inside) = path.strip_prefix(&folder) else { continue };
        let stem = path.file_stem().unwrap_or_default();
        match inside.parent().map(Utf8Path::as_str) {
            Some("src") if stem == "main" => add(TargetKind::Bin, &manifest.name, path.clone()),
            Some("src/bin") => add(TargetKind::Bin, stem, path.clone()),
            Some("tests") => add(TargetKind::Test, stem, path.clone()),
            Some("benches") => add(TargetKind::Bench, stem, path.clone()),
            Some("examples") => add(TargetKind::Example, stem, path.clone()),
            Some("") if stem == "build" => add(TargetKind::Build, "build-script", path.clone()),
            _ => {}
        }
    }
    targets
}
