//! Graph + Policy → what is odd about the rules themselves, as [`Violation`]s of the configuration.
//!
//! Invariants: pure; about rules, never about code; what `check` says is not said again; what is
//! told is certain: a rule that guards against tomorrow is never odd. A contradiction is denied, what
//! is merely of no use a warning.

mod contradictions;
mod idle;
mod overlaps;
mod subsumed;
mod unused;

#[cfg(test)]
mod tests;

use crate::boundaries::policy::{Policy, Rule};
use crate::check::bans::Ban;
use crate::check::{Violation, bans};
use crate::graph::Graph;
use crate::model::{Severity, Span};

pub use unused::unused_allowances;

/// One rule allows, or demands, what another forbids.
pub const CONTRADICTORY_RULES: &str = "contradictory-rules";
/// Two components that share modules, none being a part of the other.
pub const OVERLAPPING_COMPONENTS: &str = "overlapping-components";
/// A rule that nobody could break.
pub const IDLE_RULE: &str = "idle-rule";
/// A rule that says nothing which another does not say.
pub const SUBSUMED_RULE: &str = "subsumed-rule";
/// A name that a rule allows, and that nothing needs.
pub const UNUSED_ALLOW: &str = "unused-allow";

/// A gateway through which nothing goes.
pub const UNUSED_VIA: &str = "unused-via";

/// A rule, and where it lets nobody go.
struct Case<'a> {
    rule: &'a Rule,
    bans: Vec<Ban<'a>>,
}

/// Looks at every rule, and at every pair of rules; findings come by position.
pub fn doctor(graph: &Graph, policy: &Policy) -> Vec<Violation> {
    let case = |rule| Case { rule, bans: bans(graph, policy, rule) };
    let cases: Vec<Case> = policy.rules.iter().map(case).collect();
    let mut violations = contradictions::violations(&cases);
    violations.extend(overlaps::violations(graph, policy));
    violations.extend(subsumed::violations(&cases));
    let idle = idle::violations(graph, policy, &cases);
    let is_idle = |one: &Violation| idle.iter().any(|rule| rule.owner == one.owner);
    let unused = unused_allowances(graph, policy).into_iter();
    let unused = unused.chain(unused::unused_gateways(graph, policy));
    violations.extend(unused.filter(|one| !is_idle(one)));
    violations.extend(idle);
    violations.sort_by_key(|violation| violation.span);
    violations
}

/// The rule, where a place in it is not within its sentence.
fn rule_around(rule: &Rule, span: Span) -> Option<(Span, String)> {
    let within =
        rule.span.file == span.file && (rule.span.start..rule.span.end).contains(&span.start);
    (!within).then(|| (rule.span, format!("of rule `{}`", rule.id)))
}

/// A finding about a rule, with the other places that it is about.
fn about(
    id: &str,
    rule: &Rule,
    (span, message): (Span, String),
    related: Vec<(Span, String)>,
) -> Violation {
    let new = Violation::new(id, Severity::Warn, span, message);
    Violation { owner: rule.id.clone(), because: rule.because.clone(), related, ..new }
}
