//! Other tools that read the same files, and the commands by which they do.

use std::path::Path;

use archlint::discover::{Package, TargetKind, Workspace};

/// Each peer with its command; those that are not installed fail, and are said to. `cargo modules`
/// looks at one crate at a time: at the largest library.
pub(crate) fn commands(workspace: &Workspace, built: &Path) -> Vec<(&'static str, Vec<String>)> {
    let root = &workspace.root;
    let manifest = root.join("Cargo.toml");
    let library = largest_library(workspace).map_or("", |package| &package.name);
    let built = built.to_string_lossy();
    let commands = [
        ("rg (reads every line)", format!("rg --count-matches --type rust . {root}")),
        ("ast-grep (one pattern)", format!("ast-grep run --lang rust --pattern crate::$A {root}")),
        ("cargo-machete", format!("cargo-machete {root}")),
        (
            "cargo-deny (bans)",
            format!("cargo-deny --offline --manifest-path {manifest} check bans"),
        ),
        (
            "cargo-modules (one library)",
            format!(
                "cargo-modules dependencies --lib --package {library} --manifest-path {manifest}"
            ),
        ),
        (
            "clippy (cold)",
            format!(
                "cargo clippy --offline --quiet --workspace --manifest-path {manifest} --target-dir {built}"
            ),
        ),
    ];
    let words = |command: &str| command.split(' ').map(str::to_owned).collect();
    commands.iter().map(|(name, command)| (*name, words(command))).collect()
}

fn largest_library(workspace: &Workspace) -> Option<&Package> {
    let is_library =
        |package: &&Package| package.targets.iter().any(|target| target.kind == TargetKind::Lib);
    let size = |package: &&Package| {
        workspace.files.iter().filter(|file| file.starts_with(&package.folder)).count()
    };
    workspace.packages.iter().filter(is_library).max_by_key(size)
}
