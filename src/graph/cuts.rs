//! Which edges to cut so that no way leads round any more.
//!
//! To find the cheapest set is hard in general; this is the heuristic of Eades, Lin and Smyth: put
//! the nodes into a line, sources to the front, sinks to the back, else whoever names much and is
//! named little to the front; the edges that point backwards are the ones to cut. Then each of
//! them is put back, the dearest first, that closes no circle.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::graph::cycles::{Weights, way};

/// Edges of a strongly connected component without which it has no cycle.
pub(super) fn cuts(members: &[usize], inner: &Weights) -> Vec<(usize, usize)> {
    let place: BTreeMap<usize, usize> = line(members, inner).into_iter().zip(0..).collect();
    let (mut kept, mut cuts): (Weights, Vec<_>) = (Weights::new(), Vec::new());
    for (edge, weight) in inner {
        if place[&edge.0] > place[&edge.1] {
            cuts.push((*weight, *edge));
        } else {
            kept.insert(*edge, *weight);
        }
    }
    cuts.sort_by_key(|(weight, edge)| (Reverse(*weight), *edge));
    cuts.retain(|(weight, edge)| {
        let needed = way(&kept, edge.1, edge.0).is_some();
        if !needed {
            kept.insert(*edge, *weight);
        }
        needed
    });
    cuts.into_iter().map(|(_, edge)| edge).collect()
}

/// How much a node names and is named, by nodes not yet in the line.
#[derive(Clone, Copy, Default)]
struct Balance {
    out: i64,
    into: i64,
}

fn line(members: &[usize], inner: &Weights) -> Vec<usize> {
    let mut left: BTreeSet<usize> = members.iter().copied().collect();
    let mut balances = balances(inner);
    let neighbours = neighbours(inner);
    let (mut front, mut back) = (Vec::new(), VecDeque::new());
    while let Some(node) = pick(&left, &balances) {
        left.remove(&node);
        if balances[&node].out == 0 {
            back.push_front(node);
        } else {
            front.push(node);
        }
        for (other, edge, outgoing) in &neighbours[&node] {
            let balance = balances.get_mut(other).expect("both ends of an edge have a balance");
            *(if *outgoing { &mut balance.into } else { &mut balance.out }) -= cost(inner, *edge);
        }
    }
    front.extend(back);
    front
}

/// A sink, else a source, else the node with the largest surplus; the smallest on ties.
fn pick(left: &BTreeSet<usize>, balances: &BTreeMap<usize, Balance>) -> Option<usize> {
    let sink = left.iter().find(|node| balances[node].out == 0);
    let source = || left.iter().find(|node| balances[node].into == 0);
    let surplus = |node: &usize| balances[node].out - balances[node].into;
    let giver = || left.iter().min_by_key(|node| Reverse(surplus(node)));
    sink.or_else(source).or_else(giver).copied()
}

fn balances(inner: &Weights) -> BTreeMap<usize, Balance> {
    let mut balances: BTreeMap<usize, Balance> = BTreeMap::new();
    for edge in inner.keys() {
        balances.entry(edge.0).or_default().out += cost(inner, *edge);
        balances.entry(edge.1).or_default().into += cost(inner, *edge);
    }
    balances
}

/// For each node: the other end, the edge, and whether it leads there.
type Neighbours = BTreeMap<usize, Vec<(usize, (usize, usize), bool)>>;

fn neighbours(inner: &Weights) -> Neighbours {
    let mut neighbours = Neighbours::new();
    for edge in inner.keys() {
        neighbours.entry(edge.0).or_default().push((edge.1, *edge, true));
        neighbours.entry(edge.1).or_default().push((edge.0, *edge, false));
    }
    neighbours
}

/// A weight as one number: either part counts references at most, of which there are fewer than 2³².
fn cost(inner: &Weights, edge: (usize, usize)) -> i64 {
    let weight = inner[&edge];
    let number =
        |count| i64::from(u32::try_from(count).expect("references are numbered in 32 bits"));
    (number(weight.first) << 32) + number(weight.then)
}
