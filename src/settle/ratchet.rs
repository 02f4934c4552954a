//! What an earlier day allows: neither the baseline nor a change may add to it.

use std::collections::BTreeMap;

use crate::baseline::{Baseline, Counts, Key, Present, compare, present};
use crate::graph::places::Places;
use crate::model::Severity;
use crate::settle::known::{edge, fault};
use crate::settle::{
    BASELINE_GREW, Finding, MOVED_BASELINE, STALE_BASELINE, Status, Verdict, finding, retain,
};

/// Leaves out what was there before, and says how much that is. Whether the baseline is up to date
/// is not asked of a change.
pub fn forget(verdict: &mut Verdict, before: &Counts, places: &Places) -> usize {
    let now = now(verdict);
    let mut old = compare(before, &now, &|path| places.is_lost(path)).known;
    let outdated = [STALE_BASELINE, MOVED_BASELINE];
    retain(verdict, |one| !outdated.contains(&one.violation.rule.as_str()));
    let all = verdict.findings.len();
    retain(verdict, |one| {
        let left = if is_owed(one) { Key::of(&one.violation) } else { None };
        let Some(left) = left.and_then(|key| old.get_mut(&key)).filter(|left| **left > 0) else {
            return true;
        };
        *left -= 1;
        one.status == Status::Known
    });
    all - verdict.findings.len()
}

/// One finding for each entry that lets more pass than the baseline of `revision` did.
pub fn grew(
    verdict: &Verdict,
    baseline: &Baseline,
    (before, revision): (&Counts, &str),
    places: &Places,
) -> Vec<Finding> {
    let now = now(verdict);
    let entries = baseline.entries.iter().map(|(key, entry)| {
        let names = now.get(key).and_then(|present| present.names.clone());
        (key.clone(), Present { count: entry.count, names })
    });
    let known = compare(before, &entries.collect(), &|path| places.is_lost(path)).known;
    let mut grew = Vec::new();
    for (key, entry) in &baseline.entries {
        let old = known.get(key).copied().unwrap_or(0);
        if entry.count > old {
            let edge = edge(&key.from, &key.to);
            let message = match old {
                0 => format!("the baseline has grown by {edge} since `{revision}`"),
                old => format!(
                    "the baseline has grown since `{revision}`: it knew {edge} {old}×, now {}×",
                    entry.count
                ),
            };
            let mut fault = fault(BASELINE_GREW, Severity::Deny, (key, entry.span), message);
            fault.help = Some("mend what the entry stands for: debt may only shrink".to_owned());
            grew.push(finding(fault, Status::New));
        }
    }
    grew
}

/// How often each key counts or is known.
pub fn owed(verdict: &Verdict) -> Counts {
    now(verdict).into_iter().map(|(key, present)| (key, present.count)).collect()
}

fn now(verdict: &Verdict) -> BTreeMap<Key, Present> {
    let owed = verdict.findings.iter().filter(|finding| is_owed(finding));
    present(owed.map(|finding| &finding.violation))
}

fn is_owed(finding: &Finding) -> bool {
    matches!(finding.status, Status::New | Status::Known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::Entry;
    use crate::check::Violation;
    use crate::model::Span;

    /// One finding for each letter, its function named by it.
    fn verdict(letters: &str) -> Verdict {
        let one = |letter: char| {
            let violation = Violation {
                from: "shop::web".to_owned(),
                owner: format!("shop::web::{letter}"),
                to: "im".to_owned(),
                item: "im::Client".to_owned(),
                ..Violation::new("r", Severity::Deny, Span::default(), "wrong".to_owned())
            };
            finding(violation, Status::New)
        };
        Verdict { findings: letters.chars().map(one).collect(), ..Verdict::default() }
    }

    fn forgets(before: &str, now: &str, left: &str) {
        let mut now = verdict(now);
        let places = Places { outside: ["im".to_owned()].into(), ..Places::default() };
        let all = now.findings.len();
        let hidden = forget(&mut now, &owed(&verdict(before)), &places);
        let owners = now.findings.iter().filter_map(|one| one.violation.owner.chars().last());
        assert_eq!(owners.collect::<String>(), left);
        assert_eq!((hidden, now.summary.errors), (all - left.len(), left.len()));
    }

    #[test]
    fn only_what_a_change_adds_is_left() {
        forgets("ab", "abc", "c");
        forgets("a", "aa", "a");
        forgets("aab", "a", "");
        forgets("", "ab", "ab");
    }

    #[test]
    fn a_baseline_grows_by_entries_and_by_counts() {
        let grown = |before: &str, now: &str| {
            let span = Span::default();
            let entries = owed(&verdict(now)).into_iter();
            let entries = entries.map(|(key, count)| (key, Entry { count, span })).collect();
            let baseline = Baseline { entries };
            let before = owed(&verdict(before));
            let grew = grew(&verdict(now), &baseline, (&before, "v1"), &Places::default());
            grew.into_iter().map(|one| one.violation.message).collect::<Vec<_>>()
        };
        assert_eq!(grown("ab", "ab"), [""; 0]);
        assert_eq!(grown("ab", "a"), [""; 0]);
        assert_eq!(
            grown("", "a"),
            ["the baseline has grown by `shop::web::a -> im::Client` since `v1`"]
        );
        assert_eq!(
            grown("a", "aaa"),
            ["the baseline has grown since `v1`: it knew `shop::web::a -> im::Client` 1×, now 3×"]
        );
    }
}
