//! The baseline: what it lets pass, and what is wrong with it.

use std::collections::BTreeMap;

use crate::baseline::{Baseline, Comparison, Counts, Key, Move, Present, compare, present};
use crate::boundaries::policy::{Component, Policy};
use crate::check::Violation;
use crate::model::{Severity, Sources, Span};
use crate::settle::{
    Debt, Finding, MOVED_BASELINE, STALE_BASELINE, STRICT_BASELINE, Status, finding,
};

/// Marks what the baseline knows, and returns the baseline's own faults.
pub(super) fn apply(
    findings: &mut [Finding],
    debt: &Debt,
    policy: &Policy,
    sources: &Sources,
) -> Vec<Finding> {
    let Some(baseline) = debt.baseline else { return Vec::new() };
    let refused = refused(findings, baseline, debt, policy);
    let open = open(findings, debt, policy, sources);
    let present = present(open.iter().map(|at| &findings[*at].violation));
    let counts = counts(baseline, &refused, debt, &present);
    let comparison = compare(&counts, &present, &|path| debt.places.is_lost(path));
    mark(findings, &open, &comparison.known);
    let refused = refused.into_iter().map(|(key, component)| refuse(baseline, key, component));
    let mut faults: Vec<Finding> = refused.map(|fault| finding(fault, Status::New)).collect();
    faults.extend(outdated(baseline, &comparison, debt.locked));
    faults
}

/// The strict component in which a violation starts: no baseline lets it pass.
pub fn strict_component<'p>(
    violation: &Violation,
    debt: &Debt,
    policy: &'p Policy,
) -> Option<&'p Component> {
    match violation.edge {
        Some((from, _)) => strict(policy).find(|one| one.set.nodes.contains(from.0 as usize)),
        None => strict_at(&violation.owner, debt, policy),
    }
}

fn strict_at<'p>(path: &str, debt: &Debt, policy: &'p Policy) -> Option<&'p Component> {
    let nodes = debt.places.nodes.get(path)?;
    let mut components = strict(policy);
    components.find(|one| nodes.iter().any(|node| one.set.nodes.contains(node.0 as usize)))
}

fn strict(policy: &Policy) -> impl Iterator<Item = &Component> {
    policy.components.iter().filter(|component| component.strict)
}

/// The entries that speak of strict components.
fn refused<'b, 'p>(
    findings: &[Finding],
    baseline: &'b Baseline,
    debt: &Debt,
    policy: &'p Policy,
) -> BTreeMap<&'b Key, &'p Component> {
    let mut refused = BTreeMap::new();
    if strict(policy).next().is_none() {
        return refused;
    }
    for key in baseline.entries.keys() {
        refused.extend(strict_at(&key.from, debt, policy).map(|component| (key, component)));
    }
    // A cycle is known by its members' names, which are no path.
    for Finding { violation, .. } in findings {
        let key = Key::of(violation);
        let entry = key.and_then(|key| baseline.entries.get_key_value(&key));
        let component = strict_component(violation, debt, policy);
        refused.extend(entry.map(|(key, _)| key).zip(component));
    }
    refused
}

/// The findings that a baseline may know, by position.
fn open(findings: &[Finding], debt: &Debt, policy: &Policy, sources: &Sources) -> Vec<usize> {
    let may = |one: &Finding| {
        let starts = one.status == Status::New && Key::of(&one.violation).is_some();
        starts && strict_component(&one.violation, debt, policy).is_none()
    };
    let mut open: Vec<usize> = (0..findings.len()).filter(|at| may(&findings[*at])).collect();
    open.sort_by_key(|at| {
        let span = findings[*at].violation.span;
        (sources.files.get(span.file.0 as usize).map(|file| &file.path), span)
    });
    open
}

/// What the baseline lets pass; of what was not looked at, no more than is there.
fn counts(
    baseline: &Baseline,
    refused: &BTreeMap<&Key, &Component>,
    debt: &Debt,
    present: &BTreeMap<Key, Present>,
) -> Counts {
    let mut counts = baseline.counts();
    counts.retain(|key, _| !refused.contains_key(key));
    for key in &debt.unseen {
        let there = present.get(key).map_or(0, |present| present.count);
        counts.entry((*key).clone()).and_modify(|count| *count = there.min(*count));
    }
    counts
}

/// The first of those that are alike are the known ones.
fn mark(findings: &mut [Finding], open: &[usize], known: &Counts) {
    let mut left = known.clone();
    for at in open {
        let finding = &mut findings[*at];
        let more = Key::of(&finding.violation).and_then(|key| left.get_mut(&key));
        if let Some(more) = more.filter(|more| **more > 0) {
            *more -= 1;
            finding.status = Status::Known;
        }
    }
}

/// What `cargo archlint baseline` would mend.
fn outdated(baseline: &Baseline, comparison: &Comparison, locked: bool) -> Vec<Finding> {
    let severity = if locked { Severity::Deny } else { Severity::Warn };
    let moved = comparison.moved.iter().map(|one| finding(moved(baseline, one), Status::New));
    let stale = comparison.stale.iter();
    let stale = stale.map(|(key, count)| stale_entry(baseline, key, *count, severity));
    moved.chain(stale.map(|fault| finding(fault, Status::Stale))).collect()
}

fn stale_entry(baseline: &Baseline, key: &Key, count: usize, severity: Severity) -> Violation {
    let Key { rule, from, to } = key;
    let known = baseline.entries[key].count;
    let edge = edge(from, to);
    let message = match known - count {
        0 => format!("rule `{rule}` no longer finds {edge}, which the baseline knows"),
        left => format!("rule `{rule}` finds {edge} {left}×, and the baseline knows it {known}×"),
    };
    let fault = fault(STALE_BASELINE, severity, (key, baseline.entries[key].span), message);
    Violation { help: Some("run `cargo archlint baseline` to take it out".to_owned()), ..fault }
}

fn moved(baseline: &Baseline, Move { old, new }: &Move) -> Violation {
    let (before, now) = (edge(&old.from, &old.to), edge(&new.from, &new.to));
    let message = format!("{before}, which the baseline knows, has moved to {now}");
    let span = baseline.entries[old].span;
    Violation {
        help: Some("run `cargo archlint baseline` to rewrite the entry".to_owned()),
        ..fault(MOVED_BASELINE, Severity::Warn, (old, span), message)
    }
}

fn refuse(baseline: &Baseline, key: &Key, component: &Component) -> Violation {
    let name = &component.name;
    let message = format!("component `{name}` is strict: the baseline lets nothing in it pass");
    let span = baseline.entries[key].span;
    Violation {
        related: vec![(component.span, format!("`{name}` is strict"))],
        help: Some("take the entry out, and mend what it stands for".to_owned()),
        ..fault(STRICT_BASELINE, Severity::Deny, (key, span), message)
    }
}

/// ``"`a -> b`"``; a circle is called by its members.
pub(super) fn edge(from: &str, to: &str) -> String {
    if from == to || to.is_empty() { format!("`{from}`") } else { format!("`{from} -> {to}`") }
}

pub(super) fn fault(
    id: &str,
    severity: Severity,
    (key, span): (&Key, Span),
    message: String,
) -> Violation {
    Violation {
        label: "this entry".to_owned(),
        owner: key.rule.clone(),
        item: format!("{} -> {}", key.from, key.to),
        ..Violation::new(id, severity, span, message)
    }
}
