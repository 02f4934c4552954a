//! The order of crates, and of the modules of a crate that dominates its workspace.

use crate::graph::cycles::{Weight, Weights, cycles};

use super::counted;
use super::draft::{Draft, Rule, column, list, quote};
use super::families::{Family, families, selectors};
use super::order::{Level, levels, shorten};
use super::places::{Edges, Places};

/// So many layers can be read at a glance.
const MOST_LAYERS: usize = 10;
/// A first or last layer of more parts becomes a component.
const MOST_PARTS: usize = 6;
/// So many packages that are called alike are so on purpose, even where no glob means just them.
const MANY: usize = 5;
/// Fewer things have no order worth a rule.
const FEWEST: usize = 4;

const CRATES_DOWN: &str =
    "a crate does not know who builds on it, so it can be built, tested and reused without them";
/// Why modules stand in layers.
pub(super) const MODULES_DOWN: &str =
    "a module does not know who builds on it, so it can be read and tested without them";

/// One part of a layer: a package, or a family of them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    name: String,
    selectors: Vec<String>,
    packages: Vec<usize>,
}

/// Layers of packages, and families whose members leave each other alone or have an order.
pub(super) fn crates(places: &Places<'_>, draft: &mut Draft) {
    let edges = places.between_packages();
    let names: Vec<&str> = (0..places.sizes.len()).map(|at| places.package(at)).collect();
    let is_top = |package| !edges.keys().any(|(_, to)| *to == package);
    let related: Vec<Part> =
        families(&names, is_top).into_iter().map(|family| family_part(family, &names)).collect();
    let parts = parts(places, &edges, &related);
    let weights = joined(places, &edges, &parts);
    let mut levels = levels(&weights);
    let things = size(&levels);
    if things >= FEWEST && levels.len() > 1 {
        shorten(&mut levels, &weights, MOST_LAYERS);
        draft.rules.push(crate_layers(&parts, &levels, &weights));
    }
    for part in &related {
        draft.rules.extend(family(places, part, &edges, parts.iter().any(|one| one == part)));
    }
}

fn family_part(family: Family, names: &[&str]) -> Part {
    Part {
        name: format!("{}-crates", family.stem),
        selectors: selectors(&family.stem, &family.members, names),
        packages: family.members,
    }
}

/// Packages, those of a family together where few words say so and it makes no circle.
fn parts(places: &Places<'_>, edges: &Edges, related: &[Part]) -> Vec<Part> {
    let count = places.sizes.len();
    let short = |part: &&Part| {
        part.selectors.len() < part.packages.len() && part.packages.len() * 2 < count
    };
    let mut families: Vec<&Part> = related.iter().filter(short).collect();
    loop {
        let alone = (0..count)
            .filter(|package| !families.iter().any(|family| family.packages.contains(package)));
        let alone = alone.map(|package| Part {
            name: places.package(package).to_owned(),
            selectors: vec![places.package(package).to_owned()],
            packages: vec![package],
        });
        let parts: Vec<Part> = families.iter().copied().cloned().chain(alone).collect();
        let circles = cycles(&joined(places, edges, &parts));
        let circular = |part: &Part| {
            circles.iter().flat_map(|circle| &circle.members).any(|at| parts[*at] == *part)
        };
        let before = families.len();
        families.retain(|family| !circular(family));
        if families.len() == before {
            return parts;
        }
    }
}

/// Edges between packages as edges between parts.
fn joined(places: &Places<'_>, edges: &Edges, parts: &[Part]) -> Weights {
    let mut part_of = vec![0; places.sizes.len()];
    for (at, part) in parts.iter().enumerate() {
        for package in &part.packages {
            part_of[*package] = at;
        }
    }
    let mut joined = Edges::new();
    for ((from, to), evidence) in edges {
        let (from, to) = (part_of[*from], part_of[*to]);
        if from != to {
            joined.entry((from, to)).or_default().extend(evidence);
        }
    }
    places.weights(&joined)
}

fn crate_layers(parts: &[Part], levels: &[Level], weights: &Weights) -> Rule {
    let mut rule = Rule {
        id: "crates-in-layers".to_owned(),
        fact: down(weights, levels),
        because: CRATES_DOWN.to_owned(),
        ..Rule::default()
    };
    let mut layers = Vec::new();
    for (at, level) in levels.iter().enumerate() {
        let members: Vec<&Part> = level.members.iter().map(|member| &parts[*member]).collect();
        if let Some(name) = end(at, levels.len()).filter(|_| members.len() > MOST_PARTS) {
            let name = free(name, parts);
            let mut selectors: Vec<String> =
                members.iter().flat_map(|part| part.selectors.clone()).collect();
            selectors.sort();
            rule.components.push((name.clone(), selectors));
            layers.push(name);
            continue;
        }
        let families = members.iter().filter(|part| part.packages.len() > 1);
        let families = families.map(|part| (part.name.clone(), part.selectors.clone()));
        rule.components.extend(families);
        layers.push(siblings(members.iter().map(|part| part.name.as_str()), level.apart));
    }
    rule.body.push(("layers", column(&layers)));
    rule
}

/// What the first and the last level are called; those between have no name of their own.
fn end(at: usize, count: usize) -> Option<&'static str> {
    match at {
        0 => Some("entry-points"),
        _ if at + 1 == count => Some("foundation"),
        _ => None,
    }
}

/// A name that no package has.
fn free(name: &str, parts: &[Part]) -> String {
    let is_taken = parts.iter().flat_map(|part| &part.selectors).any(|one| *one == name);
    if is_taken { format!("{name}-crates") } else { name.to_owned() }
}

fn siblings<'n>(names: impl Iterator<Item = &'n str>, apart: bool) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.join(if apart { " | " } else { " : " })
}

/// A family whose members leave each other alone, or have an order among themselves, which the
/// layers of crates do not say where the family is one of their parts.
fn family(places: &Places<'_>, part: &Part, edges: &Edges, is_placed: bool) -> Option<Rule> {
    let has = |package: &usize| part.packages.contains(package);
    if !edges.keys().any(|(from, to)| has(from) || has(to)) {
        return None;
    }
    let stem = part.name.trim_end_matches("-crates");
    let mut inner = edges.clone();
    inner.retain(|(from, to), _| has(from) && has(to));
    if inner.is_empty() {
        let is_meant = part.selectors.len() < part.packages.len() || part.packages.len() >= MANY;
        return is_meant.then(|| Rule {
            id: format!("{stem}-crates-apart"),
            body: vec![("independent", list(&part.selectors))],
            fact: format!("None of these {} crates uses another one.", part.packages.len()),
            because: "each can be replaced or released without the others".to_owned(),
            ..Rule::default()
        });
    }
    let weights = places.weights(&inner);
    let levels = levels(&weights);
    let names = |level: &Level| {
        siblings(level.members.iter().map(|package| places.package(*package)), level.apart)
    };
    let layers: Vec<String> = levels.iter().map(names).collect();
    (levels.len() > 1 && is_placed).then(|| Rule {
        id: format!("{stem}-crates-in-layers"),
        body: vec![("layers", column(&layers))],
        fact: down(&weights, &levels),
        because: CRATES_DOWN.to_owned(),
        ..Rule::default()
    })
}

/// The fact from which layers are learned.
fn down(weights: &Weights, levels: &[Level]) -> String {
    let height = |thing: &usize| levels.iter().position(|level| level.members.contains(thing));
    let falls = |((from, to), _): &(&(usize, usize), &Weight)| height(from) != height(to);
    let uses = weights.iter().filter(falls).map(|(_, weight)| weight.then).sum();
    format!("{} down this list, none up.", counted(uses, "reference"))
}

/// The packages whose modules deserve an order of their own: those with a third of all code.
pub(super) fn dominant(places: &Places<'_>) -> Vec<usize> {
    let all: usize = places.sizes.iter().sum();
    (0..places.sizes.len()).filter(|package| places.sizes[*package] * 3 >= all).collect()
}

/// Layers of a package's top modules.
pub(super) fn modules(places: &Places<'_>, package: usize, draft: &mut Draft) {
    let weights = places.weights(&of_package(places, package));
    if let Some(levels) = module_levels(&weights) {
        let name = places.package(package);
        draft.rules.push(Rule {
            id: format!("{name}-in-layers"),
            body: vec![
                ("layers", column(&module_layers(places, &levels))),
                ("within", quote(name)),
            ],
            fact: down(&weights, &levels),
            because: MODULES_DOWN.to_owned(),
            ..Rule::default()
        });
    }
}

/// References between those top modules of one package that layers can speak of.
pub(super) fn of_package(places: &Places<'_>, package: usize) -> Edges {
    let mut edges = places.between_tops();
    let own = |top: &usize| places.tops[*top].package == package && places.is_distinct(*top);
    edges.retain(|(from, to), _| own(from) && own(to));
    edges
}

/// Levels of modules where there is an order: no knot holds more than a quarter of them, and no
/// level more than half.
pub(super) fn module_levels(weights: &Weights) -> Option<Vec<Level>> {
    let mut levels = levels(weights);
    let things = size(&levels);
    let knotted = cycles(weights).iter().map(|cycle| cycle.members.len()).max().unwrap_or(0);
    let widest = levels.iter().map(|level| level.members.len()).max().unwrap_or(0);
    let is_flat = levels.len() < 3 || widest * 2 > things;
    if things < FEWEST || is_flat || knotted > 3.max(things / 4) {
        return None;
    }
    shorten(&mut levels, weights, MOST_LAYERS);
    Some(levels)
}

/// Levels of modules as `layers` spells them.
pub(super) fn module_layers(places: &Places<'_>, levels: &[Level]) -> Vec<String> {
    let names = |level: &Level| {
        let names = level.members.iter().map(|top| places.tops[*top].name.as_str());
        siblings(names, level.apart)
    };
    levels.iter().map(names).collect()
}

/// How many things stand on these levels.
fn size(levels: &[Level]) -> usize {
    levels.iter().map(|level| level.members.len()).sum()
}
