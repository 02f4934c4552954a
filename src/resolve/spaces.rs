//! What each module, block and enum knows by name.
//!
//! A [`Space`] is a place with names of its own. Its bindings come from items, explicit imports and
//! globs; several bindings of one name are alternatives under different `cfg`s.

use rustc_hash::{FxHashMap, FxHashSet};

use super::NodeId;
use super::symbols::Symbol;
use crate::extract::Namespace;

/// Index into [`Spaces::all`]. The modules come first, by their `ModuleIndex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SpaceId(pub(super) u32);

/// Index of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ImportId(pub(super) u32);

/// The namespaces, and one for external names, whose kind nobody here can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Ns {
    Type,
    Value,
    Macro,
    Any,
}

impl Ns {
    pub(super) const ALL: [Ns; 4] = [Ns::Type, Ns::Value, Ns::Macro, Ns::Any];
}

impl From<Namespace> for Ns {
    fn from(namespace: Namespace) -> Self {
        match namespace {
            Namespace::Type => Ns::Type,
            Namespace::Value => Ns::Value,
            Namespace::Macro => Ns::Macro,
        }
    }
}

/// Who may name a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Visible {
    Everywhere,
    /// In this module and below.
    Within(SpaceId),
}

/// One meaning of a name in a space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding {
    pub(super) node: NodeId,
    pub(super) visible: Visible,
    /// The import that brings it; none for an item declared here.
    pub(super) import: Option<ImportId>,
    /// Where that import found it, and by what name; none if in no space.
    pub(super) origin: Option<(SpaceId, Symbol)>,
    /// Brought by a glob: any other meaning of the name hides it.
    pub(super) glob: bool,
    /// Its `cfg`s hold in a plain build, and those of everything on the way to it.
    pub(super) holds: bool,
}

/// A place with names of its own.
#[derive(Debug)]
pub(super) struct Space {
    /// The module (of a block, the one around it) or enum.
    pub(super) node: NodeId,
    /// The space around a block.
    pub(super) around: Option<SpaceId>,
    /// The module this is or lies in.
    pub(super) module: SpaceId,
    /// Every binding in the order of arrival, so that globs copy only what is new.
    pub(super) log: Vec<(Symbol, Ns, Binding)>,
    /// The round in which a binding last arrived.
    pub(super) changed: u32,
    /// What is globbed into it from external crates, also through globs of other spaces, and by which
    /// import of its own.
    pub(super) external_globs: Vec<(NodeId, ImportId)>,
    /// Names that a macro call in it may declare.
    pub(super) mentions: FxHashSet<Symbol>,
    /// What its globs lead to, for names that only macros know.
    pub(super) globbed: Vec<SpaceId>,
}

/// All spaces and their bindings.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    pub(super) all: Vec<Space>,
    bindings: FxHashMap<(SpaceId, Symbol, Ns), Vec<Binding>>,
    /// The space of a module's or enum's node.
    of_node: FxHashMap<NodeId, SpaceId>,
    /// The module above each module.
    parents: Vec<Option<SpaceId>>,
    /// The current round of the search for imports.
    pub(super) round: u32,
}

impl Spaces {
    pub(super) fn get(&self, id: SpaceId) -> &Space {
        &self.all[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: SpaceId) -> &mut Space {
        &mut self.all[id.0 as usize]
    }

    /// A module's space; called for all modules before any other space is added.
    pub(super) fn add_module(&mut self, node: NodeId, parent: Option<SpaceId>) -> SpaceId {
        let id = self.add(node, None, SpaceId(self.all.len() as u32));
        self.parents.push(parent);
        self.of_node.insert(node, id);
        id
    }

    pub(super) fn add_block(&mut self, around: SpaceId) -> SpaceId {
        let Space { node, module, .. } = *self.get(around);
        self.add(node, Some(around), module)
    }

    /// An enum's space; a second enum of the same path, under another `cfg`, shares it.
    pub(super) fn add_enum(&mut self, node: NodeId, module: SpaceId) -> SpaceId {
        if let Some(id) = self.of_node.get(&node) {
            return *id;
        }
        let id = self.add(node, None, module);
        self.of_node.insert(node, id);
        id
    }

    fn add(&mut self, node: NodeId, around: Option<SpaceId>, module: SpaceId) -> SpaceId {
        let id = SpaceId(self.all.len() as u32);
        self.all.push(Space {
            node,
            around,
            module,
            log: Vec::new(),
            changed: 0,
            external_globs: Vec::new(),
            mentions: FxHashSet::default(),
            globbed: Vec::new(),
        });
        id
    }

    pub(super) fn of_node(&self, node: NodeId) -> Option<SpaceId> {
        self.of_node.get(&node).copied()
    }

    pub(super) fn parent(&self, module: SpaceId) -> Option<SpaceId> {
        self.parents.get(module.0 as usize).copied().flatten()
    }

    /// The meanings of a name, globs hidden where there is anything else.
    pub(super) fn lookup(&self, space: SpaceId, name: Symbol, ns: Ns) -> &[Binding] {
        let all = self.bindings.get(&(space, name, ns)).map_or(&[][..], Vec::as_slice);
        // Bindings that are no globs stand first.
        match all.iter().position(|binding| binding.glob) {
            Some(0) | None => all,
            Some(globs) => &all[..globs],
        }
    }

    /// Adds a meaning. False if it was known, with at least this visibility.
    pub(super) fn bind(&mut self, space: SpaceId, name: Symbol, ns: Ns, new: Binding) -> bool {
        let known = self.lookup(space, name, ns);
        let hidden = new.glob && known.iter().any(|old| !old.glob);
        let covers = |old: &Binding| {
            old.node == new.node
                && old.glob <= new.glob
                && old.holds >= new.holds
                && self.is_visible_at_least(old.visible, new.visible)
        };
        if hidden || known.iter().any(covers) {
            return false;
        }
        let all = self.bindings.entry((space, name, ns)).or_default();
        let globs = all.iter().position(|old| old.glob).unwrap_or(all.len());
        let at = if new.glob { all.len() } else { globs };
        all.insert(at, new);
        let round = self.round;
        let space = self.get_mut(space);
        space.log.push((name, ns, new));
        space.changed = round;
        true
    }

    /// Whether `wide` reaches wherever `narrow` does.
    fn is_visible_at_least(&self, wide: Visible, narrow: Visible) -> bool {
        match (wide, narrow) {
            (Visible::Everywhere, _) => true,
            (Visible::Within(_), Visible::Everywhere) => false,
            (Visible::Within(wide), Visible::Within(narrow)) => self.is_within(narrow, wide),
        }
    }

    /// The narrower of two visibilities.
    pub(super) fn narrower(&self, one: Visible, two: Visible) -> Visible {
        if self.is_visible_at_least(one, two) { two } else { one }
    }

    /// Whether code in `module` may name it.
    pub(super) fn is_visible_from(&self, visible: Visible, module: SpaceId) -> bool {
        match visible {
            Visible::Everywhere => true,
            Visible::Within(outer) => self.is_within(module, outer),
        }
    }

    fn is_within(&self, mut inner: SpaceId, outer: SpaceId) -> bool {
        loop {
            if inner == outer {
                return true;
            }
            match self.parent(inner) {
                Some(parent) => inner = parent,
                None => return false,
            }
        }
    }

    /// The root module above a module.
    pub(super) fn root(&self, mut module: SpaceId) -> SpaceId {
        while let Some(parent) = self.parent(module) {
            module = parent;
        }
        module
    }
}
