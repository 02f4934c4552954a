//! `independent`: no member names another.

use crate::boundaries::policy::NodeSet;
use crate::check::bans::{Ban, Ends, Words, apart};
use crate::model::BitSet;
use crate::resolve::NodeId;

pub(super) fn bans(members: &[NodeSet]) -> Vec<Ban<'_>> {
    (0..members.len()).map(|own| ban(members, own)).collect()
}

fn ban(members: &[NodeSet], own: usize) -> Ban<'_> {
    let others = members.iter().enumerate().filter(move |(at, _)| *at != own);
    let (from, to) = apart(&members[own].nodes, others.map(|(_, member)| &member.nodes));
    Ban {
        from,
        to,
        avoiding: BitSet::new(),
        say: Box::new(move |ends| say(ends, &members[own], smallest(members, ends.target))),
    }
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
