//! One name in one space → its meanings there.

use super::UnresolvedReason;
use super::names::Names;
use super::spaces::{Binding, Entry, EntryId, ImportId, Ns, SpaceId, in_namespace};
use super::symbols::Symbol;
use super::track::{Hit, Hits, Met, Track};
use super::walk::{Start, Walk};

/// A name in a space, as a path sees it.
struct Sight<'n> {
    /// Nothing, where the space never knew the name.
    entry: Option<(EntryId, &'n Entry)>,
    /// The index of the path's segment.
    segment: u32,
    /// The module in which the path stands.
    module: SpaceId,
    /// The import that the path belongs to, which cannot be its own source.
    import: Option<ImportId>,
    /// Another import may still bring the name.
    awaited: bool,
}

impl<'n> Sight<'n> {
    /// The bindings in a namespace that are not the path's own.
    fn usable(&self, ns: Ns) -> impl Iterator<Item = &'n Binding> + Clone + use<'n> {
        let bindings = self.entry.map_or(&[][..], |(_, entry)| in_namespace(&entry.bindings, ns));
        let import = self.import;
        bindings.iter().filter(move |one| one.import.is_none() || one.import != import)
    }

    /// Whether what is still to come may hide all that is known in a namespace.
    fn may_change(&self, ns: Ns) -> bool {
        self.awaited && self.usable(ns).all(|binding| binding.glob)
    }
}

impl Names<'_> {
    /// The entry of a name, of which the track takes note.
    pub(super) fn look_up(
        &self,
        track: &mut Track,
        space: SpaceId,
        name: Symbol,
    ) -> Option<EntryId> {
        let entry = self.spaces.find(space, name);
        track.looked_up.push((space, name, entry));
        entry
    }

    /// The meanings of a segment in one space: those of the first namespace that has any.
    pub(super) fn look_in(
        &self,
        track: &mut Track,
        (start, at): (Start<'_>, usize),
        space: SpaceId,
        wanted: &[Ns],
    ) -> Walk {
        let sight = self.sight(track, (start, at), space);
        let mut found = Hits::new();
        for ns in wanted {
            if found.is_empty() && sight.may_change(*ns) {
                return Walk::Pending;
            }
            self.add_seen(track, &sight, *ns, |hit| found.push(hit));
            // A meaning that no plain build sees may stand beside one of another kind that it does:
            // `#[cfg(loom)] struct Atomic;` beside `#[cfg(not(loom))] use std::..::Atomic;`.
            if found.iter().any(|hit| hit.holds) {
                break;
            }
        }
        if !found.is_empty() {
            return Walk::Found(found);
        }
        if !self.spaces.get(space).external_globs.is_empty() {
            return Walk::Absent(UnresolvedReason::ExternalGlob);
        }
        Walk::Absent(UnresolvedReason::NotFound)
    }

    /// The meanings of a segment in one space, in each namespace for itself; nothing in one that an
    /// import has to be resolved for first.
    pub(super) fn look_in_each(
        &self,
        track: &mut Track,
        (start, at): (Start<'_>, usize),
        space: SpaceId,
        wanted: &[Ns],
        mut add: impl FnMut(Ns, Hit),
    ) {
        let sight = self.sight(track, (start, at), space);
        for ns in wanted {
            if !sight.may_change(*ns) {
                self.add_seen(track, &sight, *ns, |hit| add(*ns, hit));
            }
        }
    }

    fn sight(
        &self,
        track: &mut Track,
        (start, at): (Start<'_>, usize),
        space: SpaceId,
    ) -> Sight<'_> {
        let name = start.segments[at];
        let entry = self.look_up(track, space, name).map(|id| (id, self.spaces.entry(id)));
        let module = self.spaces.get(start.space).module;
        let awaited = entry.is_some_and(|(_, entry)| self.awaits(entry, start.import));
        Sight { entry, segment: at as u32, module, import: start.import, awaited }
    }

    /// Whether an explicit import may still bring a name.
    fn awaits(&self, entry: &Entry, except: Option<ImportId>) -> bool {
        let mut next = entry.awaited.last().filter(|_| !self.patient);
        while let Some(id) = next {
            let import = &self.imports[id.0 as usize];
            if !import.found && Some(id) != except {
                return true;
            }
            next = import.beside.last();
        }
        false
    }

    /// The bindings in one namespace that can be seen; all, if none can.
    fn add_seen(&self, track: &mut Track, sight: &Sight<'_>, ns: Ns, add: impl FnMut(Hit)) {
        let Some(entry) = sight.entry else { return };
        let usable = sight.usable(ns);
        let visible = |one: &Binding| self.spaces.is_visible_from(one.visible, sight.module);
        let some_visible = usable.clone().any(visible);
        let seen = usable.filter(|binding| !some_visible || visible(binding));
        seen.map(|binding| hit(track, binding, sight.segment, entry)).for_each(add);
    }
}

/// A binding as a step of a path.
pub(super) fn hit(
    track: &mut Track,
    binding: &Binding,
    segment: u32,
    (id, entry): (EntryId, &Entry),
) -> Hit {
    let Binding { node, origin, holds, .. } = *binding;
    let Entry { space, name, .. } = *entry;
    let meet = |import| track.meet(Met { segment, space, name, import, origin, node });
    let trail = binding.import.map(meet).unwrap_or_default();
    Hit { node, trail, origin: Some(id), holds }
}
