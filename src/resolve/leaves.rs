//! Leaves of use trees → references.

use super::names::Names;
use super::references::{Collected, Site};
use super::spaces::{ImportId, Ns};
use super::track::{Hit, Hits};
use super::walk::{Guess, Walk};
use super::{ReferenceKind, Row, UnresolvedReason};
use crate::extract::{Import, ImportKind};

impl Names<'_> {
    /// Adds the references of an import, and says which they are.
    pub(super) fn collect_import(&self, id: ImportId, collected: &mut Collected) -> Row {
        let import = &self.imports[id.0 as usize];
        let facts = self.import_facts(import);
        let body = import.body as usize;
        self.write_import(body, facts, &mut collected.written);
        let site = Site {
            body,
            scope: facts.scope,
            owner: facts.owner,
            cfg: facts.cfg,
            range: facts.range,
            kind: ReferenceKind::Use,
            in_macro: facts.in_macro,
            written: collected.texts.intern(&collected.written),
        };
        let hits = self.import_hits(id, facts, collected);
        let own = self.push_import(&site, &hits, collected);
        if own.is_empty() {
            let reason = self.import_failure(id, facts, collected);
            let start = (import.space, &import.segments[..], facts.global);
            self.push_unresolved(&site, start, reason, collected);
        }
        own
    }

    fn import_hits(&self, id: ImportId, facts: &Import, collected: &mut Collected) -> Hits {
        let import = &self.imports[id.0 as usize];
        if let ImportKind::ExternCrate { .. } = facts.kind {
            let nodes = self.crates_named(import.space, import.segments[0]);
            return nodes.into_iter().map(Hit::direct).collect();
        }
        if import.segments.is_empty() {
            return Hits::new();
        }
        let wanted: &[Ns] = match facts.kind {
            ImportKind::Name(_) => &Ns::ALL,
            _ => &[Ns::Type, Ns::Any],
        };
        collected.track.looked_up.clear();
        let found = self.meanings(id, facts, wanted, &mut collected.track);
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Why an import names nothing.
    fn import_failure(
        &self,
        id: ImportId,
        facts: &Import,
        collected: &mut Collected,
    ) -> UnresolvedReason {
        if let ImportKind::ExternCrate { .. } = facts.kind {
            return UnresolvedReason::UnknownRoot;
        }
        if self.imports[id.0 as usize].segments.is_empty() {
            return UnresolvedReason::NotFound;
        }
        let start = self.start(id, facts, &[Ns::Type, Ns::Any], Guess::Globbed);
        match self.walk(&mut collected.track, start) {
            Walk::Absent(reason) => reason,
            Walk::Found(_) | Walk::Pending => UnresolvedReason::ImportCycle,
        }
    }

    fn write_import(&self, body: usize, facts: &Import, written: &mut String) {
        written.clear();
        let segments = self.bodies[body].facts.path(facts.segments);
        self.write(body, segments, facts.global, written);
        if facts.kind == ImportKind::Glob {
            written.push_str(if written.is_empty() { "*" } else { "::*" });
        }
    }
}
