//! Things of equal rank: the members of `independent`, the parts of `acyclic`.

use std::collections::BTreeSet;

use crate::boundaries::Problem;
use crate::boundaries::policy::NodeSet;
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Acyclic, Members};
use crate::discover::PackageId;
use crate::model::{BitSet, Span};
use crate::resolve::{NodeId, NodeKind};

use super::components::first_shared;
use super::names::{Names, kept};

/// The sets of a member list, which must not overlap.
pub(super) fn members(
    names: &Names<'_>,
    members: &Members,
    span: Span,
    problems: &mut Vec<Problem>,
) -> Vec<NodeSet> {
    let mut sets = Vec::new();
    for entry in &members.entries {
        match entry.as_slice() {
            [one] => sets.extend(names.members(std::slice::from_ref(one))),
            union => sets.push(names.set(union)),
        }
    }
    let removed = names.nodes(&members.removed.iter().map(kept).collect::<Vec<_>>());
    for set in &mut sets {
        set.nodes.subtract(&removed);
    }
    sets.retain(|set| !set.nodes.is_empty());
    overlap(names, &sets, span, problems);
    sets
}

fn overlap(names: &Names<'_>, sets: &[NodeSet], span: Span, problems: &mut Vec<Problem>) {
    let mut seen = BitSet::new();
    for (at, set) in sets.iter().enumerate() {
        if set.nodes.intersects(&seen) {
            let shared = |other: &&NodeSet| other.nodes.intersects(&set.nodes);
            let other = sets[..at].iter().find(shared).expect("what was seen is in some set");
            let node = first_shared(&other.nodes, &set.nodes).unwrap_or_default();
            let path = names.tree.resolution.path(NodeId(node as u32));
            let message =
                format!("`{path}` belongs to two members, `{}` and `{}`", other.label, set.label);
            problems.push(Problem::fatal("config/overlapping-members", span, message));
            return;
        }
        seen.union_with(&set.nodes);
    }
}

/// The parts between which no circle may be.
pub(super) fn acyclic(
    names: &Names<'_>,
    acyclic: &Acyclic,
    span: Span,
    problems: &mut Vec<Problem>,
) -> Vec<NodeSet> {
    match acyclic {
        Acyclic::Crates => packages(names),
        Acyclic::Parts(list) => members(names, list, span, problems),
        Acyclic::Below { modules, depth } => below(names, modules, *depth),
    }
}

fn packages(names: &Names<'_>) -> Vec<NodeSet> {
    let tree = &names.tree;
    let mut parts: Vec<NodeSet> = tree
        .workspace
        .packages
        .iter()
        .map(|package| NodeSet { label: package.name.clone(), nodes: BitSet::new() })
        .collect();
    for (root, _) in &tree.roots {
        if let NodeKind::Crate { package: PackageId(package), .. } = tree.kind(*root) {
            tree.add_subtree(*root, false, &mut parts[package as usize].nodes);
        }
    }
    parts.retain(|part| !part.nodes.is_empty());
    parts
}

/// The modules on so many levels below the named ones.
fn below(names: &Names<'_>, modules: &[Selector], depth: u32) -> Vec<NodeSet> {
    let wanted = names.nodes(modules);
    let mut level: BTreeSet<NodeId> = modules
        .iter()
        .filter(|selector| !selector.removes)
        .flat_map(|selector| names.heads(selector))
        .map(|head| head.node)
        .filter(|node| names.tree.is_module(*node))
        .collect();
    let mut found = BTreeSet::new();
    for _ in 0..depth {
        level = level.iter().flat_map(|node| names.tree.modules_below(*node)).collect();
        level.retain(|node| wanted.contains(node.0 as usize));
        if level.is_empty() {
            break;
        }
        found.extend(level.iter().copied());
    }
    found.into_iter().map(|node| part(names, node, &wanted)).collect()
}

fn part(names: &Names<'_>, node: NodeId, wanted: &BitSet) -> NodeSet {
    let mut all = BitSet::new();
    names.tree.add_subtree(node, false, &mut all);
    let mut nodes = BitSet::new();
    for node in all.iter().filter(|node| wanted.contains(*node)) {
        nodes.insert(node);
    }
    NodeSet { label: names.tree.resolution.path(node), nodes }
}
