//! A package, its releases, the policy → [`Finding`]s.

use std::collections::BTreeMap;

use semver::{Version, VersionReq};

use crate::boundaries::outdated::{Class, Ignore, Outdated};
use crate::model::Span;

use super::choose::{Subject, allowed, ignores as is_ignored, same, same_major};
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
    let of = Subject { package, releases, ignores, terms };
    let silenced = ignores.iter().any(|ignore| ignore.versions.is_none());
    let mut findings = Vec::new();
    for (locked, wants) in in_use(package, terms.policy.all) {
        let yanked = yanked(of, locked, &wants);
        let told = yanked.is_some();
        findings.extend(yanked);
        findings.extend(compatible(of, locked, &wants).filter(|_| !told));
    }
    for want in &package.wants {
        let newer = incompatible(of, want);
        let lags = behind(of, want).filter(|_| !silenced);
        findings.extend(newer.into_iter().chain(lags));
    }
    findings.extend(duplicate(of).filter(|_| !silenced));
    findings
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

fn yanked(of: Subject<'_>, locked: usize, wants: &[&Want]) -> Option<Finding> {
    let version = &of.terms.lock.packages[locked].version;
    let release = of.releases.iter().find(|release| same(&release.version, version))?;
    if !release.yanked || is_ignored(of.ignores, version) {
        return None;
    }
    let fits = |other: &Version| other != version && allowed(other, version, wants);
    let chosen = of.choose(rust(of, wants), Some(version), fits);
    // What is not allowed is a finding of its own, but it says since when there is a way out.
    let any = of.choose(rust(of, wants), Some(version), |other| other > version);
    let since = match (&chosen.to, any.to) {
        (Some(_), _) => chosen.since,
        (None, Some(_)) => any.since,
        (None, None) => Since::Never,
    };
    let finding = at_lock(of, Class::Yanked, locked, wants);
    let edits = chosen.to.iter().filter(|to| *to > version).flat_map(|to| of.edits(wants, to));
    Some(Finding { edits: edits.collect(), to: chosen.to, since, held: chosen.held, ..finding })
}

fn compatible(of: Subject<'_>, locked: usize, wants: &[&Want]) -> Option<Finding> {
    let version = &of.terms.lock.packages[locked].version;
    let fits = |other: &Version| other > version && allowed(other, version, wants);
    let chosen = of.choose(rust(of, wants), Some(version), fits);
    let to = chosen.to?;
    let edits = of.edits(wants, &to).collect();
    let finding = at_lock(of, Class::Compatible, locked, wants);
    Some(Finding { to: Some(to), edits, since: chosen.since, held: chosen.held, ..finding })
}

fn incompatible(of: Subject<'_>, want: &Want) -> Option<Finding> {
    let locked = want.locked.map(|at| &of.terms.lock.packages[at].version);
    let matching = of.releases.iter().map(|release| &release.version);
    let newest = matching.filter(|version| want.requirement.matches(version)).max();
    let floor = newest.into_iter().chain(locked).max();
    let fits = |other: &Version| {
        !want.requirement.matches(other) && floor.is_none_or(|floor| other > floor)
    };
    let chosen = of.choose(want.rust, locked, fits);
    let to = chosen.to?;
    let edits = of.edits(&[want], &to).collect();
    let finding = at_entry(of, Class::Incompatible, want);
    Some(Finding { to: Some(to), edits, since: chosen.since, held: chosen.held, ..finding })
}

fn behind(of: Subject<'_>, want: &Want) -> Option<Finding> {
    let locked = &of.terms.lock.packages[want.locked?].version;
    let edits: Vec<_> = of.edits(&[want], locked).collect();
    let finding = at_entry(of, Class::Behind, want);
    (!edits.is_empty()).then(|| Finding { to: Some(locked.clone()), edits, ..finding })
}

fn duplicate(of: Subject<'_>) -> Option<Finding> {
    let packages = &of.terms.lock.packages;
    let mut locked = of.package.locked.clone();
    locked.sort_by(|a, b| packages[*a].version.cmp(&packages[*b].version));
    let versions: Vec<Version> = locked.iter().map(|at| packages[*at].version.clone()).collect();
    let (first, others) = versions.split_first()?;
    if others.iter().all(|other| same_major(first, other)) {
        return None;
    }
    let finding = match of.package.wants.iter().find(|want| want.locked.is_some()) {
        Some(want) => at_entry(of, Class::Duplicate, want),
        None => at_lock(of, Class::Duplicate, locked[0], &[]),
    };
    let also = locked.iter().map(|at| packages[*at].span).filter(|span| *span != finding.span);
    Some(Finding { also: also.collect(), versions, ..finding })
}

impl Subject<'_> {
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

fn rust(of: Subject<'_>, wants: &[&Want]) -> Option<Rust> {
    if wants.is_empty() { of.package.rust } else { wants.iter().filter_map(|it| it.rust).min() }
}

fn at_lock(of: Subject<'_>, class: Class, locked: usize, wants: &[&Want]) -> Finding {
    let package = &of.terms.lock.packages[locked];
    let mut places = wants.iter().map(|want| place(&of.terms.manifests.entries[want.entry]));
    let span = places.next().unwrap_or(package.span);
    Finding {
        class,
        package: of.package.name.clone(),
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

fn at_entry(of: Subject<'_>, class: Class, want: &Want) -> Finding {
    let locked = want.locked.map(|at| of.terms.lock.packages[at].version.clone());
    Finding {
        class,
        package: of.package.name.clone(),
        span: place(&of.terms.manifests.entries[want.entry]),
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
