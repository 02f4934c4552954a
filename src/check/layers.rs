//! `layers`: upper layers name lower ones, never the other way round, and nobody jumps over a
//! closed one.
//!
//! A chain that passes through another layer is that layer's affair; one that passes through
//! modules in no layer is no way around.

use crate::boundaries::policy::{Layer, NodeSet, Stack};
use crate::check::bans::{Ban, Ends, Words, apart, minus};
use crate::check::independent;
use crate::model::BitSet;

pub(super) fn bans(stacks: &[Stack]) -> Vec<Ban<'_>> {
    stacks.iter().flat_map(stack).collect()
}

fn stack(stack: &Stack) -> impl Iterator<Item = Ban<'_>> {
    let layers = &stack.layers;
    let places = layers.iter().enumerate();
    let places = places.flat_map(|(at, layer)| layer.siblings.iter().map(move |own| (at, own)));
    places.map(move |(at, own)| ban(layers, at, own))
}

fn ban<'a>(layers: &'a [Layer], at: usize, own: &'a NodeSet) -> Ban<'a> {
    let closed_to = |other: usize| other < at || jumped(layers, at, other).is_some();
    let others = layers.iter().enumerate().flat_map(|(other, layer)| {
        let beside = other == at && layer.independent;
        let siblings = layer.siblings.iter().filter(move |sibling| !std::ptr::eq(*sibling, own));
        siblings.filter(move |_| beside || closed_to(other))
    });
    let (from, to) = apart(&own.nodes, others.map(|set| &set.nodes));
    let mut avoiding = BitSet::new();
    let sets = layers.iter().flat_map(|layer| &layer.siblings);
    sets.for_each(|set| avoiding.union_with(&minus(&minus(&set.nodes, &from), &to)));
    Ban { from, to, avoiding, say: Box::new(move |ends| say(layers, at, own, ends)) }
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
