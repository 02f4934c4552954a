//! `// archlint: allow(rule, reason = "…")`: what it covers, and what is wrong with it.

use std::collections::BTreeSet;

use crate::check::Violation;
use crate::extract::Suppression;
use crate::model::{FileId, Severity, Sources, Span};
use crate::settle::{
    Finding, MALFORMED_SUPPRESSION, SUPPRESSION_UNKNOWN_RULE, SUPPRESSION_WITHOUT_REASON, Status,
    UNUSED_SUPPRESSION, finding,
};

/// The ids that an `allow` may name.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub known: &'a BTreeSet<String>,
    pub judged: &'a BTreeSet<String>,
}

/// Marks the findings of one file that its `allow`s cover, and returns the `allow`s' own faults.
pub(super) fn apply(
    findings: &mut [Finding],
    (file, suppressions): (FileId, &[Suppression]),
    rules: Rules,
    sources: &Sources,
) -> Vec<Finding> {
    if suppressions.is_empty() {
        return Vec::new();
    }
    let text = sources.files.get(file.0 as usize).map_or("", |file| &file.text);
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |span: Span| breaks.partition_point(|at| *at < span.start as usize) + 1;
    let mut here: Vec<(usize, &mut Finding)> = findings
        .iter_mut()
        .filter(|finding| finding.violation.span.file == file)
        .map(|finding| (line(finding.violation.span), finding))
        .collect();
    let mut faults = Vec::new();
    for one in suppressions {
        let span = Span { file, start: one.range.start, end: one.range.end };
        let said = judge(&mut here, one, rules);
        faults.extend(said.into_iter().map(|fault| report(fault, span)));
    }
    faults
}

/// What is wrong with an `allow`.
struct Fault {
    id: &'static str,
    message: String,
    help: Option<String>,
}

fn judge(here: &mut [(usize, &mut Finding)], one: &Suppression, rules: Rules) -> Vec<Fault> {
    if let Some(wrong) = &one.malformed {
        return vec![malformed(wrong)];
    }
    let mut faults = Vec::new();
    let reason = one.reason.as_deref().filter(|reason| !reason.trim().is_empty());
    if reason.is_none() {
        faults.push(without_reason(one));
    }
    for rule in &one.rules {
        if !rules.known.contains(rule) {
            faults.push(unknown(rule, rules.known));
        } else if let Some(reason) = reason {
            let covered = cover(here, one.line as usize, rule, reason);
            if covered == 0 && rules.judged.contains(rule) {
                faults.push(unused(rule));
            }
        }
    }
    faults
}

/// Marks what the rule found on the line, and says how much that is.
fn cover(here: &mut [(usize, &mut Finding)], line: usize, rule: &str, reason: &str) -> usize {
    let found = here.iter_mut().filter(|(at, one)| *at == line && one.violation.rule == rule);
    found
        .map(|(_, finding)| {
            finding.status = Status::Suppressed;
            finding.violation.notes.push(format!("allowed here: {reason}"));
        })
        .count()
}

fn malformed(wrong: &str) -> Fault {
    Fault {
        id: MALFORMED_SUPPRESSION,
        message: format!("this `allow` cannot be read: {wrong}"),
        help: Some("write `// archlint: allow(rule-id, reason = \"why\")`".to_owned()),
    }
}

fn without_reason(one: &Suppression) -> Fault {
    Fault {
        id: SUPPRESSION_WITHOUT_REASON,
        message: format!(
            "`allow({})` gives no reason, so it excuses nothing",
            one.rules.join(", ")
        ),
        help: Some("say why: `reason = \"…\"`".to_owned()),
    }
}

fn unknown(rule: &str, known: &BTreeSet<String>) -> Fault {
    let likeness = |other: &&String| strsim::jaro_winkler(rule, other);
    let nearest = known.iter().max_by(|one, two| likeness(one).total_cmp(&likeness(two)));
    let nearest = nearest.filter(|other| likeness(other) > 0.8);
    Fault {
        id: SUPPRESSION_UNKNOWN_RULE,
        message: format!("there is no rule `{rule}`"),
        help: nearest.map(|nearest| format!("did you mean `{nearest}`?")),
    }
}

fn unused(rule: &str) -> Fault {
    Fault {
        id: UNUSED_SUPPRESSION,
        message: format!("there is nothing here that `{rule}` forbids"),
        help: Some("remove this `allow`".to_owned()),
    }
}

fn report(fault: Fault, span: Span) -> Finding {
    let stale = fault.id == UNUSED_SUPPRESSION;
    let violation = Violation {
        label: "this `allow`".to_owned(),
        help: fault.help,
        ..Violation::new(fault.id, Severity::Deny, span, fault.message)
    };
    finding(violation, if stale { Status::Stale } else { Status::New })
}
