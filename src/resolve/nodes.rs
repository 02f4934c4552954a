//! The tree of crates, modules, items and external paths, while it grows.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::symbols::{Symbol, Symbols};
use super::{Node, NodeId, NodeKind};
use crate::model::Span;

/// Nodes by number and by place.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    /// Those with a parent are called by their `names`, until all are there.
    all: Vec<Node>,
    names: Vec<Symbol>,
    /// By parent; a module and an item of one name may stand side by side.
    children: Vec<FxHashMap<(Symbol, bool), NodeId>>,
}

impl Nodes {
    /// Makes room for so many nodes.
    pub(super) fn reserve(&mut self, nodes: usize) {
        self.children.reserve(nodes);
        self.names.reserve(nodes);
        self.all.reserve(nodes);
    }

    pub(super) fn get(&self, id: NodeId) -> &Node {
        &self.all[id.0 as usize]
    }

    /// A crate, own or external.
    pub(super) fn add_crate(&mut self, name: &str, kind: NodeKind) -> NodeId {
        let module = NodeId(self.all.len() as u32);
        let (name, parent, span, exported) = (name.into(), None, None, true);
        self.add(Node { name, parent, kind, module, span, exported }, Symbol::CRATE)
    }

    /// The child of this name, made on first mention.
    pub(super) fn child(&mut self, parent: NodeId, name: Symbol, kind: NodeKind) -> NodeId {
        let is_module = kind == NodeKind::Module;
        let next = NodeId(self.all.len() as u32);
        let siblings = &mut self.children[parent.0 as usize];
        let id = *siblings.entry((name, is_module)).or_insert(next);
        if id == next {
            let module = if is_module { id } else { self.get(parent).module };
            let (unnamed, parent, span) = (Box::default(), Some(parent), None);
            self.add(Node { name: unnamed, parent, kind, module, span, exported: false }, name);
        }
        id
    }

    fn add(&mut self, node: Node, name: Symbol) -> NodeId {
        self.all.push(node);
        self.names.push(name);
        self.children.push(FxHashMap::default());
        NodeId(self.all.len() as u32 - 1)
    }

    /// The kinds of all nodes, in their order.
    pub(super) fn kinds(&self) -> impl Iterator<Item = NodeKind> {
        self.all.iter().map(|node| node.kind)
    }

    /// All nodes, with their names.
    pub(super) fn named(self, symbols: &Symbols<'_>) -> Vec<Node> {
        let Self { mut all, names, .. } = self;
        let below = all.par_iter_mut().zip(names).filter(|(node, _)| node.parent.is_some());
        below.for_each(|(node, name)| node.name = symbols.name(name).into());
        all
    }

    /// Says where a node is declared; the first declaration counts.
    pub(super) fn declare(&mut self, id: NodeId, span: Span, exported: bool) {
        let node = &mut self.all[id.0 as usize];
        node.span.get_or_insert(span);
        node.exported |= exported;
    }

    /// No new nodes yet.
    pub(super) fn fresh(&self) -> Fresh {
        let first = self.all.len() as u32;
        Fresh { first, made: Vec::new(), children: FxHashMap::default() }
    }

    /// The kind of an old or new node.
    pub(super) fn kind(&self, fresh: &Fresh, id: NodeId) -> NodeKind {
        match id.0.checked_sub(fresh.first) {
            Some(at) => fresh.made[at as usize].kind,
            None => self.get(id).kind,
        }
    }

    /// The module of an old or new node.
    pub(super) fn module(&self, fresh: &Fresh, id: NodeId) -> NodeId {
        match id.0.checked_sub(fresh.first) {
            Some(at) => fresh.made[at as usize].module,
            None => self.get(id).module,
        }
    }

    /// What a name below `parent` is that has no declaration of its own: an associated item, a
    /// variant, or a path into an external crate.
    pub(super) fn below(&self, fresh: &mut Fresh, parent: NodeId, name: Symbol) -> NodeId {
        let known = self.children.get(parent.0 as usize);
        if let Some(known) = known.and_then(|children| children.get(&(name, false))) {
            return *known;
        }
        let next = NodeId(fresh.first + fresh.made.len() as u32);
        let id = *fresh.children.entry((parent, name)).or_insert(next);
        if id == next {
            let kind = match self.kind(fresh, parent) {
                NodeKind::ExternalCrate(_) | NodeKind::ExternalPath => NodeKind::ExternalPath,
                NodeKind::Crate { .. } | NodeKind::Module | NodeKind::Item => NodeKind::Item,
            };
            let module = self.module(fresh, parent);
            fresh.made.push(Made { parent, name, kind, module });
        }
        id
    }

    /// Takes new nodes in and says what number each has now; numbers that no one else has taken in
    /// the meantime stay.
    pub(super) fn take_in(&mut self, fresh: &Fresh) -> Renumbered {
        let mut now: Vec<NodeId> = Vec::with_capacity(fresh.made.len());
        for made in &fresh.made {
            let parent = match made.parent.0.checked_sub(fresh.first) {
                Some(at) => now[at as usize],
                None => made.parent,
            };
            now.push(self.child(parent, made.name, made.kind));
        }
        Renumbered { first: fresh.first, now }
    }

    pub(super) fn is_external(&self, fresh: &Fresh, id: NodeId) -> bool {
        let kind = self.kind(fresh, id);
        matches!(kind, NodeKind::ExternalCrate(_) | NodeKind::ExternalPath)
    }

    pub(super) fn is_module(&self, fresh: &Fresh, id: NodeId) -> bool {
        matches!(self.kind(fresh, id), NodeKind::Crate { .. } | NodeKind::Module)
    }
}

/// Nodes that paths make while they are followed, numbered on from those that are there; several
/// threads can each have their own.
#[derive(Debug)]
pub(super) struct Fresh {
    first: u32,
    made: Vec<Made>,
    children: FxHashMap<(NodeId, Symbol), NodeId>,
}

/// A node that has only been mentioned; it is never a crate or module.
#[derive(Debug)]
struct Made {
    parent: NodeId,
    name: Symbol,
    kind: NodeKind,
    module: NodeId,
}

/// What became of new nodes.
#[derive(Debug)]
pub(super) struct Renumbered {
    first: u32,
    now: Vec<NodeId>,
}

impl Renumbered {
    pub(super) fn of(&self, id: NodeId) -> NodeId {
        id.0.checked_sub(self.first).map_or(id, |at| self.now[at as usize])
    }
}
