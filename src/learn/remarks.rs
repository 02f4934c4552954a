//! What nearly holds, for people to decide on: circles with the references that close them, and
//! orders that few references are against.

use crate::graph::cycles::Cycle;
use crate::resolve::ReferenceId;

use super::circles::knotted;
use super::counted;
use super::draft::{Draft, Rule, column, quote};
use super::layers::{module_layers, module_levels, of_package};
use super::places::{Edges, Places};

/// So many crates with circles are told, the lightest first.
const MOST_TOLD: usize = 6;
/// So many cuts of each.
pub(super) const MOST_CUTS: usize = 3;
/// Circles that so few references close are told one by one.
const FEW: usize = 24;
/// An order is near if no more than one of so many references is against it.
const NEAR: usize = 10;

/// Circles of modules with the references to cut, and orders that few references are against.
pub(super) fn circles(
    places: &Places<'_>,
    dominant: &[usize],
    place: &dyn Fn(ReferenceId) -> String,
    draft: &mut Draft,
) {
    let edges = places.between_tops();
    let knotted = knotted(places, &places.weights(&edges));
    for near in near(places, dominant) {
        tell_near(places, &near, draft);
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

/// Layers of a package that few references are against.
struct Near {
    package: usize,
    layers: Vec<String>,
    /// How many are against them.
    against: usize,
}

/// Rules for the orders that few references are against.
pub(super) fn near_orders(places: &Places<'_>, dominant: &[usize]) -> Vec<Rule> {
    let rule = |near: Near| {
        let name = places.package(near.package);
        Rule {
            id: format!("{name}-in-layers"),
            body: vec![("layers", column(&near.layers)), ("within", quote(name))],
            because: format!("only {} against it", counted(near.against, "reference")),
            ..Rule::default()
        }
    };
    near(places, dominant).into_iter().map(rule).collect()
}

fn near(places: &Places<'_>, dominant: &[usize]) -> Vec<Near> {
    let knotted = knotted(places, &places.weights(&places.between_tops()));
    let order = |package: &usize| near_order(places, *package, knotted.get(package)?);
    dominant.iter().filter_map(order).collect()
}

/// The layers that there would be, were it not for a few references.
fn near_order(places: &Places<'_>, package: usize, cycles: &[Cycle]) -> Option<Near> {
    let edges = of_package(places, package);
    let mut weights = places.weights(&edges);
    let against = cuts(cycles);
    let all: usize = edges.values().map(Vec::len).sum();
    let count = uses(&edges, &against);
    if module_levels(&weights).is_some() || count * NEAR > all {
        return None;
    }
    weights.retain(|edge, _| !against.contains(edge));
    let layers = module_layers(places, &module_levels(&weights)?);
    Some(Near { package, layers, against: count })
}

fn tell_near(places: &Places<'_>, near: &Near, draft: &mut Draft) {
    let name = places.package(near.package);
    let count = counted(near.against, "reference");
    draft.remarks.push(format!("`{name}` has these layers but for {count} (listed below):"));
    draft.remarks.push("    layers = [".to_owned());
    draft.remarks.extend(near.layers.iter().map(|layer| format!("        \"{layer}\",")));
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
        let cost = counted(uses(edges, &cycle.cuts), "reference");
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

/// How many references stand behind these edges.
fn uses(edges: &Edges, chosen: &[(usize, usize)]) -> usize {
    chosen.iter().filter_map(|edge| edges.get(edge)).map(Vec::len).sum()
}
