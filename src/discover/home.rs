//! cargo's home → what lies there of the packages of crates.io, and the name of all on which an
//! answer of cargo depends that it has no more than a home for.
//!
//! Invariant: what is unpacked of a name and a version is believed never to change.

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::configuration::{cargo_home, rustup_home};
use super::lock::{Lock, LockedPackage};
use crate::cache::Key;

/// How far a package has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    /// cargo reads its manifest.
    Unpacked,
    /// cargo unpacks it when it needs it.
    Packed,
    /// cargo cannot have it without the network.
    Absent,
}

/// What of cargo's home an answer rests on.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stock {
    /// How far packages had come, each by name and version.
    packages: Vec<(String, State)>,
    /// The name of everything that was there, where all of it matters.
    everything: Option<Key>,
}

impl Stock {
    /// How far the packages of a lock file have come; nothing, where they may lie elsewhere.
    pub(super) fn of(lock: &Lock, registry: Option<&Registry>) -> Self {
        let packages: Vec<String> = lock.of_crates_io().map(LockedPackage::folder).collect();
        let states = |registry: &Registry| {
            let states = packages.par_iter().map(|package| registry.state(package));
            packages.iter().cloned().zip(states.collect::<Vec<_>>()).collect()
        };
        Self { packages: registry.map(states).unwrap_or_default(), everything: None }
    }

    /// The same and all else that is there.
    pub(super) fn and_everything(self) -> Option<Self> {
        Some(Self { everything: Some(everything()?), ..self })
    }

    /// Whether the home still is as it was.
    pub(super) fn holds(&self) -> bool {
        let Some(registry) = Registry::open() else { return self.packages.is_empty() };
        let is_same = |(package, was): &(String, State)| registry.state(package) == *was;
        self.packages.par_iter().all(is_same)
            && self.everything.is_none_or(|was| everything() == Some(was))
    }
}

/// The packages of crates.io that have been downloaded.
pub(super) struct Registry {
    /// Folders of unpacked packages; more than one, where different versions of cargo were at work.
    unpacked: Vec<Utf8PathBuf>,
    packed: Vec<Utf8PathBuf>,
}

impl Registry {
    /// The one in cargo's home.
    pub(super) fn open() -> Option<Self> {
        Some(Self::in_home(&cargo_home()?))
    }

    /// The one in this home.
    pub(super) fn in_home(home: &Utf8Path) -> Self {
        let of = |kind| of_crates_io(&home.join("registry").join(kind));
        Self { unpacked: of("src"), packed: of("cache") }
    }

    /// How far a package has come, by its name and version.
    pub(super) fn state(&self, package: &str) -> State {
        if self.folder(package).is_some() {
            return State::Unpacked;
        }
        let file = format!("{package}.crate");
        let is_packed = self.packed.iter().any(|folder| folder.join(&file).is_file());
        if is_packed { State::Packed } else { State::Absent }
    }

    /// The manifest of a package that is unpacked.
    pub(super) fn manifest(&self, package: &str) -> Option<String> {
        std::fs::read_to_string(self.folder(package)?.join("Cargo.toml")).ok()
    }

    /// cargo writes a mark when it has unpacked the whole.
    fn folder(&self, package: &str) -> Option<Utf8PathBuf> {
        let mut folders = self.unpacked.iter().map(|folder| folder.join(package));
        folders.find(|folder| folder.join(".cargo-ok").is_file())
    }
}

/// The folders for packages of crates.io; their names also tell how its index is read.
fn of_crates_io(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let is_ours = |name: &str| {
        ["index.crates.io-", "github.com-"].iter().any(|prefix| name.starts_with(prefix))
    };
    let ours = entries.filter(|entry| is_ours(entry.file_name()));
    let mut folders: Vec<_> = ours.map(camino::Utf8DirEntry::into_path).collect();
    folders.sort();
    folders
}

/// The name of all that lies in cargo's home and may decide what it says without the network: the
/// index with the sizes of its files, packages, and what was fetched with git; also which toolchains
/// there are.
fn everything() -> Option<Key> {
    let (cargo, rustup) = (cargo_home()?, rustup_home()?);
    let registry = cargo.join("registry");
    let folders = [
        (registry.join("index"), usize::MAX),
        (registry.join("cache"), 2),
        (registry.join("src"), 2),
        (cargo.join("git/db"), usize::MAX),
        (cargo.join("git/checkouts"), 3),
        (rustup.join("toolchains"), 1),
    ];
    let named = folders.par_iter().map(|(folder, depth)| listing(folder, *depth));
    let named: Vec<Key> = named.collect();
    Some(Key::of_all(named.iter().map(|key| &key.0[..])))
}

/// The name of what lies down to some depth below a folder. What lies at that depth is told by its
/// name; files are told by their size, too, where all of them are looked at.
fn listing(folder: &Utf8Path, depth: usize) -> Key {
    let size = |entry: &DirEntry| entry.metadata().map_or(0, |metadata| metadata.len());
    let told = |entry: DirEntry| {
        let is_sized = depth == usize::MAX && entry.file_type().is_file();
        let size = if is_sized { size(&entry) } else { 0 };
        (entry.into_path().into_os_string(), size)
    };
    let entries = WalkDir::new(folder).max_depth(depth).into_iter().filter_map(Result::ok);
    let mut told: Vec<_> = entries.map(told).collect();
    told.sort_unstable();
    let sizes: Vec<[u8; 8]> = told.iter().map(|(_, size)| size.to_le_bytes()).collect();
    let rows = told.iter().zip(&sizes);
    Key::of_all(rows.flat_map(|((path, _), size)| [path.as_encoded_bytes(), size]))
}
