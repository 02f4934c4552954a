//! `boundaries.toml` → [`Boundaries`] (as written, with spans) → [`Policy`] (bound to nodes).
//!
//! In: the file's text, then what [`crate::resolve`] knows of the workspace. Out: rules without a
//! single pattern left in them, and every fault of the file as a [`Problem`] at its place.
//!
//! Invariants: pure; one run tells all faults; a rule with a fault is left out of the policy rather
//! than weakened, and its fault is told; what matches nothing is a fault. Knows nothing of
//! references: who names whom is judged by [`crate::check`].

pub mod builtin;
pub mod flag;
pub mod joined;
pub mod keys;
pub mod nearest;
pub mod nested;
pub mod outdated;
pub mod page;
pub mod policy;
pub mod schema;
pub mod selector;
pub mod written;

mod bind;
mod parse;

#[cfg(test)]
mod tests;

use crate::discover::Workspace;
use crate::model::{FileId, Sources, Span};
use crate::resolve::Resolution;

use policy::Policy;
use written::Boundaries;

/// Reads a `boundaries.toml`; what is faulty is told and left out.
///
/// Where the text is no TOML, only that is told: a tree with holes would accuse innocent lines.
pub fn parse(text: &str, file: FileId) -> (Boundaries, Vec<Problem>) {
    parse::parse(text, file)
}

/// Reads the configuration of a workspace: its own file, and those of its members on top.
pub fn read(
    workspace: &Workspace,
    sources: &Sources,
    config: FileId,
) -> (Boundaries, Vec<Problem>) {
    nested::read(workspace, sources, config)
}

/// Binds every rule to the nodes that it speaks of.
pub fn bind(
    boundaries: &Boundaries,
    workspace: &Workspace,
    resolution: &Resolution,
) -> (Policy, Vec<Problem>) {
    bind::bind(boundaries, workspace, resolution)
}

/// The scopes in which a rule holds.
pub fn scopes(boundaries: &Boundaries, rule: &written::Rule) -> policy::Scopes {
    bind::scopes(boundaries, rule)
}

/// A name or rule of the configuration that changes nothing.
pub const NO_EFFECT: &str = "config/no-effect";

/// A fault in `boundaries.toml`, or in a rule page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind: `config/unknown-key`.
    pub code: &'static str,
    /// What it does to the run.
    pub grade: Grade,
    /// Where.
    pub span: Span,
    /// One sentence in the user's names.
    pub message: String,
    /// What is said at the place; empty where the message says it all.
    pub label: String,
    /// Further places with a word each.
    pub related: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
}

/// What a fault does to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Reported; the run stays green.
    Warn,
    /// Reported; the run fails as it does for a broken rule.
    Deny,
    /// The file does not say what shall hold: the configuration is unusable.
    Fatal,
}

impl Problem {
    /// A fault that makes the file unusable.
    fn fatal(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            grade: Grade::Fatal,
            span,
            message: message.into(),
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// A fault that is only told.
    fn warn(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { grade: Grade::Warn, ..Self::fatal(code, span, message) }
    }

    /// The same fault with advice.
    fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}
