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
        self.target(reference).filter(|target| !self.lets_pass(reference, *target))
    }

    /// Whether an exception lets a reference to `target` pass.
    pub(super) fn lets_pass(&self, reference: &Reference, target: NodeId) -> bool {
        self.except.iter().any(|exception| covers(self.graph, exception, reference, target))
    }

    /// Whether an exception speaks of the two nodes.
    pub(super) fn excuses(&self, from: NodeId, to: NodeId) -> bool {
        let speaks = |one: &&Exception| {
            one.from.nodes.contains(from.0 as usize) && one.to.nodes.contains(to.0 as usize)
        };
        self.except.iter().any(speaks)
    }
}

/// Whether an exception speaks of a reference to `target`. What one part of a crate may use stands
/// in the manifest of the whole crate, so its entry may stand there too.
pub(super) fn covers(
    graph: &Graph,
    exception: &Exception,
    reference: &Reference,
    target: NodeId,
) -> bool {
    graph.touches(&exception.from.nodes, reference, reference.from)
        && graph.touches(&exception.to.nodes, reference, target)
}
