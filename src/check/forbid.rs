//! `forbid`: A does not name B.
//!
//! Where the sets overlap, what stands in B is B's own business.

use crate::boundaries::policy::Pair;
use crate::check::bans::{Ban, Words, minus};
use crate::model::BitSet;

pub(super) fn bans(pairs: &[Pair]) -> Vec<Ban<'_>> {
    pairs.iter().map(ban).collect()
}

fn ban(pair: &Pair) -> Ban<'_> {
    Ban {
        from: minus(&pair.from.nodes, &pair.to.nodes),
        to: pair.to.nodes.clone(),
        avoiding: BitSet::new(),
        say: Box::new(|ends| Words { message: ends.may_not(), help: None }),
    }
}
