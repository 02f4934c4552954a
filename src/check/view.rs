//! [`View`]: the graph as one rule sees it.

use crate::boundaries::policy::{Exception, Reexports, Rule};
use crate::graph::Graph;
use crate::resolve::{NodeId, Reference};

/// A graph, a rule, and the exceptions that are applied to it.
pub(super) struct View<'a> {
    pub graph: &'a Graph,
    pub rule: &'a Rule,
    /// The exceptions that are applied.
    pub except: Vec<&'a Exception>,
}

impl View<'_> {
    /// What a reference names as far as the rule is concerned; nothing if it does not look there.
    pub(super) fn target(&self, reference: &Reference) -> Option<NodeId> {
        let target = match self.rule.reexports {
            Reexports::Through => reference.to,
            Reexports::Opaque => reference.written_to,
        };
        self.rule.scopes.contains(reference.scope).then_some(target)
    }

    /// The same, where no exception lets the reference pass.
    pub(super) fn judged(&self, reference: &Reference) -> Option<NodeId> {
        self.target(reference).filter(|target| !self.excuses(reference.from, *target))
    }

    /// Whether an exception lets the edge pass.
    pub(super) fn excuses(&self, from: NodeId, to: NodeId) -> bool {
        self.except.iter().any(|exception| covers(exception, from, to))
    }
}

/// Whether an exception speaks of the edge.
pub(super) fn covers(exception: &Exception, from: NodeId, to: NodeId) -> bool {
    exception.from.nodes.contains(from.0 as usize) && exception.to.nodes.contains(to.0 as usize)
}
