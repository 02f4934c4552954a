//! The releases of a package → the one to be suggested.

use semver::{Comparator, Op, Version, VersionReq};

use crate::boundaries::outdated::Ignore;

use super::compare::{Held, Since, Terms};
use super::join::{Package, Want};
use super::release::{Release, Rust};

/// A package, all that is known of it, and by what it is judged.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) package: &'a Package,
    pub(super) releases: &'a [Release],
    pub(super) ignores: &'a [&'a Ignore],
    pub(super) terms: Terms<'a>,
}

/// The newest version that may be suggested.
pub(super) struct Choice {
    pub(super) to: Option<Version>,
    pub(super) since: Since,
    pub(super) held: Option<(Version, Held)>,
}

impl Subject<'_> {
    /// Of the versions that fit, those left out that do not count or are held back.
    pub(super) fn choose(
        &self,
        rust: Option<Rust>,
        locked: Option<&Version>,
        fits: impl Fn(&Version) -> bool,
    ) -> Choice {
        let mut held: Option<(Version, Held)> = None;
        let mut usable: Vec<&Release> = Vec::new();
        for release in self.releases.iter().filter(|it| fits(&it.version) && self.known(it, locked))
        {
            match self.held(release, rust) {
                None => usable.push(release),
                Some(why) if held.as_ref().is_none_or(|(held, _)| *held < release.version) => {
                    held = Some((release.version.clone(), why));
                }
                Some(_) => {}
            }
        }
        let to = usable.iter().map(|release| release.version.clone()).max();
        let newer = usable.iter().filter(|it| locked.is_none_or(|locked| it.version > *locked));
        let first = newer.filter_map(|release| release.published).min();
        let held = held.filter(|(held, _)| to.as_ref().is_none_or(|to| held > to));
        Choice { to, since: first.map_or(Since::Unknown, Since::Day), held }
    }

    /// Whether a release counts at all.
    fn known(&self, release: &Release, locked: Option<&Version>) -> bool {
        let wild = self.terms.policy.pre_releases || locked.is_some_and(|it| !it.pre.is_empty());
        let settled = release.version.pre.is_empty() || wild;
        !release.yanked && settled && !ignores(self.ignores, &release.version)
    }

    fn held(&self, release: &Release, rust: Option<Rust>) -> Option<Held> {
        if let (Some(needed), Some(ours)) = (release.rust, rust)
            && needed > ours
            && !self.terms.policy.any_rust_version
        {
            return Some(Held::Rust(needed, ours));
        }
        let published = release.published?;
        let young = published.until(self.terms.today) < i64::from(self.terms.cooldown);
        young.then_some(Held::Young(published))
    }
}

/// Whether an update may go there: all requirements, and where there are none the usual rules.
pub(super) fn allowed(other: &Version, locked: &Version, wants: &[&Want]) -> bool {
    if wants.is_empty() {
        return caret(locked).matches(other) || (other < locked && same_major(other, locked));
    }
    wants.iter().all(|want| want.requirement.matches(other))
}

fn caret(version: &Version) -> VersionReq {
    let comparator = Comparator {
        op: Op::Caret,
        major: version.major,
        minor: Some(version.minor),
        patch: Some(version.patch),
        pre: version.pre.clone(),
    };
    VersionReq { comparators: vec![comparator] }
}

/// Whether cargo takes two versions for compatible.
pub(super) fn same_major(one: &Version, other: &Version) -> bool {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    let release = |version: &Version| Version::new(version.major, version.minor, version.patch);
    caret(&release(low)).matches(&release(high))
}

/// The lock file may leave out what stands behind `+`.
pub(super) fn same(one: &Version, other: &Version) -> bool {
    one.cmp_precedence(other).is_eq()
}

pub(super) fn ignores(ignores: &[&Ignore], version: &Version) -> bool {
    let release = Version::new(version.major, version.minor, version.patch);
    ignores.iter().any(|ignore| {
        let versions = ignore.versions.as_ref();
        versions.is_none_or(|versions| versions.matches(version) || versions.matches(&release))
    })
}
