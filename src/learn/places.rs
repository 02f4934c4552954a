//! Every node's place, as coarse as rules are learned: package, module below its root, or outside.

use std::collections::BTreeMap;

use crate::discover::{PackageId, TargetKind, Workspace};
use crate::graph::Graph;
use crate::graph::cycles::{Weight, Weights};
use crate::model::CodeScope;
use crate::resolve::{Node, NodeKind, Reference, ReferenceId};

/// Where a node lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In a member: its index, and the module below a root, if it lies in one ([`Places::tops`]).
    Member(usize, Option<usize>),
    /// In an external crate, by [`Workspace::externals`].
    External(usize),
    /// In a part of `std` that rules may be about ([`PARTS`]).
    Standard(usize),
    /// Anywhere else outside.
    Elsewhere,
}

/// The parts of `std` that touch the world.
pub(super) const PARTS: [&str; 4] = ["process", "env", "fs", "net"];

/// A module just below the root of a package's crates; those of one name count as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Top {
    pub(super) package: usize,
    pub(super) name: String,
}

/// A package, or one of its modules below the root ([`Places::tops`]).
pub(super) type Spot = (usize, Option<usize>);

/// The places of all nodes.
pub(super) struct Places<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) graph: &'a Graph,
    /// Sorted.
    pub(super) tops: Vec<Top>,
    /// By node.
    of: Vec<Place>,
    /// How many nodes each package has.
    pub(super) sizes: Vec<usize>,
}

/// References between two places of one kind.
pub(super) type Edges = BTreeMap<(usize, usize), Vec<ReferenceId>>;

impl<'a> Places<'a> {
    pub(super) fn new(workspace: &'a Workspace, graph: &'a Graph) -> Self {
        let sizes = vec![0; workspace.packages.len()];
        let mut places = Self { workspace, graph, tops: tops(graph), of: Vec::new(), sizes };
        for node in &graph.resolution.nodes {
            let place = places.place(node);
            if let Place::Member(package, _) = place {
                places.sizes[package] += 1;
            }
            places.of.push(place);
        }
        places
    }

    fn place(&self, node: &Node) -> Place {
        let Some(parent) = node.parent else { return root(node) };
        let above = self.of[parent.0 as usize];
        let parent = self.graph.resolution.node(parent);
        match above {
            Place::Member(package, None)
                if parent.parent.is_none() && node.kind == NodeKind::Module =>
            {
                let top = Top { package, name: plain(&node.name) };
                Place::Member(package, self.tops.binary_search(&top).ok())
            }
            Place::Elsewhere if parent.parent.is_none() && *parent.name == *"std" => {
                let part = PARTS.iter().position(|part| **part == *node.name);
                part.map_or(Place::Elsewhere, Place::Standard)
            }
            _ => above,
        }
    }

    /// The places of a reference's two ends.
    pub(super) fn ends(&self, reference: &Reference) -> (Place, Place) {
        (self.of[reference.from.0 as usize], self.of[reference.to.0 as usize])
    }

    /// Whether a selector means this module and nothing else: no item of its name stands beside it,
    /// be it in another program of the package. Tests and their like are not judged.
    pub(super) fn is_distinct(&self, top: usize) -> bool {
        let Top { package, name } = &self.tops[top];
        let own = Place::Member(*package, None);
        let nodes = self.graph.resolution.nodes.iter().filter(|node| node.kind == NodeKind::Item);
        let beside = |node: &Node| {
            let parent = node.parent.map(|parent| self.graph.resolution.node(parent));
            parent.is_some_and(|parent| is_judged(parent) && root(parent) == own)
        };
        !nodes.filter(|node| *node.name == **name).any(beside)
    }

    /// References between packages; their manifests' entries are among them.
    pub(super) fn between_packages(&self) -> Edges {
        self.graph.roll_up(|reference| match self.ends(reference) {
            (Place::Member(from, _), Place::Member(to, _)) if counts(reference) => Some((from, to)),
            _ => None,
        })
    }

    /// References between the modules just below the roots of one package each.
    pub(super) fn between_tops(&self) -> Edges {
        self.graph.roll_up(|reference| match self.ends(reference) {
            (Place::Member(one, Some(from)), Place::Member(two, Some(to)))
                if one == two && counts(reference) =>
            {
                Some((from, to))
            }
            _ => None,
        })
    }

    /// What each edge costs to cut.
    pub(super) fn weights(&self, edges: &Edges) -> Weights {
        let module = |node| self.graph.resolution.module(node);
        let weight = |evidence: &Vec<ReferenceId>| {
            let references = evidence.iter().map(|id| self.graph.reference(*id));
            let mut pairs: Vec<_> =
                references.map(|one| (module(one.from), module(one.to))).collect();
            pairs.sort_unstable();
            pairs.dedup();
            Weight { first: pairs.len(), then: evidence.len() }
        };
        edges.iter().map(|(edge, evidence)| (*edge, weight(evidence))).collect()
    }

    /// A selector for a package or module.
    pub(super) fn spelled(&self, (package, top): Spot) -> String {
        let name = self.package(package);
        top.map_or(name.to_owned(), |top| format!("{name}::{}", self.tops[top].name))
    }

    /// Whether a package is there for its procedural macros.
    pub(super) fn is_macros(&self, package: usize) -> bool {
        self.workspace.packages[package].targets.iter().any(|target| target.proc_macro)
    }

    /// A package's name.
    pub(super) fn package(&self, package: usize) -> &'a str {
        &self.workspace.packages[package].name
    }
}

/// Every module just below a member's root, sorted.
fn tops(graph: &Graph) -> Vec<Top> {
    let modules = graph.resolution.nodes.iter().filter(|node| node.kind == NodeKind::Module);
    let mut tops: Vec<Top> = modules
        .filter_map(|module| match root(graph.resolution.node(module.parent?)) {
            Place::Member(package, None) => Some(Top { package, name: plain(&module.name) }),
            _ => None,
        })
        .collect();
    tops.sort();
    tops.dedup();
    tops
}

/// The place of a crate's root; what is no root is elsewhere.
fn root(node: &Node) -> Place {
    match node.kind {
        NodeKind::Crate { package: PackageId(package), .. } => {
            Place::Member(package as usize, None)
        }
        NodeKind::ExternalCrate(Some(at)) => Place::External(at as usize),
        _ => Place::Elsewhere,
    }
}

/// Whether a crate's own code is in the scopes that learned rules have.
fn is_judged(root: &Node) -> bool {
    let NodeKind::Crate { target, .. } = root.kind else { return false };
    matches!(target, TargetKind::Lib | TargetKind::Bin | TargetKind::Build)
}

/// A name as selectors spell it.
fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

/// Whether a reference is judged by the scopes that learned rules have.
pub(super) fn counts(reference: &Reference) -> bool {
    matches!(reference.scope, CodeScope::Normal | CodeScope::Build)
}
