//! The text of `Cargo.lock` → which package of which source stands behind a dependency.

use std::collections::BTreeMap;

use cargo_metadata::{Dependency, Package, semver::Version};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The source of the packages of crates.io, in lock files and in what cargo says.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The packages of a lock file.
#[derive(Default)]
pub(super) struct Lock {
    by_name: BTreeMap<String, Vec<LockedPackage>>,
    /// Whether it is of a form, and says only what is known here.
    pub(super) is_plain: bool,
}

/// One `[[package]]`.
#[derive(Deserialize)]
pub(super) struct LockedPackage {
    /// Its name.
    pub(super) name: String,
    /// Its version.
    pub(super) version: String,
    /// Where it comes from; none for a folder.
    pub(super) source: Option<String>,
    /// References to others.
    #[serde(default)]
    pub(super) dependencies: Vec<String>,
    replace: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
struct LockFile {
    version: Option<u32>,
    #[serde(default)]
    package: Vec<LockedPackage>,
    /// Patches that are not used.
    patch: Option<IgnoredAny>,
}

impl Lock {
    /// Reads a lock file; one that does not parse locks nothing, and cargo complains of it.
    pub(super) fn parse(text: &str) -> Self {
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let file: LockFile = toml::from_str(text).unwrap_or_default();
        let is_plain = matches!(file.version, Some(3 | 4))
            && file.patch.is_none()
            && file.package.iter().all(|package| package.replace.is_none());
        for package in file.package {
            by_name.entry(package.name.clone()).or_default().push(package);
        }
        Self { by_name, is_plain }
    }

    /// Every package.
    pub(super) fn packages(&self) -> impl Iterator<Item = &LockedPackage> {
        self.by_name.values().flatten()
    }

    /// Those that come from crates.io.
    pub(super) fn of_crates_io(&self) -> impl Iterator<Item = &LockedPackage> {
        self.packages().filter(|package| package.is_of_crates_io())
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

    /// What a reference means, if that is beyond doubt: a source is left out where there is no
    /// other, and for a folder.
    pub(super) fn only(&self, reference: &str) -> Option<&LockedPackage> {
        let mut words = reference.splitn(3, ' ');
        let mut meant = self.named(words.next()?).collect::<Vec<_>>();
        if let Some(version) = words.next() {
            meant.retain(|package| package.version == version);
        }
        let source = words.next().map(|source| source.trim_matches(['(', ')']));
        if source.is_some() || meant.len() > 1 {
            meant.retain(|package| package.source.as_deref() == source);
        }
        meant.pop().filter(|_| meant.is_empty())
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &LockedPackage> {
        self.by_name.get(name).into_iter().flatten()
    }
}

impl LockedPackage {
    /// Its name and version, as its folder is called among the unpacked packages.
    pub(super) fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// Whether it comes from crates.io.
    pub(super) fn is_of_crates_io(&self) -> bool {
        self.source.as_deref() == Some(CRATES_IO)
    }

    /// Whether it is of a version that is asked for.
    pub(super) fn satisfies(&self, declared: &Dependency) -> bool {
        Version::parse(&self.version).is_ok_and(|version| declared.req.matches(&version))
    }
}
