//! Rules that nothing in the workspace could break.

use crate::boundaries::policy::Verb;
use crate::check::Violation;
use crate::check::bans::Ban;
use crate::graph::{Grain, Graph};
use crate::model::{BitSet, CodeScope, Severity};
use crate::resolve::{NodeId, NodeKind};

use super::{Case, IDLE_RULE, about};

/// One for each rule none of whose bans, demands or circles can come about.
pub(super) fn violations(graph: &Graph, cases: &[Case]) -> Vec<Violation> {
    let ground = Ground::new(graph);
    let found = cases.iter().filter_map(|case| {
        let why = idle(graph, &ground, case)?;
        let message = format!("rule `{}` can never be broken: {why}", case.rule.id);
        let kind = (IDLE_RULE, Severity::Warn);
        let mut violation = about(kind, case.rule, (case.rule.span, message), Vec::new());
        violation.help = Some("mend what it names, or remove it".to_owned());
        Some(violation)
    });
    found.collect()
}

/// Nodes by where they come from.
struct Ground {
    members: BitSet,
    /// Crates from outside, the standard ones left out, that no manifest and no code names.
    unknown: BitSet,
}

impl Ground {
    fn new(graph: &Graph) -> Self {
        let mut ground = Self { members: BitSet::new(), unknown: BitSet::new() };
        let mut named = BitSet::new();
        for (_, reference) in graph.references() {
            named.insert(graph.at(Grain::Crates, reference.to).0 as usize);
        }
        for node in 0..graph.resolution.nodes.len() {
            let root = graph.at(Grain::Crates, NodeId(node as u32));
            match graph.resolution.node(root).kind {
                NodeKind::Crate { .. } => ground.members.insert(node),
                NodeKind::ExternalCrate(Some(_)) if !named.contains(root.0 as usize) => {
                    ground.unknown.insert(node);
                }
                _ => {}
            }
        }
        ground
    }
}

/// Why a rule cannot be broken, if it cannot.
fn idle(graph: &Graph, ground: &Ground, case: &Case) -> Option<&'static str> {
    match &case.rule.verb {
        Verb::Acyclic { parts, .. } => {
            (parts.len() < 2).then_some("it takes two parts to make a circle")
        }
        Verb::Require { from, .. } => from.is_empty().then_some("nobody is in it"),
        _ => idle_bans(graph, ground, case),
    }
}

fn idle_bans(graph: &Graph, ground: &Ground, case: &Case) -> Option<&'static str> {
    let all = |faulty: &dyn Fn(&Ban) -> bool| case.bans.iter().all(faulty);
    let nobody = |ban: &Ban| !ban.from.intersects(&ground.members);
    if all(&nobody) {
        return Some("it speaks of nobody");
    }
    if all(&|ban| nobody(ban) || ban.to.is_empty()) {
        return Some("it forbids nothing");
    }
    if all(&|ban| nobody(ban) || ban.to.is_subset(&ground.unknown)) {
        return Some("no member depends on what it forbids");
    }
    let sleeps = |ban: &Ban| nobody(ban) || !is_built(graph, case, ban);
    if !case.rule.scopes.contains(CodeScope::Normal) && all(&sleeps) {
        return Some("nobody of whom it speaks has code of its `scope`");
    }
    None
}

/// Whether anything in the ban's source belongs to the scopes of the rule.
fn is_built(graph: &Graph, case: &Case, ban: &Ban) -> bool {
    let mut references = ban.from.iter().flat_map(|node| graph.outgoing(NodeId(node as u32)));
    references.any(|(_, reference)| case.rule.scopes.contains(reference.scope))
}
