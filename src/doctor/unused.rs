//! Names that a rule allows, and that nobody makes use of.

use crate::boundaries::policy::{Allowance, Verb};
use crate::check::Violation;
use crate::graph::Graph;
use crate::model::{BitSet, Severity};
use crate::resolve::Reference;

use super::{Case, UNUSED_ALLOW, about};

/// One for each.
pub(super) fn violations(graph: &Graph, cases: &[Case]) -> Vec<Violation> {
    let mut found = Vec::new();
    for case in cases {
        let unused = case.rule.allowances.iter().filter(|one| !is_used(graph, case, one));
        found.extend(unused.map(|allowance| violation(case, allowance)));
    }
    found
}

fn is_used(graph: &Graph, case: &Case, allowance: &Allowance) -> bool {
    let own = &allowance.set.nodes;
    let judged = |one: &Reference| case.rule.scopes.contains(one.scope);
    let leads = |one: &Reference, from: &BitSet, to: &BitSet| {
        let names = to.contains(one.to.0 as usize) || to.contains(one.written_to.0 as usize);
        from.contains(one.from.0 as usize) && names
    };
    let mut references = graph.references().map(|(_, one)| one).filter(|one| judged(one));
    match (&case.rule.verb, allowance.key) {
        (Verb::Only { from, .. }, "only") => references.any(|one| leads(one, &from.nodes, own)),
        (Verb::Protect { target, .. }, "allow") => {
            references.any(|one| leads(one, own, &target.nodes))
        }
        // A gateway is of use if what is forbidden goes through it, be it one step of the way.
        _ => references.any(|one| case.passes(one, own)),
    }
}

impl Case<'_> {
    fn passes(&self, reference: &Reference, gateway: &BitSet) -> bool {
        let has = |set: &BitSet, end: crate::resolve::NodeId| set.contains(end.0 as usize);
        let (from, to) = (reference.from, reference.to);
        self.bans.iter().any(|ban| {
            has(gateway, from) && has(&ban.to, to) || has(&ban.from, from) && has(gateway, to)
        })
    }
}

fn violation(case: &Case, allowance: &Allowance) -> Violation {
    let (name, id) = (&allowance.set.label, &case.rule.id);
    let message = match allowance.key {
        "only" => format!("rule `{id}` allows `{name}`, which nobody of whom it speaks uses"),
        "via" => format!("rule `{id}` is open via `{name}`, through which nothing goes"),
        _ => format!("rule `{id}` allows `{name}`, which does not use what is protected"),
    };
    let kind = (UNUSED_ALLOW, Severity::Warn);
    let mut violation = about(kind, case.rule, (allowance.span, message), Vec::new());
    violation.item.clone_from(name);
    violation.help = Some("take it out: what is not allowed cannot come back unseen".to_owned());
    violation
}
