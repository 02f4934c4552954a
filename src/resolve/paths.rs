//! Paths → references.

use super::hops;
use super::names::Names;
use super::references::{Collected, OfImports, Site};
use super::spaces::Ns;
use super::textual::Position;
use super::walk::{Guess, Start, Walk};
use super::{ReferenceKind, TextId};
use crate::extract::{Certainty, Name, Namespace, PathUse, Place};

impl Names<'_> {
    /// Adds the references of all paths of a body.
    pub(super) fn collect_paths(
        &self,
        body: usize,
        imports: &OfImports,
        collected: &mut Collected,
    ) {
        collected.enter(self, body);
        for path in &self.bodies[body].facts.paths {
            let first = collected.references.len();
            self.collect_path(body, path, collected);
            for (trail, one) in collected.trails.iter().zip(&mut collected.references[first..]) {
                hops::complete(self, &mut collected.track, imports, *trail, one);
            }
            collected.trails.clear();
        }
    }

    fn collect_path(&self, body: usize, path: &PathUse, collected: &mut Collected) {
        let names = &self.bodies[body];
        let mut segments = std::mem::take(&mut collected.segments);
        segments.clear();
        let written = names.facts.path(path.segments);
        segments.extend(written.iter().map(|name| names.symbol(*name)));
        let start = Start {
            space: names.space(path.scope),
            segments: &segments,
            global: path.global,
            wanted: wanted(path),
            guess: match path.certainty {
                Certainty::Sure => Guess::Globbed,
                Certainty::IfResolved => Guess::Mentioned,
            },
            import: None,
            position: Position { body, scope: path.scope, offset: path.range.start },
        };
        collected.track.clear();
        match self.walk(&mut collected.track, start) {
            Walk::Found(hits) => {
                let site = self.site(body, path, collected);
                self.push_all(&site, &hits, None, collected);
            }
            Walk::Absent(reason) if path.certainty == Certainty::Sure && segments.len() > 1 => {
                let site = self.site(body, path, collected);
                let start = (start.space, &segments[..], path.global);
                self.push_unresolved(&site, start, reason, collected);
            }
            Walk::Absent(_) | Walk::Pending => {}
        }
        collected.segments = segments;
    }

    fn site(&self, body: usize, path: &PathUse, collected: &mut Collected) -> Site {
        Site {
            body,
            scope: path.scope,
            owner: path.owner,
            cfg: path.cfg,
            range: path.range,
            kind: match path.place {
                Place::Code => ReferenceKind::Path,
                Place::MacroName => ReferenceKind::Macro,
                Place::Attribute => ReferenceKind::Attribute,
            },
            in_macro: path.in_macro,
            written: self.written(body, path, collected),
        }
    }

    fn written(&self, body: usize, path: &PathUse, collected: &mut Collected) -> TextId {
        let written = &mut collected.written;
        written.clear();
        let segments = self.bodies[body].facts.path(path.segments);
        match path.stand_for_self as usize {
            0 => self.write(body, segments, path.global, written),
            meant => {
                written.push_str("Self::");
                self.write(body, &segments[meant..], false, written);
            }
        }
        collected.texts.intern(written)
    }

    /// Writes a path as the file does.
    pub(super) fn write(&self, body: usize, segments: &[Name], global: bool, written: &mut String) {
        let facts = self.bodies[body].facts;
        if global {
            written.push_str("::");
        }
        for (at, segment) in segments.iter().enumerate() {
            if at > 0 {
                written.push_str("::");
            }
            written.push_str(&facts.names[segment.0 as usize]);
        }
    }
}

/// The namespaces in which a path's last segment is looked up, in order.
fn wanted(path: &PathUse) -> &'static [Ns] {
    // What looks like a pattern in a macro's arguments may become a type, and the other way round.
    let sure = path.certainty == Certainty::Sure && !path.in_macro;
    match (path.namespace, sure) {
        (Namespace::Macro, _) => &[Ns::Macro, Ns::Any],
        (Namespace::Type, true) => &[Ns::Type, Ns::Any],
        (Namespace::Value, true) => &[Ns::Value, Ns::Any],
        (Namespace::Type, false) => &[Ns::Type, Ns::Value, Ns::Any],
        (Namespace::Value, false) => &[Ns::Value, Ns::Type, Ns::Any],
    }
}
