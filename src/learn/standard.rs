//! Parts of `std` that touch the world, where one or two places alone do.

use std::collections::BTreeMap;

use crate::model::CodeScope;

use super::counted;
use super::draft::{Draft, Rule, list, quote};
use super::places::{PARTS, Place, Places};

/// In a smaller workspace, "one or two places" is nearly all of it.
const FEWEST_PLACES: usize = 5;

/// Rules for them. Build scripts, which are there to touch the world, do not count.
pub(super) fn parts(places: &Places<'_>, dominant: &[usize], draft: &mut Draft) {
    let tops = places.tops.iter().filter(|top| dominant.contains(&top.package)).count();
    if tops + places.sizes.len() < FEWEST_PLACES {
        return;
    }
    for (part, users) in users(places, dominant) {
        if users.len() <= 2 {
            draft.rules.push(rule(PARTS[part], &users));
        }
    }
}

/// Who uses each part, and how often: crates, and modules of dominant ones.
fn users(places: &Places<'_>, dominant: &[usize]) -> BTreeMap<usize, BTreeMap<String, usize>> {
    let mut users: BTreeMap<usize, BTreeMap<String, usize>> = BTreeMap::new();
    for (_, reference) in places.graph.references() {
        let (Place::Member(package, top), Place::Standard(part)) = places.ends(reference) else {
            continue;
        };
        if reference.scope != CodeScope::Normal {
            continue;
        }
        let user = match (dominant.contains(&package), top) {
            (true, None) => format!("={}", places.package(package)),
            (true, top) => places.spelled((package, top)),
            (false, _) => places.package(package).to_owned(),
        };
        *users.entry(part).or_default().entry(user).or_default() += 1;
    }
    users
}

fn rule(part: &str, users: &BTreeMap<String, usize>) -> Rule {
    let allow: Vec<String> = users.keys().cloned().collect();
    let own = match &allow[..] {
        [one] => one.trim_start_matches('=').replace("::", "-"),
        _ => "few-places".to_owned(),
    };
    let count = users.values().sum();
    Rule {
        id: format!("std-{part}-in-{own}"),
        body: vec![
            ("protect", quote(&format!("std::{part}"))),
            ("allow", list(&allow)),
            ("scope", "[\"normal\"]".to_owned()),
        ],
        fact: format!("{}, nowhere else; build scripts are not judged.", counted(count, "use")),
        because: "what touches the world in few places can be tested without it everywhere else"
            .to_owned(),
        ..Rule::default()
    }
}
