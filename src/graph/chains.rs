//! Shortest chains of references from one set of nodes to another.
//!
//! A chain leaves the first set with its first hop, enters the second with its last, and touches
//! neither on the way: what comes before and after is a matter of those sets alone.
//!
//! A chain may run through tests, examples, build scripts and dev-dependencies only as long as it is
//! in the crate in which it began: who uses a crate gets none of them along with it.

use std::collections::{BTreeSet, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::{Grain, Graph};
use crate::model::{BitSet, CodeScope};
use crate::resolve::{NodeId, Reference, ReferenceId};

/// One hop of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The node that names …
    pub from: NodeId,
    /// … the other.
    pub to: NodeId,
    /// Where, by position.
    pub evidence: Vec<ReferenceId>,
}

/// Which chains are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// They start here …
    pub from: &'a BitSet,
    /// … and end there.
    pub to: &'a BitSet,
    /// They touch none of these.
    pub avoiding: &'a BitSet,
}

/// The references along which chains may run, at one grain.
#[derive(Debug)]
pub struct Arcs<'a> {
    graph: &'a Graph,
    grain: Grain,
    /// Sorted by `from`, `to` and reference.
    sorted: Vec<Arc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arc {
    from: NodeId,
    to: NodeId,
    reference: ReferenceId,
    /// What the reference names, whatever the grain.
    target: NodeId,
}

/// What an arc can be in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Only,
    First,
    Middle,
    Last,
    Nothing,
}

/// Where a chain has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Stop {
    node: NodeId,
    /// It has left the crate in which it began.
    away: bool,
}

/// How many hops a stop is away from the end; what no chain leads on from is absent.
type Distances = FxHashMap<Stop, u32>;

impl<'a> Arcs<'a> {
    /// The arcs of the references for which `target` says what they name.
    pub fn new(
        graph: &'a Graph,
        grain: Grain,
        target: impl Fn(&Reference) -> Option<NodeId>,
    ) -> Self {
        let manifests = grain == Grain::Crates;
        let mut sorted: Vec<Arc> = graph
            .references()
            .filter(|(_, one)| manifests || !one.is_manifest())
            .filter_map(|(reference, one)| {
                let target = target(one)?;
                let (from, to) = (graph.at(grain, one.from), graph.at(grain, target));
                Some(Arc { from, to, reference, target })
            })
            .collect();
        sorted.sort_unstable();
        Self { graph, grain, sorted }
    }

    /// For every edge that leaves `from` without entering `to`, the shortest chain that goes on
    /// from there; ordered by path.
    pub fn chains(&self, search: Search) -> Vec<Vec<Link>> {
        let firsts = self.leaving(search, Role::First);
        let distances = self.distances(search, &firsts);
        let mut chains: Vec<Vec<Link>> = firsts
            .into_iter()
            .filter(|link| distances.contains_key(&self.after_first(link)))
            .map(|first| self.follow(search, &distances, first))
            .collect();
        chains.sort_by_cached_key(|chain| self.names(chain));
        chains
    }

    /// The shortest chain of all, single references included; the smallest by path on ties.
    pub fn shortest(&self, search: Search) -> Option<Vec<Link>> {
        let direct = self.leaving(search, Role::Only).into_iter().map(|link| vec![link]);
        let shortest = direct.min_by_key(|chain| self.names(chain));
        shortest.or_else(|| self.chains(search).into_iter().min_by_key(Vec::len))
    }

    fn role(&self, search: Search, arc: &Arc) -> Role {
        let reference = self.graph.reference(arc.reference);
        let (source, target) = (reference.from, arc.target);
        let within = |set, end| self.graph.within(set, reference, end);
        let touches = |set, end| self.graph.touches(set, reference, end);
        let leaves = within(search.from, source);
        let enters = within(search.to, target);
        let stays = within(search.from, target) || within(search.to, source);
        let avoided = touches(search.avoiding, source) || touches(search.avoiding, target);
        match (leaves, enters) {
            _ if avoided => Role::Nothing,
            (true, true) => Role::Only,
            _ if stays => Role::Nothing,
            (true, false) => Role::First,
            (false, true) => Role::Last,
            (false, false) => Role::Middle,
        }
    }

    /// The links of this role that start in `from`.
    fn leaving(&self, search: Search, role: Role) -> Vec<Link> {
        let at_grain = |node| self.graph.at(self.grain, NodeId(node as u32));
        let nodes: BTreeSet<NodeId> = search.from.iter().map(at_grain).collect();
        let arcs = nodes.into_iter().flat_map(|node| self.outgoing(node));
        links(&arcs.filter(|arc| self.role(search, arc) == role).collect::<Vec<_>>())
    }

    /// Breadth first from the end backwards, over what the first links lead to.
    fn distances(&self, search: Search, firsts: &[Link]) -> Distances {
        let (middle, mut queue) = self.flood(search, firsts);
        let mut distances: Distances = queue.iter().map(|stop| (*stop, 1)).collect();
        while let Some(stop) = queue.pop_front() {
            let next = distances[&stop] + 1;
            let start = middle.partition_point(|(to, _)| *to < stop);
            for (_, before) in middle[start..].iter().take_while(|(to, _)| *to == stop) {
                if !distances.contains_key(before) {
                    distances.insert(*before, next);
                    queue.push_back(*before);
                }
            }
        }
        distances
    }

    /// All that can be reached: the edges on the way, turned round and sorted, and the stops that
    /// lead on to the end.
    fn flood(&self, search: Search, firsts: &[Link]) -> (Vec<(Stop, Stop)>, VecDeque<Stop>) {
        let mut seen = FxHashSet::default();
        let mut open: Vec<Stop> = firsts.iter().map(|link| self.after_first(link)).collect();
        let (mut middle, mut last) = (Vec::new(), BTreeSet::new());
        while let Some(stop) = open.pop() {
            if !seen.insert(stop) {
                continue;
            }
            for arc in self.onward(stop) {
                match self.role(search, arc) {
                    Role::Middle => {
                        let next = self.after(stop, arc.to);
                        middle.push((next, stop));
                        open.push(next);
                    }
                    Role::Last => drop(last.insert(stop)),
                    Role::Only | Role::First | Role::Nothing => {}
                }
            }
        }
        middle.sort_unstable();
        middle.dedup();
        (middle, last.into_iter().collect())
    }

    /// The chain that begins with `first`, always on to the smallest path among the nearest.
    fn follow(&self, search: Search, distances: &Distances, first: Link) -> Vec<Link> {
        let mut stop = self.after_first(&first);
        let mut chain = vec![first];
        for distance in (0..distances[&stop]).rev() {
            let role = if distance == 0 { Role::Last } else { Role::Middle };
            let left = |to| distances.get(&self.after(stop, to));
            let near = |to| distance == 0 || left(to) == Some(&distance);
            let arcs = self.onward(stop);
            let arcs = arcs.filter(|arc| near(arc.to) && self.role(search, arc) == role);
            let link = links(&arcs.collect::<Vec<_>>())
                .into_iter()
                .min_by_key(|link| self.graph.resolution.path(link.to))
                .expect("a stop with a distance has an arc to a nearer one");
            stop = self.after(stop, link.to);
            chain.push(link);
        }
        chain
    }

    fn after_first(&self, first: &Link) -> Stop {
        self.after(Stop { node: first.from, away: false }, first.to)
    }

    fn after(&self, stop: Stop, node: NodeId) -> Stop {
        let of = |node| self.graph.at(Grain::Crates, node);
        Stop { node, away: stop.away || of(stop.node) != of(node) }
    }

    /// The arcs that a chain may take from here.
    fn onward(&self, stop: Stop) -> impl Iterator<Item = &Arc> {
        let scope = |arc: &Arc| self.graph.reference(arc.reference).scope;
        let arcs = self.outgoing(stop.node).iter();
        arcs.filter(move |arc| !stop.away || scope(arc) == CodeScope::Normal)
    }

    fn names(&self, chain: &[Link]) -> Vec<String> {
        let nodes = chain.first().map(|link| link.from).into_iter();
        let nodes = nodes.chain(chain.iter().map(|link| link.to));
        nodes.map(|node| self.graph.resolution.path(node)).collect()
    }

    fn outgoing(&self, node: NodeId) -> &[Arc] {
        let start = self.sorted.partition_point(|arc| arc.from < node);
        let end = start + self.sorted[start..].partition_point(|arc| arc.from == node);
        &self.sorted[start..end]
    }
}

/// Sorted arcs, those between the same nodes as one link.
fn links(arcs: &[&Arc]) -> Vec<Link> {
    arcs.chunk_by(|one, two| (one.from, one.to) == (two.from, two.to))
        .map(|same| Link {
            from: same[0].from,
            to: same[0].to,
            evidence: same.iter().map(|arc| arc.reference).collect(),
        })
        .collect()
}
