//! What a rule of a member's own file may speak of.

use crate::boundaries::Problem;
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Acyclic, Rule, Statement};
use crate::discover::PackageId;
use crate::model::{BitSet, Span};
use crate::resolve::NodeKind;

use super::names::Names;

/// The nodes of a package, all its targets taken together.
pub(super) fn nodes(names: &Names<'_>, member: PackageId) -> BitSet {
    let mut nodes = BitSet::new();
    for (root, _) in &names.tree.roots {
        if matches!(names.tree.kind(*root), NodeKind::Crate { package, .. } if package == member) {
            names.tree.add_subtree(*root, false, &mut nodes);
        }
    }
    nodes
}

/// Notes whom the rule restricts outside of its member: their rules are written elsewhere.
pub(super) fn restrict(
    names: &Names<'_>,
    rule: &Rule,
    (member, own): (PackageId, &BitSet),
    problems: &mut Vec<Problem>,
) {
    let package = &names.tree.workspace.packages[member.0 as usize].name;
    if matches!(rule.statement, Statement::Acyclic(Acyclic::Crates, _)) {
        problems.push(outside("crates", package, rule.span));
    }
    for list in restricted(&rule.statement) {
        if names.nodes(list).is_subset(own) {
            continue;
        }
        let foreign = list
            .iter()
            .filter(|one| !one.removes)
            .find(|one| !names.nodes(std::slice::from_ref(*one)).is_subset(own));
        problems.extend(foreign.map(|one| outside(&one.text, package, one.span)));
    }
}

fn outside(text: &str, package: &str, span: Span) -> Problem {
    let message = format!("`{text}` is not in `{package}`, whose file this is");
    Problem::fatal("config/nested", span, message).with_help(
        "a member's file speaks of what its own package uses; write this into the \
         `boundaries.toml` of the workspace",
    )
}

/// The lists of those whom a statement restricts.
fn restricted(statement: &Statement) -> Vec<&[Selector]> {
    match statement {
        Statement::Forbid(edges) | Statement::Deprecate(edges) => {
            edges.iter().map(|edge| &edge.from[..]).collect()
        }
        Statement::Only(edge) | Statement::Require(edge) => vec![&edge.from],
        Statement::Expose { to, .. } => to.iter().map(Vec::as_slice).collect(),
        Statement::Layers(layers) => {
            layers.within.iter().map(Vec::as_slice).chain([&layers.outsiders[..]]).collect()
        }
        Statement::Acyclic(Acyclic::Below { modules, .. }, _) => vec![modules],
        Statement::Acyclic(Acyclic::Parts(members), _) => {
            members.entries.iter().map(Vec::as_slice).collect()
        }
        Statement::Flag { from, .. } => from.iter().map(Vec::as_slice).collect(),
        // Whoever else is meant by these is not judged by a member's rule.
        Statement::Protect { .. }
        | Statement::Independent(_)
        | Statement::Acyclic(Acyclic::Crates, _) => Vec::new(),
    }
}
