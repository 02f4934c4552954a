//! Violations + suppressions + exceptions (+ baseline) → [`Verdict`].
//!
//! Invariants: pure; nothing is dropped: what is let pass stays in the verdict with its status.

use crate::check::Violation;

/// What the run says, ready for a report.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Ordered by file path, position, rule.
    pub findings: Vec<Finding>,
    /// The counts.
    pub summary: Summary,
}

/// A violation and what became of it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was found.
    pub violation: Violation,
    /// Whether it counts.
    pub status: Status,
    /// Its identity without line and file: rule id, source item, target item, ordinal.
    pub fingerprint: String,
}

/// What became of a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Findings that fail the run.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
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
    /// Macros whose tokens were not understood.
    pub macros_not_read: usize,
}
