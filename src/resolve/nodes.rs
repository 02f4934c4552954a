//! The tree of crates, modules, items and external paths, while it grows.

use rustc_hash::FxHashMap;

use super::symbols::{Symbol, Symbols};
use super::{Node, NodeId, NodeKind};
use crate::model::Span;

/// Nodes by number and by place.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub(super) all: Vec<Node>,
    /// A module and an item of one name may stand side by side.
    children: FxHashMap<(NodeId, Symbol, bool), NodeId>,
}

impl Nodes {
    pub(super) fn get(&self, id: NodeId) -> &Node {
        &self.all[id.0 as usize]
    }

    /// A crate, own or external.
    pub(super) fn add_crate(&mut self, name: &str, kind: NodeKind) -> NodeId {
        let id = NodeId(self.all.len() as u32);
        self.all.push(Node {
            name: name.into(),
            parent: None,
            kind,
            module: id,
            span: None,
            exported: true,
        });
        id
    }

    /// The child of this name, made on first mention.
    pub(super) fn child(
        &mut self,
        parent: NodeId,
        name: Symbol,
        kind: NodeKind,
        symbols: &Symbols,
    ) -> NodeId {
        let is_module = kind == NodeKind::Module;
        let next = NodeId(self.all.len() as u32);
        let id = *self.children.entry((parent, name, is_module)).or_insert(next);
        if id == next {
            let module = if is_module { id } else { self.all[parent.0 as usize].module };
            let name = symbols.name(name).into();
            let parent = Some(parent);
            self.all.push(Node { name, parent, kind, module, span: None, exported: false });
        }
        id
    }

    /// Says where a node is declared; the first declaration counts.
    pub(super) fn declare(&mut self, id: NodeId, span: Span, exported: bool) {
        let node = &mut self.all[id.0 as usize];
        node.span.get_or_insert(span);
        node.exported |= exported;
    }

    /// What a name below `parent` is that has no declaration of its own: an associated item, a
    /// variant, or a path into an external crate.
    pub(super) fn below(&mut self, parent: NodeId, name: Symbol, symbols: &Symbols) -> NodeId {
        let kind = match self.get(parent).kind {
            NodeKind::ExternalCrate(_) | NodeKind::ExternalPath => NodeKind::ExternalPath,
            NodeKind::Crate { .. } | NodeKind::Module | NodeKind::Item => NodeKind::Item,
        };
        self.child(parent, name, kind, symbols)
    }

    pub(super) fn is_external(&self, id: NodeId) -> bool {
        matches!(self.get(id).kind, NodeKind::ExternalCrate(_) | NodeKind::ExternalPath)
    }

    pub(super) fn is_module(&self, id: NodeId) -> bool {
        matches!(self.get(id).kind, NodeKind::Crate { .. } | NodeKind::Module)
    }
}
