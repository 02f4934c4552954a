//! Writes the list of rule pages: every `rules/<family>/<id>.md` but the verbs', sorted by path.
//! Tells a release build from which commit it was made, for `--version`.

#![allow(
    clippy::disallowed_methods,
    reason = "reads folders, git and the environment, at build time"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    list_pages();
    tell_commit();
}

fn list_pages() {
    println!("cargo::rerun-if-changed=rules");
    let folder = env::var("CARGO_MANIFEST_DIR").expect("cargo says where the package is");
    let rules = Path::new(&folder).join("rules");
    let mut pages = Vec::new();
    for family in entries(&rules).into_iter().filter(|name| name != "verbs") {
        for page in entries(&rules.join(&family)) {
            pages.extend(
                Path::new(&page)
                    .extension()
                    .is_some_and(|end| end == "md")
                    .then(|| format!("{family}/{page}")),
            );
        }
    }
    let mut list = String::from("&[\n");
    for page in pages {
        let text = rules.join(&page);
        let text = text.to_str().expect("the package lies in a folder whose name is text");
        writeln!(list, "    ({page:?}, include_str!({text:?})),").expect("memory suffices");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&out).join("rules.rs"), list).expect("the folder is ours");
}

/// The names in a folder, sorted; none where it is no folder.
fn entries(folder: &Path) -> Vec<String> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        found.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn tell_commit() {
    // A debug build would be made anew after each commit.
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = is_release.then(commit).flatten().unwrap_or_default();
    println!("cargo::rustc-env=ARCHLINT_COMMIT={commit}");
}

/// ` (1a2b3c4d5)`; none where neither git nor a package says it.
fn commit() -> Option<String> {
    let commit = from_git().or_else(from_package)?;
    Some(format!(" ({})", commit.get(..9)?))
}

/// Only of our own repository: a copy of the sources may lie within another one.
fn from_git() -> Option<String> {
    Path::new(".git").exists().then_some(())?;
    for file in [".git/HEAD", ".git/refs/heads"].iter().filter(|file| Path::new(file).exists()) {
        println!("cargo::rerun-if-changed={file}");
    }
    let output = Command::new("git").args(["rev-parse", "HEAD"]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// cargo writes down the commit from which a package was made.
fn from_package() -> Option<String> {
    let text = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}
