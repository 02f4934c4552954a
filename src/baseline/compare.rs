//! What is known against what is there.
//!
//! What is known exactly is counted first. What is left over on both sides may have moved: an entry
//! and a violation of the same rule whose items are called the same below their modules, where the
//! old path leads nowhere any more, and where neither fits anything else.

use std::collections::{BTreeMap, BTreeSet};

use super::{Counts, Key};
use crate::check::Violation;

/// What is there of one key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// How often.
    pub count: usize,
    /// The names of both ends below their modules; none where an end is no single item.
    pub names: Option<[String; 2]>,
}

/// What became of what is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// How much of what is there is known.
    pub known: Counts,
    /// How much of what is known is there no longer.
    pub stale: Counts,
    /// What is known under another name, in the order of the old ones.
    pub moved: Vec<Move>,
}

/// An entry whose items are elsewhere now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// What the entry says.
    pub old: Key,
    /// What would be right.
    pub new: Key,
}

/// Counts violations by their keys.
pub fn present<'a>(violations: impl IntoIterator<Item = &'a Violation>) -> BTreeMap<Key, Present> {
    let mut present: BTreeMap<Key, Present> = BTreeMap::new();
    for violation in violations {
        let Some(key) = Key::of(violation) else { continue };
        let names = || {
            Some([
                name_below(&violation.owner, &violation.from)?,
                name_below(&violation.item, &violation.to)?,
            ])
        };
        let one = present.entry(key).or_insert_with(|| Present { count: 0, names: names() });
        one.count += 1;
    }
    present
}

/// Finds what is known in what is there. `is_lost` says whether a path of the workspace
/// leads nowhere any more.
pub fn compare(
    known: &Counts,
    present: &BTreeMap<Key, Present>,
    is_lost: &dyn Fn(&str) -> bool,
) -> Comparison {
    let mut comparison = Comparison::default();
    for (key, count) in known {
        let there = present.get(key).map_or(0, |present| present.count);
        put(&mut comparison.known, key, there.min(*count));
        put(&mut comparison.stale, key, count.saturating_sub(there));
    }
    let mut unknown = Counts::new();
    for (key, present) in present {
        let known = comparison.known.get(key).copied().unwrap_or(0);
        put(&mut unknown, key, present.count - known);
    }
    for Move { old, new } in moves(&comparison.stale, &unknown, present, is_lost) {
        let count = comparison.stale[&old].min(unknown[&new]);
        *comparison.known.entry(new.clone()).or_default() += count;
        let rest = comparison.stale[&old] - count;
        comparison.stale.remove(&old);
        put(&mut comparison.stale, &old, rest);
        comparison.moved.push(Move { old, new });
    }
    comparison
}

fn put(counts: &mut Counts, key: &Key, count: usize) {
    if count > 0 {
        counts.insert(key.clone(), count);
    }
}

/// The pairs that fit each other and nothing else.
fn moves(
    stale: &Counts,
    unknown: &Counts,
    present: &BTreeMap<Key, Present>,
    is_lost: &dyn Fn(&str) -> bool,
) -> Vec<Move> {
    let mut alike: BTreeMap<[&str; 3], Vec<&Key>> = BTreeMap::new();
    for new in unknown.keys() {
        alike.entry(last_names(new)).or_default().push(new);
    }
    let mut pairs: Vec<(&Key, &Key)> = Vec::new();
    for old in stale.keys() {
        let near = alike.get(&last_names(old)).map_or(&[][..], Vec::as_slice);
        pairs.extend(
            near.iter()
                .filter(|new| fits(old, new, &present[**new], is_lost))
                .map(|new| (old, *new)),
        );
    }
    let (olds, news) =
        (seen_once(pairs.iter().map(|pair| pair.0)), seen_once(pairs.iter().map(|pair| pair.1)));
    pairs.retain(|(old, new)| olds.contains(old) && news.contains(new));
    pairs.into_iter().map(|(old, new)| Move { old: old.clone(), new: new.clone() }).collect()
}

fn last_names(key: &Key) -> [&str; 3] {
    [&key.rule, last(&key.from), last(&key.to)]
}

fn fits(old: &Key, new: &Key, present: &Present, is_lost: &dyn Fn(&str) -> bool) -> bool {
    let Some([from, to]) = &present.names else { return false };
    let end = |old: &str, new: &str, name: &str| old == new || ends_in(old, name) && is_lost(old);
    end(&old.from, &new.from, from) && end(&old.to, &new.to, to)
}

fn seen_once<'k>(keys: impl Iterator<Item = &'k Key>) -> BTreeSet<&'k Key> {
    let mut times: BTreeMap<&Key, usize> = BTreeMap::new();
    keys.for_each(|key| *times.entry(key).or_default() += 1);
    times.into_iter().filter(|(_, times)| *times == 1).map(|(key, _)| key).collect()
}

/// An item's name below its module; the module's own where it is the module that is meant.
fn name_below(path: &str, module: &str) -> Option<String> {
    let below = path.strip_prefix(module)?;
    if below.is_empty() {
        return Some(last(path).to_owned());
    }
    below.strip_prefix("::").map(str::to_owned)
}

fn ends_in(path: &str, name: &str) -> bool {
    path.strip_suffix(name).is_some_and(|above| above.is_empty() || above.ends_with("::"))
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
