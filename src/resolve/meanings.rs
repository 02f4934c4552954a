//! What a path means, found out once for all places of a body that ask the same.
//!
//! A file says the same names again and again. What they mean depends on the space in which they
//! stand, not on the place in it; a block that declares nothing is no space of its own. Only the
//! name of a macro depends on the place, for macros reach from where they are defined.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::names::Names;
use super::spaces::SpaceId;
use super::track::Hit;
use super::{NodeId, Row, TextId, UnresolvedReason};
use crate::extract::{Certainty, Name, Namespace, PathUse, ScopeKind};

/// One meaning of a path, and what led there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub(super) to: NodeId,
    pub(super) written_to: NodeId,
    /// Exists in a plain build.
    pub(super) holds: bool,
    pub(super) through: Row,
    pub(super) imports: Row,
}

impl Meaning {
    /// That of an import, while nothing is known of what led there.
    pub(super) fn of_import(hit: &Hit) -> Self {
        let (through, imports) = (Row::default(), Row::default());
        Self { to: hit.node, written_to: hit.node, holds: hit.holds, through, imports }
    }
}

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    /// Nowhere, and that is no loss.
    Nothing,
    /// Nowhere, although it should.
    Lost(UnresolvedReason),
    /// To some of [`Answers::meanings`].
    Found { written: TextId, meanings: Row },
}

/// What the meaning of a path depends on within a body.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    space: SpaceId,
    /// The module of the item in which it stands.
    module: NodeId,
    names: SmallVec<[Name; 4]>,
    global: bool,
    stand_for_self: u8,
    namespace: Namespace,
    in_macro: bool,
    certainty: Certainty,
}

/// The answers for one body.
#[derive(Debug, Default)]
pub(super) struct Answers {
    known: FxHashMap<Question, Answer>,
    /// Those of all paths.
    pub(super) meanings: Vec<Meaning>,
    /// Of each of the body's scopes, the space in which names are looked up first: itself, or the
    /// next around it that knows a name.
    near: Vec<SpaceId>,
}

impl Answers {
    /// No answers yet.
    pub(super) fn new(names: &Names<'_>, body: usize) -> Self {
        let body = &names.bodies[body];
        let mut near: Vec<SpaceId> = Vec::with_capacity(body.spaces.len());
        for (scope, space) in body.facts.scopes.iter().zip(&body.spaces) {
            let bare = scope.kind == ScopeKind::Block && !names.spaces.get(*space).knows();
            near.push(if bare { near[scope.parent.0 as usize] } else { *space });
        }
        let mut answers = Self { near, ..Self::default() };
        answers.known.reserve(body.facts.paths.len() / 2);
        answers
    }

    /// What a path of the body asks, which stands in an item of this module; nothing if the answer
    /// depends on the very place.
    pub(super) fn question(
        &self,
        path: &PathUse,
        names: &[Name],
        module: NodeId,
    ) -> Option<Question> {
        if path.namespace == Namespace::Macro && names.len() == 1 {
            return None;
        }
        let space = self.near[path.scope.0 as usize];
        let PathUse { global, stand_for_self, namespace, in_macro, certainty, .. } = *path;
        let names = names.into();
        Some(Question {
            space,
            module,
            names,
            global,
            stand_for_self,
            namespace,
            in_macro,
            certainty,
        })
    }

    pub(super) fn get(&self, question: &Question) -> Option<Answer> {
        self.known.get(question).copied()
    }

    pub(super) fn keep(&mut self, question: Question, answer: Answer) {
        self.known.insert(question, answer);
    }
}

/// The hits of different nodes, those of a plain build first.
pub(super) fn distinct(hits: &[Hit]) -> SmallVec<[Hit; 1]> {
    let mut distinct: SmallVec<[Hit; 1]> = SmallVec::new();
    for holds in [true, false] {
        for hit in hits.iter().filter(|hit| hit.holds == holds) {
            if distinct.iter().all(|known| known.node != hit.node) {
                distinct.push(*hit);
            }
        }
    }
    distinct
}
