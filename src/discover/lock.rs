//! The text of `Cargo.lock` → which package of which source stands behind a dependency.

use std::collections::BTreeMap;

use cargo_metadata::{Dependency, Package, semver::Version};
use serde::Deserialize;

/// The packages of a lock file, by name.
pub(super) struct Lock(BTreeMap<String, Vec<LockedPackage>>);

/// One `[[package]]`.
#[derive(Deserialize)]
pub(super) struct LockedPackage {
    /// Its name.
    pub(super) name: String,
    version: String,
    /// Where it comes from; none for a folder.
    pub(super) source: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

#[derive(Deserialize)]
struct LockFile {
    #[serde(default)]
    package: Vec<LockedPackage>,
}

impl Lock {
    /// Reads a lock file; one that does not parse locks nothing, and cargo complains of it.
    pub(super) fn parse(text: &str) -> Self {
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let file = toml::from_str(text).unwrap_or(LockFile { package: Vec::new() });
        for package in file.package {
            by_name.entry(package.name.clone()).or_default().push(package);
        }
        Self(by_name)
    }

    /// Every package.
    pub(super) fn packages(&self) -> impl Iterator<Item = &LockedPackage> {
        self.0.values().flatten()
    }

    /// The package to which a member's dependency is locked.
    pub(super) fn dependency(
        &self,
        member: &Package,
        declared: &Dependency,
    ) -> Option<&LockedPackage> {
        let mut candidates = (self.member(member)?.dependencies.iter())
            .filter_map(|reference| self.referred(reference, &declared.name));
        let first = candidates.next()?;
        // Versions tell apart what the same name refers to.
        let mut all = std::iter::once(first).chain(candidates);
        all.find(|candidate| candidate.satisfies(declared)).or(Some(first))
    }

    fn member(&self, member: &Package) -> Option<&LockedPackage> {
        let mut entries = self.named(&member.name).filter(|entry| entry.source.is_none());
        let first = entries.next()?;
        let version = member.version.to_string();
        std::iter::once(first).chain(entries).find(|entry| entry.version == version).or(Some(first))
    }

    /// What `name`, `name version` or `name version (source)` means, if it is about `name`.
    fn referred(&self, reference: &str, name: &str) -> Option<&LockedPackage> {
        let mut words = reference.splitn(3, ' ');
        if words.next() != Some(name) {
            return None;
        }
        let (version, has_source) = (words.next(), words.next().is_some());
        let of_version = |it: &&LockedPackage| version.is_none_or(|version| it.version == version);
        // A source is written only to tell one from another of the same name and version.
        self.named(name).filter(of_version).min_by_key(|it| it.source.is_some() != has_source)
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &LockedPackage> {
        self.0.get(name).into_iter().flatten()
    }
}

impl LockedPackage {
    fn satisfies(&self, declared: &Dependency) -> bool {
        Version::parse(&self.version).is_ok_and(|version| declared.req.matches(&version))
    }
}
