//! What each module, block and enum knows by name.
//!
//! A [`Space`] is a place with names of its own. Its bindings come from items, explicit imports and
//! globs; several bindings of one name are alternatives under different `cfg`s.

use std::num::NonZeroU32;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::NodeId;
use super::symbols::Symbol;
use crate::extract::Namespace;

/// Index into [`Spaces::all`]. The modules come first, by their `ModuleIndex`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SpaceId(pub(super) u32);

/// A name in a space. Index into [`Spaces::entries`], whose first is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntryId(NonZeroU32);

/// Index of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ImportId(pub(super) u32);

/// The last of several imports that bring one name, or none; each knows the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Awaited(Option<NonZeroU32>);

impl Awaited {
    pub(super) fn last(self) -> Option<ImportId> {
        self.0.map(|behind| ImportId(behind.get() - 1))
    }
}

impl From<ImportId> for Awaited {
    fn from(id: ImportId) -> Self {
        Self(NonZeroU32::new(id.0 + 1))
    }
}

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
    /// In which namespace.
    pub(super) ns: Ns,
    pub(super) node: NodeId,
    pub(super) visible: Visible,
    /// The import that brings it; none for an item declared here.
    pub(super) import: Option<ImportId>,
    /// Where that import found it; none if in no space.
    pub(super) origin: Option<EntryId>,
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
    pub(super) log: Vec<(EntryId, Binding)>,
    /// What is globbed into it from external crates, also through globs of other spaces, and by which
    /// import of its own.
    pub(super) external_globs: Vec<(NodeId, ImportId)>,
    /// Names that a macro call in it may declare.
    pub(super) mentions: FxHashSet<Symbol>,
    /// What its globs lead to, for names that only macros know.
    pub(super) globbed: Vec<SpaceId>,
    /// The entries of its names: beside one another, for who looks one up looks up others there.
    entries: FxHashMap<Symbol, EntryId>,
}

impl Space {
    /// Whether a name may mean something here that it does not mean in the space around.
    pub(super) fn knows(&self) -> bool {
        let globs = !self.external_globs.is_empty() || !self.globbed.is_empty();
        !self.entries.is_empty() || globs || !self.mentions.is_empty()
    }
}

/// A name in a space, and what it means there.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) space: SpaceId,
    pub(super) name: Symbol,
    /// Hidden ones too: by namespace; of each, those that are no globs stand first.
    pub(super) bindings: SmallVec<[Binding; 1]>,
    /// When it last came to mean something else, by [`Spaces::now`].
    pub(super) changed: u32,
    /// The explicit imports that bring it, if something is found for them.
    pub(super) awaited: Awaited,
}

impl Entry {
    fn new(space: SpaceId, name: Symbol) -> Self {
        let (bindings, awaited) = (SmallVec::new(), Awaited::default());
        Self { space, name, bindings, changed: 0, awaited }
    }
}

/// All spaces and their bindings.
#[derive(Debug)]
pub(super) struct Spaces {
    pub(super) all: Vec<Space>,
    entries: Vec<Entry>,
    /// The space of a module's or enum's node, by node.
    of_node: Vec<Option<SpaceId>>,
    /// The module above each module.
    parents: Vec<Option<SpaceId>>,
    /// How often an entry has changed.
    pub(super) now: u32,
}

impl Spaces {
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            entries: vec![Entry::new(SpaceId(0), Symbol::CRATE)],
            of_node: Vec::new(),
            parents: Vec::new(),
            now: 0,
        }
    }

    /// Makes room for so many names; room that stays empty costs nothing.
    pub(super) fn reserve(&mut self, names: usize) {
        self.entries.reserve(names);
    }

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
        self.belongs_to(node, id);
        id
    }

    fn belongs_to(&mut self, node: NodeId, space: SpaceId) {
        let at = node.0 as usize;
        if at >= self.of_node.len() {
            self.of_node.resize(at + 1, None);
        }
        self.of_node[at] = Some(space);
    }

    pub(super) fn add_block(&mut self, around: SpaceId) -> SpaceId {
        let Space { node, module, .. } = *self.get(around);
        self.add(node, Some(around), module)
    }

    /// An enum's space; a second enum of the same path, under another `cfg`, shares it.
    pub(super) fn add_enum(&mut self, node: NodeId, module: SpaceId) -> SpaceId {
        if let Some(id) = self.of_node(node) {
            return id;
        }
        let id = self.add(node, None, module);
        self.belongs_to(node, id);
        id
    }

    fn add(&mut self, node: NodeId, around: Option<SpaceId>, module: SpaceId) -> SpaceId {
        let id = SpaceId(self.all.len() as u32);
        self.all.push(Space {
            node,
            around,
            module,
            log: Vec::new(),
            external_globs: Vec::new(),
            mentions: FxHashSet::default(),
            globbed: Vec::new(),
            entries: FxHashMap::default(),
        });
        id
    }

    pub(super) fn of_node(&self, node: NodeId) -> Option<SpaceId> {
        self.of_node.get(node.0 as usize).copied().flatten()
    }

    pub(super) fn parent(&self, module: SpaceId) -> Option<SpaceId> {
        self.parents.get(module.0 as usize).copied().flatten()
    }

    /// The entry of a name, if it ever had one.
    pub(super) fn find(&self, space: SpaceId, name: Symbol) -> Option<EntryId> {
        self.get(space).entries.get(&name).copied()
    }

    /// The entry of a name, which may mean nothing yet.
    pub(super) fn find_or_add(&mut self, space: SpaceId, name: Symbol) -> EntryId {
        let next = NonZeroU32::new(self.entries.len() as u32).expect("the first is nobody's");
        let id = *self.get_mut(space).entries.entry(name).or_insert(EntryId(next));
        if id.0 == next {
            self.entries.push(Entry::new(space, name));
        }
        id
    }

    /// Takes note that an import may bring a name; says which one did before it.
    pub(super) fn await_import(&mut self, space: SpaceId, name: Symbol, id: ImportId) -> Awaited {
        let entry = self.find_or_add(space, name);
        std::mem::replace(&mut self.entries[entry.0.get() as usize].awaited, id.into())
    }

    pub(super) fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0.get() as usize]
    }

    /// The meanings of a name in one namespace, globs hidden where there is anything else.
    pub(super) fn lookup(&self, space: SpaceId, name: Symbol, ns: Ns) -> &[Binding] {
        self.find(space, name).map_or(&[][..], |id| in_namespace(&self.entry(id).bindings, ns))
    }

    /// Adds a meaning. False if it was known, with at least this visibility.
    pub(super) fn bind(&mut self, space: SpaceId, name: Symbol, new: Binding) -> bool {
        let id = self.find_or_add(space, name);
        let known = in_namespace(&self.entry(id).bindings, new.ns);
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
        let all = &mut self.entries[id.0.get() as usize].bindings;
        let at = all.partition_point(|old| (old.ns, old.glob) <= (new.ns, new.glob));
        all.insert(at, new);
        self.touch(id);
        self.get_mut(space).log.push((id, new));
        true
    }

    /// Lets go of what only globs needed to know.
    pub(super) fn forget_arrivals(&mut self) {
        self.all.iter_mut().for_each(|space| space.log = Vec::new());
    }

    /// Takes note that what a name means may have changed.
    pub(super) fn touch(&mut self, id: EntryId) {
        self.now += 1;
        self.entries[id.0.get() as usize].changed = self.now;
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

/// Of all meanings of a name those in one namespace, globs hidden where there is anything else.
pub(super) fn in_namespace(meanings: &[Binding], ns: Ns) -> &[Binding] {
    let Some(start) = meanings.iter().position(|binding| binding.ns == ns) else { return &[] };
    let globs_only = meanings[start].glob;
    let counts = |binding: &&Binding| binding.ns == ns && binding.glob == globs_only;
    let length = meanings[start..].iter().take_while(counts).count();
    &meanings[start..start + length]
}
