//! What following a path leaves behind: its meanings, and the imports on the way to each.
//!
//! Ways share their beginnings: each import that was met points at the one before it, so that to
//! copy a meaning is to copy a few numbers.

use smallvec::SmallVec;

use super::NodeId;
use super::nodes::{Fresh, Renumbered};
use super::spaces::{EntryId, ImportId, SpaceId};
use super::symbols::Symbol;

/// The meanings of a path; nearly always one.
pub(super) type Hits = SmallVec<[Hit; 1]>;

/// The last import on the way of a path, if there is one: index into [`Track::met`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Trail(Option<u32>);

/// One meaning of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) node: NodeId,
    pub(super) trail: Trail,
    /// Where the last segment was found, if in a space.
    pub(super) origin: Option<EntryId>,
    /// Every step of it exists in a plain build.
    pub(super) holds: bool,
}

/// An import that gave a segment its meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    /// Index of the segment.
    pub(super) segment: u32,
    pub(super) space: SpaceId,
    pub(super) name: Symbol,
    pub(super) import: ImportId,
    /// Where the import found it, if in a space.
    pub(super) origin: Option<EntryId>,
    pub(super) node: NodeId,
}

/// What following paths leaves behind.
#[derive(Debug)]
pub(super) struct Track {
    /// The nodes that they make.
    pub(super) fresh: Fresh,
    /// Every name in a space that was looked up, with its entry if it had one.
    pub(super) looked_up: Vec<(SpaceId, Symbol, Option<EntryId>)>,
    /// The imports that were met, each with the one before it on the same way.
    met: Vec<(Met, Trail)>,
}

impl Track {
    pub(super) fn new(fresh: Fresh) -> Self {
        Self { fresh, looked_up: Vec::new(), met: Vec::new() }
    }

    /// Forgets the ways, not the nodes.
    pub(super) fn clear(&mut self) {
        self.looked_up.clear();
        self.met.clear();
    }

    /// The imports of a trail, in the order of the path.
    pub(super) fn way(&self, mut trail: Trail) -> SmallVec<[Met; 2]> {
        let mut way = SmallVec::new();
        while let Trail(Some(last)) = trail {
            let (met, before) = self.met[last as usize];
            way.push(met);
            trail = before;
        }
        way.reverse();
        way
    }

    /// Takes in the imports that another track met, whose nodes have new numbers; says by how much
    /// its trails are further on now.
    pub(super) fn append(&mut self, other: &Track, nodes: &Renumbered) -> u32 {
        let before = self.met.len() as u32;
        let met = other.met.iter();
        self.met.extend(
            met.map(|(met, trail)| {
                (Met { node: nodes.of(met.node), ..*met }, trail.behind(before))
            }),
        );
        before
    }

    pub(super) fn meet(&mut self, met: Met) -> Trail {
        self.met.push((met, Trail(None)));
        Trail(Some(self.met.len() as u32 - 1))
    }

    /// A way and one step further; a step meets one import at most.
    pub(super) fn then(&mut self, way: Hit, step: Hit) -> Hit {
        let trail = match step.trail {
            Trail(None) => way.trail,
            Trail(Some(last)) => {
                self.met[last as usize].1 = way.trail;
                step.trail
            }
        };
        Hit { trail, holds: way.holds && step.holds, ..step }
    }
}

impl Trail {
    /// The same way, where so many imports stand before the list.
    pub(super) fn behind(self, before: u32) -> Self {
        Self(self.0.map(|at| at + before))
    }
}

impl Hit {
    pub(super) fn direct(node: NodeId) -> Self {
        Hit { node, trail: Trail::default(), origin: None, holds: true }
    }
}
