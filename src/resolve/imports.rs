//! Imports → bindings, to a fixpoint over re-exports and globs of all crates.
//!
//! Rounds: an import is looked at again only when a name that it looked up has changed, a glob
//! copies only bindings that are new. Explicit imports that find nothing hold back look-ups of
//! their name until nothing else moves; then the rest is settled without waiting.

use smallvec::SmallVec;

use super::globs::Globs;
use super::names::{ImportState, Names, item_binding};
use super::nodes::Fresh;
use super::spaces::{Binding, EntryId, ImportId, Ns, SpaceId};
use super::symbols::Symbol;
use super::textual::Position;
use super::track::{Hit, Track};
use super::walk::{Guess, Start, Walk};
use super::{NodeId, NodeKind};
use crate::extract::{Import, ImportKind};

/// What the search for imports finds beside bindings.
pub(super) struct Search {
    pub(super) globs: Globs,
    pub(super) track: Track,
    /// The names on which each import depends, one import's after the other's.
    watched: Vec<EntryId>,
    /// By crate, what it came to know of other crates in this round.
    news: Vec<News>,
}

/// What `extern crate` brings to all of a crate.
#[derive(Clone, Debug, Default)]
struct News {
    /// Names of crates at its root.
    names: Vec<Symbol>,
    /// Macros, whichever they are.
    macros: bool,
}

impl News {
    /// Whether a path may mean something else now.
    fn concern(&self, segments: &[Symbol]) -> bool {
        let first = segments.first();
        first.is_some_and(|name| self.names.contains(name)) || self.macros && segments.len() == 1
    }
}

/// Every round adds a binding or ends the search, and a binding passes each import once; this many
/// rounds stand for a chain of re-exports longer than any code has.
const MOST_ROUNDS: u32 = 10_000;

/// Resolves every import of `names`.
pub(super) fn resolve_imports(names: &mut Names<'_>) {
    let mut search = Search {
        globs: Globs::new(names),
        track: Track::new(names.nodes.fresh()),
        watched: Vec::new(),
        news: vec![News::default(); names.tree.crates.len()],
    };
    for _ in 0..MOST_ROUNDS {
        let moved = names.round(&mut search);
        if !moved && names.patient {
            break;
        }
        if !moved {
            names.patient = true;
            let lost = names.imports.iter_mut().filter(|import| !import.found);
            lost.for_each(|import| import.evaluated = None);
        }
    }
    names.patient = true;
    names.nodes.take_in(&search.track.fresh);
    names.spaces.forget_arrivals();
}

impl Names<'_> {
    /// Looks at every import that may mean something new; true if one does.
    fn round(&mut self, search: &mut Search) -> bool {
        let mut moved = false;
        for id in (0..self.imports.len() as u32).map(ImportId) {
            if self.needs_a_look(id, search) {
                moved |= self.evaluate(id, search);
            }
        }
        moved |= self.copy_globs(&mut search.globs);
        self.look_again_in_crates(search);
        moved
    }

    /// Whether what an import means may have changed. What is guessed of an import that is lost
    /// depends on more than names.
    fn needs_a_look(&self, id: ImportId, search: &Search) -> bool {
        let import = &self.imports[id.0 as usize];
        let Some(evaluated) = import.evaluated else { return true };
        let watched = &search.watched[import.watched.start as usize..import.watched.end as usize];
        let changed = |entry: &EntryId| self.spaces.entry(*entry).changed > evaluated;
        self.patient && !import.found || watched.iter().any(changed)
    }

    /// An import of a crate that came to know another crate may mean something else.
    fn look_again_in_crates(&mut self, search: &mut Search) {
        if search.news.iter().all(|news| news.names.is_empty() && !news.macros) {
            return;
        }
        for at in 0..self.imports.len() {
            let krate = self.crate_of(self.imports[at].space);
            if search.news[krate].concern(&self.imports[at].segments) {
                self.imports[at].evaluated = None;
            }
        }
        search.news.fill(News::default());
    }

    /// Looks for what an import means; true if something new was bound.
    fn evaluate(&mut self, id: ImportId, search: &mut Search) -> bool {
        let facts = self.import_facts(&self.imports[id.0 as usize]);
        let before = self.spaces.now;
        search.track.clear();
        let moved = match facts.kind {
            ImportKind::Glob => self.evaluate_glob(id, facts, search),
            ImportKind::ExternCrate { name, macro_use } => {
                self.evaluate_extern_crate(id, name, macro_use, search)
            }
            ImportKind::Name(name) => self.evaluate_name(id, facts, name, &Ns::ALL, search),
            ImportKind::SelfName(name) => self.evaluate_name(id, facts, name, &[Ns::Type], search),
        };
        self.watch(id, search);
        self.imports[id.0 as usize].evaluated = Some(before);
        moved
    }

    /// Remembers the names that an import has looked up.
    fn watch(&mut self, id: ImportId, search: &mut Search) {
        let Search { track, watched, .. } = search;
        let start = watched.len();
        for (space, name, entry) in track.looked_up.drain(..) {
            let entry = entry.unwrap_or_else(|| self.spaces.find_or_add(space, name));
            if !watched[start..].contains(&entry) {
                watched.push(entry);
            }
        }
        let before = &mut self.imports[id.0 as usize].watched;
        if watched[before.start as usize..before.end as usize] == watched[start..] {
            watched.truncate(start);
        } else {
            *before = start as u32..watched.len() as u32;
        }
    }

    fn evaluate_name(
        &mut self,
        id: ImportId,
        facts: &Import,
        name: Option<crate::extract::Name>,
        wanted: &[Ns],
        search: &mut Search,
    ) -> bool {
        let found = self.meanings(id, facts, wanted, &mut search.track);
        if found.is_empty() {
            return false;
        }
        let import = &mut self.imports[id.0 as usize];
        let is_new = !std::mem::replace(&mut import.found, true);
        let (body, space) = (import.body as usize, import.space);
        let Some(name) = name.map(|name| self.bodies[body].symbol(name)) else { return is_new };
        if is_new {
            // Whoever waits for it need not wait any longer, even if it brings nothing new.
            let entry = self.spaces.find_or_add(space, name);
            self.spaces.touch(entry);
        }
        let mut moved = is_new;
        for (ns, hit) in found {
            moved |= self.bind_import(id, name, ns, &hit, &search.track.fresh);
        }
        moved
    }

    /// What an import names in each namespace; only where that is nothing at all, a guess.
    pub(super) fn meanings(
        &self,
        id: ImportId,
        facts: &Import,
        wanted: &[Ns],
        track: &mut Track,
    ) -> SmallVec<[(Ns, Hit); 2]> {
        let mut found = SmallVec::new();
        let start = self.start(id, facts, only(Ns::Any), Guess::Nothing);
        let containers = self.containers(track, start);
        // Outside of the workspace there are no namespaces: one look says all.
        let wanted = match &containers {
            Some(Walk::Found(hits))
                if hits.iter().all(|hit| self.nodes.is_external(&track.fresh, hit.node)) =>
            {
                &wanted[..1]
            }
            _ => wanted,
        };
        match &containers {
            None => {
                for ns in wanted {
                    if let Walk::Found(hits) = self.first(track, start, only(*ns)) {
                        found.extend(hits.into_iter().map(|hit| (*ns, hit)));
                    }
                }
            }
            Some(Walk::Found(hits)) => self.next_each(track, start, hits, wanted, &mut found),
            Some(Walk::Pending | Walk::Absent(_)) => {}
        }
        if found.is_empty() && self.patient {
            let start = Start { guess: Guess::Globbed, ..start };
            if let Walk::Found(hits) = self.walk(track, start) {
                found.extend(hits.into_iter().map(|hit| (Ns::Any, hit)));
            }
        }
        found
    }

    /// The meanings of the last segment in each of `hits`, namespace by namespace.
    fn next_each(
        &self,
        track: &mut Track,
        start: Start<'_>,
        hits: &[Hit],
        wanted: &[Ns],
        found: &mut SmallVec<[(Ns, Hit); 2]>,
    ) {
        let at = start.segments.len() - 1;
        let plain = !matches!(start.segments[at], Symbol::SUPER | Symbol::SELF);
        if let [way] = hits
            && plain
            && self.nodes.is_module(&track.fresh, way.node)
            && let Some(space) = self.spaces.of_node(way.node)
        {
            // Nearly always; the name need not be looked up once for each namespace.
            let before = found.len();
            self.look_in_each(track, (start, at), space, wanted, |ns, hit| found.push((ns, hit)));
            found[before..].iter_mut().for_each(|(_, hit)| *hit = track.then(*way, *hit));
            return;
        }
        for ns in wanted {
            if let Walk::Found(more) = self.next(track, (start, at), hits, only(*ns)) {
                found.extend(more.into_iter().map(|hit| (*ns, hit)));
            }
        }
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
        search: &mut Search,
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
        let news = &mut search.news[krate];
        news.macros |= macro_use && !nodes.is_empty();
        news.names.extend(name.filter(|_| at_root && !nodes.is_empty()));
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
