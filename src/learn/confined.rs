//! External crates that stand behind one place: a crate or module whose business they are.

use std::collections::{BTreeMap, BTreeSet};

use super::counted;
use super::draft::{Draft, Rule, quote};
use super::places::{Place, Places, Spot, counts};

/// So many places get a rule for the external crates that only they use, the busiest first.
const MOST_RULES: usize = 6;
/// What a module names less often is not worth a rule.
const FEWEST_USES: usize = 3;
/// What a crate names less often.
const FEWEST_USES_OF_CRATE: usize = 10;
/// With fewer packages, "only in one" says nothing.
const FEWEST_PACKAGES: usize = 3;
/// One of so many references of a place goes to what it is there for, or it is there for more.
const BUSINESS: usize = 33;
/// One of so many uses of what a place alone uses, or the crate is beside the point.
const PART: usize = 10;

/// Who uses an external crate, and how often code names it.
#[derive(Default)]
struct Usage {
    spots: BTreeSet<Spot>,
    packages: BTreeSet<usize>,
    uses: usize,
}

/// What one place alone uses: external crates, each with its uses.
struct Held {
    spot: Spot,
    externals: Vec<(usize, usize)>,
}

/// Rules for external crates that one crate alone uses, or one module of a dominant one.
pub(super) fn externals(places: &Places<'_>, dominant: &[usize], draft: &mut Draft) {
    let named: BTreeSet<usize> = places.between_packages().into_keys().map(|(_, to)| to).collect();
    let mut by_spot: BTreeMap<Spot, Vec<(usize, usize)>> = BTreeMap::new();
    for (external, usage) in usages(places) {
        if let Some(spot) = holder(places, &usage, dominant, &named) {
            by_spot.entry(spot).or_default().push((external, usage.uses));
        }
    }
    let totals = totals(places);
    let held = by_spot.into_iter().map(|(spot, externals)| Held { spot, externals });
    let mut held: Vec<Held> = held.filter_map(|held| business(held, &totals)).collect();
    held.sort_by_key(|held| (std::cmp::Reverse(uses(held)), held.spot));
    draft.rules.extend(held.iter().take(MOST_RULES).map(|held| rule(places, held)));
}

/// The one place that uses it, if a rule can be about that. Procedural macros need no rule to keep
/// their tools to themselves, and what a program on top uses is its own affair.
fn holder(
    places: &Places<'_>,
    usage: &Usage,
    dominant: &[usize],
    named: &BTreeSet<usize>,
) -> Option<Spot> {
    let package = *usage.packages.first()?;
    if usage.packages.len() > 1 || usage.uses < FEWEST_USES || places.is_macros(package) {
        return None;
    }
    if dominant.contains(&package) {
        let spot = *usage.spots.first()?;
        return (usage.spots.len() == 1 && spot.1.is_some()).then_some(spot);
    }
    let is_inner = named.contains(&package) && places.sizes.len() >= FEWEST_PACKAGES;
    (is_inner && usage.uses >= FEWEST_USES_OF_CRATE).then_some((package, None))
}

/// What a place is there for, the busiest first; nothing if it is there for more than these.
fn business(mut held: Held, totals: &BTreeMap<Spot, usize>) -> Option<Held> {
    let all = uses(&held);
    if all * BUSINESS < totals.get(&held.spot).copied().unwrap_or(0) {
        return None;
    }
    held.externals.retain(|(_, uses)| uses * PART >= all);
    held.externals.sort_by_key(|(external, uses)| (std::cmp::Reverse(*uses), *external));
    Some(held)
}

fn uses(held: &Held) -> usize {
    held.externals.iter().map(|(_, uses)| uses).sum()
}

fn rule(places: &Places<'_>, held: &Held) -> Rule {
    let name = |(external, _): &(usize, usize)| &*places.workspace.externals[*external].name;
    let names: Vec<&str> = held.externals.iter().map(name).collect();
    let target: Vec<String> = names.iter().map(|name| format!("ext:{name}")).collect();
    let allow = places.spelled(held.spot);
    let own = allow.replace("::", "-");
    let (id, what) = match names[..] {
        [one] => (format!("{one}-in-{own}"), one),
        _ => (format!("externals-of-{own}"), "each"),
    };
    Rule {
        id,
        body: vec![("protect", quote(&target.join(" | "))), ("allow", quote(&allow))],
        fact: format!("{}, nowhere else.", counted(uses(held), "use")),
        because: format!("{what} can be upgraded or replaced in one place"),
        ..Rule::default()
    }
}

fn usages(places: &Places<'_>) -> BTreeMap<usize, Usage> {
    let mut usages: BTreeMap<usize, Usage> = BTreeMap::new();
    for (_, reference) in places.graph.references().filter(|(_, one)| counts(one)) {
        let (Place::Member(package, top), Place::External(external)) = places.ends(reference)
        else {
            continue;
        };
        let usage = usages.entry(external).or_default();
        usage.packages.insert(package);
        if !reference.is_manifest() {
            usage.spots.insert((package, top));
            usage.uses += 1;
        }
    }
    usages
}

/// How many references each package, and each module below its root, makes.
fn totals(places: &Places<'_>) -> BTreeMap<Spot, usize> {
    let mut totals = BTreeMap::new();
    for (_, reference) in places.graph.references().filter(|(_, one)| counts(one)) {
        if let Place::Member(package, top) = places.ends(reference).0 {
            *totals.entry((package, None)).or_default() += 1;
            if top.is_some() {
                *totals.entry((package, top)).or_default() += 1;
            }
        }
    }
    totals
}
