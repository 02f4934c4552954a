//! Package names → families: packages that are called alike and stand at one end or in the middle.

use std::collections::BTreeMap;

/// So many packages make a family.
const FEWEST: usize = 3;

/// Packages whose names begin with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Family {
    /// The words: `nu-cmd`.
    pub(super) stem: String,
    /// Ascending.
    pub(super) members: Vec<usize>,
}

/// The families among these names; `is_top` tells programs and the like from what others use, for
/// `nu_plugin_gstat` is no kin of `nu-plugin-core`.
pub(super) fn families(names: &[&str], is_top: impl Fn(usize) -> bool) -> Vec<Family> {
    let common = common_word(names);
    let mut by_stem: BTreeMap<(&str, bool), Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        if let Some(stem) = stem(name, common) {
            by_stem.entry((stem, is_top(at))).or_default().push(at);
        }
    }
    by_stem.retain(|_, members| members.len() >= FEWEST);
    let family =
        |((stem, _), members): ((&str, bool), _)| Family { stem: stem.to_owned(), members };
    by_stem.into_iter().map(family).collect()
}

/// Selectors that mean exactly these packages: a glob where one does, `-` and `_` being alike to it.
pub(super) fn selectors(stem: &str, members: &[usize], names: &[&str]) -> Vec<String> {
    let plain = |name: &str| name.replace('-', "_");
    let stem = plain(stem);
    let kin = |name: &str| plain(name) == stem || plain(name).starts_with(&format!("{stem}_"));
    let matched = (0..names.len()).filter(|at| kin(names[*at]));
    if !matched.eq(members.iter().copied()) {
        return members.iter().map(|member| names[*member].to_owned()).collect();
    }
    let first = members.iter().map(|member| names[*member]).find(|name| plain(name) == stem);
    let begins = members.iter().map(|member| names[*member]).find(|name| name.len() > stem.len());
    let glob = begins.map(|name| format!("{}*", &name[..=stem.len()]));
    first.map(str::to_owned).into_iter().chain(glob).collect()
}

/// The first words of a name, with the separators between them.
fn words(name: &str, count: usize) -> Option<&str> {
    let mut ends = name.match_indices(['-', '_']).map(|(at, _)| at).chain([name.len()]);
    ends.nth(count - 1).map(|end| &name[..end])
}

/// The first word of half of the names: what the whole workspace is called after.
fn common_word<'n>(names: &[&'n str]) -> Option<&'n str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for first in names.iter().filter_map(|name| words(name, 1)) {
        *counts.entry(first).or_default() += 1;
    }
    let (word, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 >= names.len()).then_some(word)
}

fn stem<'n>(name: &'n str, common: Option<&str>) -> Option<&'n str> {
    let first = words(name, 1)?;
    if common == Some(first) { words(name, 2) } else { Some(first) }
}
