//! Options → what `cargo metadata` says.
//!
//! Invariants: cargo is offline, writes nothing, and runs no program that the workspace's
//! configuration names.

use anyhow::{Context, Result, anyhow};
use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::{Error, Metadata, MetadataCommand};

use super::{Options, message, paths};

/// What cargo said.
pub(super) struct Answer {
    /// Without `resolve` if there is `trouble`.
    pub(super) metadata: Metadata,
    /// Why cargo could not resolve the dependencies: one line.
    pub(super) trouble: Option<String>,
}

/// Asks for everything, and for the manifests alone if cargo cannot resolve dependencies.
pub(super) fn ask(options: &Options) -> Result<Answer> {
    let manifest = manifest(options)?;
    let mut command = command(options, &manifest);
    let mut answer = run(&command, options)?;
    if answer.as_ref().is_err_and(|stderr| message::misses_toolchain(stderr)) {
        // Any cargo can read manifests, and outside of the workspace no toolchain is asked for.
        command.current_dir(manifest.ancestors().last().unwrap_or(&manifest));
        answer = run(&command, options)?;
    }
    let stderr = match answer {
        Ok(metadata) => return Ok(Answer { metadata, trouble: None }),
        Err(stderr) if options.locked && message::blames_lock_file(&stderr) => refuse(&stderr)?,
        Err(stderr) => stderr,
    };
    match run(command.no_deps(), options)? {
        Ok(metadata) => Ok(Answer { metadata, trouble: Some(message::one_line(&stderr)) }),
        Err(stderr) => refuse(&stderr)?,
    }
}

/// The folders into which cargo builds.
pub(super) fn build_folders(metadata: &Metadata) -> Vec<Utf8PathBuf> {
    let build = metadata.build_directory.as_deref();
    build.into_iter().chain([metadata.target_directory.as_path()]).map(paths::normal).collect()
}

/// The manifest at which the search for the workspace begins.
pub(super) fn manifest(options: &Options) -> Result<Utf8PathBuf> {
    if let Some(path) = &options.manifest_path {
        return Ok(paths::normal(&options.current_dir.join(path)));
    }
    let mut candidates = options.current_dir.ancestors().map(|folder| folder.join("Cargo.toml"));
    candidates.find(|path| path.is_file()).with_context(|| {
        format!("no `Cargo.toml` in `{}` or any folder above", options.current_dir)
    })
}

fn command(options: &Options, manifest: &Utf8Path) -> MetadataCommand {
    let mut command = MetadataCommand::new();
    command
        .cargo_path(&options.cargo)
        .current_dir(&options.current_dir)
        .manifest_path(manifest)
        .other_options(
            ["--offline", "--locked", "--color=never", r#"--config=build.rustc="rustc""#]
                .map(String::from),
        )
        // These outrank the workspace's `.cargo/config.toml`.
        .env("RUSTC_WRAPPER", "")
        .env("RUSTC_WORKSPACE_WRAPPER", "")
        .env("CARGO_ENCODED_RUSTFLAGS", "")
        .env("CARGO_CACHE_RUSTC_INFO", "0")
        .env("RUSTUP_AUTO_INSTALL", "0")
        .env("RUST_BACKTRACE", "0");
    command
}

/// cargo's answer, or what it wrote to standard error.
fn run(command: &MetadataCommand, options: &Options) -> Result<Result<Metadata, String>> {
    match command.exec() {
        Ok(metadata) => Ok(Ok(metadata)),
        Err(Error::CargoMetadata { stderr }) => Ok(Err(stderr)),
        Err(Error::Io(error)) => {
            Err(error).with_context(|| format!("cannot start `{}`", options.cargo))
        }
        Err(error) => Err(error).context("cannot understand what `cargo metadata` says"),
    }
}

fn refuse<T>(stderr: &str) -> Result<T> {
    Err(anyhow!(message::essential(stderr))).context("cargo cannot read the workspace")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_may_build_into_two_folders() {
        let json = r#"{"packages": [], "workspace_members": [], "workspace_root": "/shop",
            "target_directory": "/shop/a/../out", "build_directory": "/tmp/shop", "version": 1}"#;
        let metadata = MetadataCommand::parse(json).unwrap();
        assert_eq!(build_folders(&metadata), ["/tmp/shop", "/shop/out"]);
    }
}
