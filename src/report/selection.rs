//! Verdict → the findings that people are shown.

use crate::model::Severity;
use crate::report::Style;
use crate::settle::{Finding, Status, Verdict};

/// What is shown, and what the limit cut off.
pub(super) struct Selection<'a> {
    /// In the verdict's order.
    pub(super) shown: Vec<&'a Finding>,
    /// Likewise.
    pub(super) cut: Vec<&'a Finding>,
}

/// How a finding is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Error,
    Warning,
    Info,
    /// It is let pass.
    Note,
}

impl Level {
    pub(super) fn of(finding: &Finding) -> Self {
        match (finding.status, finding.violation.severity) {
            (Status::Known | Status::Suppressed, _) => Self::Note,
            (Status::New | Status::Stale, Severity::Deny) => Self::Error,
            (Status::New | Status::Stale, Severity::Warn) => Self::Warning,
            (Status::New | Status::Stale, Severity::Info) => Self::Info,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Note => "note",
        }
    }
}

/// Picks what the style asks for; where the limit cuts, errors stay before warnings.
pub(super) fn select(verdict: &Verdict, style: Style) -> Selection<'_> {
    let wanted = |finding: &&Finding| style.show_suppressed || Level::of(finding) != Level::Note;
    let all = || verdict.findings.iter().filter(wanted);
    let mut order: Vec<(Level, usize)> = all().map(Level::of).zip(0..).collect();
    order.sort_unstable();
    let limit = style.max_findings.unwrap_or(usize::MAX).min(order.len());
    let mut keep = vec![false; order.len()];
    order[..limit].iter().for_each(|(_, at)| keep[*at] = true);
    let (shown, cut): (Vec<_>, Vec<_>) = all().zip(keep).partition(|(_, keep)| *keep);
    let strip = |list: Vec<(_, _)>| list.into_iter().map(|(finding, _)| finding).collect();
    Selection { shown: strip(shown), cut: strip(cut) }
}

impl Selection<'_> {
    /// `… and 7 more: 2 errors, 5 warnings`; none if nothing was cut.
    pub(super) fn rest(&self, ascii: bool) -> Option<String> {
        let ellipsis = if ascii { "..." } else { "…" };
        let kinds: Vec<_> = [Level::Error, Level::Warning, Level::Info, Level::Note]
            .map(|level| {
                (self.cut.iter().filter(|finding| Level::of(finding) == level).count(), level)
            })
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, level)| format!("{count} {}{}", level.name(), plural(count)))
            .collect();
        (!kinds.is_empty())
            .then(|| format!("{ellipsis} and {} more: {}", self.cut.len(), kinds.join(", ")))
    }
}

/// The ending of a noun.
pub(super) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
