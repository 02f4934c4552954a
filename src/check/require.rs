//! `require`: each of A names B at least once.

use crate::boundaries::policy::NodeSet;
use crate::check::Violation;
use crate::check::view::View;
use crate::check::words;
use crate::resolve::NodeId;

pub(super) fn violations(view: &View, from: &[NodeSet], to: &NodeSet) -> Vec<Violation> {
    let lacking = from.iter().filter(|who| !names(view, who, to));
    lacking.filter_map(|who| violation(view, who, to)).collect()
}

fn names(view: &View, who: &NodeSet, to: &NodeSet) -> bool {
    let references = who.nodes.iter().flat_map(|node| view.graph.outgoing(NodeId(node as u32)));
    let mut targets = references.filter_map(|(_, reference)| view.target(reference));
    targets.any(|target| to.nodes.contains(target.0 as usize))
}

fn violation(view: &View, who: &NodeSet, to: &NodeSet) -> Option<Violation> {
    let resolution = &view.graph.resolution;
    let first = |set: &NodeSet| set.nodes.iter().next().map(|node| NodeId(node as u32));
    let top = first(who)?;
    let excused = |target| view.excuses(top, NodeId(target as u32));
    if to.nodes.iter().any(excused) {
        return None;
    }
    let span = resolution.node(top).span.unwrap_or(view.rule.span);
    let (owner, target) = (resolution.path(top), &to.label);
    let message = format!("`{owner}` must use `{target}`, and does not");
    Some(Violation {
        label: format!("nothing in here names `{target}`"),
        edge: first(to).map(|target| (top, target)),
        from: resolution.path(resolution.module(top)),
        to: target.clone(),
        item: target.clone(),
        owner,
        ..words::bare(view.rule, span, message)
    })
}
