//! Where nothing needs each other in a circle.

use std::collections::BTreeMap;

use crate::graph::cycles::{Cycle, Weight, Weights, cycles};
use crate::model::CodeScope;
use crate::resolve::ReferenceId;

use super::counted;
use super::draft::{Draft, Rule, quote};
use super::places::{Edges, Place, Places};
use super::remarks::{MOST_CUTS, some};

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
            because:
                "not even dev-dependencies close a circle, so crates can be published in order"
                    .to_owned(),
            ..Rule::default()
        });
        return;
    }
    draft.remarks.push("Crates that need each other by their dev-dependencies:".to_owned());
    for cycle in &cycles {
        let names: Vec<&str> = cycle.members.iter().map(|at| places.package(*at)).collect();
        let cut = |(from, to): &(usize, usize)| {
            format!("{} -> {}", places.package(*from), places.package(*to))
        };
        let cuts: Vec<String> = cycle.cuts.iter().map(cut).collect();
        let cuts: Vec<&str> = cuts.iter().map(String::as_str).collect();
        draft.remarks.push(format!("    {}", some(&names, 6)));
        draft.remarks.push(format!("    they would not without {}", some(&cuts, MOST_CUTS)));
    }
    draft.remarks.push(String::new());
}

/// Dev-dependencies are what can be cut; others are what a crate is made of.
fn dev_first(places: &Places<'_>, edges: &Edges) -> Weights {
    let is_dev = |id: &ReferenceId| places.graph.reference(*id).scope == CodeScope::Dev;
    let weight = |evidence: &Vec<ReferenceId>| {
        let firm = evidence.iter().filter(|id| !is_dev(id)).count();
        Weight { edges: firm, uses: evidence.len() }
    };
    edges.iter().map(|(edge, evidence)| (*edge, weight(evidence))).collect()
}

/// One rule for all packages whose top modules form no circle.
pub(super) fn modules(places: &Places<'_>, draft: &mut Draft) {
    let weights = places.weights(&places.between_tops());
    let mut edges_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (from, _) in weights.keys() {
        *edges_of.entry(places.tops[*from].package).or_default() += 1;
    }
    let knotted: Vec<usize> = knotted(places, &weights).into_keys().collect();
    let ordered: Vec<usize> = edges_of
        .iter()
        .filter(|(package, edges)| **edges > 1 && !knotted.contains(package))
        .map(|(package, _)| *package)
        .collect();
    if ordered.is_empty() {
        return;
    }
    let name = |package: &usize| places.package(*package).to_owned();
    let all_but = knotted.iter().map(|package| format!("!{}", places.package(*package)));
    let all_but: Vec<String> = std::iter::once("*".to_owned()).chain(all_but).collect();
    let listed: Vec<String> = ordered.iter().map(name).collect();
    let single = places.sizes.len() == 1;
    let chosen = if single || listed.len() < all_but.len() { listed } else { all_but };
    let count = counted(ordered.len(), "crate");
    draft.rules.push(Rule {
        id: "modules-without-circles".to_owned(),
        body: vec![("acyclic", quote(&chosen.join(" | ")))],
        because: if single {
            "the top-level modules use each other, none in a circle".to_owned()
        } else {
            format!("the top-level modules of {count} use each other, none in a circle")
        },
        ..Rule::default()
    });
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
