//! `deprecate`: A should no longer name B. As `forbid`, in a milder voice.

use crate::boundaries::policy::Pair;
use crate::check::bans::{Ban, Words};
use crate::check::forbid;

pub(super) fn bans(pairs: &[Pair]) -> Vec<Ban<'_>> {
    let mut bans = forbid::bans(pairs);
    for ban in &mut bans {
        ban.say = Box::new(|ends| Words {
            message: format!("`{}` should no longer {} `{}`", ends.from, ends.verb, ends.to),
            help: None,
        });
    }
    bans
}
