//! Metadata → the members, in the order of their [`PackageId`]s.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use cargo_metadata::Metadata;

use super::{PackageId, TargetKind, packages, paths};

/// The members, by every name that cargo has for them.
pub(super) struct Members<'a> {
    /// The workspace's folder, in normal form.
    pub(super) root: Utf8PathBuf,
    /// By [`PackageId`].
    pub(super) packages: Vec<&'a cargo_metadata::Package>,
    by_id: BTreeMap<&'a cargo_metadata::PackageId, PackageId>,
    by_name: BTreeMap<&'a str, PackageId>,
    by_folder: BTreeMap<Utf8PathBuf, PackageId>,
}

impl<'a> Members<'a> {
    /// The members that `metadata` lists.
    pub(super) fn of(metadata: &'a Metadata) -> Self {
        let root = paths::normal(&metadata.workspace_root);
        let mut packages = metadata.workspace_packages();
        packages.sort_by_cached_key(|package| paths::relative(&package.manifest_path, &root));
        let numbered = || packages.iter().zip(0..).map(|(package, id)| (*package, PackageId(id)));
        Self {
            by_id: numbered().map(|(package, id)| (&package.id, id)).collect(),
            by_name: numbered().map(|(package, id)| (package.name.as_str(), id)).collect(),
            by_folder: numbered().map(|(package, id)| (folder(package), id)).collect(),
            root,
            packages,
        }
    }

    /// The member with cargo's id.
    pub(super) fn with_id(&self, id: &cargo_metadata::PackageId) -> Option<PackageId> {
        self.by_id.get(id).copied()
    }

    /// The member of this name; cargo lets no two members share one.
    pub(super) fn named(&self, name: &str) -> Option<PackageId> {
        self.by_name.get(name).copied()
    }

    /// The member whose manifest lies in `folder`, a path in normal form.
    pub(super) fn in_folder(&self, folder: &Utf8Path) -> Option<PackageId> {
        self.by_folder.get(folder).copied()
    }

    /// The members and what cargo says of them.
    pub(super) fn numbered(
        &self,
    ) -> impl Iterator<Item = (PackageId, &'a cargo_metadata::Package)> {
        self.packages.iter().zip(0..).map(|(package, id)| (PackageId(id), *package))
    }

    /// What cargo says of a member.
    pub(super) fn package(&self, id: PackageId) -> &'a cargo_metadata::Package {
        self.packages[id.0 as usize]
    }
}

/// The folder of a package's manifest, in normal form.
pub(super) fn folder(package: &cargo_metadata::Package) -> Utf8PathBuf {
    let mut path = paths::normal(&package.manifest_path);
    path.pop();
    path
}

/// The crate name of a package's library; of its name where it has none.
pub(super) fn library(package: &cargo_metadata::Package) -> String {
    let library = package.targets.iter().find(|target| packages::kind(target) == TargetKind::Lib);
    crate_name(library.map_or(package.name.as_str(), |target| &target.name))
}

/// The name that code uses for a package, target or dependency key.
pub(super) fn crate_name(name: &str) -> String {
    name.replace('-', "_")
}
