//! Folders of members → the `.rs` files below them.
//!
//! Invariants: no file of another package, of a build, hidden or below `node_modules`; what cannot
//! be read is absent, for the compiler could not read it either. Ends whatever links there are: a
//! linked folder is entered if it leads into the workspace and does not itself stand below a link.

use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{Package, PathSet, paths};

/// Every Rust file of the packages, relative to `root` where it lies below.
pub(super) fn list(
    root: &Utf8Path,
    packages: &[Package],
    build_folders: &[Utf8PathBuf],
) -> PathSet {
    let below = |folder: &Utf8Path| rust_files(&root.join(folder), root, build_folders);
    let listed = packages.par_iter().flat_map_iter(|package| below(&package.folder));
    let mut files: PathSet = listed.collect::<Vec<_>>().into_iter().collect();
    for target in packages.iter().flat_map(|package| &package.targets) {
        let file = &target.root;
        if files.contains(file) || !root.join(file).is_file() {
            continue;
        }
        files.insert(file.clone());
        // Its modules lie beside it; but a folder outside of the workspace may be anything.
        if let (false, Some(folder)) = (file.is_absolute(), file.parent()) {
            for path in below(folder) {
                files.insert(path);
            }
        }
    }
    files
}

fn rust_files(
    folder: &Utf8Path,
    root: &Utf8Path,
    build_folders: &[Utf8PathBuf],
) -> Vec<Utf8PathBuf> {
    let own = entries(folder.as_std_path(), build_folders);
    let homes = [root, folder].map(|home| home.as_std_path().canonicalize());
    let leads_home = |goal: &Path| homes.iter().flatten().any(|home| goal.starts_with(home));
    let links = own.iter().filter(|entry| entry.path_is_symlink());
    let linked: Vec<DirEntry> = links
        .filter(|link| goal(link.path()).is_some_and(|goal| leads_home(&goal)))
        .filter(|link| !is_foreign(link.path(), build_folders))
        .flat_map(|link| entries(link.path(), build_folders))
        .collect();
    own.iter().chain(&linked).filter_map(|entry| rust_file(entry, root)).collect()
}

/// What lies below a folder and is not foreign to its package; links are not followed.
fn entries(folder: &Path, build_folders: &[Utf8PathBuf]) -> Vec<DirEntry> {
    let is_ours = |entry: &DirEntry| entry.depth() == 0 || is_ours(entry, build_folders);
    WalkDir::new(folder).into_iter().filter_entry(is_ours).filter_map(Result::ok).collect()
}

fn is_ours(entry: &DirEntry, build_folders: &[Utf8PathBuf]) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_hidden = name.starts_with('.') || name == "node_modules";
    let is_folder = entry.file_type().is_dir();
    !(is_hidden || is_folder && is_foreign(entry.path(), build_folders))
}

/// Whether a folder belongs to another package, or to a build.
fn is_foreign(folder: &Path, build_folders: &[Utf8PathBuf]) -> bool {
    build_folders.iter().any(|build_folder| build_folder == folder)
        || folder.join("Cargo.toml").is_file()
        || folder.join("CACHEDIR.TAG").is_file()
}

/// Where a link leads, unless to a folder around it.
fn goal(link: &Path) -> Option<PathBuf> {
    let goal = link.canonicalize().ok()?;
    let stands_in = link.parent()?.canonicalize().ok()?;
    (!stands_in.starts_with(&goal)).then_some(goal)
}

/// The file's name for the workspace; one that is no text is none that `mod` could reach.
fn rust_file(entry: &DirEntry, root: &Utf8Path) -> Option<Utf8PathBuf> {
    let path = Utf8Path::from_path(entry.path())?;
    let is_rust = path.extension() == Some("rs")
        && (entry.file_type().is_file() || entry.path_is_symlink() && path.is_file());
    is_rust.then(|| paths::relative(path, root))
}
