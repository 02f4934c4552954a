//! Folders and the environment → the files by which cargo and rustup are told what to do, and whether
//! these lead cargo away from where packages usually are.

use std::collections::BTreeSet;
use std::env;

use camino::{Utf8Path, Utf8PathBuf};

/// The manifests and the files of configuration in all folders above.
pub(super) fn around(path: &Utf8Path) -> BTreeSet<Utf8PathBuf> {
    const NAMES: [&str; 5] = [
        "Cargo.toml",
        "rust-toolchain",
        "rust-toolchain.toml",
        ".cargo/config",
        ".cargo/config.toml",
    ];
    path.ancestors().flat_map(|folder| NAMES.map(|name| folder.join(name))).collect()
}

/// The files in the homes of cargo and rustup that do the same.
pub(super) fn at_home() -> Vec<Utf8PathBuf> {
    let cargo = cargo_home().into_iter();
    let configurations =
        cargo.flat_map(|home| ["config", "config.toml"].map(|name| home.join(name)));
    let rustup = rustup_home().map(|home| home.join("settings.toml"));
    configurations.chain(rustup).collect()
}

/// Where cargo keeps what it downloads.
pub(super) fn cargo_home() -> Option<Utf8PathBuf> {
    home("CARGO_HOME", ".cargo")
}

/// Where toolchains are.
pub(super) fn rustup_home() -> Option<Utf8PathBuf> {
    home("RUSTUP_HOME", ".rustup")
}

/// Whether cargo, run in a folder, may take packages from elsewhere than the registry, git and the
/// folders that manifests name, or may read more configuration than is known of.
pub(super) fn leads_elsewhere(folder: &Utf8Path) -> bool {
    let variables = ["CARGO_SOURCE_", "CARGO_REGISTRIES_", "CARGO_PATHS"];
    let named = env::vars_os().any(|(name, _)| {
        let name = name.to_string_lossy();
        variables.iter().any(|prefix| name.starts_with(prefix))
    });
    let mut files = around(folder).into_iter().chain(at_home()).filter(|path| is_for_cargo(path));
    named || files.any(|path| std::fs::read_to_string(path).is_ok_and(|text| redirects(&text)))
}

/// Whether a file configures cargo.
pub(super) fn is_for_cargo(path: &Utf8Path) -> bool {
    path.file_stem() == Some("config")
}

/// What cannot be read as a table may say anything.
fn redirects(configuration: &str) -> bool {
    const KEYS: [&str; 6] = ["include", "patch", "paths", "registries", "registry", "source"];
    let table = configuration.parse::<toml::Table>();
    table.map_or(true, |table| KEYS.iter().any(|key| table.contains_key(*key)))
}

fn home(name: &str, usual: &str) -> Option<Utf8PathBuf> {
    let named = env::var(name).ok().filter(|home| !home.is_empty()).map(Utf8PathBuf::from);
    named.or_else(|| Some(Utf8PathBuf::from(env::var("HOME").ok()?).join(usual)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_other_sources_or_files_redirects() {
        assert!(!redirects(""));
        assert!(!redirects(
            "[alias]\nsource = \"x\"\n[doc.extern-map.registries]\ncrates-io = \"x\""
        ));
        assert!(redirects("[source.crates-io]\nreplace-with = \"folder\""));
        assert!(redirects("source.crates-io.replace-with = \"folder\""));
        assert!(redirects("paths = [\"../pony\"]"));
        assert!(redirects("include = \"more.toml\""));
        assert!(redirects("garbage ["));
    }
}
