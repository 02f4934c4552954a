//! The nodes of a resolution as a tree that can be walked downwards, its roots by all their names.

use crate::discover::Workspace;
use crate::model::BitSet;
use crate::resolve::{NodeId, NodeKind, Resolution};

/// The crates that come with the compiler.
pub(super) const STANDARD: [&str; 5] = ["std", "core", "alloc", "proc_macro", "test"];

/// Nodes with their children.
pub(super) struct Tree<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) resolution: &'a Resolution,
    children: Vec<Vec<NodeId>>,
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
        let mut children = vec![Vec::new(); resolution.nodes.len()];
        let mut roots = Vec::new();
        for (at, node) in resolution.nodes.iter().enumerate() {
            let id = NodeId(at as u32);
            match node.parent {
                Some(parent) => children[parent.0 as usize].push(id),
                None => roots.extend(root(workspace, resolution, id).map(|root| (id, root))),
            }
        }
        Self { workspace, resolution, children, roots }
    }

    pub(super) fn children(&self, node: NodeId) -> &[NodeId] {
        &self.children[node.0 as usize]
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
        self.children(node).iter().copied().filter(|child| self.is_module(*child))
    }

    /// Adds a node and all below it; where `exact`, a module brings its own items only, anything
    /// else only itself.
    pub(super) fn add_subtree(&self, node: NodeId, exact: bool, nodes: &mut BitSet) {
        let mut open = vec![node];
        let deep = !exact || self.is_module(node);
        while let Some(next) = open.pop() {
            nodes.insert(next.0 as usize);
            let below = self.children(next).iter().filter(|_| deep);
            open.extend(below.filter(|child| !exact || !self.is_module(**child)));
        }
    }

    /// The root above a node.
    pub(super) fn root_of(&self, node: NodeId) -> &Root {
        let root = self.resolution.crate_of(node);
        let at = self.roots.partition_point(|(id, _)| *id < root);
        &self.roots[at].1
    }
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
