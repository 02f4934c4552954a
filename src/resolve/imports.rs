//! Imports → bindings, to a fixpoint over re-exports and globs of all crates.
//!
//! Rounds: an import is looked at again only while a space that it looked into has changed, a glob
//! copies only bindings that are new. Explicit imports that find nothing hold back look-ups of
//! their name until nothing else moves; then the rest is settled without waiting.

use smallvec::SmallVec;

use super::names::{ImportState, Names, item_binding};
use super::nodes::Fresh;
use super::spaces::{Binding, ImportId, Ns, SpaceId, Visible};
use super::symbols::Symbol;
use super::textual::Position;
use super::walk::{Guess, Hit, Start, Walk};
use super::{NodeId, NodeKind};
use crate::extract::{Import, ImportKind};

/// A glob import and how much of its source it has copied.
#[derive(Debug)]
struct Glob {
    import: ImportId,
    into: SpaceId,
    source: SpaceId,
    visible: Visible,
    copied: usize,
}

/// What the search for imports finds beside bindings.
struct Search {
    globs: Vec<Glob>,
    fresh: Fresh,
    /// The spaces that the current import looked into.
    watched: Vec<SpaceId>,
}

/// Every round adds a binding or ends the search, and a binding passes each import once; this many
/// rounds stand for a chain of re-exports longer than any code has.
const MOST_ROUNDS: u32 = 10_000;

/// Resolves every import of `names`.
pub(super) fn resolve_imports(names: &mut Names<'_>) {
    let fresh = names.nodes.fresh();
    let mut search = Search { globs: Vec::new(), fresh, watched: Vec::new() };
    names.spaces.round = 1;
    while names.spaces.round < MOST_ROUNDS {
        let mut moved = false;
        for id in (0..names.imports.len() as u32).map(ImportId) {
            if names.needs_a_look(id) {
                moved |= names.evaluate(id, &mut search);
            }
        }
        for glob in &mut search.globs {
            moved |= names.copy(glob);
        }
        names.spaces.round += 1;
        if moved {
            continue;
        }
        if names.patient {
            break;
        }
        names.patient = true;
        for import in &mut names.imports {
            if !import.found {
                import.evaluated = None;
            }
        }
    }
    names.patient = true;
    names.nodes.take_in(&search.fresh, &names.symbols);
}

impl Names<'_> {
    fn needs_a_look(&self, id: ImportId) -> bool {
        let import = &self.imports[id.0 as usize];
        import.evaluated.is_none_or(|round| {
            import.watched.iter().any(|space| self.spaces.get(*space).changed >= round)
        })
    }

    /// Looks for what an import means; true if something new was bound.
    fn evaluate(&mut self, id: ImportId, search: &mut Search) -> bool {
        let import = &self.imports[id.0 as usize];
        let facts = self.import_facts(import);
        search.watched.clear();
        let moved = match facts.kind {
            ImportKind::Glob => self.evaluate_glob(id, facts, search),
            ImportKind::ExternCrate { name, macro_use } => {
                self.evaluate_extern_crate(id, name, macro_use)
            }
            ImportKind::Name(name) => self.evaluate_name(id, facts, name, &Ns::ALL, search),
            ImportKind::SelfName(name) => self.evaluate_name(id, facts, name, &[Ns::Type], search),
        };
        search.watched.sort_unstable();
        search.watched.dedup();
        let round = self.spaces.round;
        let import = &mut self.imports[id.0 as usize];
        if import.watched[..] != search.watched[..] {
            import.watched = search.watched.as_slice().into();
        }
        import.evaluated = Some(round);
        moved
    }

    fn evaluate_name(
        &mut self,
        id: ImportId,
        facts: &Import,
        name: Option<crate::extract::Name>,
        wanted: &[Ns],
        search: &mut Search,
    ) -> bool {
        let Search { fresh, watched, .. } = search;
        let found = self.meanings(id, facts, wanted, (fresh, watched));
        if found.is_empty() {
            return false;
        }
        let import = &mut self.imports[id.0 as usize];
        let mut moved = !std::mem::replace(&mut import.found, true);
        let body = import.body as usize;
        if let Some(name) = name.map(|name| self.bodies[body].symbol(name)) {
            for (ns, hit) in found {
                moved |= self.bind_import(id, name, ns, &hit, fresh);
            }
        }
        moved
    }

    /// What an import names in each namespace; only where that is nothing at all, a guess.
    pub(super) fn meanings(
        &self,
        id: ImportId,
        facts: &Import,
        wanted: &[Ns],
        (fresh, watched): (&mut Fresh, &mut Vec<SpaceId>),
    ) -> SmallVec<[(Ns, Hit); 1]> {
        let mut found = SmallVec::new();
        let start = self.start(id, facts, only(Ns::Any), Guess::Nothing);
        let containers = self.containers(fresh, start, watched);
        // Outside of the workspace there are no namespaces: one look says all.
        let wanted = match &containers {
            Some(Walk::Found(hits))
                if hits.iter().all(|hit| self.nodes.is_external(fresh, hit.node)) =>
            {
                &wanted[..1]
            }
            _ => wanted,
        };
        for ns in wanted {
            let last = match &containers {
                None => self.first(fresh, start, only(*ns), watched),
                Some(Walk::Found(hits)) => {
                    let at = start.segments.len() - 1;
                    self.next(fresh, (start, at), hits.clone(), only(*ns), watched)
                }
                Some(Walk::Pending | Walk::Absent(_)) => break,
            };
            if let Walk::Found(hits) = last {
                found.extend(hits.into_iter().map(|hit| (*ns, hit)));
            }
        }
        if found.is_empty() && self.patient {
            let start = Start { guess: Guess::Globbed, ..start };
            if let Walk::Found(hits) = self.walk(fresh, start, watched) {
                found.extend(hits.into_iter().map(|hit| (Ns::Any, hit)));
            }
        }
        found
    }

    fn bind_import(
        &mut self,
        id: ImportId,
        name: Symbol,
        ns: Ns,
        hit: &Hit,
        fresh: &Fresh,
    ) -> bool {
        let ImportState { space, visible, holds, .. } = self.imports[id.0 as usize];
        let unknown = self.nodes.kind(fresh, hit.node) == NodeKind::ExternalPath;
        let ns = if unknown { Ns::Any } else { ns };
        let binding = Binding {
            origin: hit.origin,
            import: Some(id),
            ..item_binding(ns, hit.node, visible, holds && hit.holds)
        };
        self.spaces.bind(space, name, binding)
    }

    fn evaluate_extern_crate(
        &mut self,
        id: ImportId,
        name: Option<crate::extract::Name>,
        macro_use: bool,
    ) -> bool {
        let import = &self.imports[id.0 as usize];
        if import.found {
            return false;
        }
        let (space, visible, holds) = (import.space, import.visible, import.holds);
        let name = name.map(|name| self.bodies[import.body as usize].symbol(name));
        let nodes = self.crates_named(space, import.segments[0]);
        let module = self.spaces.get(space).module;
        let at_root = self.spaces.parent(module).is_none();
        let krate = self.crate_of(space);
        for node in &nodes {
            let binding = item_binding(Ns::Type, *node, visible, holds);
            let binding = Binding { import: Some(id), ..binding };
            if let Some(name) = name {
                self.spaces.bind(space, name, binding);
                if at_root {
                    self.preludes[krate].crates.entry(name).or_insert_with(|| vec![*node]);
                }
            }
            if macro_use {
                self.macro_crates[krate].push(*node);
            }
        }
        self.imports[id.0 as usize].found = !nodes.is_empty();
        !nodes.is_empty()
    }

    /// The crates that `extern crate name` may mean.
    pub(super) fn crates_named(&self, space: SpaceId, name: Symbol) -> Vec<NodeId> {
        if name == Symbol::SELF {
            let root = self.spaces.root(self.spaces.get(space).module);
            return vec![self.spaces.get(root).node];
        }
        let prelude = &self.preludes[self.crate_of(space)];
        let listed = prelude.crates.get(&name).cloned();
        listed.unwrap_or_else(|| prelude.on_request.get(&name).copied().into_iter().collect())
    }

    fn evaluate_glob(&mut self, id: ImportId, facts: &Import, search: &mut Search) -> bool {
        let Search { globs, fresh, watched } = search;
        let ImportState { space: into, visible, .. } = self.imports[id.0 as usize];
        let found = if self.imports[id.0 as usize].segments.is_empty() {
            // `use *;` of the 2015 edition: everything of the crate's root.
            let root = self.spaces.root(self.spaces.get(into).module);
            vec![self.spaces.get(root).node]
        } else {
            let start = self.start(id, facts, &[Ns::Type, Ns::Any], Guess::Globbed);
            match self.walk(fresh, start, watched) {
                Walk::Found(hits) => hits.into_iter().map(|hit| hit.node).collect(),
                Walk::Pending | Walk::Absent(_) => return false,
            }
        };
        let mut moved = false;
        for node in found {
            moved |= !std::mem::replace(&mut self.imports[id.0 as usize].found, true);
            let Some(source) = self.spaces.of_node(node) else {
                let globs = &mut self.spaces.get_mut(into).external_globs;
                if self.nodes.is_external(fresh, node)
                    && globs.iter().all(|(known, _)| *known != node)
                {
                    globs.push((node, id));
                }
                continue;
            };
            if !globs.iter().any(|known| known.import == id && known.source == source) {
                globs.push(Glob { import: id, into, source, visible, copied: 0 });
                self.spaces.get_mut(into).globbed.push(source);
                moved = true;
            }
        }
        moved
    }

    /// Where an import's path starts.
    pub(super) fn start(
        &self,
        id: ImportId,
        facts: &Import,
        wanted: &'static [Ns],
        guess: Guess,
    ) -> Start<'_> {
        let import = &self.imports[id.0 as usize];
        let (body, offset) = (import.body as usize, facts.range.start);
        Start {
            space: import.space,
            segments: &import.segments,
            global: facts.global,
            wanted,
            guess,
            import: Some(id),
            position: Position { body, scope: facts.scope, offset },
        }
    }

    /// Copies what is new in a glob's source; true if something was.
    fn copy(&mut self, glob: &mut Glob) -> bool {
        let module = self.spaces.get(glob.into).module;
        let end = self.spaces.get(glob.source).log.len();
        let mut moved = false;
        for at in glob.copied..end {
            let (name, binding) = self.spaces.get(glob.source).log[at];
            let own = binding.import == Some(glob.import);
            let hidden = binding.glob
                && self
                    .spaces
                    .lookup(glob.source, name, binding.ns)
                    .iter()
                    .any(|other| !other.glob);
            if own || hidden || !self.spaces.is_visible_from(binding.visible, module) {
                continue;
            }
            let copy = Binding {
                ns: binding.ns,
                node: binding.node,
                visible: self.spaces.narrower(glob.visible, binding.visible),
                import: Some(glob.import),
                origin: Some((glob.source, name)),
                glob: true,
                holds: binding.holds && self.imports[glob.import.0 as usize].holds,
            };
            moved |= self.spaces.bind(glob.into, name, copy);
        }
        glob.copied = end;
        for (external, _) in self.spaces.get(glob.source).external_globs.clone() {
            let globs = &mut self.spaces.get_mut(glob.into).external_globs;
            if globs.iter().all(|(known, _)| *known != external) {
                globs.push((external, glob.import));
                moved = true;
            }
        }
        moved
    }
}

/// A namespace alone; names of unknown kind count as types, so that they are found once.
fn only(ns: Ns) -> &'static [Ns] {
    match ns {
        Ns::Type => &[Ns::Type],
        Ns::Value => &[Ns::Value],
        Ns::Macro => &[Ns::Macro],
        Ns::Any => &[Ns::Any],
    }
}
