//! Findings against the list of places.
//!
//! A place is a file, a line and the crate that is named there, so that several leaves of a use
//! tree on a line count once. Where the list of a rule has source places only, what is reported in
//! manifests is counted aside, and the other way round: the list is silent about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Rule, Site};
use crate::run::{Found, Place, Report};

/// How a rule did.
#[derive(Debug, Default)]
pub(crate) struct Score {
    pub expected: usize,
    pub found: usize,
    /// `file:line` and the path as written.
    pub missed: Vec<String>,
    pub extra: Vec<String>,
    /// Reported in a kind of file of which the list is silent.
    pub beside: usize,
    /// Reported beyond the list, and covered by an exception of the rule.
    pub excused: usize,
    /// Listed in scopes of which the rule does not speak.
    pub outside: usize,
}

impl Score {
    pub(crate) fn numbers(&self) -> String {
        let counts = [self.expected, self.found, self.missed.len(), self.extra.len()];
        let aside = [self.excused, self.beside, self.outside];
        let columns = counts.iter().chain(&aside);
        columns.fold(String::new(), |line, count| line + &format!("{count:>9}"))
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = String> {
        let missed = self.missed.iter().map(|place| format!("missed {place}"));
        missed.chain(self.extra.iter().map(|place| format!("extra  {place}")))
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.expected += other.expected;
        self.found += other.found;
        self.missed.extend(other.missed.iter().cloned());
        self.extra.extend(other.extra.iter().cloned());
        self.beside += other.beside;
        self.excused += other.excused;
        self.outside += other.outside;
    }
}

/// Compares what a rule reports with its list.
pub(crate) fn score(rule: &Rule, scopes: &[String], found: &Found) -> Score {
    let (sites, outside): (Vec<&Site>, Vec<&Site>) =
        rule.sites.iter().partition(|site| scopes.contains(&site.scope));
    let expected = expected(&sites, &found.crates);
    let reports = found.findings.get(&rule.id).map(Vec::as_slice).unwrap_or_default();
    let mut score = Score { expected: expected.len(), outside: outside.len(), ..Score::default() };
    for (place, site) in &expected {
        if reports.iter().any(|report| tells(report, place, site)) {
            score.found += 1;
        } else {
            score.missed.push(line(place, &site.written));
        }
    }
    let (mut beside, mut excused) = (BTreeSet::new(), BTreeSet::new());
    let mut extra = BTreeMap::new();
    let listed = |report: &&Report| expected.iter().any(|(place, site)| tells(report, place, site));
    let unlisted = reports.iter().filter(|report| !listed(report));
    for report in unlisted {
        let place = &report.places[0];
        match () {
            () if is_silent_about(rule, place) => _ = beside.insert(place),
            () if report.excused => _ = excused.insert(place),
            () => _ = extra.insert(place, &report.written),
        }
    }
    score.beside = beside.len();
    score.excused = excused.len();
    score.extra = extra.iter().map(|(place, written)| line(place, written)).collect();
    score
}

fn expected<'s>(sites: &[&'s Site], crates: &BTreeSet<String>) -> BTreeMap<Place, &'s Site> {
    sites.iter().map(|site| (place(site, crates), *site)).collect()
}

/// Whether a finding speaks of a place on the list.
fn tells(report: &Report, place: &Place, site: &Site) -> bool {
    let ends = site.resolved.strip_prefix("crate ").and_then(|edge| edge.split_once(" -> "));
    let member = |name: &str| report.members.contains(name);
    report.places.contains(place) || ends.is_some_and(|(from, to)| member(from) && member(to))
}

/// A path that begins with no crate was left unresolved in the list: std's, then.
fn place(site: &Site, crates: &BTreeSet<String>) -> Place {
    let (file, line) = site.at.rsplit_once(':').unwrap_or((&site.at, ""));
    let end = site.resolved.rsplit(" -> ").next().unwrap_or_default();
    let root = end.split("::").next().unwrap_or(end).replace('-', "_");
    let known = root == "crate" || crates.contains(&root);
    Place {
        file: file.to_owned(),
        line: line.parse().unwrap_or_default(),
        root: if known { root } else { "std".to_owned() },
    }
}

fn is_silent_about(rule: &Rule, place: &Place) -> bool {
    let manifest = place.file.ends_with("Cargo.toml");
    !rule.sites.is_empty() && rule.sites.iter().all(|site| site.is_manifest() != manifest)
}

fn line(place: &Place, written: &str) -> String {
    format!("{}:{} {} ({written})", place.file, place.line, place.root)
}
