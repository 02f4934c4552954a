//! Options → what `cargo metadata` says.
//!
//! Invariants: cargo is offline, writes nothing, and runs no program that the workspace's
//! configuration names.

use anyhow::{Context, Result, anyhow};
use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::{Error, Metadata, MetadataCommand};

use super::{Options, message, paths};

/// Why cargo could not resolve the dependencies.
#[derive(Debug)]
pub(super) struct Trouble {
    /// One line.
    pub(super) reason: String,
    /// Whether it would be the same another time, as long as everything is as it is.
    pub(super) lasts: bool,
}

/// A workspace that cargo can be asked about, more than once.
pub(super) struct Asking {
    options: Options,
    manifest: Utf8PathBuf,
    /// Where cargo runs.
    folder: Utf8PathBuf,
}

/// How much is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// What the members' manifests say.
    Manifests,
    /// Also what the dependencies are resolved to, which takes cargo most of the time.
    All,
}

impl Asking {
    pub(super) fn new(options: &Options) -> Result<Self> {
        let manifest = manifest(options)?;
        Ok(Self { options: options.clone(), manifest, folder: options.current_dir.clone() })
    }

    /// The folder of the manifest that is asked about.
    pub(super) fn home(&self) -> &Utf8Path {
        self.manifest.parent().unwrap_or(&self.manifest)
    }

    /// What the members' manifests say.
    pub(super) fn manifests(&mut self) -> Result<Metadata> {
        self.say(Extent::Manifests)?.or_else(|stderr| refuse(&stderr))
    }

    /// Everything, or why cargo cannot resolve the dependencies. That is an error where the lock
    /// file has to be right.
    pub(super) fn all(&mut self) -> Result<Result<Metadata, Trouble>> {
        match self.say(Extent::All)? {
            Err(stderr) if self.options.locked && message::blames_lock_file(&stderr) => {
                refuse(&stderr)
            }
            answer => Ok(answer.map_err(|stderr| Trouble {
                reason: message::one_line(&stderr),
                lasts: message::blames_lock_file(&stderr) || message::misses_network(&stderr),
            })),
        }
    }

    fn say(&mut self, extent: Extent) -> Result<Result<Metadata, String>> {
        let answer = self.run(extent)?;
        if answer.as_ref().is_err_and(|stderr| message::misses_toolchain(stderr)) {
            // Any cargo can read manifests, and outside of the workspace no toolchain is asked for.
            let top = self.manifest.ancestors().last().unwrap_or(&self.manifest);
            if self.folder != top {
                self.folder = top.to_owned();
                return self.run(extent);
            }
        }
        Ok(answer)
    }

    /// cargo's answer, or what it wrote to standard error.
    fn run(&self, extent: Extent) -> Result<Result<Metadata, String>> {
        match self.command(extent).exec() {
            Ok(metadata) => Ok(Ok(metadata)),
            Err(Error::CargoMetadata { stderr }) => Ok(Err(stderr)),
            Err(Error::Io(error)) => {
                Err(error).with_context(|| format!("cannot start `{}`", self.options.cargo))
            }
            Err(error) => Err(error).context("cannot understand what `cargo metadata` says"),
        }
    }

    fn command(&self, extent: Extent) -> MetadataCommand {
        let mut command = MetadataCommand::new();
        if extent == Extent::Manifests {
            command.no_deps();
        }
        command
            .cargo_path(&self.options.cargo)
            .current_dir(&self.folder)
            .manifest_path(&self.manifest)
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
