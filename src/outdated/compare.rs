//! A package, its releases, the policy → [`Finding`]s.

use std::collections::BTreeMap;

use semver::{Comparator, Op, Version, VersionReq};

use crate::boundaries::outdated::{Class, Ignore, Outdated};
use crate::model::Span;

use super::day::Day;
use super::join::{Package, Want, place};
use super::lock::Lock;
use super::manifest::Manifests;
use super::release::{Release, Rust};
use super::rewrite::rewrite;

/// What there is to say of one package at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub class: Class,
    /// The package.
    pub package: String,
    /// Where: a version in a manifest, else in the lock file.
    pub span: Span,
    /// Where the same is to be said.
    pub also: Vec<Span>,
    /// Whose requirement it is: index into [`Manifests::entries`].
    pub entry: Option<usize>,
    /// The version in use.
    pub locked: Option<Version>,
    /// The version that should be.
    pub to: Option<Version>,
    /// The requirements as they should be: index into [`Manifests::entries`] and text. Left out are
    /// those that may stay, and those in a style that is left to people.
    pub edits: Vec<(usize, String)>,
    /// For how long it could have been.
    pub since: Since,
    /// A version still newer that is not suggested, and why.
    pub held: Option<(Version, Held)>,
    /// The versions in use, for [`Class::Duplicate`].
    pub versions: Vec<Version>,
}

/// For how long an upgrade has been possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Since this day.
    Day(Day),
    /// The registry does not say.
    Unknown,
    /// It is not a matter of time.
    Timeless,
    /// It is not possible.
    Never,
}

/// Why a version is not suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It was published on this day, which is too near.
    Young(Day),
    /// It needs this Rust, which is newer than the one that must do.
    Rust(Rust, Rust),
}

/// What a package is compared by.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    /// The policy.
    pub policy: &'a Outdated,
    /// The current day.
    pub today: Day,
    /// No version that is younger than so many days is suggested.
    pub cooldown: u32,
    /// The requirements.
    pub manifests: &'a Manifests,
    /// The lock file.
    pub lock: &'a Lock,
}

/// Everything there is to say of a package, what is ignored left out.
pub(super) fn compare(
    package: &Package,
    releases: &[Release],
    ignores: &[&Ignore],
    terms: Terms<'_>,
) -> Vec<Finding> {
    let look = Look { package, releases, ignores, terms };
    let silenced = ignores.iter().any(|ignore| ignore.versions.is_none());
    let mut findings = Vec::new();
    for (locked, wants) in in_use(package, terms.policy.all) {
        let yanked = yanked(look, locked, &wants);
        let told = yanked.is_some();
        findings.extend(yanked);
        findings.extend(compatible(look, locked, &wants).filter(|_| !told));
    }
    for want in &package.wants {
        let newer = incompatible(look, want);
        let lags = behind(look, want).filter(|_| !silenced);
        findings.extend(newer.into_iter().chain(lags));
    }
    findings.extend(duplicate(look).filter(|_| !silenced));
    findings
}

#[derive(Clone, Copy)]
struct Look<'a> {
    package: &'a Package,
    releases: &'a [Release],
    ignores: &'a [&'a Ignore],
    terms: Terms<'a>,
}

/// The versions in use, and for each those who want it.
fn in_use(package: &Package, all: bool) -> BTreeMap<usize, Vec<&Want>> {
    let mut used: BTreeMap<usize, Vec<&Want>> = BTreeMap::new();
    for want in &package.wants {
        if let Some(locked) = want.locked {
            used.entry(locked).or_default().push(want);
        }
    }
    for locked in package.locked.iter().filter(|_| all) {
        used.entry(*locked).or_default();
    }
    used
}

fn yanked(look: Look<'_>, locked: usize, wants: &[&Want]) -> Option<Finding> {
    let version = &look.terms.lock.packages[locked].version;
    let release = look.releases.iter().find(|release| same(&release.version, version))?;
    if !release.yanked || ignores(look.ignores, version) {
        return None;
    }
    let fits = |other: &Version| other != version && allowed(other, version, wants);
    let mut chosen = look.choose(rust(look, wants), Some(version), fits);
    if chosen.to.is_none() {
        chosen = look.choose(rust(look, wants), Some(version), |other| other > version);
    }
    let finding = at_lock(look, Class::Yanked, locked, wants);
    let since = if chosen.to.is_some() { chosen.since } else { Since::Never };
    let edits = chosen.to.iter().filter(|to| *to > version).flat_map(|to| look.edits(wants, to));
    Some(Finding { edits: edits.collect(), to: chosen.to, since, held: chosen.held, ..finding })
}

fn compatible(look: Look<'_>, locked: usize, wants: &[&Want]) -> Option<Finding> {
    let version = &look.terms.lock.packages[locked].version;
    let fits = |other: &Version| other > version && allowed(other, version, wants);
    let chosen = look.choose(rust(look, wants), Some(version), fits);
    let to = chosen.to?;
    let edits = look.edits(wants, &to).collect();
    let finding = at_lock(look, Class::Compatible, locked, wants);
    Some(Finding { to: Some(to), edits, since: chosen.since, held: chosen.held, ..finding })
}

fn incompatible(look: Look<'_>, want: &Want) -> Option<Finding> {
    let locked = want.locked.map(|at| &look.terms.lock.packages[at].version);
    let matching = look.releases.iter().map(|release| &release.version);
    let newest = matching.filter(|version| want.requirement.matches(version)).max();
    let floor = newest.into_iter().chain(locked).max();
    let fits = |other: &Version| {
        !want.requirement.matches(other) && floor.is_none_or(|floor| other > floor)
    };
    let chosen = look.choose(want.rust, locked, fits);
    let to = chosen.to?;
    let edits = look.edits(&[want], &to).collect();
    let finding = at_entry(look, Class::Incompatible, want);
    Some(Finding { to: Some(to), edits, since: chosen.since, held: chosen.held, ..finding })
}

fn behind(look: Look<'_>, want: &Want) -> Option<Finding> {
    let locked = &look.terms.lock.packages[want.locked?].version;
    let edits: Vec<_> = look.edits(&[want], locked).collect();
    let finding = at_entry(look, Class::Behind, want);
    (!edits.is_empty()).then(|| Finding { to: Some(locked.clone()), edits, ..finding })
}

fn duplicate(look: Look<'_>) -> Option<Finding> {
    let packages = &look.terms.lock.packages;
    let mut locked = look.package.locked.clone();
    locked.sort_by(|a, b| packages[*a].version.cmp(&packages[*b].version));
    let versions: Vec<Version> = locked.iter().map(|at| packages[*at].version.clone()).collect();
    let (first, others) = versions.split_first()?;
    if others.iter().all(|other| same_major(first, other)) {
        return None;
    }
    let finding = match look.package.wants.iter().find(|want| want.locked.is_some()) {
        Some(want) => at_entry(look, Class::Duplicate, want),
        None => at_lock(look, Class::Duplicate, locked[0], &[]),
    };
    let also = locked.iter().map(|at| packages[*at].span).filter(|span| *span != finding.span);
    Some(Finding { also: also.collect(), versions, ..finding })
}

/// The newest version that may be suggested.
struct Choice {
    to: Option<Version>,
    since: Since,
    held: Option<(Version, Held)>,
}

impl Look<'_> {
    fn choose(
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

    /// The requirements raised to a version, where that changes them.
    fn edits(&self, wants: &[&Want], to: &Version) -> impl Iterator<Item = (usize, String)> {
        wants.iter().filter_map(|want| Some((want.entry, self.rewritten(want, to)?)))
    }

    /// None if it is there already or has a style of its own.
    fn rewritten(&self, want: &Want, to: &Version) -> Option<String> {
        let written = self.terms.manifests.entries[want.entry].requirement.as_ref()?;
        let rewritten = rewrite(&written.text, to)?;
        let other = rewritten.parse::<VersionReq>().is_ok_and(|new| new != want.requirement);
        other.then_some(rewritten)
    }
}

/// Whether an update may go there: all requirements, and where there are none the usual rules.
fn allowed(other: &Version, locked: &Version, wants: &[&Want]) -> bool {
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
fn same_major(one: &Version, other: &Version) -> bool {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    let release = |version: &Version| Version::new(version.major, version.minor, version.patch);
    caret(&release(low)).matches(&release(high))
}

/// The lock file may leave out what stands behind `+`.
fn same(one: &Version, other: &Version) -> bool {
    one.cmp_precedence(other).is_eq()
}

fn ignores(ignores: &[&Ignore], version: &Version) -> bool {
    let release = Version::new(version.major, version.minor, version.patch);
    ignores.iter().any(|ignore| {
        let versions = ignore.versions.as_ref();
        versions.is_none_or(|versions| versions.matches(version) || versions.matches(&release))
    })
}

fn rust(look: Look<'_>, wants: &[&Want]) -> Option<Rust> {
    if wants.is_empty() { look.package.rust } else { wants.iter().filter_map(|it| it.rust).min() }
}

fn at_lock(look: Look<'_>, class: Class, locked: usize, wants: &[&Want]) -> Finding {
    let package = &look.terms.lock.packages[locked];
    let mut places = wants.iter().map(|want| place(&look.terms.manifests.entries[want.entry]));
    let span = places.next().unwrap_or(package.span);
    Finding {
        class,
        package: look.package.name.clone(),
        span,
        also: places.collect(),
        entry: wants.first().map(|want| want.entry),
        locked: Some(package.version.clone()),
        to: None,
        edits: Vec::new(),
        since: Since::Timeless,
        held: None,
        versions: Vec::new(),
    }
}

fn at_entry(look: Look<'_>, class: Class, want: &Want) -> Finding {
    let locked = want.locked.map(|at| look.terms.lock.packages[at].version.clone());
    Finding {
        class,
        package: look.package.name.clone(),
        span: place(&look.terms.manifests.entries[want.entry]),
        also: Vec::new(),
        entry: Some(want.entry),
        locked,
        to: None,
        edits: Vec::new(),
        since: Since::Timeless,
        held: None,
        versions: Vec::new(),
    }
}
