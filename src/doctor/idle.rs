//! Rules that nobody could break, whatever they wrote.

use crate::boundaries::policy::{Policy, Rule, Verb};
use crate::check::bans::Ban;
use crate::check::{Violation, bans};
use crate::discover::TargetKind;
use crate::graph::{Grain, Graph};
use crate::model::{BitSet, CodeScope};
use crate::resolve::{NodeId, NodeKind};

use super::{Case, IDLE_RULE, about};

/// One for each such rule. One whose names stand for nothing today is a guard for tomorrow, and not
/// meant.
pub(super) fn violations(graph: &Graph, policy: &Policy, cases: &[Case]) -> Vec<Violation> {
    let complete = cases.iter().filter(|case| case.rule.is_complete);
    let found = complete.filter_map(|case| {
        let why = idle(graph, policy, case)?;
        let message = format!("rule `{}` can never be broken: {why}", case.rule.id);
        let mut violation = about(IDLE_RULE, case.rule, (case.rule.span, message), Vec::new());
        violation.help = Some("mend what it names, or remove it".to_owned());
        Some(violation)
    });
    found.collect()
}

/// Why a rule cannot be broken, if it cannot.
fn idle(graph: &Graph, policy: &Policy, case: &Case) -> Option<&'static str> {
    match &case.rule.verb {
        Verb::Acyclic { parts, manifests: false, .. } => {
            (parts.len() < 2).then_some("it takes two parts to make a circle")
        }
        Verb::Layers(stacks) if stacks.iter().any(|stack| stack.exhaustive) => None,
        Verb::Independent(members) if members.len() < 2 => None,
        Verb::Acyclic { .. } | Verb::Require { .. } => None,
        _ => idle_bans(graph, policy, case),
    }
}

fn idle_bans(graph: &Graph, policy: &Policy, case: &Case) -> Option<&'static str> {
    let members = members(graph);
    let sleeps = |ban: &Ban| !ban.from.intersects(&members) || ban.to.is_empty();
    if case.bans.is_empty() {
        return None;
    }
    if case.bans.iter().all(sleeps) {
        return Some(match (&case.rule.verb, opened(graph, policy, case, sleeps)) {
            (_, true) => "`via` opens all of it",
            (Verb::Protect { .. } | Verb::Expose { .. }, _) => "it lets everybody pass",
            _ => "it forbids nothing",
        });
    }
    let awake = || case.bans.iter().filter(|ban| !sleeps(ban));
    if awake().all(|ban| is_excused(case, ban)) {
        return Some("its exceptions excuse all that it forbids");
    }
    let built = |ban: &Ban| ban.from.iter().any(|node| may_be_judged(graph, case, node));
    (!awake().any(built)).then_some("nobody of whom it speaks can have code of its `scope`")
}

/// Whether the rule would say something without `via`.
fn opened(graph: &Graph, policy: &Policy, case: &Case, sleeps: impl Fn(&Ban) -> bool) -> bool {
    let closed = Rule { via: None, ..case.rule.clone() };
    case.rule.via.is_some() && !bans(graph, policy, &closed).iter().all(sleeps)
}

/// Whether an exception without an end excuses all of it.
fn is_excused(case: &Case, ban: &Ban) -> bool {
    case.rule.except.iter().any(|one| {
        one.until.is_none()
            && ban.from.is_subset(&one.from.nodes)
            && ban.to.is_subset(&one.to.nodes)
    })
}

fn members(graph: &Graph) -> BitSet {
    let mut members = BitSet::new();
    for node in 0..graph.resolution.nodes.len() {
        if target(graph, node).is_some() {
            members.insert(node);
        }
    }
    members
}

/// The kind of target that a node belongs to, if it is one of a member.
fn target(graph: &Graph, node: usize) -> Option<TargetKind> {
    let root = graph.at(Grain::Crates, NodeId(node as u32));
    match graph.resolution.node(root).kind {
        NodeKind::Crate { target, .. } => Some(target),
        _ => None,
    }
}

/// Whether code or a manifest of this place can belong to the scopes of the rule.
fn may_be_judged(graph: &Graph, case: &Case, node: usize) -> bool {
    let judged = |scope| case.rule.scopes.contains(scope);
    let by_manifest = [CodeScope::Normal, CodeScope::Build, CodeScope::Dev];
    let stands_for_crate = graph.resolution.node(NodeId(node as u32)).parent.is_none();
    stands_for_crate && by_manifest.into_iter().any(judged)
        || target(graph, node).is_some_and(|kind| match kind {
            TargetKind::Lib | TargetKind::Bin => {
                judged(CodeScope::Normal) || judged(CodeScope::Test)
            }
            TargetKind::Test => judged(CodeScope::Test),
            TargetKind::Bench => judged(CodeScope::Bench),
            TargetKind::Example => judged(CodeScope::Example),
            TargetKind::Build => judged(CodeScope::Build),
        })
}
