//! Baseline + graph → [`Debt`]: what of the baseline this run can speak of.

use std::collections::BTreeSet;

use super::Case;
use crate::baseline::{Baseline, Key};
use crate::boundaries::policy::Policy;
use crate::check::Violation;
use crate::graph::Graph;
use crate::graph::places::Places;
use crate::resolve::NodeKind;
use crate::settle::Debt;

/// What a run looks at.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The rules of the configuration.
    pub known_rules: &'a BTreeSet<String>,
    /// Those of them that are judged.
    pub judged_rules: &'a BTreeSet<String>,
    /// Every file was read and every rule could be bound.
    pub complete: bool,
}

pub(super) fn debt<'a>(
    case: Case<'_>,
    (graph, policy): (&Graph, &Policy),
    scope: Scope<'_>,
    baseline: Option<&'a Baseline>,
    violations: &[Violation],
) -> Debt<'a> {
    let keys = || baseline.into_iter().flat_map(|baseline| baseline.entries.keys());
    let crates = crates(case, graph);
    let sees = |key: &Key| {
        let left_out =
            scope.known_rules.contains(&key.rule) && !scope.judged_rules.contains(&key.rule);
        scope.complete && !left_out && crates.as_ref().is_none_or(|crates| starts_in(key, crates))
    };
    // By a path, only an entry finds what it stands for, and a strict component what starts in it.
    let asks = baseline.is_some() || policy.components.iter().any(|one| one.strict);
    let unbound = violations.iter().filter(|violation| asks && violation.edge.is_none());
    let paths = keys().flat_map(|key| [&key.from, &key.to]);
    let paths = paths.chain(unbound.map(|violation| &violation.owner));
    Debt {
        baseline,
        unseen: keys().filter(|key| !sees(key)).collect(),
        places: Places::find(graph, paths.map(String::as_str)),
        locked: case.locked,
    }
}

/// The crates of the packages asked for; none if all are.
fn crates(case: Case<'_>, graph: &Graph) -> Option<BTreeSet<String>> {
    let asked = |package: u32| {
        let package = case.workspace.packages.get(package as usize);
        package.is_some_and(|package| case.packages.contains(&package.name))
    };
    let nodes = graph.resolution.nodes.iter();
    let own = nodes
        .filter(|node| matches!(node.kind, NodeKind::Crate { package, .. } if asked(package.0)));
    (!case.packages.is_empty()).then(|| own.map(|node| node.name.to_string()).collect())
}

/// Whether what an entry stands for would be looked at; a circle starts nowhere for sure.
fn starts_in(key: &Key, crates: &BTreeSet<String>) -> bool {
    let first = key.from.split("::").next().unwrap_or(&key.from);
    key.from != key.to && crates.contains(first)
}
