//! Where nothing needs each other in a circle, and the circles there are, for people to decide on.

use std::collections::BTreeMap;

use crate::graph::cycles::{Cycle, Weight, Weights, cycles};
use crate::model::CodeScope;
use crate::resolve::ReferenceId;

use super::counted;
use super::draft::{Draft, Rule, quote};
use super::layers::{counted_uses, module_layers, module_levels, of_package, uses};
use super::places::{Edges, Place, Places};

/// So many crates with circles are told, the lightest first.
const MOST_TOLD: usize = 6;
/// So many cuts of each.
const MOST_CUTS: usize = 3;
/// Circles that so few references close are told one by one.
const FEW: usize = 24;
/// An order is near if no more than one of so many references is against it.
const NEAR: usize = 10;

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
        because: match single {
            true => "the top-level modules use each other, none in a circle".to_owned(),
            false => format!("the top-level modules of {count} use each other, none in a circle"),
        },
        ..Rule::default()
    });
}

/// The knots of each package.
fn knotted(places: &Places<'_>, weights: &Weights) -> BTreeMap<usize, Vec<Cycle>> {
    let mut knotted: BTreeMap<usize, Vec<Cycle>> = BTreeMap::new();
    for cycle in cycles(weights) {
        let package = places.tops[cycle.members[0]].package;
        knotted.entry(package).or_default().push(cycle);
    }
    knotted
}

/// Circles of modules with the references to cut, and orders that few references are against.
pub(super) fn remarks(
    places: &Places<'_>,
    dominant: &[usize],
    place: &dyn Fn(ReferenceId) -> String,
    draft: &mut Draft,
) {
    let edges = places.between_tops();
    let knotted = knotted(places, &places.weights(&edges));
    for package in dominant.iter().filter(|package| knotted.contains_key(package)) {
        near_order(places, *package, &knotted[package], draft);
    }
    let cost = |cycles: &Vec<Cycle>| uses(&edges, &cuts(cycles));
    let mut packages: Vec<(usize, &Vec<Cycle>)> =
        knotted.iter().map(|(package, cycles)| (*package, cycles)).collect();
    packages.sort_by_key(|(package, cycles)| (!dominant.contains(package), cost(cycles), *package));
    let told = |(package, cycles): &&(usize, &Vec<Cycle>)| {
        dominant.contains(package) || cost(cycles) <= FEW
    };
    let light: Vec<_> = packages.iter().filter(told).take(MOST_TOLD).copied().collect();
    if !light.is_empty() {
        let line = "Modules that need each other, and the references without which they would not:";
        draft.remarks.push(line.to_owned());
    }
    for (package, cycles) in &light {
        tell(places, &edges, *package, cycles, place, draft);
    }
    let rest: Vec<String> = packages
        .iter()
        .filter(|one| !light.contains(one))
        .map(|(package, cycles)| format!("{} ({})", places.package(*package), cost(cycles)))
        .collect();
    if !rest.is_empty() {
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        let words = "Crates with heavier circles of modules, and how many references close them:";
        draft.remarks.push(words.to_owned());
        draft.remarks.push(format!("    {}", some(&rest, 12)));
    }
}

fn cuts(cycles: &[Cycle]) -> Vec<(usize, usize)> {
    cycles.iter().flat_map(|cycle| cycle.cuts.iter().copied()).collect()
}

/// The layers that there would be, were it not for a few references.
fn near_order(places: &Places<'_>, package: usize, cycles: &[Cycle], draft: &mut Draft) {
    let edges = of_package(places, package);
    let mut weights = places.weights(&edges);
    let against = cuts(cycles);
    let all: usize = edges.values().map(Vec::len).sum();
    if module_levels(&weights).is_some() || uses(&edges, &against) * NEAR > all {
        return;
    }
    weights.retain(|edge, _| !against.contains(edge));
    let Some(levels) = module_levels(&weights) else { return };
    let count = counted_uses(&edges, &against);
    let name = places.package(package);
    draft.remarks.push(format!("`{name}` has these layers but for {count} (listed below):"));
    draft.remarks.push("    layers = [".to_owned());
    for layer in module_layers(places, &levels) {
        draft.remarks.push(format!("        \"{layer}\","));
    }
    draft.remarks.push("    ]".to_owned());
    draft.remarks.push(format!("    within = \"{name}\""));
    draft.remarks.push(String::new());
}

fn tell(
    places: &Places<'_>,
    edges: &Edges,
    package: usize,
    cycles: &[Cycle],
    place: &dyn Fn(ReferenceId) -> String,
    draft: &mut Draft,
) {
    let name = places.package(package);
    for cycle in cycles {
        let members: Vec<&str> =
            cycle.members.iter().map(|top| places.tops[*top].name.as_str()).collect();
        let cost = counted_uses(edges, &cycle.cuts);
        draft.remarks.push(format!("    {name}: {} ({cost} too many)", some(&members, 8)));
        for (from, to) in cycle.cuts.iter().take(MOST_CUTS) {
            let (one, two) = (&places.tops[*from].name, &places.tops[*to].name);
            let evidence = &edges[&(*from, *to)];
            let (count, first) = (counted(evidence.len(), "reference"), place(evidence[0]));
            draft.remarks.push(format!("        {one} -> {two}: {count}, first at {first}"));
        }
        let more = cycle.cuts.len().saturating_sub(MOST_CUTS);
        if more > 0 {
            draft.remarks.push(format!("        and {}", counted(more, "more edge")));
        }
    }
}

/// "a, b, c and 4 more".
pub(super) fn some(names: &[&str], most: usize) -> String {
    let listed = names.iter().take(most).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}
