//! Every simple circle, not only one for each set of nodes that need each other.
//!
//! There can be more of them than anybody could list, so the search ends after so many circles, or
//! so many edges looked at; both are counts, so the answer does not depend on the machine.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::cycles::Weights;

/// How many circles are listed.
pub const LISTED_CIRCLES: usize = 100;

/// After so many circles nobody counts on.
const COUNTED: usize = 1_000;

/// After so many edges looked at nobody counts on.
const EDGES: usize = 5_000_000;

/// The simple circles of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circles {
    /// The first of them, each from its smallest node, in the order of their nodes.
    pub listed: Vec<Vec<usize>>,
    /// How many more there are …
    pub left_out: usize,
    /// … at least.
    pub more: bool,
}

/// Finds the simple circles among `members`, which all lead to each other.
pub fn circles(members: &[usize], weights: &Weights) -> Circles {
    let mut into: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in weights.keys() {
        into.entry(*to).or_default().push(*from);
    }
    let mut search = Search { weights, into, circles: Circles::default(), looked_at: 0 };
    for (at, start) in members.iter().enumerate() {
        let open: BTreeSet<usize> = members[at..].iter().copied().collect();
        if !search.from(*start, open) {
            break;
        }
    }
    search.circles
}

struct Search<'a> {
    weights: &'a Weights,
    /// The nodes from which edges lead to each.
    into: BTreeMap<usize, Vec<usize>>,
    circles: Circles,
    looked_at: usize,
}

impl Search<'_> {
    /// The circles whose smallest node is `start`; false where the search has ended.
    fn from(&mut self, start: usize, mut open: BTreeSet<usize>) -> bool {
        let mut way = vec![start];
        let mut waiting = vec![self.next(start, start, &open)];
        while let Some(candidates) = waiting.last_mut() {
            let Some(node) = candidates.pop() else {
                waiting.pop();
                open.extend(way.pop());
                continue;
            };
            if self.has_enough() {
                self.circles.more = true;
                return false;
            }
            if node == start {
                self.note(&way);
                continue;
            }
            open.remove(&node);
            way.push(node);
            waiting.push(self.next(node, start, &open));
        }
        true
    }

    /// The nodes after this one from which a way leads back to the start, the largest first.
    fn next(&mut self, node: usize, start: usize, open: &BTreeSet<usize>) -> Vec<usize> {
        let home = self.leading_home(start, open);
        let targets = self.weights.range((node, 0)..=(node, usize::MAX)).map(|((_, to), _)| *to);
        targets.filter(|target| home.contains(target)).rev().collect()
    }

    /// The open nodes that lead to the start by open ones, the start among them.
    fn leading_home(&mut self, start: usize, open: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut home = BTreeSet::from([start]);
        let mut waiting = vec![start];
        while let Some(node) = waiting.pop() {
            let sources = self.into.get(&node).map_or(&[][..], Vec::as_slice);
            self.looked_at += sources.len();
            let new =
                sources.iter().filter(|source| open.contains(source) && home.insert(**source));
            waiting.extend(new);
        }
        home
    }

    fn has_enough(&self) -> bool {
        self.looked_at > EDGES || self.circles.listed.len() + self.circles.left_out >= COUNTED
    }

    fn note(&mut self, way: &[usize]) {
        if self.circles.listed.len() < LISTED_CIRCLES {
            self.circles.listed.push(way.to_vec());
        } else {
            self.circles.left_out += 1;
        }
    }
}
