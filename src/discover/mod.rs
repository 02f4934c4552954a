//! Manifest path → [`Workspace`].
//!
//! cargo is asked what the manifests say. Where dependencies lead, the lock file and the manifests of
//! what cargo has downloaded say as a rule (`settled`); cargo is asked where they leave doubt.
//!
//! Invariants: the only stage that asks cargo; nothing of the workspace is executed, nothing is
//! fetched and nothing is written, not even `Cargo.lock` (`cargo metadata --offline --locked`).
//! Identity is cargo's package id and the manifest's folder, never a name: a registry crate may bear
//! the name of a member. Knows nothing of Rust code.

#![expect(clippy::disallowed_methods, reason = "reads the workspace")]

mod configuration;
mod evidence;
mod features;
mod files;
mod home;
mod kept;
mod library;
mod lock;
mod manifest;
mod members;
pub(crate) mod message;
mod metadata;
mod packages;
mod path_set;
mod paths;
mod settled;
mod survey;
#[cfg(test)]
mod tests;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

use crate::model::{Sources, Span};

pub use kept::Keep;
pub use path_set::{PathSet, path_order};
pub use survey::{Rest, Survey, survey};

/// Which workspace, and whom to ask.
#[derive(Clone, Debug)]
pub struct Options {
    /// The `cargo` to ask: `$CARGO` where cargo started us, else `cargo`.
    pub cargo: Utf8PathBuf,
    /// Where cargo runs, absolute: its configuration and toolchain are found from here.
    pub current_dir: Utf8PathBuf,
    /// The workspace's or a member's `Cargo.toml`; none: the nearest from `current_dir` upwards.
    pub manifest_path: Option<Utf8PathBuf>,
    /// `--locked`, `--frozen`: a lock file that is missing or out of date is an error. Otherwise
    /// it is a reason for [`Workspace::fallback`]; it is never written. There is no `offline`: it
    /// always is.
    pub locked: bool,
}

/// A cargo workspace as its manifests, lock file and folders describe it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Workspace {
    /// Absolute folder of the workspace's `Cargo.toml`.
    pub root: Utf8PathBuf,
    /// The members, sorted by manifest path.
    pub packages: Vec<Package>,
    /// External packages that some member depends on, or that the lock file names; sorted, unique.
    pub externals: Vec<ExternalPackage>,
    /// Every `.rs` file below the members' folders (other packages' and cargo's target folder left
    /// out), and below the folder of a target's root that lies elsewhere; relative to `root`, but
    /// absolute outside of it.
    pub files: PathSet,
    /// Why dependencies are known from manifests and lock file only, if they are: one line. None
    /// also where these say all that there is to know.
    pub fallback: Option<String>,
    /// Absolute folder into which cargo builds.
    pub target: Utf8PathBuf,
}

/// Index into [`Workspace::packages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackageId(pub u32);

/// A member of the workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Package {
    /// cargo's own id, verbatim.
    pub id: String,
    /// The name in `Cargo.toml`.
    pub name: String,
    /// `Cargo.toml`, relative to the workspace root where it lies below it.
    pub manifest: Utf8PathBuf,
    /// The manifest's folder, likewise; empty for the workspace root itself.
    pub folder: Utf8PathBuf,
    /// Everything cargo can build from it, in cargo's order.
    pub targets: Vec<Target>,
    /// Every dependency entry of every table, in the manifest's order.
    pub dependencies: Vec<Dependency>,
}

/// One crate that cargo builds from a package.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Target {
    /// What it is.
    pub kind: TargetKind,
    /// cargo's name of the target, as written (`my-tool`).
    pub name: String,
    /// The root source file, relative to the workspace root where it lies below it.
    pub root: Utf8PathBuf,
    /// 2015, 2018, 2021 or 2024.
    pub edition: u16,
    /// Whether it is a procedural macro crate.
    pub proc_macro: bool,
}

/// The kinds of target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TargetKind {
    /// A library of any crate type, procedural macros included.
    Lib,
    /// A program.
    Bin,
    /// A file or folder under `tests/`.
    Test,
    /// A file or folder under `benches/`.
    Bench,
    /// A file or folder under `examples/`.
    Example,
    /// `build.rs`.
    Build,
}

impl TargetKind {
    /// The word in canonical paths: `package/bin/name`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lib => "lib",
            Self::Bin => "bin",
            Self::Test => "test",
            Self::Bench => "bench",
            Self::Example => "example",
            Self::Build => "build",
        }
    }
}

/// One entry in a dependency table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dependency {
    /// The package's real name (`gen-lsp-types`, even where the entry renames it).
    pub package: String,
    /// The name that code uses (`lsp_types`): renamed or not, with `_`.
    pub code_name: String,
    /// Which table it stands in.
    pub kind: DependencyKind,
    /// `optional = true`.
    pub optional: bool,
    /// The `cfg(..)` or triple of `[target.'…'.dependencies]`.
    pub target: Option<String>,
    /// Where it leads.
    pub resolved: Resolved,
    /// The entry in the member's `Cargo.toml`: its key, and its value if that is on the same line.
    pub span: Option<Span>,
}

/// The table of a dependency entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DependencyKind {
    /// `[dependencies]`.
    Normal,
    /// `[build-dependencies]`.
    Build,
    /// `[dev-dependencies]`.
    Dev,
}

/// Where a dependency entry leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolved {
    /// To a member of this workspace.
    Member(PackageId),
    /// To a package of a registry, of git, or of a folder that is no member: index into
    /// [`Workspace::externals`].
    External(u32),
}

/// A package outside of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExternalPackage {
    /// The package's name (`gen-lsp-types`).
    pub name: String,
    /// The crate name of its library (`gen_lsp_types`; for `md-5` it is `md5`), where known; else
    /// the package's name with `_`.
    pub library: String,
}

/// Reads the workspace; adds its manifests to `sources`, the root's first.
///
/// An error if cargo is missing or cannot read a manifest, with cargo's own words.
pub fn discover(options: &Options, sources: &mut Sources) -> anyhow::Result<Workspace> {
    discover_with(options, &Keep::Nothing, sources)
}

/// The same, where cargo need not be asked again for what it said in an earlier run.
pub fn discover_with(
    options: &Options,
    keep: &Keep,
    sources: &mut Sources,
) -> anyhow::Result<Workspace> {
    survey(options, keep, sources, |_| {})?.whole()
}
