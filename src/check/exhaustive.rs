//! `settings.exhaustive`: every module belongs to a component.

use crate::boundaries::policy::Policy;
use crate::check::Violation;
use crate::discover::TargetKind;
use crate::graph::{Grain, Graph};
use crate::model::{BitSet, Severity, Span};
use crate::resolve::{NodeId, NodeKind};

/// The id of the rule that the setting is.
const UNASSIGNED_MODULE: &str = "config/unassigned-module";

/// One for each module of a library or program that is in no component; modules below it are not
/// repeated. One that only holds modules of components together needs no component itself.
pub(super) fn violations(graph: &Graph, policy: &Policy) -> Vec<Violation> {
    let Some(setting) = policy.exhaustive else { return Vec::new() };
    let mut assigned = BitSet::new();
    policy.components.iter().for_each(|component| assigned.union_with(&component.set.nodes));
    let holding = holding(graph, &assigned);
    let nodes = (0..).map(NodeId).take(graph.resolution.nodes.len());
    let modules = nodes.filter(|node| is_judged(graph, *node));
    let violations = modules.filter(|module| {
        let parent = graph.resolution.node(*module).parent;
        let topmost = parent.is_none_or(|parent| has(&assigned, parent) || has(&holding, parent));
        let bare = has(&holding, *module) && !has_items(graph, *module);
        topmost && !has(&assigned, *module) && !bare
    });
    violations.map(|module| violation(graph, module, setting)).collect()
}

fn has(set: &BitSet, node: NodeId) -> bool {
    set.contains(node.0 as usize)
}

fn is_judged(graph: &Graph, node: NodeId) -> bool {
    let root = graph.at(Grain::Crates, node);
    let of_member =
        |kind| matches!(kind, NodeKind::Crate { target: TargetKind::Lib | TargetKind::Bin, .. });
    graph.resolution.module(node) == node && of_member(graph.resolution.node(root).kind)
}

/// The nodes above an assigned one.
fn holding(graph: &Graph, assigned: &BitSet) -> BitSet {
    let mut holding = BitSet::new();
    for node in assigned.iter() {
        let parent = |node: NodeId| graph.resolution.node(node).parent;
        let above = std::iter::successors(parent(NodeId(node as u32)), |node| parent(*node));
        for node in above {
            holding.insert(node.0 as usize);
        }
    }
    holding
}

fn has_items(graph: &Graph, module: NodeId) -> bool {
    let mut nodes = graph.nodes_of_crate(graph.at(Grain::Crates, module));
    nodes.any(|node| {
        let node = graph.resolution.node(node);
        node.parent == Some(module) && node.kind == NodeKind::Item
    })
}

fn violation(graph: &Graph, module: NodeId, setting: Span) -> Violation {
    let node = graph.resolution.node(module);
    let path = graph.resolution.path(module);
    let message = format!("`{path}` belongs to no component");
    let span = node.span.unwrap_or(setting);
    Violation {
        label: "this module".to_owned(),
        from: path.clone(),
        owner: path,
        related: vec![(setting, "every module must belong to one".to_owned())],
        help: Some("add it to one of the `[components]`".to_owned()),
        ..Violation::new(UNASSIGNED_MODULE, Severity::Deny, span, message)
    }
}
