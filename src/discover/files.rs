//! Folders of members → the `.rs` files below them.
//!
//! Invariants: no file of another package, of a build, hidden or below `node_modules`; what cannot
//! be read is absent, for the compiler could not read it either. Ends whatever links there are: a
//! linked folder is entered once per walk, and only if it leads into the workspace.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::{DirEntry, WalkDir};

use super::{Package, paths};

/// Every Rust file of the packages, relative to `root` where it lies below.
pub(super) fn list(
    root: &Utf8Path,
    packages: &[Package],
    build_folders: &[Utf8PathBuf],
) -> BTreeSet<Utf8PathBuf> {
    let below = |folder: &Utf8Path| rust_files(&root.join(folder), root, build_folders);
    let mut files: BTreeSet<_> = packages.iter().flat_map(|it| below(&it.folder)).collect();
    for target in packages.iter().flat_map(|package| &package.targets) {
        let file = &target.root;
        if files.contains(file) || !root.join(file).is_file() {
            continue;
        }
        files.insert(file.clone());
        // Its modules lie beside it; but a folder outside of the workspace may be anything.
        if let (false, Some(folder)) = (file.is_absolute(), file.parent()) {
            files.extend(below(folder));
        }
    }
    files
}

fn rust_files(
    folder: &Utf8Path,
    root: &Utf8Path,
    build_folders: &[Utf8PathBuf],
) -> Vec<Utf8PathBuf> {
    let mut links = Links::within([root, folder]);
    WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| is_ours(entry, build_folders) && links.may_enter(entry))
        .filter_map(|entry| rust_file(&entry.ok()?, root))
        .collect()
}

/// A name that is no text is not one that `mod` could reach.
fn rust_file(entry: &DirEntry, root: &Utf8Path) -> Option<Utf8PathBuf> {
    let path = Utf8Path::from_path(entry.path())?;
    let is_rust = entry.file_type().is_file() && path.extension() == Some("rs");
    is_rust.then(|| paths::relative(path, root))
}

fn is_ours(entry: &DirEntry, build_folders: &[Utf8PathBuf]) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let (path, name) = (entry.path(), entry.file_name().to_string_lossy());
    let is_foreign = || {
        name == "node_modules"
            || build_folders.iter().any(|folder| folder == path)
            || path.join("Cargo.toml").is_file()
            || path.join("CACHEDIR.TAG").is_file()
    };
    !(name.starts_with('.') || entry.file_type().is_dir() && is_foreign())
}

/// The linked folders that a walk has entered.
struct Links {
    /// Where they may lead.
    allowed: Vec<PathBuf>,
    entered: BTreeSet<PathBuf>,
}

impl Links {
    fn within(folders: [&Utf8Path; 2]) -> Self {
        let allowed = folders.iter().filter_map(|folder| folder.as_std_path().canonicalize().ok());
        Self { allowed: allowed.collect(), entered: BTreeSet::new() }
    }

    fn may_enter(&mut self, entry: &DirEntry) -> bool {
        if entry.depth() == 0 || !entry.path_is_symlink() || !entry.file_type().is_dir() {
            return true;
        }
        let goal = entry.path().canonicalize();
        goal.is_ok_and(|goal| self.allows(&goal) && self.entered.insert(goal))
    }

    fn allows(&self, goal: &Path) -> bool {
        self.allowed.iter().any(|folder| goal.starts_with(folder))
    }
}
