//! Resolution → crates or modules and the edges between them.
//!
//! References inside of one node are absent. Between modules, entries in manifests are absent too:
//! they join crates.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::Grain;
use super::overlay::Faults;
use crate::model::{CodeScope, Span};
use crate::resolve::{NodeId, NodeKind, ReferenceId, ReferenceKind, Resolution};

/// What is drawn.
pub(super) struct Picture {
    /// Sorted by path, which is unique.
    pub(super) nodes: Vec<Node>,
    /// By both ends, which are indices into `nodes`.
    pub(super) edges: BTreeMap<(usize, usize), Edge>,
}

/// A crate or module.
pub(super) struct Node {
    pub(super) id: NodeId,
    pub(super) path: String,
    /// `crate`, `module` or `external`.
    pub(super) kind: &'static str,
    /// Where it is declared.
    pub(super) span: Option<Span>,
}

/// All references from one node to another.
#[derive(Default)]
pub(super) struct Edge {
    /// By position.
    pub(super) references: Vec<ReferenceId>,
    pub(super) scopes: BTreeSet<CodeScope>,
    /// How many of them break a rule.
    pub(super) faults: usize,
    /// Part of a cycle of edges that are shipped.
    pub(super) on_cycle: bool,
}

impl Edge {
    /// Whether it holds in normal code or build scripts, not only in tests and the like.
    pub(super) fn is_shipped(&self) -> bool {
        [CodeScope::Normal, CodeScope::Build].iter().any(|scope| self.scopes.contains(scope))
    }
}

/// The crates or modules of the workspace.
pub(super) fn of_members(resolution: &Resolution, faults: &Faults<'_>, grain: Grain) -> Picture {
    picture(resolution, faults, grain, |_, kind| match kind {
        NodeKind::Crate { .. } => Some("crate"),
        NodeKind::Module if grain == Grain::Module => Some("module"),
        _ => None,
    })
}

/// The modules of the workspace, and the external crates that they name.
pub(super) fn of_modules_and_externals(resolution: &Resolution, faults: &Faults<'_>) -> Picture {
    let named: BTreeSet<NodeId> =
        resolution.references.iter().map(|one| resolution.crate_of(one.to)).collect();
    picture(resolution, faults, Grain::Module, |id, kind| match kind {
        NodeKind::Crate { .. } => Some("crate"),
        NodeKind::Module => Some("module"),
        NodeKind::ExternalCrate(_) if named.contains(&id) => Some("external"),
        _ => None,
    })
}

fn picture(
    resolution: &Resolution,
    faults: &Faults<'_>,
    grain: Grain,
    word: impl Fn(NodeId, NodeKind) -> Option<&'static str>,
) -> Picture {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let paths = super::paths(resolution);
    for ((id, path), node) in (0..).map(NodeId).zip(&paths).zip(&resolution.nodes) {
        if let Some(kind) = word(id, node.kind) {
            let node = || Node { id, path: path.clone(), kind, span: node.span };
            nodes.entry(path.clone()).or_insert_with(node);
        }
    }
    let ranks: BTreeMap<&str, usize> = nodes.keys().map(String::as_str).zip(0..).collect();
    let ranks: Vec<Option<usize>> = homes(resolution, grain)
        .map(|home| ranks.get(paths[home.0 as usize].as_str()).copied())
        .collect();
    let mut edges = edges(resolution, faults, grain, &ranks);
    mark_cycles(&mut edges);
    Picture { nodes: nodes.into_values().collect(), edges }
}

/// For every node, the crate or module that stands for it.
fn homes(resolution: &Resolution, grain: Grain) -> impl Iterator<Item = NodeId> {
    let nodes = (0..resolution.nodes.len() as u32).map(NodeId);
    nodes.map(move |id| match grain {
        Grain::Crate => resolution.crate_of(id),
        Grain::Module => resolution.module(id),
    })
}

fn edges(
    resolution: &Resolution,
    faults: &Faults<'_>,
    grain: Grain,
    ranks: &[Option<usize>],
) -> BTreeMap<(usize, usize), Edge> {
    let mut edges: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
    for (id, reference) in (0..).map(ReferenceId).zip(&resolution.references) {
        let is_entry = matches!(reference.kind, ReferenceKind::Manifest(_));
        let ends = (ranks[reference.from.0 as usize], ranks[reference.to.0 as usize]);
        if let (Some(from), Some(to)) = ends
            && from != to
            && (grain == Grain::Crate || !is_entry)
        {
            let edge = edges.entry((from, to)).or_default();
            edge.references.push(id);
            edge.faults += usize::from(!faults.of(reference).is_empty());
            edge.scopes.insert(reference.scope);
        }
    }
    edges
}

fn mark_cycles(edges: &mut BTreeMap<(usize, usize), Edge>) {
    let shipped = edges.iter().filter(|(_, edge)| edge.is_shipped());
    let shipped = shipped.map(|((from, to), _)| (*from as u32, *to as u32));
    let graph: DiGraph<(), ()> = DiGraph::from_edges(shipped);
    let mut component = vec![0; graph.node_count()];
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            component[member.index()] = number;
        }
    }
    for ((from, to), edge) in edges.iter_mut().filter(|(_, edge)| edge.is_shipped()) {
        edge.on_cycle = component[*from] == component[*to];
    }
}

impl Picture {
    /// The nodes of each crate.
    pub(super) fn by_crate(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut crates: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let name = node.path.split_once("::").map_or(&*node.path, |(name, _)| name);
            crates.entry(name).or_default().push(index);
        }
        crates
    }

    /// What is written on a node: its path, without the crate's name where that stands around it.
    pub(super) fn label(&self, index: usize) -> &str {
        let path = &self.nodes[index].path;
        path.split_once("::").map_or(path, |(_, below)| below)
    }
}
