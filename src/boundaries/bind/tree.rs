//! The nodes of a resolution as a tree that can be walked downwards, its roots by all their names.

use std::ops::Range;

use crate::discover::Workspace;
use crate::model::BitSet;
use crate::resolve::{NodeId, NodeKind, Resolution};

/// The crates that come with the compiler.
pub(super) const STANDARD: [&str; 5] = ["std", "core", "alloc", "proc_macro", "test"];

/// Nodes with what is below them.
pub(super) struct Tree<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) resolution: &'a Resolution,
    /// All nodes, each followed by everything below it: a subtree is a slice.
    order: Vec<NodeId>,
    /// By node, where in `order` its subtree stands.
    extents: Vec<Range<u32>>,
    pub(super) roots: Vec<(NodeId, Root)>,
}

/// The names by which a selector may call a root; `-` is written `_` in all of them.
pub(super) enum Root {
    /// One target of a member.
    Member {
        /// The package's name.
        package: String,
        /// The library's name, if it is one.
        library: Option<String>,
        /// `package/kind/name`.
        target: String,
    },
    /// A crate from outside: package name and library name.
    External(String, String),
    /// `std` and its kin.
    Standard(String),
}

impl<'a> Tree<'a> {
    pub(super) fn new(workspace: &'a Workspace, resolution: &'a Resolution) -> Self {
        let extents = extents(resolution);
        let mut order = vec![NodeId(0); extents.len()];
        let mut roots = Vec::new();
        for (id, node) in (0..).map(NodeId).zip(&resolution.nodes) {
            order[extents[id.0 as usize].start as usize] = id;
            if node.parent.is_none() {
                roots.extend(root(workspace, resolution, id).map(|root| (id, root)));
            }
        }
        Self { workspace, resolution, order, extents, roots }
    }

    /// The nodes just below a node, ascending.
    pub(super) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let Range { start, end } = self.extents[node.0 as usize];
        let mut at = start + 1;
        std::iter::from_fn(move || {
            let child = (at < end).then(|| self.order[at as usize])?;
            at = self.extents[child.0 as usize].end;
            Some(child)
        })
    }

    pub(super) fn kind(&self, node: NodeId) -> NodeKind {
        self.resolution.node(node).kind
    }

    /// A node's name as selectors spell it.
    pub(super) fn name(&self, node: NodeId) -> &'a str {
        let name: &str = &self.resolution.node(node).name;
        name.strip_prefix("r#").unwrap_or(name)
    }

    pub(super) fn is_module(&self, node: NodeId) -> bool {
        matches!(self.kind(node), NodeKind::Crate { .. } | NodeKind::Module)
    }

    /// Whether the node lies outside of the workspace.
    pub(super) fn is_outside(&self, node: NodeId) -> bool {
        matches!(self.kind(node), NodeKind::ExternalCrate(_) | NodeKind::ExternalPath)
    }

    /// The modules just below a node.
    pub(super) fn modules_below(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        self.children(node).filter(|child| self.is_module(*child))
    }

    /// Adds a node and all below it; where `exact`, a module brings its own items only, anything
    /// else only itself.
    pub(super) fn add_subtree(&self, node: NodeId, exact: bool, nodes: &mut BitSet) {
        let Range { start, end } = self.extents[node.0 as usize];
        if exact && !self.is_module(node) {
            nodes.insert(node.0 as usize);
        } else if exact {
            self.add_items(node, nodes);
        } else {
            for node in &self.order[start as usize..end as usize] {
                nodes.insert(node.0 as usize);
            }
        }
    }

    /// Adds a module and what is below it, its submodules left out.
    fn add_items(&self, module: NodeId, nodes: &mut BitSet) {
        let Range { start: mut at, end } = self.extents[module.0 as usize];
        while at < end {
            let node = self.order[at as usize];
            if node != module && self.is_module(node) {
                at = self.extents[node.0 as usize].end;
            } else {
                nodes.insert(node.0 as usize);
                at += 1;
            }
        }
    }

    /// The root above a node.
    pub(super) fn root_of(&self, node: NodeId) -> &Root {
        let root = self.resolution.crate_of(node);
        let at = self.roots.partition_point(|(id, _)| *id < root);
        &self.roots[at].1
    }
}

/// Where each node's subtree stands when every node is followed by what is below it.
fn extents(resolution: &Resolution) -> Vec<Range<u32>> {
    let parents = || resolution.nodes.iter().map(|node| node.parent.map(|id| id.0 as usize));
    let mut sizes = vec![1; resolution.nodes.len()];
    // Parents stand before their children, so their sizes are complete last and their places first.
    for (at, parent) in parents().enumerate().rev() {
        if let Some(parent) = parent {
            sizes[parent] += sizes[at];
        }
    }
    let mut extents: Vec<Range<u32>> = Vec::with_capacity(sizes.len());
    let mut next_root = 0;
    let mut next_child = vec![0; sizes.len()];
    for (at, parent) in parents().enumerate() {
        let next = parent.map_or(&mut next_root, |parent| &mut next_child[parent]);
        let start = *next;
        *next += sizes[at];
        next_child[at] = start + 1;
        extents.push(start..start + sizes[at]);
    }
    extents
}

fn root(workspace: &Workspace, resolution: &Resolution, id: NodeId) -> Option<Root> {
    let node = resolution.node(id);
    let plain = |name: &str| name.replace('-', "_");
    match node.kind {
        NodeKind::Crate { package, target } => {
            let package = plain(&workspace.packages.get(package.0 as usize)?.name);
            let name = plain(&node.name);
            let last = name.rsplit('/').next().unwrap_or_default();
            let library = (target == crate::discover::TargetKind::Lib).then(|| last.to_owned());
            let target = format!("{package}/{}/{last}", target.name());
            Some(Root::Member { package, library, target })
        }
        NodeKind::ExternalCrate(Some(at)) => {
            let external = workspace.externals.get(at as usize)?;
            Some(Root::External(plain(&external.name), plain(&external.library)))
        }
        NodeKind::ExternalCrate(None) => Some(Root::Standard(node.name.to_string())),
        _ => None,
    }
}
