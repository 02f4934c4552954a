//! Has cargo bring its own index cache up to date, without a trace in the workspace.
//!
//! cargo resolves a package that does not exist, in a temporary folder, which wants any version of
//! what the workspace wants; it does so from the workspace's root, so that the user's configuration
//! holds: replaced sources, other registries, credentials, proxies. No program that the workspace's
//! configuration names as a compiler is run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use super::snapshot::{Snapshot, new_folder};
use crate::discover::message::one_line;
use crate::outdated::{Needs, Package, Registry};

/// Asks every registry for its packages; says which could not be asked, and why.
pub(super) fn refresh(
    cargo: &Utf8Path,
    root: &Utf8Path,
    needs: &Needs,
    say: impl Fn(&str),
) -> anyhow::Result<BTreeMap<Registry, String>> {
    let mut by_registry: BTreeMap<&Registry, Vec<&Package>> = BTreeMap::new();
    for package in &needs.packages {
        by_registry.entry(&package.registry).or_default().push(package);
    }
    let mut unread = BTreeMap::new();
    for (registry, packages) in by_registry {
        let manifest = manifest(registry, &packages, needs);
        if let Err(reason) = ask(cargo, root, &manifest)? {
            unread.insert(registry.clone(), format!("{registry} could not be asked: {reason}"));
        }
        say(&format!("asked {registry} for {} packages", packages.len()));
    }
    Ok(unread)
}

/// The manifest of a package that wants them all.
fn manifest(registry: &Registry, packages: &[&Package], needs: &Needs) -> String {
    let mut text = "[package]\nname = \"wants\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
                    [lib]\npath = \"lib.rs\"\n[workspace]\n[dependencies]\n"
        .to_owned();
    let index = match registry {
        Registry::CratesIo => String::new(),
        Registry::Index(url) => format!(", registry-index = {}", toml::Value::from(url.as_str())),
    };
    for package in packages.iter().filter(|package| is_name(&package.name)) {
        let name = &package.name;
        let version = any(package, needs);
        // Without features there is less to resolve, and so less to ask for.
        writeln!(text, "{name} = {{ version = \"{version}\", default-features = false{index} }}")
            .expect("a string takes everything");
    }
    text
}

/// Any version; `*` would leave out pre-releases, and there may be nothing else.
fn any(package: &Package, needs: &Needs) -> String {
    let locked = package.locked.iter().map(|at| &needs.lock.packages[*at].version);
    match locked.max().filter(|version| !version.pre.is_empty()) {
        Some(version) => {
            format!(">={}.{}.{}-{}", version.major, version.minor, version.patch, version.pre)
        }
        None => "*".to_owned(),
    }
}

fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    name.chars().all(fits) && name.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// cargo's complaint, if it could not ask.
fn ask(cargo: &Utf8Path, root: &Utf8Path, manifest: &str) -> anyhow::Result<Result<(), String>> {
    let folder = Snapshot { folder: new_folder()? };
    let path: Utf8PathBuf = folder.folder.join("Cargo.toml");
    fs::write(&path, manifest)?;
    fs::write(folder.folder.join("lib.rs"), "")?;
    let output = Command::new(cargo)
        .args(["generate-lockfile", "--color=never", r#"--config=build.rustc="rustc""#])
        .args(["--manifest-path", path.as_str()])
        .current_dir(root)
        // These outrank the workspace's `.cargo/config.toml`.
        .env("RUSTC_WRAPPER", "")
        .env("RUSTC_WORKSPACE_WRAPPER", "")
        .env("CARGO_ENCODED_RUSTFLAGS", "")
        .env("RUSTUP_AUTO_INSTALL", "0")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let answered = output.status.success() || has_answers(&stderr);
    Ok(if answered { Ok(()) } else { Err(one_line(&stderr)) })
}

/// Whether cargo had all answers and only found no choice of versions that go together: all that
/// is withdrawn, or native libraries that exclude each other.
fn has_answers(stderr: &str) -> bool {
    let complaint = stderr.lines().find(|line| line.starts_with("error")).unwrap_or_default();
    ["failed to select a version", "no matching package", "cyclic package dependency"]
        .iter()
        .any(|words| complaint.contains(words))
}
