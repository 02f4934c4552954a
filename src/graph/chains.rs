//! Shortest chains of references from one set of nodes to another.
//!
//! A chain leaves the first set with its first hop, enters the second with its last, and touches
//! neither on the way: what comes before and after is a matter of those sets alone.

use std::collections::VecDeque;

use crate::graph::{Grain, Graph};
use crate::model::BitSet;
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
    /// Sorted by `from`, `to` and reference.
    forward: Vec<Arc>,
    /// Indices into `forward`, sorted by `to`.
    backward: Vec<u32>,
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

/// Nodes are as far away as this if no chain leads on from them.
const NOWHERE: u32 = u32::MAX;

impl<'a> Arcs<'a> {
    /// The arcs of the references for which `target` says what they name.
    pub fn new(
        graph: &'a Graph,
        grain: Grain,
        target: impl Fn(&Reference) -> Option<NodeId>,
    ) -> Self {
        let manifests = grain == Grain::Crates;
        let mut arcs: Vec<Arc> = graph
            .references()
            .filter(|(_, one)| manifests || !one.is_manifest())
            .filter_map(|(reference, one)| {
                let target = target(one)?;
                let (from, to) = (graph.at(grain, one.from), graph.at(grain, target));
                Some(Arc { from, to, reference, target })
            })
            .collect();
        arcs.sort_unstable();
        let mut backward: Vec<u32> = (0..).take(arcs.len()).collect();
        backward.sort_by_key(|arc| arcs[*arc as usize].to);
        Self { graph, forward: arcs, backward }
    }

    /// For every edge that leaves `from` without entering `to`, the shortest chain that goes on
    /// from there; ordered by path.
    pub fn chains(&self, search: Search) -> Vec<Vec<Link>> {
        let distances = self.distances(search);
        let mut chains: Vec<Vec<Link>> = self
            .links(search, Role::First)
            .into_iter()
            .filter(|link| distances[link.to.0 as usize] != NOWHERE)
            .map(|first| self.follow(search, &distances, first))
            .collect();
        chains.sort_by_cached_key(|chain| self.names(chain));
        chains
    }

    /// The shortest chain of all, single references included; the smallest by path on ties.
    pub fn shortest(&self, search: Search) -> Option<Vec<Link>> {
        let direct = self.links(search, Role::Only).into_iter().map(|link| vec![link]);
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

    /// How many hops each node is away from the end, breadth first from there.
    fn distances(&self, search: Search) -> Vec<u32> {
        let mut distances = vec![NOWHERE; self.graph.resolution.nodes.len()];
        let mut queue = VecDeque::new();
        for arc in self.forward.iter().filter(|arc| self.role(search, arc) == Role::Last) {
            if distances[arc.from.0 as usize] == NOWHERE {
                distances[arc.from.0 as usize] = 1;
                queue.push_back(arc.from);
            }
        }
        while let Some(node) = queue.pop_front() {
            for arc in self.incoming(node) {
                let before = arc.from.0 as usize;
                if distances[before] == NOWHERE && self.role(search, arc) == Role::Middle {
                    distances[before] = distances[node.0 as usize] + 1;
                    queue.push_back(arc.from);
                }
            }
        }
        distances
    }

    /// The chain that begins with `first`, always on to the smallest path among the nearest.
    fn follow(&self, search: Search, distances: &[u32], first: Link) -> Vec<Link> {
        let mut node = first.to;
        let mut chain = vec![first];
        for distance in (0..distances[node.0 as usize]).rev() {
            let role = if distance == 0 { Role::Last } else { Role::Middle };
            let near = |to: NodeId| distance == 0 || distances[to.0 as usize] == distance;
            let arcs: Vec<&Arc> = self
                .outgoing(node)
                .iter()
                .filter(|arc| near(arc.to) && self.role(search, arc) == role)
                .collect();
            let link = links(&arcs)
                .into_iter()
                .min_by_key(|link| self.graph.resolution.path(link.to))
                .expect("a node with a distance has an arc to a nearer one");
            node = link.to;
            chain.push(link);
        }
        chain
    }

    fn links(&self, search: Search, role: Role) -> Vec<Link> {
        let arcs = self.forward.iter().filter(|arc| self.role(search, arc) == role);
        links(&arcs.collect::<Vec<_>>())
    }

    fn names(&self, chain: &[Link]) -> Vec<String> {
        let nodes = chain.first().map(|link| link.from).into_iter();
        let nodes = nodes.chain(chain.iter().map(|link| link.to));
        nodes.map(|node| self.graph.resolution.path(node)).collect()
    }

    fn outgoing(&self, node: NodeId) -> &[Arc] {
        let start = self.forward.partition_point(|arc| arc.from < node);
        let end = self.forward.partition_point(|arc| arc.from <= node);
        &self.forward[start..end]
    }

    fn incoming(&self, node: NodeId) -> impl Iterator<Item = &Arc> {
        let to = |arc: &u32| self.forward[*arc as usize].to;
        let start = self.backward.partition_point(|arc| to(arc) < node);
        let end = self.backward.partition_point(|arc| to(arc) <= node);
        self.backward[start..end].iter().map(|arc| &self.forward[*arc as usize])
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
