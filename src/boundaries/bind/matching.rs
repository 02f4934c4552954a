//! A selector's path walked down the tree → the nodes that it leads to.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::boundaries::selector::{Pattern, Segment, Selector};
use crate::resolve::{NodeId, NodeKind};

use super::tree::{Root, Tree};

/// What captures stand for.
pub(super) type Bindings = BTreeMap<String, String>;

/// The key in [`Bindings`] of what `!{f}` was found to be.
pub(super) fn other_key(name: &str) -> String {
    format!("!{name}")
}

/// A node that a selector leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Head {
    pub(super) node: NodeId,
    /// Nothing below it counts.
    pub(super) exact: bool,
    pub(super) bound: Bindings,
}

/// Where a walk stands: below this node (or above all roots), before this segment.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Step {
    at: Option<NodeId>,
    segment: usize,
    bound: Bindings,
}

/// The nodes that a path from the roots leads to, ascending.
pub(super) fn heads(tree: &Tree<'_>, selector: &Selector) -> Vec<Head> {
    let found = walk(tree, None, selector.external, &selector.segments);
    found.into_iter().map(|(node, bound)| Head { node, exact: selector.exact, bound }).collect()
}

/// The nodes that a path from this node leads to, ascending.
pub(super) fn below(tree: &Tree<'_>, node: NodeId, segments: &[Segment]) -> Vec<NodeId> {
    walk(tree, Some(node), false, segments).into_iter().map(|(node, _)| node).collect()
}

/// The nodes that the first segments lead to.
pub(super) fn prefix(tree: &Tree<'_>, selector: &Selector, length: usize) -> Vec<NodeId> {
    let found = walk(tree, None, selector.external, &selector.segments[..length]);
    found.into_iter().map(|(node, _)| node).collect()
}

fn walk(
    tree: &Tree<'_>,
    start: Option<NodeId>,
    external: bool,
    segments: &[Segment],
) -> Vec<(NodeId, Bindings)> {
    // Only with a second `**` can there be two ways to the same place of a tree.
    let rests = segments.iter().filter(|segment| segment.pattern == Pattern::Rest);
    let repeats = rests.count() > 1;
    let mut seen = FxHashSet::default();
    let mut open = vec![Step { at: start, segment: 0, bound: Bindings::new() }];
    let mut found = Vec::new();
    while let Some(step) = open.pop() {
        if repeats && !seen.insert(step.clone()) {
            continue;
        }
        match (step.at, segments.get(step.segment)) {
            (Some(node), None) => {
                found.push((node, step.bound));
            }
            (_, Some(segment)) => {
                let last = step.segment + 1 == segments.len();
                follow(tree, external, &segment.pattern, last, &step, &mut open);
            }
            (None, None) => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn follow(
    tree: &Tree<'_>,
    external: bool,
    pattern: &Pattern,
    last: bool,
    step: &Step,
    open: &mut Vec<Step>,
) {
    if *pattern == Pattern::Rest && !last {
        open.push(Step { segment: step.segment + 1, ..step.clone() });
    }
    let stays = *pattern == Pattern::Rest && !last;
    let segment = if stays { step.segment } else { step.segment + 1 };
    let mut go_on = |node: NodeId, name: &str| {
        let binds = tree.is_module(node) || external;
        if let Some(bound) = matched(pattern, name, binds, &step.bound) {
            open.push(Step { at: Some(node), segment, bound });
        }
    };
    // What may come next, each with the name that counts.
    match step.at {
        Some(node) => tree.children(node).for_each(|one| go_on(one, tree.name(one))),
        None if external => outside(tree, pattern).iter().for_each(|(one, name)| go_on(*one, name)),
        None => inside(tree, pattern).iter().for_each(|(one, name)| go_on(*one, name)),
    }
}

fn outside<'t>(tree: &'t Tree<'_>, pattern: &Pattern) -> Vec<(NodeId, &'t str)> {
    let mut found = Vec::new();
    for (id, root) in &tree.roots {
        match root {
            Root::External(_, library) if fits(pattern, library) => {
                found.push((*id, library.as_str()));
            }
            Root::External(name, _) => found.push((*id, name.as_str())),
            Root::Standard(name) if *pattern == Pattern::Name(name.clone()) => {
                found.push((*id, name.as_str()));
            }
            Root::Standard(_) | Root::Member { .. } => {}
        }
    }
    found
}

/// Members by target, package or library; a package's name comes before a library's.
fn inside<'t>(tree: &'t Tree<'_>, pattern: &Pattern) -> Vec<(NodeId, &'t str)> {
    let by_target =
        matches!(pattern, Pattern::Name(text) | Pattern::Glob(text) if text.contains('/'));
    let package_named = matches!(pattern, Pattern::Name(name) if tree.roots.iter().any(|(_, root)| {
        matches!(root, Root::Member { package, .. } if package == name)
    }));
    let mut found = Vec::new();
    for (id, root) in &tree.roots {
        match root {
            Root::Member { target, .. } if by_target => found.push((*id, target.as_str())),
            Root::Member { package, library: Some(library), .. }
                if !package_named && !fits(pattern, package) =>
            {
                found.push((*id, library.as_str()));
            }
            Root::Member { package, .. } => found.push((*id, package.as_str())),
            Root::Standard(name) if *pattern == Pattern::Name(name.clone()) => {
                found.push((*id, name.as_str()));
            }
            Root::External(..) | Root::Standard(_) => {}
        }
    }
    let member = |id: NodeId| matches!(tree.kind(id), NodeKind::Crate { .. });
    let named = found.iter().any(|(id, name)| member(*id) && fits(pattern, name));
    found.retain(|(id, _)| !named || member(*id));
    found
}

/// Whether a name alone matches.
pub(super) fn fits(pattern: &Pattern, name: &str) -> bool {
    matched(pattern, name, true, &Bindings::new()).is_some()
}

/// The bindings after this name; none where it does not match.
fn matched(pattern: &Pattern, name: &str, binds: bool, bound: &Bindings) -> Option<Bindings> {
    let is = |key: &str| bound.get(key).map(|value| value == name);
    let (fits, key) = match pattern {
        Pattern::Name(wanted) => (wanted == name, None),
        Pattern::Glob(pattern) => (glob(pattern, name), None),
        Pattern::Rest => (true, None),
        Pattern::Capture(key) => {
            let fits = is(key) != Some(false) && is(&other_key(key)) != Some(true);
            (binds && fits, Some(key.clone()))
        }
        Pattern::Other(key) => (binds && is(key) != Some(true), Some(other_key(key))),
    };
    let mut bound = fits.then(|| bound.clone())?;
    bound.extend(key.map(|key| (key, name.to_owned())));
    Some(bound)
}

/// Whether a name matches a pattern in which `*` stands for any letters but `/`.
fn glob(pattern: &str, name: &str) -> bool {
    let (patterns, names): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), name.split('/').collect());
    patterns.len() == names.len()
        && patterns.iter().zip(&names).all(|(pattern, name)| glob_word(pattern, name))
}

fn glob_word(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn a_star_stands_for_any_letters_of_one_name() {
        for (pattern, name) in [
            ("*", "a"),
            ("nu_*", "nu_cli"),
            ("*_derive", "serde_derive"),
            ("a*b*c", "axxbyyc"),
            ("a*", "a"),
            ("shop/*/*", "shop/bin/shop"),
        ] {
            assert!(glob(pattern, name), "{pattern} should match {name}");
        }
        for (pattern, name) in [
            ("nu_*", "anu_cli"),
            ("a*b*c", "axxcyyb"),
            ("aba*aba", "aba"),
            ("shop/*", "shop/bin/shop"),
            ("*", "shop/bin/shop"),
        ] {
            assert!(!glob(pattern, name), "{pattern} should not match {name}");
        }
    }
}
