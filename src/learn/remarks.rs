//! What nearly holds, for people to decide on: circles with the references that close them, and
//! orders that few references are against.

use crate::graph::cycles::Cycle;
use crate::resolve::ReferenceId;

use super::circles::knotted;
use super::counted;
use super::draft::{Draft, Rule, column, quote};
use super::layers::{MODULES_DOWN, module_layers, module_levels, of_package};
use super::places::{Edges, Places};

/// So many crates with circles are told, the lightest first.
const MOST_TOLD: usize = 6;
/// So many cuts of each.
pub(super) const MOST_CUTS: usize = 3;
/// Circles that so few references close are told one by one; an order is near if no more are
/// against it ...
const FEW: usize = 50;
/// ... and no more than one of so many.
const NEAR: usize = 10;

const RATCHET: &str = "A circle that has to stay for now can be kept from growing: name its crate in \
    `acyclic`, then run `cargo archlint baseline --grow`.";

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
    let cost = |cycles: &[Cycle]| uses(&edges, &cuts(cycles));
    let mut packages: Vec<(usize, Vec<Cycle>)> = knotted.into_iter().collect();
    packages.sort_by_key(|(package, cycles)| (!dominant.contains(package), cost(cycles), *package));
    let is_told = |one: &(usize, Vec<Cycle>)| is_light(&edges, &one.1);
    let (light, heavy): (Vec<_>, Vec<_>) = packages.into_iter().partition(is_told);
    if !light.is_empty() {
        draft.remark("Circles of modules, closed by these references:");
    }
    for (package, cycles) in light.iter().take(MOST_TOLD) {
        tell(places, &edges, *package, &cuts(cycles), place, draft);
    }
    let rest = light.iter().skip(MOST_TOLD).chain(&heavy);
    let rest: Vec<String> = rest
        .map(|(package, cycles)| format!("{} ({})", places.package(*package), cost(cycles)))
        .collect();
    if !rest.is_empty() {
        let more = if light.is_empty() { "Circles" } else { "More circles" };
        draft.remark(&format!("{more} of modules, by crate, and how many references close them:"));
        draft.remark(&format!("    {}", some(&rest, 12)));
    }
    if !(light.is_empty() && heavy.is_empty()) {
        draft.remark("");
        draft.remark(RATCHET);
    }
}

/// Whether these circles are closed by so few references that they are told one by one.
pub(super) fn is_light(edges: &Edges, cycles: &[Cycle]) -> bool {
    uses(edges, &cuts(cycles)) <= FEW
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
            fact: format!("{} against it today.", counted(near.against, "reference")),
            because: MODULES_DOWN.to_owned(),
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
    if module_levels(&weights).is_some() || count > FEW || count * NEAR > all {
        return None;
    }
    weights.retain(|edge, _| !against.contains(edge));
    let layers = module_layers(places, &module_levels(&weights)?);
    Some(Near { package, layers, against: count })
}

fn tell_near(places: &Places<'_>, near: &Near, draft: &mut Draft) {
    let name = places.package(near.package);
    let count = counted(near.against, "reference");
    draft.remark(&format!("`{name}` would have these layers without {count}:"));
    let layers = format!("layers = {}\nwithin = {}", column(&near.layers), quote(name));
    layers.lines().for_each(|line| draft.example(line));
    draft.remark("");
}

fn tell(
    places: &Places<'_>,
    edges: &Edges,
    package: usize,
    cuts: &[(usize, usize)],
    place: &dyn Fn(ReferenceId) -> String,
    draft: &mut Draft,
) {
    let name = places.package(package);
    for (from, to) in cuts.iter().take(MOST_CUTS) {
        let (one, two) = (&places.tops[*from].name, &places.tops[*to].name);
        let evidence = &edges[&(*from, *to)];
        let (count, first) = (counted(evidence.len(), "reference"), place(evidence[0]));
        draft.remark(&format!("    {name}: {one} -> {two}, {count} ({first})"));
    }
    let more = cuts.len().saturating_sub(MOST_CUTS);
    if more > 0 {
        draft.remark(&format!("    {name}: and {}", counted(more, "more edge")));
    }
}

/// "a, b, c and 4 more".
pub(super) fn some(names: &[String], most: usize) -> String {
    let listed = names[..names.len().min(most)].join(", ");
    match names.len().saturating_sub(most) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

/// How many references stand behind these edges.
fn uses(edges: &Edges, chosen: &[(usize, usize)]) -> usize {
    chosen.iter().filter_map(|edge| edges.get(edge)).map(Vec::len).sum()
}
