//! Where a function may be called, told without syntax.

use super::Ground;
use super::library::PieceId;
use super::spelling::Word;
use crate::extract::Range;
use crate::graph::Grain;
use crate::model::{CodeScope, FileId};
use crate::resolve::{NodeId, Reference, ReferenceId};

impl Ground<'_> {
    /// The files in which something could be known to be of a type, in order: it, or what is part of
    /// it, is declared or named there.
    pub(super) fn files_telling_of(&self, of: NodeId) -> Vec<FileId> {
        let (graph, resolution) = (self.code.graph, &self.code.graph.resolution);
        let mut files = Vec::new();
        let is_part = |id: &NodeId| *id == of || resolution.node(*id).parent == Some(of);
        let parts = graph.nodes_of_crate(graph.at(Grain::Crates, of)).filter(is_part);
        let parts: Vec<NodeId> = parts.collect();
        for id in &parts {
            files.extend(resolution.node(*id).span.map(|span| span.file));
            files.extend(graph.outgoing(*id).map(|(_, one)| one.span.file));
        }
        let aliases = self.paths.aliases().filter(|id| self.paths.seen_through(*id) == of);
        for id in parts.into_iter().chain(aliases) {
            let named = graph.incoming(id).filter(|(_, one)| one.to == id);
            files.extend(named.map(|(_, one)| one.span.file));
        }
        files.sort_unstable();
        files.dedup();
        files.retain(|file| self.code.files.facts.contains_key(file));
        files
    }

    /// The files in which a method of this name may be called, in order.
    pub(super) fn files_calling(&self, method: &Word) -> impl Iterator<Item = FileId> {
        let files = self.code.files.facts.keys().copied();
        files.filter(|file| method.is_in(&self.code.sources.file(*file).text))
    }

    /// The pieces of a file in whose code a method of this name is called.
    pub(super) fn pieces_calling(&self, file: FileId, method: &Word) -> Vec<PieceId> {
        let text = &*self.code.sources.file(file).text;
        if !method.is_in(text) {
            return Vec::new();
        }
        self.library.pieces_with(file, |range| method.is_called_in(text, range))
    }

    /// Whether something in a piece may be of these parts of the build.
    pub(super) fn may_be_of(&self, piece: PieceId, is: impl Fn(CodeScope) -> bool) -> bool {
        let references = self.in_range(piece.file, Range { start: 0, end: u32::MAX });
        may_be_of(references, self.library.range_of(piece), is)
    }

    /// The part of the build in which a reference's place is taken to be.
    pub(super) fn scope_at(&self, id: ReferenceId) -> CodeScope {
        let one = self.code.graph.reference(id);
        let start = one.span.start;
        let here = self.in_range(one.span.file, Range { start, end: start + 1 });
        here.first().map_or(one.scope, |first| first.scope)
    }
}

/// Whether something in a range of a file may be of these parts of the build: the file's references
/// in it say, and the one before for what has none around it.
pub(super) fn may_be_of(
    references: &[Reference],
    range: Range,
    is: impl Fn(CodeScope) -> bool,
) -> bool {
    let at = |start: u32| references.partition_point(|one| one.span.start < start);
    let (first, end) = (at(range.start), at(range.end));
    let before = references.get(first.saturating_sub(1));
    before.is_none_or(|one| is(one.scope)) || references[first..end].iter().any(|one| is(one.scope))
}
