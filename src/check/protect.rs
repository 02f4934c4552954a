//! `protect`: B is named by A, and by itself, only.

use crate::boundaries::policy::NodeSet;
use crate::check::bans::{Ban, Words, outside};
use crate::graph::Graph;

pub(super) fn bans<'a>(graph: &Graph, target: &'a NodeSet, allow: &'a NodeSet) -> Vec<Ban<'a>> {
    vec![Ban {
        from: outside(graph, &[&target.nodes, &allow.nodes]),
        to: target.nodes.clone(),
        avoiding: allow.nodes.clone(),
        say: Box::new(|ends| Words {
            message: format!("{}: `{}` is protected", ends.may_not(), target.label),
            help: Some(if allow.nodes.is_empty() {
                format!("nobody outside of `{}` may use it", target.label)
            } else {
                format!("only `{}` may use it", allow.label)
            }),
        }),
    }]
}
