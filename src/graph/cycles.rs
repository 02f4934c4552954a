//! Strongly connected components, each with a shortest way round and the edges to cut.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use crate::graph::cuts;

/// What it costs to cut an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight {
    /// What counts: distinct pairs of modules behind the edge, or references.
    pub first: usize,
    /// What decides among equals: the other one.
    pub then: usize,
}

/// Weighted edges between numbered nodes. The numbers are the order in which ties are decided.
pub type Weights = BTreeMap<(usize, usize), Weight>;

/// Nodes that all need each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// Ascending.
    pub members: Vec<usize>,
    /// A small set of edges without which no way leads round: the cheapest first.
    pub cuts: Vec<(usize, usize)>,
    /// A shortest way round through the first of `cuts`; its smallest node is first.
    pub shortest: Vec<usize>,
}

/// The strongly connected components of more than one node, by their smallest member.
pub fn cycles(weights: &Weights) -> Vec<Cycle> {
    let graph: DiGraphMap<usize, ()> = weights.keys().copied().collect();
    // Kosaraju's algorithm, for petgraph's Tarjan recurses as deep as the graph is.
    let mut components = kosaraju_scc(&graph);
    components.retain(|component| component.len() > 1);
    for component in &mut components {
        component.sort_unstable();
    }
    components.sort();
    components.into_iter().map(|members| cycle(members, weights)).collect()
}

fn cycle(members: Vec<usize>, weights: &Weights) -> Cycle {
    let inner = inner(&members, weights);
    let mut cuts = cuts::cuts(&members, &inner);
    cuts.sort_by_key(|edge| (inner[edge], *edge));
    let shortest = shortest(&inner, cuts[0]);
    Cycle { members, cuts, shortest }
}

/// The edges between members.
fn inner(members: &[usize], weights: &Weights) -> Weights {
    let inside: BTreeSet<usize> = members.iter().copied().collect();
    let edges = members.iter().flat_map(|from| weights.range((*from, 0)..=(*from, usize::MAX)));
    edges
        .filter(|((_, to), _)| inside.contains(to))
        .map(|(edge, weight)| (*edge, *weight))
        .collect()
}

/// A shortest way round through `edge`, the smallest node first.
fn shortest(inner: &Weights, (last, first): (usize, usize)) -> Vec<usize> {
    let mut way =
        way(inner, first, last).expect("within a component every node leads to every other");
    let smallest = (0..way.len()).min_by_key(|at| way[*at]).expect("a way has nodes");
    way.rotate_left(smallest);
    way
}

/// The nodes of a shortest way from one node to another, both included.
pub(super) fn way(edges: &Weights, from: usize, to: usize) -> Option<Vec<usize>> {
    let mut before = BTreeMap::from([(from, from)]);
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for ((_, next), _) in edges.range((node, 0)..=(node, usize::MAX)) {
            if !before.contains_key(next) {
                before.insert(*next, node);
                queue.push_back(*next);
            }
        }
    }
    let mut way = vec![to];
    let mut node = to;
    while node != from {
        node = *before.get(&node)?;
        way.push(node);
    }
    way.reverse();
    Some(way)
}
