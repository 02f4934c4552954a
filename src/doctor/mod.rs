//! Graph + Policy → what is odd about the rules themselves, as [`Violation`]s of the configuration.
//!
//! Invariants: pure; about rules, never about code; what `check` says is not said again. A rule that
//! contradicts another is denied; what is merely of no use is a warning.

mod contradictions;
mod idle;
mod subsumed;
mod unused;

#[cfg(test)]
mod tests;

use crate::boundaries::policy::{Policy, Rule};
use crate::check::bans::Ban;
use crate::check::{Violation, bans};
use crate::graph::Graph;
use crate::model::{Severity, Span};

/// One rule allows, or demands, what another forbids.
pub const CONTRADICTORY_RULES: &str = "contradictory-rules";
/// A rule that nothing in this workspace could break.
pub const IDLE_RULE: &str = "idle-rule";
/// A rule that says nothing which another does not say.
pub const SUBSUMED_RULE: &str = "subsumed-rule";
/// A name that a rule allows, and that nobody makes use of.
pub const UNUSED_ALLOW: &str = "unused-allow";

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
    violations.extend(idle::violations(graph, &cases));
    violations.extend(subsumed::violations(&cases));
    violations.extend(unused::violations(graph, &cases));
    violations.sort_by_key(|violation| violation.span);
    violations
}

/// A finding about a rule, with another place that it is about.
fn about(
    (id, severity): (&str, Severity),
    rule: &Rule,
    (span, message): (Span, String),
    related: Vec<(Span, String)>,
) -> Violation {
    Violation { owner: rule.id.clone(), related, ..Violation::new(id, severity, span, message) }
}
