//! Rules that say nothing which another one does not say.

use crate::boundaries::policy::{Exception, NodeSet, Reach, Verb};
use crate::check::Violation;
use crate::check::bans::Ban;
use crate::model::Severity;

use super::{Case, SUBSUMED_RULE, about};

/// One for each such rule; of two that say the same, the later one.
pub(super) fn violations(cases: &[Case]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let others = cases.iter().enumerate().filter(|(other, _)| *other != at);
        let wider = others.into_iter().find(|(other, wider)| {
            is_subsumed(case, wider) && (*other < at || !is_subsumed(wider, case))
        });
        found.extend(wider.map(|(_, wider)| violation(case, wider)));
    }
    found
}

fn violation(case: &Case, wider: &Case) -> Violation {
    let (own, other) = (&case.rule.id, &wider.rule.id);
    let message = format!("rule `{own}` adds nothing to rule `{other}`");
    let related = vec![(wider.rule.span, format!("rule `{other}` says it all"))];
    let kind = (SUBSUMED_RULE, Severity::Warn);
    let mut violation = about(kind, case.rule, (case.rule.span, message), related);
    violation.item.clone_from(other);
    violation.help = Some(format!("remove it, or its place in `{other}`"));
    violation
}

/// Whether whatever breaks the one breaks the other, at least as gravely.
fn is_subsumed(case: &Case, wider: &Case) -> bool {
    let (rule, other) = (case.rule, wider.rule);
    let kind = |verb: &Verb| std::mem::discriminant(verb);
    kind(&rule.verb) == kind(&other.verb)
        && rule.scopes.0.is_subset(&other.scopes.0)
        && rule.severity <= other.severity
        && rule.reexports == other.reexports
        && (rule.reach == other.reach || rule.reach == Reach::Direct)
        && other.except.iter().all(|one| rule.except.iter().any(|own| same(own, one)))
        && says_less(case, wider)
}

fn same(one: &Exception, two: &Exception) -> bool {
    one.from.nodes == two.from.nodes && one.to.nodes == two.to.nodes && one.until == two.until
}

fn says_less(case: &Case, wider: &Case) -> bool {
    let among = |part: &NodeSet, parts: &[NodeSet]| parts.iter().any(|one| one.nodes == part.nodes);
    match (&case.rule.verb, &wider.rule.verb) {
        (
            Verb::Acyclic { parts, manifests },
            Verb::Acyclic { parts: wider, manifests: by_manifests },
        ) => manifests == by_manifests && parts.iter().all(|part| among(part, wider)),
        (Verb::Require { from, to }, Verb::Require { from: wider, to: narrower }) => {
            narrower.nodes.is_subset(&to.nodes) && from.iter().all(|part| among(part, wider))
        }
        _ => !case.bans.is_empty() && case.bans.iter().all(|ban| is_covered(ban, &wider.bans)),
    }
}

/// A chain that may not pass somewhere is a chain less, so fewer such places mean more.
fn is_covered(ban: &Ban, wider: &[Ban]) -> bool {
    wider.iter().any(|other| {
        ban.from.is_subset(&other.from)
            && ban.to.is_subset(&other.to)
            && other.avoiding.is_subset(&ban.avoiding)
    })
}
