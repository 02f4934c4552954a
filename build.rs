//! Tells a release build from which commit it was made, for `--version`, and every build from which
//! sources, for the cache: what another archlint kept is not believed. Lists the rule pages: every
//! `rules/<family>/<id>.md` but the verbs', sorted by path.

#![allow(clippy::disallowed_methods, reason = "asks git and the environment, at build time")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A debug build would be made anew after each commit.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = is_release.then(commit).flatten().unwrap_or_default();
    println!("cargo::rustc-env=ARCHLINT_COMMIT={commit}");
    println!("cargo::rustc-env=ARCHLINT_EXTRACT={}", digest(&["src/extract", "Cargo.lock"]));
    println!("cargo::rustc-env=ARCHLINT_SOURCES={}", digest(&["src", "rules", "Cargo.lock"]));
    println!("cargo::rerun-if-changed=rules");
    list_rules();
}

/// Writes the list that `boundaries::builtin` includes.
fn list_rules() {
    let variable = |name| std::env::var(name).expect("cargo sets it for build scripts");
    let rules = Path::new(&variable("CARGO_MANIFEST_DIR")).join("rules");
    let mut list = String::from("&[\n");
    for family in entries(&rules).into_iter().filter(|name| name != "verbs") {
        for page in entries(&rules.join(&family)) {
            let text = rules.join(&family).join(&page);
            if text.extension().is_some_and(|extension| extension == "md") {
                let path = format!("{family}/{page}");
                let text = text.to_str().expect("the package's path is text");
                writeln!(list, "    ({path:?}, include_str!({text:?})),").expect("memory suffices");
            }
        }
    }
    list.push_str("]\n");
    fs::write(Path::new(&variable("OUT_DIR")).join("rules.rs"), list).expect("the folder is ours");
}

/// The names in a folder, sorted; none where it is no folder.
fn entries(folder: &Path) -> Vec<String> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        found.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// A number that changes with the files and the target: FNV-1a, twice with different starts.
fn digest(paths: &[&str]) -> String {
    let mut files = Vec::new();
    for path in paths.iter().filter(|path| Path::new(path).exists()) {
        println!("cargo::rerun-if-changed={path}");
        list(Path::new(path), &mut files);
    }
    files.sort();
    let mut sums = [0xcbf2_9ce4_8422_2325_u64, 0x8422_2325_cbf2_9ce4];
    let mut add = |bytes: &[u8]| {
        for sum in &mut sums {
            for byte in bytes.iter().chain(&[0xff]) {
                *sum = (*sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    };
    add(std::env::var("TARGET").unwrap_or_default().as_bytes());
    for file in files {
        add(file.to_string_lossy().as_bytes());
        add(&fs::read(file).unwrap_or_default());
    }
    format!("{:016x}{:016x}", sums[0], sums[1])
}

fn list(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| list(&entry.path(), files)),
        Err(_) => files.push(path.to_owned()),
    }
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
