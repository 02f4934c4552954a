//! Each rule judged with its exceptions applied, and what every one of them is worth.
//!
//! An exception takes edges out before chains are looked for, so that one on any hop breaks the
//! chain. What it excuses is the difference to a judgement without any.

use std::collections::BTreeSet;

use crate::boundaries::policy::{Exception, Policy, Reach, Rule, Verb};
use crate::check::view::{View, covers};
use crate::check::{Checked, ExceptionUse, Violation, Worth, violations};
use crate::graph::Graph;
use crate::model::{BitSet, Span};
use crate::resolve::NodeId;

/// What one rule says.
pub(super) fn judge(graph: &Graph, policy: &Policy, number: usize, today: Option<&str>) -> Checked {
    let rule = &policy.rules[number];
    let find = |except: &[usize]| {
        let except = except.iter().map(|at| &rule.except[*at]).collect();
        violations(&View { graph, rule, except }, policy)
    };
    let all = find(&[]);
    if rule.except.is_empty() {
        return Checked { violations: all, ..Checked::default() };
    }
    let valid = |at: &usize| !today.is_some_and(|today| has_expired(&rule.except[*at], today));
    let valid: Vec<usize> = (0..rule.except.len()).filter(valid).collect();
    let violations = find(&valid);
    let covering: Vec<BitSet> = all.iter().map(|one| covering(graph, rule, one)).collect();
    let needed = needed(&valid, |kept, rest| {
        if looks_at_single_edges(rule) {
            let covered = |by: &BitSet, except: &[usize]| except.iter().any(|at| by.contains(*at));
            covering.iter().all(|by| covered(by, kept) == covered(by, rest))
        } else {
            find(rest).iter().map(key).eq(violations.iter().map(key))
        }
    });
    let worth = |exception| {
        if !valid.contains(&exception) {
            Worth::Expired
        } else if needed.contains(&exception) {
            Worth::Needed
        } else {
            worthless(graph, rule, exception)
        }
    };
    let used = |exception| ExceptionUse { rule: number, exception, worth: worth(exception) };
    let exceptions = (0..rule.except.len()).map(used).collect();
    let still: BTreeSet<Key> = violations.iter().map(key).collect();
    let excused = all.iter().filter(|one| !still.contains(&key(one))).cloned().collect();
    Checked { violations, excused, exceptions }
}

/// Whether the day, if it is one, has passed. A day is ten characters, so text order is time order.
pub(crate) fn has_expired(exception: &Exception, today: &str) -> bool {
    let is_day = |text: &str| {
        let digits = |at: usize, byte: u8| matches!(at, 4 | 7) || byte.is_ascii_digit();
        text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| digits(at, byte))
            && text.bytes().filter(|byte| *byte == b'-').count() == 2
    };
    exception.until.as_deref().is_some_and(|until| is_day(until) && until < today)
}

/// What makes a violation the same with and without an exception.
type Key<'v> = (Option<(NodeId, NodeId)>, Span, &'v str);

fn key(violation: &Violation) -> Key<'_> {
    (violation.edge, violation.span, &violation.owner)
}

/// A set of exceptions that does what all valid ones do, earlier ones preferred. `same` says
/// whether the verdict is the same with the second set as with the first.
fn needed(valid: &[usize], same: impl Fn(&[usize], &[usize]) -> bool) -> Vec<usize> {
    let mut kept = valid.to_vec();
    for exception in valid.iter().rev() {
        let rest: Vec<usize> = kept.iter().copied().filter(|at| at != exception).collect();
        if same(&kept, &rest) {
            kept = rest;
        }
    }
    kept
}

/// Whether each violation of a rule is one reference.
pub(super) fn looks_at_single_edges(rule: &Rule) -> bool {
    let uses = !matches!(rule.verb, Verb::Acyclic { .. } | Verb::Require { .. });
    uses && rule.reach == Reach::Direct
}

/// The exceptions that speak of a single reference that breaks the rule.
fn covering(graph: &Graph, rule: &Rule, violation: &Violation) -> BitSet {
    let mut covering = BitSet::new();
    let Some((from, to)) = violation.edge else { return covering };
    for (_, reference) in graph.outgoing(from).filter(|(_, one)| one.span == violation.span) {
        let covers = |at: &usize| covers(graph, &rule.except[*at], reference, to);
        (0..rule.except.len()).filter(covers).for_each(|at| covering.insert(at));
    }
    covering
}

fn worthless(graph: &Graph, rule: &Rule, exception: usize) -> Worth {
    let except = vec![&rule.except[exception]];
    let view = View { graph, rule, except };
    let same = |one: &Exception, two: &Exception| {
        one.from.nodes == two.from.nodes && one.to.nodes == two.to.nodes
    };
    let from = &rule.except[exception].from.nodes;
    let mut references = from.iter().flat_map(|node| graph.outgoing(NodeId(node as u32)));
    let lifts = |one| view.target(one).is_some() && view.judged(one).is_none();
    if !references.any(|(_, reference)| lifts(reference)) {
        Worth::Unused
    } else if rule.except[..exception].iter().any(|one| same(one, &rule.except[exception])) {
        Worth::Duplicate
    } else {
        Worth::Redundant
    }
}
