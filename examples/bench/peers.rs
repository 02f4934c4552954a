//! Other tools that read the same files, and the commands by which they do.

use std::path::Path;

use camino::Utf8Path;

/// Each peer with its command; those that are not installed fail, and are said to.
pub(crate) fn commands(root: &Utf8Path, built: &Path) -> Vec<(&'static str, Vec<String>)> {
    let manifest = root.join("Cargo.toml");
    let built = built.to_string_lossy();
    let commands = [
        ("rg (reads every line)", format!("rg --count-matches --type rust . {root}")),
        ("ast-grep (one pattern)", format!("ast-grep run --lang rust --pattern crate::$A {root}")),
        ("cargo-machete", format!("cargo-machete {root}")),
        (
            "cargo-deny (bans)",
            format!("cargo-deny --offline --manifest-path {manifest} check bans"),
        ),
        ("cargo-modules (orphans)", format!("cargo-modules orphans --manifest-path {manifest}")),
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
