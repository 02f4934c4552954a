//! `layers`: upper layers name lower ones, never the other way round, and nobody jumps over a
//! closed one.
//!
//! A chain that passes through another layer is that layer's affair; one that passes through
//! modules in no layer is no way around.

use std::cmp::Ordering;

use crate::boundaries::policy::{Layer, NodeSet, Stack};
use crate::check::bans::{Ban, Ends, Words, apart, minus, union};
use crate::check::view::View;
use crate::check::{Violation, independent, words};
use crate::model::BitSet;
use crate::resolve::NodeId;

pub(super) fn bans(stacks: &[Stack]) -> Vec<Ban<'_>> {
    stacks.iter().flat_map(stack).collect()
}

/// Where the layers are meant to be all there is: the modules beside them.
pub(super) fn undeclared(view: &View, stacks: &[Stack]) -> Vec<Violation> {
    let of = |stack: &Stack| {
        let container = stack.container.clone().unwrap_or_default();
        let modules = stack.undeclared.clone().into_iter();
        modules.map(move |module| outside(view, &container, module))
    };
    stacks.iter().flat_map(of).collect()
}

fn outside(view: &View, container: &str, module: NodeId) -> Violation {
    let resolution = &view.graph.resolution;
    let path = resolution.path(module);
    let span = resolution.node(module).span.unwrap_or(view.rule.span);
    let message = format!("`{path}` stands in no layer of `{container}`");
    Violation {
        label: "this module".to_owned(),
        from: path.clone(),
        owner: path,
        help: Some("give it a layer, or list it in `ignore`".to_owned()),
        ..words::bare(view.rule, span, message)
    }
}

/// One sibling of a layer.
struct Place<'a> {
    /// Its layer, counted from the top.
    layer: usize,
    sibling: &'a NodeSet,
    /// Its nodes, but for those of a smaller one.
    nodes: BitSet,
}

fn stack(stack: &Stack) -> Vec<Ban<'_>> {
    let layers = &stack.layers;
    let siblings = layers.iter().enumerate();
    let siblings: Vec<(usize, &NodeSet)> = siblings
        .flat_map(|(at, layer)| layer.siblings.iter().map(move |sibling| (at, sibling)))
        .collect();
    let sets = apart(siblings.iter().map(|(_, sibling)| *sibling));
    let place = |((layer, sibling), nodes)| Place { layer, sibling, nodes };
    let places: Vec<Place> = siblings.into_iter().zip(sets).map(place).collect();
    let mut bans: Vec<Ban> = places.iter().map(|own| ban(layers, &places, own)).collect();
    bans.push(ban_outsiders(stack, &places));
    bans
}

/// Where it matters who stands in no layer: whoever does names none.
fn ban_outsiders<'a>(stack: &'a Stack, places: &[Place]) -> Ban<'a> {
    Ban {
        from: stack.outsiders.nodes.clone(),
        to: union(places.iter().map(|place| &place.nodes)),
        avoiding: BitSet::new(),
        say: Box::new(|ends| {
            let layer = place(&stack.layers, ends).map_or(ends.to.as_str(), |(_, set)| &set.label);
            Words {
                message: format!("{}: it stands in no layer, and `{layer}` is one", ends.may_not()),
                help: Some("give it a layer, or take it out of `outsiders`".to_owned()),
            }
        }),
    }
}

fn ban<'a>(layers: &'a [Layer], places: &[Place], own: &Place<'a>) -> Ban<'a> {
    let (at, sibling) = (own.layer, own.sibling);
    let closed_to = |other: &&Place| match other.layer.cmp(&at) {
        Ordering::Less => true,
        Ordering::Equal => layers[at].independent && !std::ptr::eq(other.sibling, sibling),
        Ordering::Greater => jumped(layers, at, other.layer).is_some(),
    };
    let to = union(places.iter().filter(closed_to).map(|place| &place.nodes));
    let open = places.iter().filter(|place| !std::ptr::eq(place.sibling, sibling));
    Ban {
        from: own.nodes.clone(),
        avoiding: minus(&union(open.map(|place| &place.nodes)), &to),
        to,
        say: Box::new(move |ends| say(layers, at, sibling, ends)),
    }
}

/// The closed layer between an upper and a lower one.
fn jumped(layers: &[Layer], upper: usize, lower: usize) -> Option<&Layer> {
    layers.get(upper + 1..lower)?.iter().find(|layer| layer.closed)
}

fn say(layers: &[Layer], at: usize, own: &NodeSet, ends: &Ends) -> Words {
    let (place, other) = place(layers, ends).unwrap_or((at, own));
    if place == at {
        return independent::say(ends, own, Some(other));
    }
    let (may_not, own, other) = (ends.may_not(), &own.label, &other.label);
    let Some(closed) = jumped(layers, at, place).map(label) else {
        return Words {
            message: format!("{may_not}: layer `{own}` is below layer `{other}`"),
            help: None,
        };
    };
    Words {
        message: format!("{may_not}: layer `{closed}` between `{own}` and `{other}` is closed"),
        help: Some(format!("go through `{closed}`")),
    }
}

/// The layer to which the target belongs: the smallest that holds it.
fn place<'a>(layers: &'a [Layer], ends: &Ends) -> Option<(usize, &'a NodeSet)> {
    let sets = layers.iter().flat_map(|layer| &layer.siblings);
    let target = independent::smallest(sets, ends.target)?;
    let holds = |layer: &Layer| layer.siblings.iter().any(|own| std::ptr::eq(own, target));
    Some((layers.iter().position(holds)?, target))
}

fn label(layer: &Layer) -> String {
    let labels: Vec<&str> = layer.siblings.iter().map(|sibling| sibling.label.as_str()).collect();
    labels.join(" | ")
}
