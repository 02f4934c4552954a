//! Edges that must not be → pairs of sets, captures expanded.

use std::collections::BTreeSet;

use crate::boundaries::policy::{NodeSet, Pair};
use crate::boundaries::selector::{Edge, Pattern, Selector};
use crate::boundaries::{Grade, Problem};
use crate::model::BitSet;

use super::matching::Bindings;
use super::names::{Names, label};

/// So many values may a capture have in one edge: each makes a pair of its own.
const MOST_VALUES: usize = 2000;

/// The pairs of one edge.
pub(super) fn pairs(names: &Names<'_>, edge: &Edge, problems: &mut Vec<Problem>) -> Vec<Pair> {
    let joined = joined(names, edge);
    if unbound(names, edge, problems) {
        return Vec::new();
    }
    if joined.is_empty() {
        return unlike(names, edge, problems);
    }
    let bindings = bindings(names, edge, &joined);
    if bindings.len() > MOST_VALUES {
        let message = format!("the captures of `{}` have {} values", edge.text, bindings.len());
        let problem = Problem::fatal("config/too-many-captures", edge.span, message);
        let help = format!("narrow them to {MOST_VALUES}, or take `independent` with a glob");
        problems.push(problem.with_help(help));
        return Vec::new();
    }
    bindings.iter().filter_map(|bound| bound_pair(names, edge, bound)).collect()
}

/// The captures that stand on both sides.
fn joined(names: &Names<'_>, edge: &Edge) -> BTreeSet<String> {
    let left = mentioned(names, &edge.from);
    let right = mentioned(names, &edge.to);
    left.intersection(&right).cloned().collect()
}

fn mentioned(names: &Names<'_>, side: &[Selector]) -> BTreeSet<String> {
    let bound = side.iter().flat_map(|selector| names.captures(selector)).map(str::to_owned);
    bound.chain(others(side)).collect()
}

fn others(side: &[Selector]) -> impl Iterator<Item = String> {
    side.iter().flat_map(|selector| &selector.segments).filter_map(|segment| {
        match &segment.pattern {
            Pattern::Other(name) => Some(name.clone()),
            _ => None,
        }
    })
}

/// `!{f}` without any `{f}` is no word of the language.
fn unbound(names: &Names<'_>, edge: &Edge, problems: &mut Vec<Problem>) -> bool {
    let sides = edge.from.iter().chain(&edge.to);
    let bound: BTreeSet<&str> =
        sides.clone().flat_map(|selector| names.captures(selector)).collect();
    let segments = sides.flat_map(|selector| &selector.segments);
    let lost = segments.filter_map(|segment| match &segment.pattern {
        Pattern::Other(name) if !bound.contains(name.as_str()) => Some((name, segment.span)),
        _ => None,
    });
    let before = problems.len();
    for (name, span) in lost {
        let message = format!("`!{{{name}}}` speaks of a `{{{name}}}` that is nowhere in the edge");
        problems.push(Problem::fatal("config/unbound-capture", span, message));
    }
    problems.len() > before
}

/// What the joined captures stand for, on whichever side they are bound.
fn bindings(names: &Names<'_>, edge: &Edge, joined: &BTreeSet<String>) -> BTreeSet<Bindings> {
    let left = side_bindings(names, &edge.from, joined);
    let right = side_bindings(names, &edge.to, joined);
    if right.is_empty() {
        return left;
    }
    let mut all = left;
    all.extend(right);
    let whole = |bound: &&Bindings| bound.len() == joined.len();
    if all.iter().all(|bound| whole(&bound)) {
        return all;
    }
    merged(&all)
}

fn side_bindings(
    names: &Names<'_>,
    side: &[Selector],
    joined: &BTreeSet<String>,
) -> BTreeSet<Bindings> {
    let mut found = BTreeSet::new();
    for selector in side.iter().filter(|selector| !selector.removes) {
        for head in names.heads(selector, &Bindings::new()) {
            let bound: Bindings =
                head.bound.into_iter().filter(|(name, _)| joined.contains(name)).collect();
            found.extend((!bound.is_empty()).then_some(bound));
        }
    }
    found
}

/// Partial bindings put together where they agree; no more than can be used.
fn merged(all: &BTreeSet<Bindings>) -> BTreeSet<Bindings> {
    let mut found = BTreeSet::new();
    for one in all {
        for two in all {
            let agree =
                two.iter().all(|(name, value)| one.get(name).is_none_or(|own| own == value));
            if agree && found.len() <= MOST_VALUES {
                found.insert(one.iter().chain(two).map(|(k, v)| (k.clone(), v.clone())).collect());
            }
        }
    }
    found
}

fn bound_pair(names: &Names<'_>, edge: &Edge, bound: &Bindings) -> Option<Pair> {
    let from = names.nodes(&edge.from, bound);
    let mut to = names.nodes(&edge.to, bound);
    to.subtract(&from);
    let pair = Pair {
        from: NodeSet { label: filled(&edge.from, bound), nodes: from },
        to: NodeSet { label: filled(&edge.to, bound), nodes: to },
    };
    (!pair.from.nodes.is_empty() && !pair.to.nodes.is_empty()).then_some(pair)
}

/// The words of a side with its captures filled in.
fn filled(side: &[Selector], bound: &Bindings) -> String {
    let mut text = label(side);
    for (name, value) in bound {
        let other = format!("!{{{name}}}");
        text = text.replace(&other, "*").replace(&format!("{{{name}}}"), value);
    }
    text
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
    Problem {
        grade: Grade::Warn,
        ..Problem::fatal("config/no-effect", edge.span, message)
            .with_help("`=a` means `a` without the modules below it")
    }
}
