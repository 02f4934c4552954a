//! Paths → references.

use smallvec::SmallVec;

use super::hops;
use super::meanings::{Answer, Answers, Meaning, distinct};
use super::names::Names;
use super::references::{Collected, OfImports, Site};
use super::spaces::Ns;
use super::symbols::Symbol;
use super::textual::Position;
use super::walk::{Guess, Start, Walk};
use super::{NodeId, ReferenceKind, Row, TextId};
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
        let mut answers = Answers::new(self, body);
        for path in self.bodies[body].facts.paths.iter() {
            let written = self.bodies[body].facts.path(path.segments);
            let from = self.holder(body, path.scope, path.owner);
            let question = answers.question(&path, written, self.nodes.get(from).module);
            let known = question.as_ref().and_then(|question| answers.get(question));
            let answer = known.unwrap_or_else(|| {
                let answer = self.follow((body, &path), from, imports, &mut answers, collected);
                if let Some(question) = question {
                    answers.keep(question, answer);
                }
                answer
            });
            self.push_path((body, &path), from, answer, &answers, collected);
        }
    }

    /// What a path leads to.
    fn follow(
        &self,
        (body, path): (usize, &PathUse),
        from: NodeId,
        imports: &OfImports,
        answers: &mut Answers,
        collected: &mut Collected,
    ) -> Answer {
        let segments = self.symbols_of(body, path);
        let position = Position { body, scope: path.scope, offset: path.range.start };
        let start = Start {
            space: self.bodies[body].space(path.scope),
            segments: &segments,
            global: path.global,
            wanted: wanted(path),
            guess: match path.certainty {
                Certainty::Sure => Guess::Globbed,
                Certainty::IfResolved => Guess::Mentioned,
            },
            import: None,
            position,
        };
        let Collected { track, hops, .. } = collected;
        track.clear();
        let hits = match self.walk(track, start) {
            Walk::Found(hits) => distinct(&hits),
            Walk::Absent(reason) if path.certainty == Certainty::Sure && segments.len() > 1 => {
                return Answer::Lost(reason);
            }
            Walk::Absent(_) | Walk::Pending => return Answer::Nothing,
        };
        let first = answers.meanings.len() as u32;
        for hit in hits {
            let way = hops::way(self, track, imports, hit.trail, (from, hit.node));
            answers.meanings.push(Meaning {
                to: hit.node,
                written_to: way.written_to.unwrap_or(hit.node),
                holds: hit.holds,
                through: Row::push(hops, &way.hops),
                imports: way.imports,
            });
        }
        let meanings = Row { start: first, end: answers.meanings.len() as u32 };
        Answer::Found { written: self.written(body, path, collected), meanings }
    }

    /// Adds the references of a path, or what is lost of it; an item that only names itself adds
    /// nothing.
    fn push_path(
        &self,
        (body, path): (usize, &PathUse),
        from: NodeId,
        answer: Answer,
        answers: &Answers,
        collected: &mut Collected,
    ) {
        match answer {
            Answer::Nothing => {}
            Answer::Lost(reason) => {
                let site = site(body, path, self.written(body, path, collected));
                let segments = self.symbols_of(body, path);
                let space = self.bodies[body].space(path.scope);
                self.push_unresolved(&site, (space, &segments, path.global), reason, collected);
            }
            Answer::Found { written, meanings } => {
                let site = site(body, path, written);
                self.push_all(&site, from, meanings.of(&answers.meanings), collected);
            }
        }
    }

    fn symbols_of(&self, body: usize, path: &PathUse) -> SmallVec<[Symbol; 4]> {
        let names = &self.bodies[body];
        names.facts.path(path.segments).iter().map(|name| names.symbol(*name)).collect()
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

fn site(body: usize, path: &PathUse, written: TextId) -> Site {
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
        written,
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
