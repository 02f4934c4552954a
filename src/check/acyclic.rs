//! `acyclic`: the parts do not need each other in a circle.
//!
//! One violation for each set of parts that all need each other, or for each circle among them, told
//! at the cheapest edge to cut.
//! Parts may lie in one another: an edge then counts between the outermost parts that hold only one
//! of its ends each, so siblings are compared with siblings, and a parent never with its child.

use std::collections::{BTreeMap, BTreeSet};

use crate::boundaries::policy::{self, NodeSet};
use crate::check::view::View;
use crate::check::words::{self, LISTED};
use crate::check::{Step, Violation};
use crate::graph::circles::circles;
use crate::graph::cycles::{Cycle, Weight, Weights, cycles};
use crate::resolve::{NodeId, ReferenceId};

pub(super) fn violations(
    view: &View,
    parts: &[NodeSet],
    manifests: bool,
    circles: policy::Circles,
) -> Vec<Violation> {
    let parts = Parts::new(view, parts);
    let edges = view.graph.roll_up(|reference| {
        let target = view.judged(reference)?;
        let looked_at = reference.is_manifest() == manifests;
        looked_at.then(|| parts.siblings(reference.from, target)).flatten()
    });
    let weigh = |evidence: &Vec<ReferenceId>| weight(view, evidence, circles.by_uses);
    let weights: Weights = edges.iter().map(|(edge, evidence)| (*edge, weigh(evidence))).collect();
    let drawn = Drawn { view, names: &parts.names, edges: &edges, weights: &weights };
    let cycles = cycles(&weights);
    if circles.each {
        return cycles.iter().flat_map(|cycle| drawn.each_of(&cycle.members)).collect();
    }
    cycles.iter().map(|cycle| drawn.group(cycle)).collect()
}

type Edges = BTreeMap<(usize, usize), Vec<ReferenceId>>;

fn weight(view: &View, evidence: &[ReferenceId], by_uses: bool) -> Weight {
    let module = |node| view.graph.resolution.module(node);
    let references = evidence.iter().map(|id| view.graph.reference(*id));
    let ends = references.filter_map(|one| Some((one.from, view.target(one)?)));
    let pairs: BTreeSet<_> = ends.map(|(from, to)| (module(from), module(to))).collect();
    let (pairs, uses) = (pairs.len(), evidence.len());
    if by_uses { Weight { first: uses, then: pairs } } else { Weight { first: pairs, then: uses } }
}

/// The parts and the edges between them.
struct Drawn<'a> {
    view: &'a View<'a>,
    names: &'a [String],
    edges: &'a Edges,
    weights: &'a Weights,
}

impl Drawn<'_> {
    /// Parts that all need each other.
    fn group(&self, cycle: &Cycle) -> Violation {
        let members: Vec<&str> =
            cycle.members.iter().map(|one| self.names[*one].as_str()).collect();
        let message = format!("{} need each other", list(&members));
        self.violation(message, &members, &cycle.shortest, &cycle.cuts)
    }

    /// The circles among parts that all need each other; the last one says how many are left out.
    fn each_of(&self, members: &[usize]) -> Vec<Violation> {
        let circles = circles(members, self.weights);
        let mut found: Vec<Violation> = circles.listed.iter().map(|way| self.circle(way)).collect();
        let (left_out, at_least) = (circles.left_out, if circles.more { "at least " } else { "" });
        if left_out > 0
            && let Some(last) = found.last_mut()
        {
            last.notes.push(format!("{at_least}{left_out} more circles are not listed"));
        }
        found
    }

    fn circle(&self, way: &[usize]) -> Violation {
        let names: Vec<&str> = way.iter().map(|one| self.names[*one].as_str()).collect();
        let round = names.iter().chain(names.first()).map(|name| format!("`{name}`"));
        let message = format!("{} is a circle", round.collect::<Vec<_>>().join(" → "));
        let hops = way.iter().copied().zip(way.iter().copied().cycle().skip(1));
        let cut = hops.min_by_key(|edge| (self.weights[edge], *edge)).expect("a way has hops");
        self.violation(message, &names, way, &[cut])
    }

    fn violation(
        &self,
        message: String,
        members: &[&str],
        way: &[usize],
        cuts: &[(usize, usize)],
    ) -> Violation {
        let Self { view, names, edges, .. } = *self;
        let cut = cuts[0];
        let evidence = &edges[&cut];
        let reference = view.graph.reference(evidence[0]);
        let target = view.target(reference).unwrap_or(reference.to);
        let module = |node| view.graph.resolution.path(view.graph.resolution.module(node));
        let (from, to) = (names[cut.0].as_str(), names[cut.1].as_str());
        let mut violation = words::at(view, reference, message);
        violation.label = format!("`{from}` uses `{to}` here");
        violation.edge = Some((reference.from, target));
        violation.from = module(reference.from);
        violation.to = module(target);
        // The members are what a cycle is: not where it starts, nor which edge is the cheapest today.
        violation.owner = members.join(", ");
        violation.item.clone_from(&violation.owner);
        violation.chain = chain(view, names, edges, way);
        violation.notes.extend(self::cuts(names, edges, cuts));
        words::list_further_uses(view.graph, (from, to), evidence, &mut violation);
        violation
    }
}

/// "`a`, `b` and `c`".
fn list(members: &[&str]) -> String {
    let quoted = |names: &[&str]| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    match members.split_last() {
        Some((last, first)) if members.len() <= LISTED => format!("{} and `{last}`", quoted(first)),
        _ => format!("{} and {} more", quoted(&members[..LISTED]), members.len() - LISTED),
    }
}

fn chain(view: &View, names: &[String], edges: &Edges, way: &[usize]) -> Vec<Step> {
    let next = way.iter().cycle().skip(1);
    let hops = way.iter().zip(next);
    hops.map(|(from, to)| Step {
        from: names[*from].clone(),
        to: names[*to].clone(),
        span: view.graph.reference(edges[&(*from, *to)][0]).span,
    })
    .collect()
}

fn cuts(names: &[String], edges: &Edges, cuts: &[(usize, usize)]) -> Vec<String> {
    let line = |cut: &(usize, usize)| {
        let uses = edges[cut].len();
        let plural = if uses == 1 { "use" } else { "uses" };
        format!("cut `{}` → `{}` ({uses} {plural})", names[cut.0], names[cut.1])
    };
    let mut lines: Vec<String> = cuts.iter().take(LISTED).map(line).collect();
    let more = cuts.len().saturating_sub(LISTED);
    if more > 0 {
        lines.push(format!("cut {more} more edges"));
    }
    lines
}

/// Parts by name, and how they lie in one another.
struct Parts {
    /// Sorted; a part is an index into these.
    names: Vec<String>,
    /// The smallest part around a part.
    around: Vec<Option<usize>>,
    /// The smallest part that holds each node.
    smallest: Vec<Option<usize>>,
}

impl Parts {
    fn new(view: &View, parts: &[NodeSet]) -> Self {
        let mut named: Vec<(String, &NodeSet)> =
            names(view, parts).into_iter().zip(parts).collect();
        named.sort_by(|one, two| one.0.cmp(&two.0));
        let mut by_size: Vec<usize> = (0..named.len()).collect();
        by_size.sort_by_key(|part| std::cmp::Reverse(named[*part].1.nodes.len()));
        let mut around = vec![None; named.len()];
        let mut smallest = vec![None; view.graph.resolution.nodes.len()];
        for part in by_size {
            for node in named[part].1.nodes.iter() {
                around[part] = smallest[node].replace(part);
            }
        }
        Self { names: named.into_iter().map(|(name, _)| name).collect(), around, smallest }
    }

    /// The outermost parts that hold only one of the ends each.
    fn siblings(&self, from: NodeId, to: NodeId) -> Option<(usize, usize)> {
        let (from, to) = (self.holding(from), self.holding(to));
        from.into_iter().zip(to).find(|(one, two)| one != two)
    }

    /// The parts that hold a node, from the outermost.
    fn holding(&self, node: NodeId) -> Vec<usize> {
        let smallest = self.smallest[node.0 as usize];
        let mut parts: Vec<usize> =
            std::iter::successors(smallest, |part| self.around[*part]).collect();
        parts.reverse();
        parts
    }
}

/// The labels of the parts; where several come from one selector, their paths.
fn names(view: &View, parts: &[NodeSet]) -> Vec<String> {
    let labels: BTreeSet<&str> = parts.iter().map(|part| part.label.as_str()).collect();
    let path = |part: &NodeSet| {
        let top = part.nodes.iter().next()?;
        Some(view.graph.resolution.path(NodeId(top as u32)))
    };
    let own = |part: &NodeSet| path(part).unwrap_or_else(|| part.label.clone());
    let distinct = labels.len() == parts.len();
    parts.iter().map(|part| if distinct { part.label.clone() } else { own(part) }).collect()
}
