//! Edges whose two sides are joined by captures → one pair for each thing they stand for.

use std::collections::BTreeSet;

use crate::boundaries::Problem;
use crate::boundaries::policy::{NodeSet, Pair};
use crate::boundaries::selector::{Edge, Pattern, Selector};
use crate::model::BitSet;

use super::matching::{Bindings, Head, other_key};
use super::names::{Names, kept, label};

/// So many things may the captures of one edge stand for: each makes a pair of its own.
const MOST_VALUES: usize = 2000;

/// One side of an edge: where its subtrees begin, and what is taken out of them.
struct Side {
    heads: Vec<Head>,
    removed: BitSet,
}

/// The captures that stand on both sides; none if `!{f}` stands there without any `{f}`.
pub(super) fn joined(
    names: &Names<'_>,
    edge: &Edge,
    problems: &mut Vec<Problem>,
) -> Option<BTreeSet<String>> {
    let (left, right) = (mentioned(names, &edge.from), mentioned(names, &edge.to));
    let bound = |name: &str| {
        let mut sides = edge.from.iter().chain(&edge.to);
        sides.any(|selector| names.captures(selector).contains(&name))
    };
    let segments = edge.from.iter().chain(&edge.to).flat_map(|selector| &selector.segments);
    let before = problems.len();
    for segment in segments {
        if let Pattern::Other(name) = &segment.pattern
            && !bound(name)
        {
            let message =
                format!("`!{{{name}}}` speaks of a `{{{name}}}` that is nowhere in the edge");
            problems.push(Problem::fatal("config/unbound-capture", segment.span, message));
        }
    }
    (problems.len() == before).then(|| left.intersection(&right).cloned().collect())
}

fn mentioned(names: &Names<'_>, side: &[Selector]) -> BTreeSet<String> {
    let bound = side.iter().flat_map(|selector| names.captures(selector)).map(str::to_owned);
    let segments = side.iter().flat_map(|selector| &selector.segments);
    let others = segments.filter_map(|segment| match &segment.pattern {
        Pattern::Other(name) => Some(name.clone()),
        _ => None,
    });
    bound.chain(others).collect()
}

/// One pair for each thing that the joined captures stand for, on whichever side they are bound.
pub(super) fn pairs(
    names: &Names<'_>,
    edge: &Edge,
    joined: &BTreeSet<String>,
    problems: &mut Vec<Problem>,
) -> Vec<Pair> {
    let (from, to) = (side(names, &edge.from), side(names, &edge.to));
    let bindings = bindings(&from, &to, joined);
    if bindings.len() > MOST_VALUES {
        let message =
            format!("the captures of `{}` stand for more than {MOST_VALUES} things", edge.text);
        let problem = Problem::fatal("config/too-many-captures", edge.span, message);
        problems.push(problem.with_help("narrow them, or say `independent` with a glob"));
        return Vec::new();
    }
    bindings.iter().filter_map(|bound| pair(names, edge, (&from, &to), bound)).collect()
}

fn side(names: &Names<'_>, selectors: &[Selector]) -> Side {
    let (out, positive): (Vec<&Selector>, Vec<&Selector>) =
        selectors.iter().partition(|selector| selector.removes);
    let mut removed = names.nodes(&out.into_iter().map(kept).collect::<Vec<_>>());
    for component in positive.iter().filter_map(|selector| names.component(selector)) {
        let own = component.written.selectors.iter().filter(|selector| selector.removes);
        removed.union_with(&names.path_nodes(own));
    }
    Side {
        heads: positive.into_iter().flat_map(|selector| names.heads(selector)).collect(),
        removed,
    }
}

/// What the joined captures stand for together.
fn bindings(from: &Side, to: &Side, joined: &BTreeSet<String>) -> BTreeSet<Bindings> {
    let own = |side: &Side| -> BTreeSet<Bindings> {
        let heads = side.heads.iter().map(|head| {
            let bound = head.bound.iter().filter(|(name, _)| joined.contains(*name));
            bound.map(|(name, value)| (name.clone(), value.clone())).collect()
        });
        heads.filter(|bound: &Bindings| !bound.is_empty()).collect()
    };
    let mut all = own(from);
    all.extend(own(to));
    let whole = |bound: &Bindings| bound.len() == joined.len();
    if all.len() > MOST_VALUES || all.iter().all(whole) {
        return all;
    }
    let mut merged = BTreeSet::new();
    for one in &all {
        let agreeing = all.iter().filter(|two| agree(one, two));
        merged.extend(agreeing.map(|two| united(one, two)).filter(whole));
        if merged.len() > MOST_VALUES {
            break;
        }
    }
    merged
}

fn agree(one: &Bindings, two: &Bindings) -> bool {
    two.iter().all(|(name, value)| one.get(name).is_none_or(|own| own == value))
}

fn united(one: &Bindings, two: &Bindings) -> Bindings {
    one.iter().chain(two).map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn pair(
    names: &Names<'_>,
    edge: &Edge,
    (from, to): (&Side, &Side),
    bound: &Bindings,
) -> Option<Pair> {
    let from = nodes(names, from, bound);
    let mut to = nodes(names, to, bound);
    to.subtract(&from);
    (!from.is_empty() && !to.is_empty()).then(|| Pair {
        from: NodeSet { label: filled(&edge.from, bound), nodes: from },
        to: NodeSet { label: filled(&edge.to, bound), nodes: to },
    })
}

/// What is below the heads that fit the bindings.
fn nodes(names: &Names<'_>, side: &Side, bound: &Bindings) -> BitSet {
    let fits = |head: &&Head| {
        bound.iter().all(|(name, value)| {
            head.bound.get(name).is_none_or(|own| own == value)
                && head.bound.get(&other_key(name)) != Some(value)
        })
    };
    let mut nodes = BitSet::new();
    for head in side.heads.iter().filter(fits) {
        names.tree.add_subtree(head.node, head.exact, &mut nodes);
    }
    nodes.subtract(&side.removed);
    nodes
}

/// The words of a side with its captures filled in.
fn filled(side: &[Selector], bound: &Bindings) -> String {
    let mut text = label(side);
    for (name, value) in bound {
        let capture = format!("{{{name}}}");
        text = text.replace(&other_key(&capture), "*").replace(&capture, value);
    }
    text
}
