//! One path, segment by segment, from where it stands to what it means.

use super::look::hit;
use super::names::Names;
use super::nodes::Fresh;
use super::spaces::{ImportId, Ns, SpaceId, in_namespace};
use super::symbols::Symbol;
use super::textual::Position;
use super::track::{Hit, Hits, Met, Track};
use super::{NodeId, NodeKind, UnresolvedReason};

/// Where every segment but the last is looked up.
const CONTAINERS: &[Ns] = &[Ns::Type, Ns::Any];

/// A path and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start<'p> {
    pub(super) space: SpaceId,
    pub(super) segments: &'p [Symbol],
    /// It starts with `::`.
    pub(super) global: bool,
    /// The namespaces of its last segment, in order of preference.
    pub(super) wanted: &'static [Ns],
    /// Where nothing is found, how far to guess.
    pub(super) guess: Guess,
    /// The import that it belongs to, which cannot be its own source.
    pub(super) import: Option<ImportId>,
    /// Where it stands among macro definitions.
    pub(super) position: Position,
}

/// How far to guess what a name means that no binding tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Guess {
    Nothing,
    /// Names that a macro call mentions.
    Mentioned,
    /// Also the names of a module's one external glob: for what is sure to name something.
    Globbed,
}

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Walk {
    Found(Hits),
    /// An import has to be resolved first.
    Pending,
    Absent(UnresolvedReason),
}

impl Names<'_> {
    /// Follows a path.
    pub(super) fn walk(&self, track: &mut Track, start: Start<'_>) -> Walk {
        match self.containers(track, start) {
            Some(Walk::Found(hits)) => {
                let at = start.segments.len() - 1;
                self.next(track, (start, at), &hits, start.wanted)
            }
            Some(other) => other,
            None => self.first(track, start, start.wanted),
        }
    }

    /// What all segments but the last lead to; none if there is but one.
    pub(super) fn containers(&self, track: &mut Track, start: Start<'_>) -> Option<Walk> {
        let last = start.segments.len() - 1;
        if last == 0 {
            return None;
        }
        let mut found = self.first(track, start, CONTAINERS);
        for at in 1..last {
            let Walk::Found(hits) = found else { return Some(found) };
            found = self.next(track, (start, at), &hits, CONTAINERS);
        }
        Some(found)
    }

    /// The meaning of the first segment.
    pub(super) fn first(&self, track: &mut Track, start: Start<'_>, wanted: &[Ns]) -> Walk {
        let module = self.spaces.get(start.space).module;
        let name = start.segments[0];
        let keyword = match name {
            Symbol::CRATE | Symbol::DOLLAR_CRATE => Some(self.spaces.root(module)),
            Symbol::SELF => Some(module),
            Symbol::SUPER => match self.spaces.parent(module) {
                Some(parent) => Some(parent),
                None => return Walk::Absent(UnresolvedReason::NotFound),
            },
            _ => None,
        };
        if let Some(space) = keyword {
            return found(Hit::direct(self.spaces.get(space).node));
        }
        let edition = self.tree.crates[self.crate_of(start.space)].edition;
        let from_root = edition == 2015 && (start.global || start.import.is_some());
        if start.global && !from_root {
            return self.in_prelude(start).unwrap_or(Walk::Absent(UnresolvedReason::UnknownRoot));
        }
        let from = if from_root { self.spaces.root(module) } else { start.space };
        self.lexical(track, (start, from), wanted)
    }

    /// Looks a name up in the spaces around, then among macros, then among crates.
    fn lexical(
        &self,
        track: &mut Track,
        (start, from): (Start<'_>, SpaceId),
        wanted: &[Ns],
    ) -> Walk {
        let name = start.segments[0];
        if wanted.contains(&Ns::Macro) {
            let macros = self.textual(start.position, name);
            if !macros.is_empty() {
                return Walk::Found(macros.into_iter().map(Hit::direct).collect());
            }
        }
        let mut around = Some(from);
        while let Some(space) = around {
            match self.look_in(track, (start, 0), space, wanted) {
                Walk::Absent(_) => around = self.spaces.get(space).around,
                Walk::Found(hits) => {
                    return self.crate_rather_than_unknown(&track.fresh, start, hits);
                }
                pending @ Walk::Pending => return pending,
            }
        }
        if wanted.contains(&Ns::Type)
            && let Some(found) = self.in_prelude(start)
        {
            return found;
        }
        if wanted.contains(&Ns::Macro) {
            let hits = self.in_macro_crates(track, start);
            if !hits.is_empty() {
                return Walk::Found(hits);
            }
        }
        self.lexical_guess(track, start, from)
    }

    /// What no look-up tells: a name that a macro call of the module mentions, or that comes by its
    /// one external glob.
    fn lexical_guess(&self, track: &mut Track, start: Start<'_>, from: SpaceId) -> Walk {
        let name = start.segments[0];
        let guess = self.patient && start.guess != Guess::Nothing;
        if !guess || name.is_standard() {
            return Walk::Absent(UnresolvedReason::UnknownRoot);
        }
        let module = self.spaces.get(from).module;
        if let Some(node) = self.declared_by_macro(&mut track.fresh, module, name) {
            return found(Hit::direct(node));
        }
        let mut around = Some(from);
        while let Some(space) = around {
            if !self.spaces.get(space).external_globs.is_empty() {
                return match self.by_external_glob(track, (start, 0), space) {
                    Some(hit) => found(hit),
                    None => Walk::Absent(UnresolvedReason::ExternalGlob),
                };
            }
            around = self.spaces.get(space).around;
        }
        Walk::Absent(UnresolvedReason::UnknownRoot)
    }

    /// The name in the external path that is globbed into a space, if there is only one; not for
    /// words of which it is not even sure that they name something.
    fn by_external_glob(
        &self,
        track: &mut Track,
        (start, segment): (Start<'_>, usize),
        space: SpaceId,
    ) -> Option<Hit> {
        let [(globbed, import)] = self.spaces.get(space).external_globs[..] else { return None };
        if start.guess != Guess::Globbed {
            return None;
        }
        let name = start.segments[segment];
        let node = self.nodes.below(&mut track.fresh, globbed, name);
        let met = Met { segment: segment as u32, space, name, import, origin: None, node };
        Some(Hit { trail: track.meet(met), ..Hit::direct(node) })
    }

    /// `use anyhow::{anyhow, Context}` brings an `anyhow` of unknown kind. What bears its crate's
    /// name is a macro or function; where a path goes on behind it, the crate is meant.
    fn crate_rather_than_unknown(&self, fresh: &Fresh, start: Start<'_>, hits: Hits) -> Walk {
        if start.segments.len() == 1 {
            return Walk::Found(hits);
        }
        let prelude = &self.preludes[self.crate_of(start.space)];
        let of_that_name = prelude.crates.get(&start.segments[0]);
        if let Some(crates) = of_that_name {
            let inside = |hit: &Hit| {
                let is_path = self.nodes.kind(fresh, hit.node) == NodeKind::ExternalPath;
                is_path && crates.contains(&self.nodes.module(fresh, hit.node))
            };
            if hits.iter().all(inside) {
                return Walk::Found(crates.iter().map(|node| Hit::direct(*node)).collect());
            }
        }
        Walk::Found(hits)
    }

    /// A macro of a crate that is declared with `#[macro_use] extern crate`.
    fn in_macro_crates(&self, track: &mut Track, start: Start<'_>) -> Hits {
        let crates = &self.macro_crates[self.crate_of(start.space)];
        let name = start.segments[0];
        let mut found = Hits::new();
        for space in crates.iter().filter_map(|node| self.spaces.of_node(*node)) {
            let Some(id) = self.look_up(track, space, name) else { continue };
            let entry = self.spaces.entry(id);
            let macros = in_namespace(&entry.bindings, Ns::Macro).iter();
            found.extend(macros.map(|binding| hit(track, binding, 0, (id, entry))));
        }
        found
    }

    fn in_prelude(&self, start: Start<'_>) -> Option<Walk> {
        let prelude = &self.preludes[self.crate_of(start.space)];
        let nodes = prelude.crates.get(&start.segments[0])?;
        Some(Walk::Found(nodes.iter().map(|node| Hit::direct(*node)).collect()))
    }

    /// The meaning of the segment at `at` in each of `hits`.
    pub(super) fn next(
        &self,
        track: &mut Track,
        (start, at): (Start<'_>, usize),
        hits: &[Hit],
        wanted: &[Ns],
    ) -> Walk {
        let name = start.segments[at];
        let mut found = Hits::new();
        let mut failure = Walk::Absent(UnresolvedReason::NotFound);
        for hit in hits {
            let Some(space) = self.spaces.of_node(hit.node) else {
                let node = self.nodes.below(&mut track.fresh, hit.node, name);
                found.push(Hit { node, origin: None, ..*hit });
                continue;
            };
            match self.step(track, (start, at), space, hit.node, wanted) {
                Walk::Found(more) => {
                    found.extend(more.into_iter().map(|step| track.then(*hit, step)));
                }
                Walk::Absent(reason) => failure = Walk::Absent(reason),
                Walk::Pending => failure = Walk::Pending,
            }
        }
        if found.is_empty() { failure } else { Walk::Found(found) }
    }

    fn step(
        &self,
        track: &mut Track,
        (start, at): (Start<'_>, usize),
        space: SpaceId,
        node: NodeId,
        wanted: &[Ns],
    ) -> Walk {
        let step = match start.segments[at] {
            Symbol::SUPER => self.above(space),
            Symbol::SELF => found(Hit::direct(node)),
            _ => self.look_in(track, (start, at), space, wanted),
        };
        match step {
            Walk::Absent(_) => self.made(track, (start, at), space, node).map_or(step, found),
            step => step,
        }
    }

    fn above(&self, module: SpaceId) -> Walk {
        match self.spaces.parent(module) {
            Some(parent) => found(Hit::direct(self.spaces.get(parent).node)),
            None => Walk::Absent(UnresolvedReason::NotFound),
        }
    }

    /// What no binding tells: an enum's associated item, an item that a macro call declares, or one
    /// that comes by the module's one external glob.
    fn made(
        &self,
        track: &mut Track,
        (start, at): (Start<'_>, usize),
        space: SpaceId,
        node: NodeId,
    ) -> Option<Hit> {
        let name = start.segments[at];
        if !self.nodes.is_module(&track.fresh, node) {
            return Some(Hit::direct(self.nodes.below(&mut track.fresh, node, name)));
        }
        if !self.patient || start.guess == Guess::Nothing {
            return None;
        }
        if let Some(node) = self.declared_by_macro(&mut track.fresh, space, name) {
            return Some(Hit::direct(node));
        }
        self.by_external_glob(track, (start, at), space)
    }

    /// The item that a macro call in the module, or in one that it globs, may declare.
    fn declared_by_macro(
        &self,
        fresh: &mut Fresh,
        module: SpaceId,
        name: Symbol,
    ) -> Option<NodeId> {
        let owner = self.declaring(module, name, &mut Vec::new())?;
        Some(self.nodes.below(fresh, self.spaces.get(owner).node, name))
    }

    fn declaring(&self, module: SpaceId, name: Symbol, seen: &mut Vec<SpaceId>) -> Option<SpaceId> {
        if seen.contains(&module) {
            return None;
        }
        seen.push(module);
        let space = self.spaces.get(module);
        if space.mentions.contains(&name) {
            return Some(module);
        }
        space.globbed.iter().find_map(|globbed| self.declaring(*globbed, name, seen))
    }
}

fn found(hit: Hit) -> Walk {
    Walk::Found(std::iter::once(hit).collect())
}
