//! Rules that say nothing which another one does not say.

use std::mem::discriminant;

use crate::boundaries::policy::{Exception, NodeSet, Reach, Verb};
use crate::check::Violation;
use crate::check::bans::Ban;

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
    let mut violation = about(SUBSUMED_RULE, case.rule, (case.rule.span, message), related);
    violation.item.clone_from(other);
    violation.help = Some(format!("remove it, or narrow `{other}`"));
    violation
}

/// Whether whatever breaks the one breaks the other, at least as gravely, today and tomorrow.
fn is_subsumed(case: &Case, wider: &Case) -> bool {
    let (rule, other) = (case.rule, wider.rule);
    discriminant(&rule.verb) == discriminant(&other.verb)
        && rule.is_complete
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
    match (&case.rule.verb, &wider.rule.verb) {
        (
            Verb::Acyclic { parts, manifests, circles },
            Verb::Acyclic { parts: wider, manifests: by_manifests, circles: others },
        ) => manifests == by_manifests && circles == others && all_among(parts, wider),
        (Verb::Require { from, to }, Verb::Require { from: wider, to: narrower }) => {
            narrower.nodes.is_subset(&to.nodes) && all_among(from, wider)
        }
        (Verb::Layers(stacks), _) if stacks.iter().any(|stack| stack.exhaustive) => false,
        _ => bans_less(case, &wider.bans),
    }
}

fn all_among(parts: &[NodeSet], wider: &[NodeSet]) -> bool {
    let among = |part: &NodeSet| wider.iter().any(|one| one.nodes == part.nodes);
    !parts.is_empty() && parts.iter().all(among)
}

fn bans_less(case: &Case, wider: &[Ban]) -> bool {
    let says = |ban: &&Ban| !ban.from.is_empty() && !ban.to.is_empty();
    let mut bans = case.bans.iter().filter(says).peekable();
    bans.peek().is_some() && bans.all(|ban| is_covered(case.rule.reach, ban, wider))
}

/// A chain that may not pass somewhere is a chain less, so fewer such places mean more.
fn is_covered(reach: Reach, ban: &Ban, wider: &[Ban]) -> bool {
    wider.iter().any(|other| {
        ban.from.is_subset(&other.from)
            && ban.to.is_subset(&other.to)
            && (reach == Reach::Direct || other.avoiding.is_subset(&ban.avoiding))
    })
}
