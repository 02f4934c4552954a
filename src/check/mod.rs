//! Graph + Policy → [`Violation`]s.
//!
//! Invariants: pure; no rule prints, knows about suppressions, exceptions or baselines, or changes
//! the graph for the next one; one file per verb; violations come in the order of rules, then of
//! position.

use crate::model::{CodeScope, Severity, Span};
use crate::resolve::NodeId;

/// One rule broken at one place.
#[derive(Clone, Debug, PartialEq)]
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
}

/// One hop of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Canonical path of the module (or item) that names.
    pub from: String,
    /// Canonical path of the module (or item) that is named.
    pub to: String,
    /// Where.
    pub span: Span,
}
