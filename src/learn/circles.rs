//! Where nothing needs each other in a circle.

use std::collections::BTreeMap;

use crate::graph::cycles::{Cycle, Weight, Weights, cycles};
use crate::model::CodeScope;
use crate::resolve::ReferenceId;

use super::counted;
use super::draft::{Draft, Rule, quote};
use super::places::{Edges, Place, Places};
use super::remarks::{MOST_CUTS, is_light, some};

/// The rule about modules.
pub(super) const MODULES: &str = "modules-without-circles";

/// Cargo sees to it that crates form no circle, except by dev-dependencies: those are what the rule
/// is about.
pub(super) fn crates(places: &Places<'_>, draft: &mut Draft) {
    let edges = places.graph.roll_up(|reference| {
        let judged =
            matches!(reference.scope, CodeScope::Normal | CodeScope::Build | CodeScope::Dev);
        match places.ends(reference) {
            (Place::Member(from, _), Place::Member(to, _)) if judged && reference.is_manifest() => {
                Some((from, to))
            }
            _ => None,
        }
    });
    if edges.len() < 3 {
        return;
    }
    let cycles = cycles(&dev_first(places, &edges));
    if cycles.is_empty() {
        draft.rules.push(Rule {
            id: "crates-without-circles".to_owned(),
            body: vec![
                ("acyclic", quote("crates")),
                ("scope", "[\"normal\", \"build\", \"dev\"]".to_owned()),
            ],
            fact: "Not even dev-dependencies close a circle.".to_owned(),
            because: "crates that need each other, if only in tests, cannot be published in order"
                .to_owned(),
            ..Rule::default()
        });
        return;
    }
    let line = "Circles of crates, closed by these dev-dependencies:";
    draft.remark(line);
    for cycle in &cycles {
        let cut = |(from, to): &(usize, usize)| {
            format!("{} -> {}", places.package(*from), places.package(*to))
        };
        let cuts: Vec<String> = cycle.cuts.iter().map(cut).collect();
        draft.remark(&format!("    {}", some(&cuts, MOST_CUTS)));
    }
    draft.remark("");
}

/// Dev-dependencies are what can be cut; others are what a crate is made of.
fn dev_first(places: &Places<'_>, edges: &Edges) -> Weights {
    let is_dev = |id: &ReferenceId| places.graph.reference(*id).scope == CodeScope::Dev;
    let weight = |evidence: &Vec<ReferenceId>| {
        let firm = evidence.iter().filter(|id| !is_dev(id)).count();
        Weight { first: firm, then: evidence.len() }
    };
    edges.iter().map(|(edge, evidence)| (*edge, weight(evidence))).collect()
}

/// One rule for all packages whose top modules form no circle, or one that few references close
/// where debt is asked for.
pub(super) fn modules(places: &Places<'_>, debt: bool) -> Option<Rule> {
    let edges = places.between_tops();
    let weights = places.weights(&edges);
    let mut knotted = knotted(places, &weights);
    if debt {
        knotted.retain(|_, cycles| !is_light(&edges, cycles));
    }
    let mut edges_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (from, _) in weights.keys() {
        *edges_of.entry(places.tops[*from].package).or_default() += 1;
    }
    let ordered =
        edges_of.into_iter().filter(|(at, edges)| *edges > 1 && !knotted.contains_key(at));
    let ordered: Vec<&str> = ordered.map(|(package, _)| places.package(package)).collect();
    if ordered.is_empty() {
        return None;
    }
    let single = places.sizes.len() == 1;
    let count = counted(ordered.len(), "crate");
    let holds = format!("The top-level modules of {count} use each other, none in a circle.");
    Some(Rule {
        id: MODULES.to_owned(),
        body: vec![("acyclic", quote(&chosen(places, &ordered, knotted.keys())))],
        fact: if single || debt { String::new() } else { holds },
        because: "modules that need each other can only be read, tested and moved together"
            .to_owned(),
        ..Rule::default()
    })
}

/// These packages by name, or all but the knotted ones: whichever is shorter.
fn chosen<'k>(
    places: &Places<'_>,
    ordered: &[&str],
    knotted: impl Iterator<Item = &'k usize>,
) -> String {
    let all_but = knotted.map(|package| format!("!{}", places.package(*package)));
    let all_but: Vec<String> = std::iter::once("*".to_owned()).chain(all_but).collect();
    let by_name = places.sizes.len() == 1 || ordered.len() < all_but.len();
    if by_name { ordered.join(" | ") } else { all_but.join(" | ") }
}

/// The knots of each package.
pub(super) fn knotted(places: &Places<'_>, weights: &Weights) -> BTreeMap<usize, Vec<Cycle>> {
    let mut knotted: BTreeMap<usize, Vec<Cycle>> = BTreeMap::new();
    for cycle in cycles(weights) {
        let package = places.tops[cycle.members[0]].package;
        knotted.entry(package).or_default().push(cycle);
    }
    knotted
}
