//! What cargo said in an earlier run, where it would say the same today.
//!
//! Kept together with everything that cargo may have looked at: manifests, the lock file, its
//! configuration and toolchain files in all folders above, the folders that `members` globs over,
//! the environment, and what lies in its home. The list of Rust files is made anew and compared by its
//! name, for by it cargo finds targets. Where cargo may have looked elsewhere, nothing is kept.

use std::collections::BTreeSet;
use std::env;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::Metadata;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::configuration::{self, around};
use super::home::Stock;
use super::{Options, PathSet, Workspace, files, metadata, paths};
use crate::cache::{Cache, Key, Shelf};
use crate::model::Sources;

/// Where what cargo says is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nowhere.
    Nothing,
    /// In `archlint` in cargo's target folder.
    InTarget,
    /// In this folder, absolute.
    In(Utf8PathBuf),
}

/// What cargo said, and what it may have looked at for it.
#[derive(Serialize, Deserialize)]
struct Record {
    /// Its list of files left out.
    workspace: Workspace,
    /// The name of that list.
    list: Key,
    build_folders: Vec<Utf8PathBuf>,
    /// The sources, in their order.
    manifests: Vec<Utf8PathBuf>,
    /// Files, with the names of their contents where they are there.
    files: Vec<(Utf8PathBuf, Option<Key>)>,
    /// Folders, and the packages just below them.
    folders: Vec<(Utf8PathBuf, BTreeSet<String>)>,
    stock: Stock,
}

/// What is to be kept, and what it rests on.
pub(super) struct Answer<'a> {
    pub(super) workspace: &'a Workspace,
    /// What cargo said.
    pub(super) metadata: &'a Metadata,
    /// What of its home that rests on; asked for only where something is kept.
    pub(super) stock: &'a dyn Fn() -> Option<Stock>,
}

/// The workspace of an earlier run, if all is as it was; its manifests are added to `sources`, and to
/// `trouble` what could not be read.
pub(super) fn recall(
    options: &Options,
    keep: &Keep,
    sources: &mut Sources,
    trouble: &mut Vec<String>,
) -> Option<Workspace> {
    let manifest = metadata::manifest(options).ok()?;
    let question = question(options, &manifest)?;
    let record = places(options, keep, &manifest).into_iter().find_map(|folder| {
        let mut shelf = open(folder, &manifest);
        trouble.extend(shelf.trouble.take());
        let mut record: Record = postcard::from_bytes(shelf.get(question)?).ok()?;
        record.workspace.files = files_if_it_holds(&record)?;
        Some(record)
    })?;
    for path in &record.manifests {
        let text = std::fs::read_to_string(path).ok()?;
        sources.add(paths::relative(path, &record.workspace.root), text);
    }
    Some(record.workspace)
}

/// Keeps what cargo said.
pub(super) fn keep(options: &Options, keep: &Keep, answer: &Answer<'_>) {
    let folder = match keep {
        Keep::Nothing => return,
        Keep::InTarget => answer.workspace.target.join("archlint"),
        Keep::In(folder) => folder.clone(),
    };
    let Ok(manifest) = metadata::manifest(options) else { return };
    let (Some(question), Some(record)) =
        (question(options, &manifest), record(options, &manifest, answer))
    else {
        return;
    };
    let mut shelf = open(folder, &manifest);
    if let Ok(bytes) = postcard::to_allocvec(&record) {
        shelf.put(question, bytes);
        // Who cannot write here is told so when facts are written.
        let _ = shelf.save();
    }
}

fn open(folder: Utf8PathBuf, manifest: &Utf8Path) -> Shelf {
    let mut owner = Key::of(manifest.as_str().as_bytes()).hex();
    owner.truncate(12);
    Shelf::open(&Cache { folder: Some(folder), owner }, "workspace", env!("ARCHLINT_SOURCES"))
}

/// Where a record may be: before cargo is asked, its target folder can only be guessed.
fn places(options: &Options, keep: &Keep, manifest: &Utf8Path) -> Vec<Utf8PathBuf> {
    match keep {
        Keep::Nothing => Vec::new(),
        Keep::In(folder) => vec![folder.clone()],
        Keep::InTarget => {
            let named = env::var("CARGO_TARGET_DIR").ok().map(|it| options.current_dir.join(it));
            let usual = manifest.ancestors().skip(1).map(|folder| folder.join("target"));
            named.into_iter().chain(usual).map(|target| target.join("archlint")).collect()
        }
    }
}

/// What is asked: whom, where, and in which environment.
fn question(options: &Options, manifest: &Utf8Path) -> Option<Key> {
    let decides = |name: &str| {
        let prefixes = ["CARGO", "RUST", "TARGET"];
        prefixes.iter().any(|prefix| name.starts_with(prefix)) || ["HOME", "PATH"].contains(&name)
    };
    let mut asked = vec![format!("{options:?}"), manifest.to_string(), program(&options.cargo)];
    for (name, value) in env::vars_os() {
        let name = name.into_string().ok()?;
        if decides(&name) {
            asked.push(format!("{name}={}", value.into_string().ok()?));
        }
    }
    asked[3..].sort_unstable();
    Some(Key::of_all(asked.iter().map(String::as_bytes)))
}

/// Which program it is, where its path says so.
fn program(cargo: &Utf8Path) -> String {
    let found = cargo.is_absolute().then(|| cargo.metadata().ok()).flatten();
    format!("{:?}", found.map(|found| (found.len(), found.modified().ok())))
}

fn record(options: &Options, manifest: &Utf8Path, answer: &Answer<'_>) -> Option<Record> {
    let Answer { workspace, metadata, stock } = answer;
    let manifests: Vec<Utf8PathBuf> = own_manifests(workspace);
    let local = metadata.packages.iter().filter(|package| package.source.is_none());
    let mut watched: BTreeSet<Utf8PathBuf> = around(&options.current_dir);
    watched.extend(local.flat_map(|package| around(&paths::normal(&package.manifest_path))));
    watched.extend(around(manifest));
    watched.extend(configuration::at_home());
    watched.extend(manifests.iter().cloned());
    watched.insert(workspace.root.join("Cargo.lock"));
    let files: Vec<_> = watched.into_iter().map(|path| (content(&path), path)).collect();
    let includes = |(text, path): &(Option<String>, Utf8PathBuf)| {
        let text = text.as_ref().filter(|_| configuration::is_for_cargo(path));
        text.is_some_and(|text| text.contains("include"))
    };
    if files.iter().any(includes) {
        return None;
    }
    let key = |text: &String| Key::of(text.as_bytes());
    Some(Record {
        build_folders: metadata::build_folders(metadata),
        folders: globbed(&workspace.root)?,
        manifests,
        files: files.iter().map(|(text, path)| (path.clone(), text.as_ref().map(key))).collect(),
        list: name_of(&workspace.files),
        workspace: Workspace { files: PathSet::default(), ..(*workspace).clone() },
        stock: stock()?,
    })
}

/// The workspace's manifest, then those of its members, as discovery reads them.
fn own_manifests(workspace: &Workspace) -> Vec<Utf8PathBuf> {
    let root = workspace.root.join("Cargo.toml");
    let members = workspace.packages.iter().map(|it| workspace.root.join(&it.manifest));
    let members: Vec<_> = members.filter(|path| *path != root).collect();
    std::iter::once(root).chain(members).collect()
}

/// The folders over which `members` globs, with the packages in them; none where a glob looks
/// deeper than a listing does.
fn globbed(root: &Utf8Path) -> Option<Vec<(Utf8PathBuf, BTreeSet<String>)>> {
    let manifest: toml::Table = content(&root.join("Cargo.toml"))?.parse().ok()?;
    let members = manifest.get("workspace").and_then(|it| it.get("members"));
    let members = members.and_then(toml::Value::as_array).into_iter().flatten();
    let is_glob = |path: &str| path.contains(['*', '?', '[']);
    let globs = members.filter_map(toml::Value::as_str).filter(|path| is_glob(path));
    let listing = |glob: &str| {
        let folder = Utf8Path::new(glob).parent()?;
        let folder = (!is_glob(folder.as_str())).then(|| root.join(folder))?;
        Some((folder.clone(), packages_in(&folder)))
    };
    globs.map(listing).collect()
}

fn packages_in(folder: &Utf8Path) -> BTreeSet<String> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let packages = entries.filter(|entry| entry.path().join("Cargo.toml").is_file());
    packages.map(|entry| entry.file_name().to_owned()).collect()
}

fn name_of(list: &PathSet) -> Key {
    Key::of_all(list.iter().map(|path| path.as_str().as_bytes()))
}

/// The list of files, if all is as it was.
fn files_if_it_holds(record: &Record) -> Option<PathSet> {
    let same = |path: &Utf8Path, was: Option<Key>| {
        content(path).map(|text| Key::of(text.as_bytes())) == was
    };
    let workspace = &record.workspace;
    let holds = record.files.par_iter().all(|(path, was)| same(path, *was))
        && record.folders.iter().all(|(folder, was)| packages_in(folder) == *was)
        && record.stock.holds();
    let list = || files::list(&workspace.root, &workspace.packages, &record.build_folders);
    holds.then(list).filter(|list| name_of(list) == record.list)
}

fn content(path: &Utf8Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}
