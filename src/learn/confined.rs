//! External crates and parts of `std` that only one or two places use.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::CodeScope;

use super::counted;
use super::draft::{Draft, Rule, list, quote};
use super::places::{PARTS, Place, Places, counts};
use super::remarks::some;

/// So many places get a rule for the external crates that only they use, the busiest first.
const MOST_RULES: usize = 6;
/// So many external crates stand in one rule.
const MOST_IN_RULE: usize = 5;
/// So many others are named in a remark.
const MOST_NAMED: usize = 10;
/// Whoever is named less often is not worth a rule.
const FEWEST_USES: usize = 3;
/// With fewer packages, "only in one" says nothing.
const FEWEST_PACKAGES: usize = 3;

/// Where something is used: package, and module below its root.
type Spot = (usize, Option<usize>);

/// Who uses something outside, and how often code names it.
#[derive(Default)]
struct Usage {
    spots: BTreeSet<Spot>,
    packages: BTreeSet<usize>,
    uses: usize,
}

/// External crates that one package alone uses, or one module of a dominant one.
pub(super) fn externals(places: &Places<'_>, dominant: &[usize], draft: &mut Draft) {
    let usages = usages(places);
    let mut confined: Vec<(usize, &Usage)> = usages
        .iter()
        .filter(|(_, usage)| usage.packages.len() == 1 && usage.uses >= FEWEST_USES)
        .map(|(external, usage)| (*external, usage))
        .collect();
    let is_worth =
        |usage: &Usage| owner(usage, dominant).is_some() || places.sizes.len() >= FEWEST_PACKAGES;
    confined.retain(|(_, usage)| is_worth(usage));
    let named: BTreeSet<usize> = places.between_packages().into_keys().map(|(_, to)| to).collect();
    // What a program on top uses is its own affair; what a library hides is architecture.
    confined.sort_by_key(|(external, usage)| {
        let inner = owner(usage, dominant).is_some()
            || usage.packages.iter().all(|package| named.contains(package));
        (!inner, std::cmp::Reverse(usage.uses), *external)
    });
    let mut groups: Vec<(String, Vec<(usize, &Usage)>)> = Vec::new();
    for (external, usage) in confined {
        let allow = holder(places, usage, dominant);
        match groups.iter_mut().find(|(own, _)| *own == allow) {
            Some((_, group)) => group.push((external, usage)),
            None => groups.push((allow, vec![(external, usage)])),
        }
    }
    let mut rest = Vec::new();
    for (at, (allow, group)) in groups.iter().enumerate() {
        let kept = if at < MOST_RULES { group.len().min(MOST_IN_RULE) } else { 0 };
        if kept > 0 {
            draft.rules.push(rule(places, allow, &group[..kept]));
        }
        let name = |(external, _): &(usize, _)| format!("{} ({allow})", name(places, *external));
        rest.extend(group[kept..].iter().map(name));
    }
    if !rest.is_empty() {
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        let line = "External crates that one place alone uses, and no rule protects:";
        draft.remarks.push(line.to_owned());
        draft.remarks.push(format!("    {}", some(&rest, MOST_NAMED)));
        draft.remarks.push(String::new());
    }
}

fn name<'a>(places: &Places<'a>, external: usize) -> &'a str {
    &places.workspace.externals[external].name
}

/// The one module of a dominant package that uses it.
fn owner(usage: &Usage, dominant: &[usize]) -> Option<Spot> {
    let mut spots = usage.spots.iter();
    let (first, second) = (spots.next()?, spots.next());
    let inner = first.1.is_some() && dominant.contains(&first.0) && usage.packages.len() == 1;
    (second.is_none() && inner).then_some(*first)
}

/// The selector of the one place that uses it.
fn holder(places: &Places<'_>, usage: &Usage, dominant: &[usize]) -> String {
    let package = *usage.packages.first().expect("whoever is used is used by somebody");
    match owner(usage, dominant) {
        Some(spot) => spelled(places, spot),
        None => places.package(package).to_owned(),
    }
}

fn rule(places: &Places<'_>, allow: &str, group: &[(usize, &Usage)]) -> Rule {
    let names: Vec<&str> = group.iter().map(|(external, _)| name(places, *external)).collect();
    let target: Vec<String> = names.iter().map(|name| format!("ext:{name}")).collect();
    let uses: usize = group.iter().map(|(_, usage)| usage.uses).sum();
    let own = allow.replace("::", "-");
    let id = match names[..] {
        [one] => format!("{one}-in-{own}"),
        _ => format!("externals-of-{own}"),
    };
    Rule {
        id,
        body: vec![("protect", quote(&target.join(" | "))), ("allow", quote(allow))],
        because: match uses {
            1 => format!("the one use is in `{allow}`"),
            _ => format!("all {uses} uses are in `{allow}`"),
        },
        ..Rule::default()
    }
}

/// A selector for a spot.
fn spelled(places: &Places<'_>, (package, top): Spot) -> String {
    match top {
        Some(top) => format!("{}::{}", places.package(package), places.tops[top].name),
        None => format!("={}", places.package(package)),
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

/// Parts of `std` that touch the world, where one or two places alone do. Build scripts, which are
/// there to touch it, do not count.
pub(super) fn standard(places: &Places<'_>, draft: &mut Draft) {
    let mut usages: BTreeMap<usize, Usage> = BTreeMap::new();
    for (_, reference) in places.graph.references() {
        if let (Place::Member(package, top), Place::Standard(part)) = places.ends(reference)
            && reference.scope == CodeScope::Normal
        {
            let usage = usages.entry(part).or_default();
            usage.packages.insert(package);
            usage.spots.insert((package, top));
            usage.uses += 1;
        }
    }
    let spots = places.tops.len();
    for (part, usage) in usages {
        let (allow, what) = if usage.spots.len() <= 2 && spots > 4 {
            let allow = usage.spots.iter().map(|spot| spelled(places, *spot));
            (allow.collect::<Vec<_>>(), "place")
        } else if usage.packages.len() <= 2 && places.sizes.len() > 4 {
            let allow = usage.packages.iter().map(|package| places.package(*package).to_owned());
            (allow.collect(), "crate")
        } else {
            continue;
        };
        let part = PARTS[part];
        let (uses, holders) = (counted(usage.uses, "use"), counted(allow.len(), what));
        draft.rules.push(Rule {
            id: format!("std-{part}-in-few-places"),
            body: vec![
                ("protect", quote(&format!("std::{part}"))),
                ("allow", list(&allow)),
                ("scope", "[\"normal\"]".to_owned()),
            ],
            because: format!("{uses} in {holders}, build scripts aside"),
            ..Rule::default()
        });
    }
}
