//! `independent`: no member names another.

use crate::boundaries::policy::NodeSet;
use crate::check::bans::{Ban, Ends, Words, apart, minus, union};
use crate::model::BitSet;
use crate::resolve::NodeId;

pub(super) fn bans(members: &[NodeSet]) -> Vec<Ban<'_>> {
    let sets = apart(members);
    let all = union(&sets);
    let bans = members.iter().zip(sets).map(|(own, from)| Ban {
        to: minus(&all, &from),
        from,
        avoiding: BitSet::new(),
        say: Box::new(move |ends| say(ends, own, smallest(members, ends.target))),
    });
    bans.collect()
}

/// The sentence for siblings that may not know each other.
pub(super) fn say(ends: &Ends, own: &NodeSet, other: Option<&NodeSet>) -> Words {
    let other = other.map_or(ends.to.as_str(), |other| &other.label);
    Words {
        message: format!(
            "{}: `{}` and `{other}` are independent of each other",
            ends.may_not(),
            own.label
        ),
        help: None,
    }
}

/// The smallest of the sets that hold a node.
pub(super) fn smallest<'a>(
    sets: impl IntoIterator<Item = &'a NodeSet>,
    node: NodeId,
) -> Option<&'a NodeSet> {
    let holding = sets.into_iter().filter(|set| set.nodes.contains(node.0 as usize));
    holding.min_by_key(|set| set.nodes.len())
}
