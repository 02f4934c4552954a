//! Components that share modules where the settings let them.

use crate::boundaries::policy::{Component, Policy};
use crate::check::Violation;
use crate::graph::Graph;
use crate::model::Severity;
use crate::resolve::NodeId;

use super::OVERLAPPING_COMPONENTS;

/// One for each pair that shares modules, told at the later one; one within another is well said.
pub(super) fn violations(graph: &Graph, policy: &Policy) -> Vec<Violation> {
    let mut found = Vec::new();
    for (at, later) in policy.components.iter().enumerate() {
        let earlier = policy.components[..at].iter();
        found.extend(earlier.filter_map(|earlier| overlap(graph, earlier, later)));
    }
    found
}

fn overlap(graph: &Graph, earlier: &Component, later: &Component) -> Option<Violation> {
    let (one, two) = (&earlier.set.nodes, &later.set.nodes);
    let shared = one.iter().find(|node| two.contains(*node))?;
    let (first, second) = (&earlier.name, &later.name);
    let (message, help) = match (one.is_subset(two), two.is_subset(one)) {
        (true, true) => (
            format!("components `{first}` and `{second}` are the same modules"),
            "keep one of the two names",
        ),
        (false, false) => {
            let path = graph.resolution.path(NodeId(shared as u32));
            let message = format!("components `{first}` and `{second}` both have `{path}` in them");
            (message, "take it out of one of them by `not`")
        }
        _ => return None,
    };
    let mut violation = Violation::new(OVERLAPPING_COMPONENTS, Severity::Warn, later.span, message);
    violation.owner.clone_from(second);
    violation.item.clone_from(first);
    violation.related = vec![(earlier.span, format!("`{first}` is this"))];
    violation.help = Some(help.to_owned());
    Some(violation)
}
