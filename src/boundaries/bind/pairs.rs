//! Edges that must not be → pairs of sets.

use crate::boundaries::policy::{NodeSet, Pair};
use crate::boundaries::selector::{Edge, Selector};
use crate::boundaries::{NO_EFFECT, Problem};
use crate::model::BitSet;

use super::captures;
use super::names::{Names, label};

/// The pairs of one edge.
pub(super) fn pairs(names: &Names<'_>, edge: &Edge, problems: &mut Vec<Problem>) -> Vec<Pair> {
    match captures::joined(names, edge, problems) {
        Some(joined) if joined.is_empty() => unlike(names, edge, problems),
        Some(joined) => captures::pairs(names, edge, &joined, problems),
        None => Vec::new(),
    }
}

/// Two sides without common captures. Where they overlap, each part of the left side is held
/// against the right side without itself: `app::* -> app::a` speaks of all parts but `app::a`.
fn unlike(names: &Names<'_>, edge: &Edge, problems: &mut Vec<Problem>) -> Vec<Pair> {
    let (from, to) = (names.set(&edge.from), names.set(&edge.to));
    if !from.nodes.intersects(&to.nodes) {
        return vec![Pair { from, to }];
    }
    let mut apart = from.clone();
    let mut pairs = Vec::new();
    for part in parts(names, &edge.from, &from) {
        if part.nodes.intersects(&to.nodes) {
            apart.nodes.subtract(&part.nodes);
            pairs.extend(against(part, &to));
        }
    }
    if !apart.nodes.is_empty() {
        pairs.insert(0, Pair { from: apart, to });
    }
    if pairs.is_empty() {
        problems.push(says_nothing(edge));
    }
    pairs
}

/// The members of the left side, and the items that belong to none of them as one more.
fn parts(names: &Names<'_>, side: &[Selector], all: &NodeSet) -> Vec<NodeSet> {
    let mut parts = names.members(side);
    let mut rest: BitSet = all.nodes.clone();
    for part in &parts {
        rest.subtract(&part.nodes);
    }
    if !rest.is_empty() {
        parts.push(NodeSet { label: all.label.clone(), nodes: rest });
    }
    parts
}

fn against(part: NodeSet, to: &NodeSet) -> Option<Pair> {
    let mut to = to.clone();
    to.nodes.subtract(&part.nodes);
    (!to.nodes.is_empty()).then_some(Pair { from: part, to })
}

fn says_nothing(edge: &Edge) -> Problem {
    let message = format!("`{}` says nothing: its right side lies in its left side", edge.text);
    Problem::warn(NO_EFFECT, edge.span, message).with_help(format!(
        "take it out on the left: `{} | !{to} -> {to}`, or say `protect = \"{to}\"`",
        label(&edge.from),
        to = label(&edge.to),
    ))
}
