//! Layers as written → one stack for all, or one for each container.

use crate::boundaries::Problem;
use crate::boundaries::nearest::did_you_mean;
use crate::boundaries::policy::{self, NodeSet, Scopes, Stack};
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Layer, Layers, Rule, Sibling};
use crate::discover::TargetKind;
use crate::model::{BitSet, CodeScope};
use crate::resolve::{NodeId, NodeKind};

use super::components::first_shared;
use super::matching;
use super::names::Names;
use super::unmatched::{self, Demand};

/// A container: a module, or the roots of a package's targets.
struct Container {
    label: String,
    roots: Vec<NodeId>,
}

/// The stacks of one rule.
pub(super) fn stacks(
    names: &Names<'_>,
    rule: &Rule,
    layers: &Layers,
    scopes: &Scopes,
    problems: &mut Vec<Problem>,
) -> Vec<Stack> {
    let Some(within) = &layers.within else {
        return vec![free_stack(names, rule, layers, problems)];
    };
    let demand = Demand { key: "within", optional: rule.optional, components: true };
    unmatched::tell(names, within, demand, problems);
    let containers = containers(names, within, problems);
    missing(names, rule, layers, within, &containers, problems);
    containers.iter().map(|one| stack(names, layers, one, scopes, problems)).collect()
}

/// The stacks, each with those of the outsiders that stand in no layer of any stack.
pub(super) fn with_outsiders(mut stacks: Vec<Stack>, outsiders: &NodeSet) -> Vec<Stack> {
    let mut outside = outsiders.clone();
    let layers = stacks.iter().flat_map(|stack| &stack.layers);
    for sibling in layers.flat_map(|layer| &layer.siblings) {
        outside.nodes.subtract(&sibling.nodes);
    }
    for stack in &mut stacks {
        stack.outsiders = outside.clone();
    }
    stacks
}

/// Layers that are paths of their own.
fn free_stack(
    names: &Names<'_>,
    rule: &Rule,
    layers: &Layers,
    problems: &mut Vec<Problem>,
) -> Stack {
    let set = |sibling: &Sibling| names.set(std::slice::from_ref(&sibling.selector));
    for sibling in layers.layers.iter().flat_map(|layer| &layer.siblings) {
        let optional = rule.optional || sibling.optional;
        let demand = Demand { key: "layers", optional, components: true };
        unmatched::tell(names, std::slice::from_ref(&sibling.selector), demand, problems);
        let empty = set(sibling).nodes.is_empty();
        if empty && !optional && names.component(&sibling.selector).is_some() {
            problems.push(empty_layer(sibling));
        }
    }
    let bound = layers.layers.iter().map(|layer| bound_layer(layer, set)).collect();
    finished(names, layers, Stack { container: None, layers: bound, ..Stack::default() }, problems)
}

/// The component is there, but has nothing in it.
fn empty_layer(sibling: &Sibling) -> Problem {
    let name = &sibling.selector.text;
    let message = format!("layer `{name}` is empty");
    Problem::fatal("config/empty-layer", sibling.selector.span, message)
        .with_help(format!("write `{name}?` if it may be"))
}

fn bound_layer(layer: &Layer, set: impl Fn(&Sibling) -> NodeSet) -> policy::Layer {
    let siblings = layer.siblings.iter().map(set).filter(|set| !set.nodes.is_empty()).collect();
    policy::Layer { siblings, independent: layer.independent, closed: layer.closed }
}

/// Layers without any part are left out; no node may be in two.
fn finished(
    names: &Names<'_>,
    layers: &Layers,
    mut stack: Stack,
    problems: &mut Vec<Problem>,
) -> Stack {
    let mut seen = BitSet::new();
    for (layer, written) in stack.layers.iter().zip(&layers.layers) {
        for sibling in &layer.siblings {
            if let Some(shared) = first_shared(&sibling.nodes, &seen) {
                let path = names.tree.resolution.path(NodeId(shared as u32));
                let message = format!("`{path}` is in two layers, one of them `{}`", sibling.label);
                problems.push(Problem::fatal("config/overlapping-layers", written.span, message));
            }
            seen.union_with(&sibling.nodes);
        }
    }
    stack.layers.retain(|layer| !layer.siblings.is_empty());
    stack
}

fn containers(
    names: &Names<'_>,
    within: &[Selector],
    problems: &mut Vec<Problem>,
) -> Vec<Container> {
    let mut containers: Vec<Container> = Vec::new();
    for selector in within.iter().filter(|selector| unmatched::is_outside(names, selector)) {
        let message = format!("container `{}` is not in this workspace", selector.text);
        problems.push(Problem::fatal("config/unknown-container", selector.span, message));
    }
    let wanted = names.nodes(within);
    for selector in within.iter().filter(|selector| !selector.removes) {
        let heads = names.heads(selector);
        let modules = heads
            .iter()
            .map(|head| head.node)
            .filter(|node| names.tree.is_module(*node) && wanted.contains(node.0 as usize));
        for node in modules {
            add_container(names, selector, node, &mut containers);
        }
    }
    for container in &mut containers {
        container.label = names.best_path(&container.roots);
    }
    containers
}

/// The targets of one package make one container.
fn add_container(
    names: &Names<'_>,
    selector: &Selector,
    node: NodeId,
    containers: &mut Vec<Container>,
) {
    if containers.iter().any(|container| container.roots.contains(&node)) {
        return;
    }
    let label = names.group_label(selector, node);
    match containers.iter_mut().find(|container| container.label == label) {
        Some(container) => container.roots.push(node),
        None => containers.push(Container { label, roots: vec![node] }),
    }
}

/// A layer that is nowhere; in a container named by hand it must be in that very one.
fn missing(
    names: &Names<'_>,
    rule: &Rule,
    layers: &Layers,
    within: &[Selector],
    containers: &[Container],
    problems: &mut Vec<Problem>,
) {
    let by_hand = within.iter().all(Selector::is_plain);
    for sibling in layers.layers.iter().flat_map(|layer| &layer.siblings) {
        if sibling.optional || rule.optional || containers.is_empty() {
            continue;
        }
        let lacks = |one: &&Container| layer_nodes(names, sibling, one).is_empty();
        let lacking: Vec<&Container> = containers.iter().filter(lacks).collect();
        if lacking.len() == containers.len() || by_hand && !lacking.is_empty() {
            problems.push(missing_layer(names, sibling, lacking[0]));
        }
    }
}

fn missing_layer(names: &Names<'_>, sibling: &Sibling, container: &Container) -> Problem {
    let name = &sibling.selector.text;
    let message = format!("there is no layer `{name}` in `{}`", container.label);
    let below = container.roots.iter().flat_map(|root| names.tree.modules_below(*root));
    let known: Vec<&str> = below.map(|node| names.tree.name(node)).collect();
    let help = did_you_mean(name, known.iter().copied())
        .unwrap_or_else(|| format!("write `{name}?` if it need not be there"));
    Problem::fatal("config/unmatched", sibling.selector.span, message).with_help(help)
}

fn layer_nodes(names: &Names<'_>, sibling: &Sibling, container: &Container) -> BitSet {
    let mut nodes = BitSet::new();
    for root in &container.roots {
        for node in matching::below(&names.tree, *root, &sibling.selector.segments) {
            names.tree.add_subtree(node, sibling.selector.exact, &mut nodes);
        }
    }
    nodes
}

fn stack(
    names: &Names<'_>,
    layers: &Layers,
    container: &Container,
    scopes: &Scopes,
    problems: &mut Vec<Problem>,
) -> Stack {
    let set = |sibling: &Sibling| NodeSet {
        label: format!("{}::{}", container.label, sibling.selector.text),
        nodes: layer_nodes(names, sibling, container),
    };
    let bound = layers.layers.iter().map(|layer| bound_layer(layer, set)).collect();
    let stack = Stack {
        container: Some(container.label.clone()),
        layers: bound,
        undeclared: undeclared(names, layers, container, scopes),
        exhaustive: layers.exhaustive.is_some(),
        ..Stack::default()
    };
    finished(names, layers, stack, problems)
}

/// The children of a container that have no layer though each must have one.
fn undeclared(
    names: &Names<'_>,
    layers: &Layers,
    container: &Container,
    scopes: &Scopes,
) -> Vec<NodeId> {
    if layers.exhaustive.is_none() {
        return Vec::new();
    }
    let mut declared = BitSet::new();
    for sibling in layers.layers.iter().flat_map(|layer| &layer.siblings) {
        declared.union_with(&layer_nodes(names, sibling, container));
    }
    for root in &container.roots {
        for ignored in &layers.ignore {
            for node in matching::below(&names.tree, *root, &ignored.segments) {
                declared.insert(node.0 as usize);
            }
        }
    }
    let judged = container.roots.iter().filter(|root| built_in(names, **root, scopes));
    judged
        .flat_map(|root| names.tree.modules_below(*root))
        .filter(|node| !declared.contains(node.0 as usize) && lives_in(names, *node, scopes))
        .collect()
}

/// Whether the target of a module belongs to one of the scopes; libraries and programs have code
/// of all scopes in them.
fn built_in(names: &Names<'_>, node: NodeId, scopes: &Scopes) -> bool {
    let root = names.tree.resolution.crate_of(node);
    let NodeKind::Crate { target, .. } = names.tree.kind(root) else { return false };
    scopes.contains(match target {
        TargetKind::Lib | TargetKind::Bin => return true,
        TargetKind::Build => CodeScope::Build,
        TargetKind::Test => CodeScope::Test,
        TargetKind::Bench => CodeScope::Bench,
        TargetKind::Example => CodeScope::Example,
    })
}

/// Whether a module has code of these scopes: one whose every name stands in tests is a test.
fn lives_in(names: &Names<'_>, module: NodeId, scopes: &Scopes) -> bool {
    let mut inner = BitSet::new();
    names.tree.add_subtree(module, false, &mut inner);
    let references = &names.tree.resolution.references;
    let mut own = references.iter().filter(|one| inner.contains(one.from.0 as usize)).peekable();
    own.peek().is_none() || own.any(|reference| scopes.contains(reference.scope))
}
