//! Resolution → [`Graph`]: who names whom, ready for questions.
//!
//! Invariants: pure; a graph never changes once it is built, so no question disturbs the next; every
//! edge carries its evidence; ties go to the smaller path, so equal questions have equal answers.

use std::collections::BTreeMap;

use crate::model::BitSet;
use crate::resolve::{NodeId, Reference, ReferenceId, Resolution};

pub mod chains;
pub mod circles;
pub mod cycles;
pub mod places;

mod cuts;

#[cfg(test)]
pub(crate) mod sketch;
#[cfg(test)]
mod tests;

/// How finely nodes are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// The item in which a reference stands, and the item that it names. A method is a node of its
    /// own below its type; to pass through a type is to pass through its definition, not its
    /// methods; to pass through a module is to pass through its imports.
    Items,
    /// Modules.
    Modules,
    /// Crates; the manifests' edges count here, and only here.
    Crates,
}

/// A resolution with its references within reach of the nodes they start from.
#[derive(Debug, Default)]
pub struct Graph {
    /// What the graph was built from.
    pub resolution: Resolution,
    tables: Tables,
}

/// What tells quickly where a resolution's references lead from and to.
#[derive(Debug, Default)]
pub struct Tables {
    /// The crate of each node.
    crates: Vec<NodeId>,
    /// The nodes of each crate, at the row of its root.
    members: Table,
    /// The references that start at each node.
    outgoing: Table,
    /// The references that name each node: as their definition, or by what is written.
    incoming: Table,
}

impl Tables {
    /// Builds the tables of a resolution.
    pub fn new(resolution: &Resolution) -> Self {
        let crates = crates(resolution);
        let rows = crates.len();
        let members = Table::new(rows, (0..).zip(&crates).map(|(node, root)| (root.0, node)));
        let references = || (0..).zip(&resolution.references);
        let outgoing = || Table::new(rows, references().map(|(id, one)| (one.from.0, id)));
        let written = references().filter(|(_, one)| one.written_to != one.to);
        let written = written.map(|(id, one)| (one.written_to.0, id));
        let named = references().map(|(id, one)| (one.to.0, id)).chain(written);
        let (outgoing, incoming) = rayon::join(outgoing, || Table::new(rows, named));
        Self { crates, members, outgoing, incoming }
    }

    /// The graph of the resolution that the tables are of.
    pub fn of(self, resolution: Resolution) -> Graph {
        Graph { resolution, tables: self }
    }
}

impl Graph {
    /// Builds the graph of a resolution.
    pub fn new(resolution: Resolution) -> Self {
        Tables::new(&resolution).of(resolution)
    }

    /// The node that stands for `node` at this grain.
    pub fn at(&self, grain: Grain, node: NodeId) -> NodeId {
        match grain {
            Grain::Items => node,
            Grain::Modules => self.resolution.module(node),
            Grain::Crates => self.tables.crates[node.0 as usize],
        }
    }

    /// The reference with this id.
    pub fn reference(&self, id: ReferenceId) -> &Reference {
        &self.resolution.references[id.0 as usize]
    }

    /// Every reference with its id, by position.
    pub fn references(&self) -> impl Iterator<Item = (ReferenceId, &Reference)> {
        (0..).map(ReferenceId).zip(&self.resolution.references)
    }

    /// The references that start at exactly this node, by position.
    pub fn outgoing(&self, node: NodeId) -> impl Iterator<Item = (ReferenceId, &Reference)> {
        let ids = self.tables.outgoing.row(node.0).iter().map(|id| ReferenceId(*id));
        ids.map(|id| (id, self.reference(id)))
    }

    /// The references that name exactly this node: by position those whose definition it is, then
    /// those that only write it, being led on by re-exports.
    pub fn incoming(&self, node: NodeId) -> impl Iterator<Item = (ReferenceId, &Reference)> {
        let ids = self.tables.incoming.row(node.0).iter().map(|id| ReferenceId(*id));
        ids.map(|id| (id, self.reference(id)))
    }

    /// The nodes of the crate with this root, its root first.
    pub fn nodes_of_crate(&self, root: NodeId) -> impl Iterator<Item = NodeId> {
        self.tables.members.row(root.0).iter().map(|id| NodeId(*id))
    }

    /// Whether a reference to `target` leads from the one set into the other. A manifest lets a
    /// whole crate name a whole crate, so it counts only for sets that hold all of both.
    pub fn leads(&self, from: &BitSet, to: &BitSet, reference: &Reference, target: NodeId) -> bool {
        self.within(from, reference, reference.from) && self.within(to, reference, target)
    }

    /// Whether this end of a reference is in the set: the crate with all its nodes for a manifest's.
    pub(crate) fn within(&self, set: &BitSet, reference: &Reference, end: NodeId) -> bool {
        let contains = |node: NodeId| set.contains(node.0 as usize);
        contains(end) && (!reference.is_manifest() || self.nodes_of_crate(end).all(contains))
    }

    /// Whether this end of a reference touches the set: the crate with any node for a manifest's.
    pub(crate) fn touches(&self, set: &BitSet, reference: &Reference, end: NodeId) -> bool {
        let contains = |node: NodeId| set.contains(node.0 as usize);
        contains(end) || (reference.is_manifest() && self.nodes_of_crate(end).any(contains))
    }

    /// All references as edges between the ends that `ends` gives them, with their evidence by
    /// position; a reference without ends, or with equal ones, is left out.
    pub fn roll_up<End: Copy + Ord>(
        &self,
        ends: impl Fn(&Reference) -> Option<(End, End)>,
    ) -> BTreeMap<(End, End), Vec<ReferenceId>> {
        let mut edges: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, reference) in self.references() {
            if let Some((from, to)) = ends(reference).filter(|(from, to)| from != to) {
                edges.entry((from, to)).or_default().push(id);
            }
        }
        edges
    }
}

/// The crate of each node; parents stand before their children.
fn crates(resolution: &Resolution) -> Vec<NodeId> {
    let mut crates: Vec<NodeId> = Vec::with_capacity(resolution.nodes.len());
    for (id, node) in (0..).map(NodeId).zip(&resolution.nodes) {
        crates.push(node.parent.map_or(id, |parent| crates[parent.0 as usize]));
    }
    crates
}

/// Lists of numbers, one row after the other in a single allocation.
#[derive(Debug, Default)]
struct Table {
    /// Where each row starts, and where the last one ends.
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Table {
    /// Puts each value, of pairs of a row and a value, into its row.
    fn new(rows: usize, entries: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0; rows + 1];
        entries.clone().for_each(|(row, _)| starts[row as usize + 1] += 1);
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut values = vec![0; starts[rows] as usize];
        entries.for_each(|(row, value)| {
            let place = &mut next[row as usize];
            values[*place as usize] = value;
            *place += 1;
        });
        Self { starts, values }
    }

    fn row(&self, row: u32) -> &[u32] {
        let row = row as usize;
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(start), Some(end)) => &self.values[*start as usize..*end as usize],
            _ => &[],
        }
    }
}
