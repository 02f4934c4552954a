//! [`Boundaries`] + [`Workspace`] + [`Resolution`] → [`Policy`] and what is wrong with the binding.
//!
//! Invariants: no selector is left in the policy, only sets of nodes; a selector that matches
//! nothing is told unless it may; every rule is bound by itself: none leans on another.

mod captures;
mod components;
mod layers;
mod matching;
mod member;
mod names;
mod pairs;
mod parts;
mod statement;
mod tree;
mod unmatched;

use crate::discover::Workspace;
use crate::model::{BitSet, CodeScope};
use crate::resolve::Resolution;

use super::policy::{self, NodeSet, Policy, Scopes, Unmatched};
use super::selector::Selector;
use super::written::{Boundaries, Exception, Rule};
use super::{Grade, Problem};

use names::Names;
use tree::Tree;
use unmatched::Demand;

/// Binds every rule to the nodes that it speaks of.
pub(super) fn bind(
    boundaries: &Boundaries,
    workspace: &Workspace,
    resolution: &Resolution,
) -> (Policy, Vec<Problem>) {
    let mut problems = Vec::new();
    let tree = Tree::new(workspace, resolution);
    let names = components::bind(tree, boundaries, &mut problems);
    let mut rules = Vec::new();
    for rule in &boundaries.rules {
        rules.extend(bind_rule(&names, boundaries, rule, &mut problems));
    }
    let components = names.components.iter().map(components::policy).collect();
    let policy = Policy {
        rules,
        components,
        exhaustive: boundaries.settings.exhaustive,
        unmatched_exceptions: boundaries.settings.unmatched_exceptions,
        contexts: boundaries.contexts.clone(),
        unused_allow: boundaries.settings.unused_allow.unwrap_or(Unmatched::Warn),
    };
    problems.sort_by_key(|problem| problem.span);
    (policy, problems)
}

/// A rule with a fault is left out: half of it would say something else.
fn bind_rule(
    names: &Names<'_>,
    boundaries: &Boundaries,
    rule: &Rule,
    problems: &mut Vec<Problem>,
) -> Option<policy::Rule> {
    let before = problems.len();
    let verb = statement::bind(names, rule, &scopes(boundaries, rule), problems);
    let via = rule.via.as_ref().map(|via| bind_via(names, via, problems));
    let except = exceptions(names, boundaries, rule, problems);
    let within = rule.member.map(|member| {
        let own = member::nodes(names, member);
        member::restrict(names, rule, (member, &own), problems);
        own
    });
    let faulty = problems[before..].iter().any(|problem| problem.grade == Grade::Fatal);
    (!faulty || boundaries.lenient).then(|| policy::Rule {
        id: rule.id.clone(),
        span: rule.span,
        because: rule.because.clone(),
        docs: rule.docs.clone(),
        severity: rule.severity,
        scopes: scopes(boundaries, rule),
        reach: rule.reach,
        reexports: rule.reexports,
        within,
        via,
        is_complete: statement::is_complete(names, rule, &verb),
        allowances: statement::allowances(names, rule),
        except,
        page: rule.page,
        verb,
    })
}

/// The rule's scopes, else the file's, else what ships.
pub(super) fn scopes(boundaries: &Boundaries, rule: &Rule) -> Scopes {
    let shipped = vec![CodeScope::Normal, CodeScope::Build];
    let written = rule.scopes.as_ref().or(boundaries.settings.scopes.as_ref());
    let mut scopes = BitSet::new();
    for scope in written.unwrap_or(&shipped) {
        scopes.insert(*scope as usize);
    }
    Scopes(scopes)
}

/// A gateway that does not exist would make the rule a plain prohibition, or none at all.
fn bind_via(names: &Names<'_>, via: &[Selector], problems: &mut Vec<Problem>) -> NodeSet {
    let demand = Demand { key: "via", optional: false, components: true };
    unmatched::tell(names, via, demand, problems);
    names.set(via)
}

fn exceptions(
    names: &Names<'_>,
    boundaries: &Boundaries,
    rule: &Rule,
    problems: &mut Vec<Problem>,
) -> Vec<policy::Exception> {
    let grade = match boundaries.settings.unmatched_exceptions {
        Unmatched::Deny => Some(Grade::Deny),
        Unmatched::Warn => Some(Grade::Warn),
        Unmatched::Silent => None,
    };
    rule.except.iter().filter_map(|except| exception(names, except, grade, problems)).collect()
}

/// An exception whose ends are gone excuses nothing: as grave as one whose edge is gone. It is told
/// here and left out of the policy, so that nobody tells it twice.
fn exception(
    names: &Names<'_>,
    except: &Exception,
    grade: Option<Grade>,
    problems: &mut Vec<Problem>,
) -> Option<policy::Exception> {
    let mut found = Vec::new();
    let demand = Demand { key: "edge", optional: false, components: true };
    unmatched::tell(names, &except.edge.from, demand, &mut found);
    unmatched::tell(names, &except.edge.to, demand, &mut found);
    let gone = found.iter().any(|problem| problem.grade == Grade::Fatal);
    for problem in found {
        match grade {
            _ if problem.grade != Grade::Fatal => problems.push(problem),
            Some(grade) => {
                problems.push(Problem { code: "config/unmatched-exception", grade, ..problem });
            }
            None => {}
        }
    }
    (!gone).then(|| policy::Exception {
        from: names.set(&except.edge.from),
        to: names.set(&except.edge.to),
        because: except.because.clone(),
        owner: except.owner.clone(),
        until: except.until.clone(),
        span: except.span,
    })
}
