//! A file → the package and target in whose name cargo would speak of it.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use crate::discover::{Package, Target, TargetKind, Workspace};

/// Who speaks.
#[derive(Debug, Serialize)]
pub(super) struct Origin<'a> {
    /// cargo's own id, verbatim: readers clear what a package said before by it.
    package_id: &'a str,
    manifest_path: Utf8PathBuf,
    target: TargetRow<'a>,
}

#[derive(Debug, Serialize)]
struct TargetRow<'a> {
    kind: [&'static str; 1],
    crate_types: [&'static str; 1],
    name: &'a str,
    src_path: Utf8PathBuf,
    edition: String,
    doc: bool,
    doctest: bool,
    test: bool,
}

impl<'a> Origin<'a> {
    /// The package in whose folder the file lies, else the first one; its target with this root,
    /// else its first one.
    pub(super) fn of(workspace: &'a Workspace, file: &Utf8Path) -> Self {
        let around = workspace.packages.iter().filter(|package| file.starts_with(&package.folder));
        let inmost = around.max_by_key(|package| package.folder.components().count());
        let package = inmost.or(workspace.packages.first());
        let targets = package.map_or(&[][..], |package| &package.targets);
        let target = targets.iter().find(|target| target.root == file).or(targets.first());
        let manifest = package.map_or(Utf8Path::new("Cargo.toml"), |package| &package.manifest);
        Self {
            package_id: package.map_or("", |package| &package.id),
            manifest_path: workspace.root.join(manifest),
            target: row(workspace, package, target),
        }
    }
}

fn row<'a>(
    workspace: &Workspace,
    package: Option<&'a Package>,
    target: Option<&'a Target>,
) -> TargetRow<'a> {
    let (kind, crate_type) = target.map_or(("lib", "lib"), kind);
    let name = package.map_or("", |package| &package.name);
    let root = target.map_or(Utf8Path::new(""), |target| &target.root);
    TargetRow {
        kind: [kind],
        crate_types: [crate_type],
        name: target.map_or(name, |target| &target.name),
        src_path: workspace.root.join(root),
        edition: target.map_or(2015, |target| target.edition).to_string(),
        doc: kind == "lib" || kind == "bin",
        doctest: kind == "lib",
        test: kind != "custom-build",
    }
}

/// cargo's words for what a target is, and for what the compiler makes of it.
fn kind(target: &Target) -> (&'static str, &'static str) {
    match target.kind {
        TargetKind::Lib if target.proc_macro => ("proc-macro", "proc-macro"),
        TargetKind::Lib => ("lib", "lib"),
        TargetKind::Bin => ("bin", "bin"),
        TargetKind::Test => ("test", "bin"),
        TargetKind::Bench => ("bench", "bin"),
        TargetKind::Example => ("example", "bin"),
        TargetKind::Build => ("custom-build", "bin"),
    }
}
