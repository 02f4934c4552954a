//! `expose`: outsiders name only the face of a component.

use crate::boundaries::policy::{NodeSet, Policy, Rule, Verb};
use crate::check::bans::{Ban, Words, minus, outside};
use crate::graph::Graph;
use crate::model::BitSet;

pub(super) fn bans<'a>(
    graph: &Graph,
    (policy, rule): (&Policy, &Rule),
    component: &'a NodeSet,
    face: &'a NodeSet,
    to: Option<&NodeSet>,
) -> Vec<Ban<'a>> {
    let from = match to {
        Some(outsiders) => minus(&outsiders.nodes, &component.nodes),
        None => {
            outside(graph, &[&component.nodes, &with_a_face_of_their_own(policy, rule, component)])
        }
    };
    vec![Ban {
        from,
        to: minus(&component.nodes, &face.nodes),
        avoiding: face.nodes.clone(),
        say: Box::new(|ends| Words {
            message: format!("{}: `{}` does not expose it", ends.may_not(), component.label),
            help: Some(format!("`{}` exposes `{}`", component.label, face.label)),
        }),
    }]
}

/// The outsiders to whom another rule shows a particular face of the component. What a member's own
/// file shows to itself opens nothing that the workspace's file closes.
fn with_a_face_of_their_own(policy: &Policy, rule: &Rule, component: &NodeSet) -> BitSet {
    let mut outsiders = BitSet::new();
    for rule in policy.rules.iter().filter(|other| other.span.file == rule.span.file) {
        if let Verb::Expose { component: other, to: Some(to), .. } = &rule.verb
            && other.nodes == component.nodes
        {
            outsiders.union_with(&to.nodes);
        }
    }
    outsiders
}
