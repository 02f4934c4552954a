//! [`Ban`]: from these nodes nobody goes to those.

use crate::boundaries::policy::NodeSet;
use crate::graph::Graph;
use crate::model::BitSet;
use crate::resolve::NodeId;

/// A direction in which nothing may be named, and how to say so.
pub(crate) struct Ban<'a> {
    /// From here …
    pub from: BitSet,
    /// … to there. Never overlaps with `from`.
    pub to: BitSet,
    /// Where chains end in peace: what comes after is legal, or reported by another ban.
    pub avoiding: BitSet,
    /// The sentence for two ends.
    pub(super) say: Say<'a>,
}

/// Puts a broken ban into words.
pub(super) type Say<'a> = Box<dyn Fn(&Ends) -> Words + 'a>;

/// Who names whom, where it is not allowed.
pub(super) struct Ends {
    /// The path of the module that names.
    pub from: String,
    /// The path of what is named.
    pub to: String,
    /// The node that is named.
    pub target: NodeId,
    /// `use`, `depend on` or `reach`.
    pub verb: &'static str,
}

impl Ends {
    /// ``"`a` may not use `b`"``.
    pub(super) fn may_not(&self) -> String {
        format!("`{}` may not {} `{}`", self.from, self.verb, self.to)
    }
}

/// What is wrong, and what to do.
pub(super) struct Words {
    pub message: String,
    pub help: Option<String>,
}

impl Ban<'_> {
    /// Makes legal what these nodes name, and to name them.
    pub(super) fn open(&mut self, via: &BitSet) {
        self.from.subtract(via);
        self.to.subtract(via);
        self.avoiding.union_with(via);
    }
}

/// The members of the first set that are not in the second.
pub(super) fn minus(set: &BitSet, less: &BitSet) -> BitSet {
    let mut set = set.clone();
    set.subtract(less);
    set
}

/// Every node that is in none of the sets.
pub(super) fn outside(graph: &Graph, sets: &[&BitSet]) -> BitSet {
    let mut rest = BitSet::below(graph.resolution.nodes.len());
    for set in sets {
        rest.subtract(set);
    }
    rest
}

/// The union of the sets.
pub(super) fn union<'a>(sets: impl IntoIterator<Item = &'a BitSet>) -> BitSet {
    let mut all = BitSet::new();
    for set in sets {
        all.union_with(set);
    }
    all
}

/// The sets apart from each other: a node in several stays in the smallest, for that speaks of it
/// more closely.
pub(super) fn apart<'a>(sets: impl IntoIterator<Item = &'a NodeSet>) -> Vec<BitSet> {
    let mut sets: Vec<BitSet> = sets.into_iter().map(|set| set.nodes.clone()).collect();
    let mut by_size: Vec<usize> = (0..sets.len()).collect();
    by_size.sort_by_key(|set| sets[*set].len());
    let mut taken = BitSet::new();
    for set in by_size {
        sets[set].subtract(&taken);
        taken.union_with(&sets[set]);
    }
    sets
}
