//! What a configuration adds to a picture: territories, and the references that break a rule.

use std::collections::BTreeMap;

use crate::boundaries::policy::Component;
use crate::model::Span;
use crate::resolve::{NodeId, Reference};
use crate::settle::{Finding, Status};

/// Components and findings; empty where there is no configuration.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay<'a> {
    /// The components.
    pub components: &'a [Component],
    /// What was found.
    pub findings: &'a [Finding],
}

/// Findings by the reference that is at fault: its place and its ends.
pub(super) struct Faults<'a> {
    by_place: BTreeMap<(Span, NodeId, NodeId), Vec<&'a Finding>>,
}

impl<'a> Overlay<'a> {
    /// What breaks a rule, known debt included; what an exception or a comment lets pass does not.
    pub(super) fn faults(&self) -> Faults<'a> {
        let mut by_place: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let broken = |one: &&Finding| matches!(one.status, Status::New | Status::Known);
        for finding in self.findings.iter().filter(broken) {
            if let Some((from, to)) = finding.violation.edge {
                by_place.entry((finding.violation.span, from, to)).or_default().push(finding);
            }
        }
        Faults { by_place }
    }

    /// The smallest component that a node belongs to.
    pub(super) fn component_of(&self, node: NodeId) -> Option<usize> {
        let holds = |one: &Component| one.set.nodes.contains(node.0 as usize);
        let holding = self.components.iter().enumerate().filter(|(_, one)| holds(one));
        holding.min_by_key(|(_, one)| one.set.nodes.len()).map(|(index, _)| index)
    }
}

impl<'a> Faults<'a> {
    /// The findings at a reference.
    pub(super) fn of(&self, reference: &Reference) -> &[&'a Finding] {
        let place = (reference.span, reference.from, reference.to);
        self.by_place.get(&place).map_or(&[], Vec::as_slice)
    }
}
