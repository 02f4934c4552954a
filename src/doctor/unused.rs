//! Names that a rule allows, and that nothing needs.

use std::cell::OnceCell;

use rayon::prelude::*;

use crate::boundaries::policy::{Allowance, Policy, Rule, Verb};
use crate::check::{Violation, bans, edges_of, violations_of};
use crate::graph::Graph;
use crate::model::{BitSet, Span};
use crate::resolve::NodeId;

use super::{UNUSED_ALLOW, UNUSED_VIA, about, rule_around};

const VIA: &str = "via";

/// One for each name of `only` and `allow` without which the rule would find the same. All of them
/// together can go: where one of two would do, the later is told.
pub fn unused_allowances(graph: &Graph, policy: &Policy) -> Vec<Violation> {
    each_rule(policy, |rule| unused(graph, policy, rule, |key| key != VIA))
}

/// The same for the names of `via`: a gateway may well be there before somebody goes through it.
pub(super) fn unused_gateways(graph: &Graph, policy: &Policy) -> Vec<Violation> {
    each_rule(policy, |rule| unused(graph, policy, rule, |key| key == VIA))
}

/// What is found of each rule, in their order.
fn each_rule(
    policy: &Policy,
    find: impl Fn(&Rule) -> Vec<Violation> + Send + Sync,
) -> Vec<Violation> {
    policy.rules.par_iter().flat_map_iter(find).collect()
}

fn unused(
    graph: &Graph,
    policy: &Policy,
    rule: &Rule,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Violation> {
    if !rule.allowances.iter().any(|one| is_meant(one.key)) {
        return Vec::new();
    }
    let mut least = Rule { except: Vec::new(), ..rule.clone() };
    let today = Today::of(graph, policy, &least);
    let mut found = Vec::new();
    let meant = (0..rule.allowances.len()).rev().filter(|at| is_meant(rule.allowances[*at].key));
    for at in meant {
        let mut allowances = least.allowances.clone();
        allowances.retain(|one| one.span != rule.allowances[at].span);
        let less = reduced(&least, allowances);
        let allowance = &rule.allowances[at];
        let is_gateway = allowance.key == VIA && is_passed(graph, policy, &less, allowance);
        if !is_gateway && today.is_the_same(&less) {
            found.push(violation(rule, allowance));
            least = less;
        }
    }
    found.reverse();
    found
}

/// What a rule finds with all that it allows.
struct Today<'a> {
    graph: &'a Graph,
    policy: &'a Policy,
    rule: Rule,
    edges: Option<Vec<(Span, NodeId, NodeId)>>,
    /// In words, where it comes to that.
    told: OnceCell<Vec<Violation>>,
}

impl<'a> Today<'a> {
    fn of(graph: &'a Graph, policy: &'a Policy, rule: &Rule) -> Self {
        let edges = edges_of(graph, policy, rule);
        Self { graph, policy, rule: rule.clone(), edges, told: OnceCell::new() }
    }

    /// Whether the rule finds the same if it allows less.
    fn is_the_same(&self, less: &Rule) -> bool {
        let edges = edges_of(self.graph, self.policy, less);
        let violations = |rule| violations_of(self.graph, self.policy, rule);
        edges == self.edges
            && (edges.is_some_and(|edges| edges.is_empty())
                || violations(less) == *self.told.get_or_init(|| violations(&self.rule)))
    }
}

/// Whether what is forbidden goes through a gateway, be it one step of the way.
fn is_passed(graph: &Graph, policy: &Policy, rule: &Rule, gateway: &Allowance) -> bool {
    let bans = bans(graph, policy, rule);
    let own = &gateway.set.nodes;
    let mut judged = graph.references().filter(|(_, one)| rule.scopes.contains(one.scope));
    judged.any(|(_, one)| {
        let touches = |set: &BitSet, end: NodeId| graph.touches(set, one, end);
        bans.iter().any(|ban| {
            touches(own, one.from) && touches(&ban.to, one.to)
                || touches(&ban.from, one.from) && touches(own, one.to)
        })
    })
}

/// The rule with fewer allowances; its labels stay, so that its words do.
fn reduced(rule: &Rule, allowances: Vec<Allowance>) -> Rule {
    let under = |key: &str| {
        let mut nodes = BitSet::new();
        let own = allowances.iter().filter(|one| one.key == key);
        own.for_each(|one| nodes.union_with(&one.set.nodes));
        nodes
    };
    let mut less = rule.clone();
    match &mut less.verb {
        Verb::Only { allowed, .. } => allowed.nodes = under("only"),
        Verb::Protect { allow, .. } => allow.nodes = under("allow"),
        _ => {}
    }
    if let Some(via) = &mut less.via {
        via.nodes = under(VIA);
    }
    less.allowances = allowances;
    less
}

fn id_of(allowance: &Allowance) -> &'static str {
    if allowance.key == VIA { UNUSED_VIA } else { UNUSED_ALLOW }
}

fn violation(rule: &Rule, allowance: &Allowance) -> Violation {
    let (name, id) = (&allowance.set.label, &rule.id);
    let (message, label) = match allowance.key {
        "only" => {
            (format!("rule `{id}` allows `{name}`, which nobody of whom it speaks uses"), "allowed")
        }
        VIA => (format!("rule `{id}` is open via `{name}`, through which nothing goes"), "open"),
        _ => (
            format!("rule `{id}` allows `{name}`, which uses nothing that is protected"),
            "allowed",
        ),
    };
    let related = rule_around(rule, allowance.span).into_iter().collect();
    let mut violation = about(id_of(allowance), rule, (allowance.span, message), related);
    violation.item.clone_from(name);
    violation.label = format!("{label} here, and not needed");
    violation.help = Some("take it out: what is not allowed cannot come back unseen".to_owned());
    violation
}
