//! Graph + Policy → [`Violation`]s.
//!
//! Invariants: pure; no rule prints, knows about suppressions or baselines, or changes the graph for
//! the next one; one file per verb, and no verb knows about exceptions; violations come in the order
//! of rules, then of position.
//!
//! Most verbs say from where to where nobody may go: they are lists of bans (`bans.rs`), which
//! `uses.rs` looks up in the graph and `words.rs` puts into sentences. `acyclic` and `require` ask
//! questions of their own.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::boundaries::policy::{Policy, Rule, Verb};
use crate::graph::Graph;
use crate::model::{CodeScope, Severity, Span};
use crate::resolve::NodeId;

mod acyclic;
pub(crate) mod bans;
mod deprecate;
mod exceptions;
mod exhaustive;
mod expose;
mod forbid;
mod independent;
mod layers;
mod only;
mod protect;
mod require;
mod uses;
pub(crate) use exceptions::has_expired;
mod view;
mod words;

#[cfg(test)]
pub(crate) mod sketch;
#[cfg(test)]
mod tests;

/// One rule broken at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Violation {
    /// The rule's id (`accounts-not-im`, `config/unknown-key`).
    pub rule: String,
    /// The rule's severity.
    pub severity: Severity,
    /// One sentence in the user's names: no full stop, code in backticks.
    pub message: String,
    /// The rule's `because`.
    pub because: Option<String>,
    /// The one place: a path, a use leaf, a manifest entry, a key in `boundaries.toml`.
    pub span: Span,
    /// What is said at the place: ``reaches `im_api::dto` ``.
    pub label: String,
    /// The reference's two ends (`Reference::from`, `Reference::to`), by which exceptions and the
    /// baseline find it; none where no edge is meant.
    pub edge: Option<(NodeId, NodeId)>,
    /// Canonical path of the module that names; empty where no edge is meant.
    pub from: String,
    /// Canonical path of the module that is named.
    pub to: String,
    /// Full path of the item that is named.
    pub item: String,
    /// Full path of the item in which the reference stands.
    pub owner: String,
    /// The path as written.
    pub written: String,
    /// The part of the build.
    pub scope: CodeScope,
    /// Re-exports on the way, in order.
    pub through: Vec<Step>,
    /// For a chain or a cycle: its hops, in order; empty for a direct edge.
    pub chain: Vec<Step>,
    /// Further places with a word each, such as the rule in `boundaries.toml`.
    pub related: Vec<(Span, String)>,
    /// What else to know, one line each.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// What to do, where a change of the code says it.
    pub fix: Option<Fix>,
}

impl Violation {
    /// A violation about which nothing is known but what it says and where.
    pub fn new(rule: &str, severity: Severity, span: Span, message: String) -> Self {
        Self {
            rule: rule.to_owned(),
            severity,
            message,
            because: None,
            span,
            label: String::new(),
            edge: None,
            from: String::new(),
            to: String::new(),
            item: String::new(),
            owner: String::new(),
            written: String::new(),
            scope: CodeScope::Normal,
            through: Vec::new(),
            chain: Vec::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }
}

/// A change of the code that mends a violation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, in the imperative: `remove this import`.
    pub title: String,
    /// What shall stand where; the places neither overlap nor touch.
    pub edits: Vec<(Span, String)>,
    /// Who may make it.
    pub applicability: Applicability,
}

/// How far a change can be trusted, in the compiler's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Applicability {
    /// It is right: a program may make it unasked.
    MachineApplicable,
    /// It compiles, but may not be what is meant: a person must agree.
    MaybeIncorrect,
    /// It holds words that a person must replace.
    HasPlaceholders,
}

impl Applicability {
    /// The compiler's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::MachineApplicable => "MachineApplicable",
            Self::MaybeIncorrect => "MaybeIncorrect",
            Self::HasPlaceholders => "HasPlaceholders",
        }
    }
}

/// One hop of a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Canonical path of the module (or item) that names.
    pub from: String,
    /// Canonical path of the module (or item) that is named.
    pub to: String,
    /// Where.
    pub span: Span,
}

/// What the rules say of one graph.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What is broken.
    pub violations: Vec<Violation>,
    /// What would be broken but for an exception.
    pub excused: Vec<Violation>,
    /// What became of every exception, in the order of the file.
    pub exceptions: Vec<ExceptionUse>,
}

/// What became of one exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExceptionUse {
    /// Index into [`Policy::rules`].
    pub rule: usize,
    /// Index into [`Rule::except`].
    pub exception: usize,
    /// Whether it is of use.
    pub worth: Worth,
}

/// Whether an exception is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Without it there would be one violation more.
    Needed,
    /// The edge exists, but its verdict is the same without the exception.
    Redundant,
    /// An earlier one says the same.
    Duplicate,
    /// The edge does not exist.
    Unused,
    /// Its day has passed; it was not applied.
    Expired,
}

/// Holds a graph against a policy. `today` (`2027-03-31`) decides which exceptions have expired;
/// without it none has.
pub fn check(graph: &Graph, policy: &Policy, today: Option<&str>) -> Checked {
    let mut checked = Checked::default();
    let of_the_graph = |rule: &usize| !matches!(policy.rules[*rule].verb, Verb::Flag { .. });
    let rules = (0..policy.rules.len()).into_par_iter().filter(of_the_graph);
    let judged: Vec<Checked> =
        rules.map(|rule| exceptions::judge(graph, policy, rule, today)).collect();
    for more in judged {
        checked.violations.extend(more.violations);
        checked.excused.extend(more.excused);
        checked.exceptions.extend(more.exceptions);
    }
    checked.violations.extend(exhaustive::violations(graph, policy));
    checked
}

/// Everything in a view that breaks its rule, by position.
fn violations(view: &view::View, policy: &Policy) -> Vec<Violation> {
    let mut violations = match &view.rule.verb {
        Verb::Acyclic { parts, manifests, circles } => {
            acyclic::violations(view, parts, *manifests, *circles)
        }
        Verb::Require { from, to } => require::violations(view, from, to),
        _ => uses::violations(view, &bans(view.graph, policy, view.rule)),
    };
    if let Verb::Layers(stacks) = &view.rule.verb {
        violations.extend(layers::undeclared(view, stacks));
    }
    violations.sort_by_key(|violation| violation.span);
    violations
}

/// Everything that breaks a rule, its exceptions left aside.
pub(crate) fn violations_of(graph: &Graph, policy: &Policy, rule: &Rule) -> Vec<Violation> {
    violations(&view::View { graph, rule, except: Vec::new() }, policy)
}

/// The places and the two ends of all that [`violations_of`] finds; none where a rule asks for more
/// than single references. What differs here differs there, and it takes no words.
pub(crate) fn edges_of(
    graph: &Graph,
    policy: &Policy,
    rule: &Rule,
) -> Option<Vec<(Span, NodeId, NodeId)>> {
    let view = view::View { graph, rule, except: Vec::new() };
    exceptions::looks_at_single_edges(rule).then(|| uses::edges(&view, &bans(graph, policy, rule)))
}

/// Where a rule lets nobody go; nothing for the verbs that ask questions of their own.
pub(crate) fn bans<'a>(graph: &Graph, policy: &'a Policy, rule: &'a Rule) -> Vec<bans::Ban<'a>> {
    let mut bans = match &rule.verb {
        Verb::Forbid(pairs) => forbid::bans(pairs),
        Verb::Only { from, allowed, judges_std } => only::bans(graph, from, allowed, *judges_std),
        Verb::Protect { target, allow } => protect::bans(graph, target, allow),
        Verb::Layers(stacks) => layers::bans(stacks),
        Verb::Independent(members) => independent::bans(members),
        Verb::Expose { component, face, to } => {
            expose::bans(graph, (policy, rule), component, face, to.as_ref())
        }
        Verb::Deprecate(pairs) => deprecate::bans(pairs),
        Verb::Acyclic { .. } | Verb::Require { .. } | Verb::Flag { .. } => Vec::new(),
    };
    if let Some(within) = &rule.within {
        for ban in &mut bans {
            let elsewhere = bans::minus(&ban.from, within);
            ban.from.subtract(&elsewhere);
        }
    }
    if let Some(via) = &rule.via {
        for ban in &mut bans {
            ban.open(&via.nodes);
        }
    }
    bans
}
