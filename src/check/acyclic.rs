//! `acyclic`: the parts do not need each other in a circle.
//!
//! One violation for each set of parts that all need each other, told at the cheapest edge to cut.
//! Parts may lie in one another: an edge then counts between the outermost parts that hold only one
//! of its ends each, so siblings are compared with siblings, and a parent never with its child.

use std::collections::{BTreeMap, BTreeSet};

use crate::boundaries::policy::NodeSet;
use crate::check::view::View;
use crate::check::words::{self, LISTED};
use crate::check::{Step, Violation};
use crate::graph::cycles::{Cycle, Weight, cycles};
use crate::resolve::{NodeId, ReferenceId};

pub(super) fn violations(view: &View, parts: &[NodeSet], manifests: bool) -> Vec<Violation> {
    let parts = Parts::new(view, parts);
    let edges = view.graph.roll_up(|reference| {
        let target = view.judged(reference)?;
        let looked_at = reference.is_manifest() == manifests;
        looked_at.then(|| parts.siblings(reference.from, target)).flatten()
    });
    let weigh = |evidence: &Vec<ReferenceId>| weight(view, evidence);
    let weights = edges.iter().map(|(edge, evidence)| (*edge, weigh(evidence))).collect();
    let cycles = cycles(&weights);
    cycles.iter().map(|cycle| violation(view, &parts.names, &edges, cycle)).collect()
}

type Edges = BTreeMap<(usize, usize), Vec<ReferenceId>>;

fn weight(view: &View, evidence: &[ReferenceId]) -> Weight {
    let module = |node| view.graph.resolution.module(node);
    let references = evidence.iter().map(|id| view.graph.reference(*id));
    let ends = references.filter_map(|one| Some((one.from, view.target(one)?)));
    let pairs: BTreeSet<_> = ends.map(|(from, to)| (module(from), module(to))).collect();
    Weight { edges: pairs.len(), uses: evidence.len() }
}

fn violation(view: &View, names: &[String], edges: &Edges, cycle: &Cycle) -> Violation {
    let cut = cycle.cuts[0];
    let evidence = &edges[&cut];
    let reference = view.graph.reference(evidence[0]);
    let target = view.target(reference).unwrap_or(reference.to);
    let members: Vec<&str> = cycle.members.iter().map(|member| names[*member].as_str()).collect();
    let module = |node| view.graph.resolution.path(view.graph.resolution.module(node));
    let (from, to) = (names[cut.0].as_str(), names[cut.1].as_str());
    let message = format!("{} need each other", list(&members));
    let mut violation = words::at(view, reference, message);
    violation.label = format!("`{from}` uses `{to}` here");
    violation.edge = Some((reference.from, target));
    violation.from = module(reference.from);
    violation.to = module(target);
    // The members are what a cycle is: not where it starts, nor which edge is the cheapest today.
    violation.owner = members.join(", ");
    violation.item.clone_from(&violation.owner);
    violation.chain = chain(view, names, edges, &cycle.shortest);
    violation.notes.extend(cuts(names, edges, cycle));
    words::list_further_uses(view.graph, (from, to), evidence, &mut violation);
    violation
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

fn cuts(names: &[String], edges: &Edges, cycle: &Cycle) -> Vec<String> {
    let line = |cut: &(usize, usize)| {
        let uses = edges[cut].len();
        let plural = if uses == 1 { "use" } else { "uses" };
        format!("cut `{}` → `{}` ({uses} {plural})", names[cut.0], names[cut.1])
    };
    let mut lines: Vec<String> = cycle.cuts.iter().take(LISTED).map(line).collect();
    let more = cycle.cuts.len().saturating_sub(LISTED);
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
