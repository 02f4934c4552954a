//! Violations + suppressions + exceptions + baseline → [`Verdict`].
//!
//! Invariants: pure; nothing is dropped: what is let pass stays in the verdict with its status, and
//! an excuse that is malformed, expired or good for nothing is a finding itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::baseline::{Baseline, Key};
use crate::boundaries::policy::Policy;
use crate::check::{Checked, Violation};
use crate::extract::Suppression;
use crate::graph::places::Places;
use crate::model::{FileId, Severity, Sources};

mod exceptions;
mod fingerprints;
mod inline;
mod known;

mod ratchet;

pub use known::strict_component;
pub use ratchet::{forget, grew, owed};

#[cfg(test)]
mod tests;

/// An exception whose edge does not exist.
pub const UNUSED_EXCEPTION: &str = "unused-exception";
/// An exception without which the verdict is the same.
pub const REDUNDANT_EXCEPTION: &str = "redundant-exception";
/// An exception that an earlier one makes needless by saying the same.
pub const DUPLICATE_EXCEPTION: &str = "duplicate-exception";
/// An exception whose day has passed.
pub const EXPIRED_EXCEPTION: &str = "expired-exception";
/// An inline `allow` without a reason; it excuses nothing.
pub const SUPPRESSION_WITHOUT_REASON: &str = "suppression-without-reason";
/// An inline `allow` of a rule that does not exist.
pub const SUPPRESSION_UNKNOWN_RULE: &str = "suppression-unknown-rule";
/// An inline `allow` where there is nothing to excuse.
pub const UNUSED_SUPPRESSION: &str = "unused-suppression";
/// An inline `allow` that cannot be read.
pub const MALFORMED_SUPPRESSION: &str = "malformed-suppression";
/// A baseline entry for more than there is.
pub const STALE_BASELINE: &str = "stale-baseline";
/// A baseline entry whose items are elsewhere now.
pub const MOVED_BASELINE: &str = "moved-baseline";
/// A baseline entry for what starts in a strict component; it excuses nothing.
pub const STRICT_BASELINE: &str = "strict-baseline";
/// A baseline entry for more than an earlier baseline lets pass.
pub const BASELINE_GREW: &str = "baseline-grew";

/// What there is to settle.
#[derive(Clone, Debug)]
pub struct Settle<'a> {
    /// What the rules say, …
    pub checked: Checked,
    /// … and the rules.
    pub policy: &'a Policy,
    /// Findings of other stages: configuration, files that do not parse, antipatterns.
    pub others: Vec<Violation>,
    /// The inline `allow`s of each file.
    pub suppressions: Vec<(FileId, &'a [Suppression])>,
    /// The ids of all rules that an inline `allow` may name.
    pub known_rules: &'a BTreeSet<String>,
    /// Those of them that were judged in this run: only they can be said to need no excuse.
    pub judged_rules: &'a BTreeSet<String>,
    /// The debt that is known.
    pub debt: Debt<'a>,
    /// Every file that was read.
    pub sources: &'a Sources,
    /// What was counted while reading.
    pub summary: Summary,
}

/// The debt that is known, and what this run knows of it.
#[derive(Clone, Debug, Default)]
pub struct Debt<'a> {
    /// The baseline; none where there is no file, or only one that cannot be read.
    pub baseline: Option<&'a Baseline>,
    /// Its entries that this run cannot say to be stale or moved: it did not look there.
    pub unseen: BTreeSet<&'a Key>,
    /// Where the paths of entries, and of violations without an edge, lead.
    pub places: Places,
    /// A stale entry fails the run.
    pub locked: bool,
}

/// What the run says, ready for a report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// Ordered by file path, position, rule.
    pub findings: Vec<Finding>,
    /// The counts.
    pub summary: Summary,
}

impl Verdict {
    /// Whether anything that counts is denied.
    pub fn fails(&self) -> bool {
        let counts = |status| matches!(status, Status::New | Status::Stale);
        let mut findings = self.findings.iter();
        findings.any(|one| counts(one.status) && one.violation.severity == Severity::Deny)
    }
}

/// A violation and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// What was found.
    pub violation: Violation,
    /// Whether it counts.
    pub status: Status,
    /// Its identity without line and file: rule id, source item, target item, ordinal.
    pub fingerprint: String,
}

/// What became of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It counts.
    New,
    /// The baseline knows it.
    Known,
    /// An inline `allow` or an exception covers it.
    Suppressed,
    /// Itself about an exception, suppression or baseline entry that excuses nothing.
    Stale,
}

impl Status {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Known => "known",
            Self::Suppressed => "suppressed",
            Self::Stale => "stale",
        }
    }
}

/// The counts in every report's last line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Findings that fail the run.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
    /// Findings that are only shown.
    pub infos: usize,
    /// Covered by the baseline.
    pub known: usize,
    /// Covered inline or by an exception.
    pub suppressed: usize,
    /// Excuses that excuse nothing.
    pub stale: usize,
    /// Files read.
    pub files: usize,
    /// Lines read.
    pub lines: usize,
    /// Files that do not parse.
    pub unparsed: usize,
    /// Files of members that no crate reaches.
    pub unreached: usize,
    /// Paths into the workspace that could not be followed.
    pub unresolved: usize,
    /// Those paths by [`crate::resolve::UnresolvedReason`].
    pub unresolved_by_reason: [usize; 5],
    /// Macros whose tokens were not understood.
    pub macros_not_read: usize,
    /// Those macros by [`crate::resolve::MacroNotReadReason`].
    pub macros_by_reason: [usize; 2],
}

/// Decides what becomes of every violation.
pub fn settle(input: Settle) -> Verdict {
    let hygiene = exceptions::findings(input.policy, &input.checked.exceptions);
    let new = input.checked.violations.into_iter().chain(input.others);
    let mut findings: Vec<Finding> = new.map(|violation| finding(violation, Status::New)).collect();
    let excused = input.checked.excused.into_iter();
    findings.extend(excused.map(|violation| finding(violation, Status::Suppressed)));
    let rules = inline::Rules { known: input.known_rules, judged: input.judged_rules };
    let mut more = Vec::new();
    for suppressions in input.suppressions {
        more.extend(inline::apply(&mut findings, suppressions, rules, input.sources));
    }
    more.extend(known::apply(&mut findings, &input.debt, input.policy, input.sources));
    findings.extend(hygiene);
    findings.extend(more);
    verdict(findings, input.summary, input.sources)
}

/// Orders the findings, gives them their fingerprints and counts them.
pub fn verdict(mut findings: Vec<Finding>, mut summary: Summary, sources: &Sources) -> Verdict {
    let path = |id: FileId| sources.files.get(id.0 as usize).map(|file| file.path.as_path());
    findings.sort_by_cached_key(|finding| {
        let violation = &finding.violation;
        let (span, rule) = (violation.span, violation.rule.clone());
        (path(span.file), span, rule, violation.message.clone())
    });
    fingerprints::assign(&mut findings);
    count(&findings, &mut summary);
    Verdict { findings, summary }
}

/// Leaves out what is not to be told, and counts anew.
pub fn retain(verdict: &mut Verdict, keep: impl FnMut(&Finding) -> bool) {
    verdict.findings.retain(keep);
    count(&verdict.findings, &mut verdict.summary);
}

fn count(findings: &[Finding], summary: &mut Summary) {
    let count = |status, severity: Option<Severity>| {
        let alike = findings.iter().filter(|finding| finding.status == status);
        alike.filter(|one| severity.is_none_or(|level| one.violation.severity == level)).count()
    };
    summary.errors = count(Status::New, Some(Severity::Deny));
    summary.warnings = count(Status::New, Some(Severity::Warn));
    summary.infos = count(Status::New, Some(Severity::Info));
    summary.known = count(Status::Known, None);
    summary.suppressed = count(Status::Suppressed, None);
    summary.stale = count(Status::Stale, None);
}

fn finding(violation: Violation, status: Status) -> Finding {
    Finding { violation, status, fingerprint: String::new() }
}
