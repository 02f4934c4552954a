//! A verb as written → a verb with sets of nodes.

use crate::boundaries::Problem;
use crate::boundaries::policy::{Allowance, Circles, Layer, NodeSet, Pair, Scopes, Stack, Verb};
use crate::boundaries::selector::{Edge, Selector};
use crate::boundaries::written::{self, Acyclic, Members, Rule, Statement};

use super::names::{Names, kept};
use super::unmatched::{self, Demand};
use super::{layers, pairs, parts};

/// Binds a rule's verb; what it speaks of and does not exist is told.
pub(super) fn bind(
    names: &Names<'_>,
    rule: &Rule,
    scopes: &Scopes,
    problems: &mut Vec<Problem>,
) -> Verb {
    match &rule.statement {
        Statement::Forbid(edges) => Verb::Forbid(all_pairs(names, rule, edges, problems)),
        Statement::Deprecate(edges) => Verb::Deprecate(all_pairs(names, rule, edges, problems)),
        Statement::Only(edge) => only(names, rule, edge, problems),
        Statement::Require(edge) => require(names, rule, edge, problems),
        Statement::Protect { target, allow } => Verb::Protect {
            target: demanded(names, rule, "protect", target, problems),
            allow: inside(names, rule, "allow", allow, problems),
        },
        Statement::Expose { component, face, to } => Verb::Expose {
            component: demanded(names, rule, "expose", component, problems),
            face: self::face(names, rule, component, face, problems),
            to: to.as_ref().map(|to| inside(names, rule, "to", to, problems)),
        },
        Statement::Layers(written) => {
            let outsiders = inside(names, rule, "outsiders", &written.outsiders, problems);
            let stacks = layers::stacks(names, rule, written, scopes, problems);
            Verb::Layers(layers::with_outsiders(stacks, &outsiders))
        }
        Statement::Independent(members) => {
            demand_members(names, rule, "independent", members, problems);
            Verb::Independent(independent(names, rule, members, problems))
        }
        Statement::Flag { flag, from } => Verb::Flag {
            flag: flag.clone(),
            from: from.as_ref().map(|from| inside(names, rule, "from", from, problems)),
        },
        Statement::Acyclic(acyclic, circles) => {
            self::acyclic(names, rule, (acyclic, *circles), problems)
        }
    }
}

/// Whether each name of a rule stands for something; layers are looked up in their containers.
pub(super) fn is_complete(names: &Names<'_>, rule: &Rule, verb: &Verb) -> bool {
    let selectors = rule.statement.selectors().into_iter().chain(rule.via.iter().flatten());
    let stands = |one: &Selector| !names.nodes(std::slice::from_ref(one)).is_empty();
    let all = selectors.filter(|one| !one.removes).all(stands);
    let layered = |written: &written::Layers, stack: &Stack| {
        let same = |(one, two): (&Layer, &written::Layer)| one.siblings.len() == two.siblings.len();
        stack.layers.len() == written.layers.len()
            && stack.layers.iter().zip(&written.layers).all(same)
    };
    all && match (&rule.statement, verb) {
        (Statement::Layers(written), Verb::Layers(stacks)) => {
            stacks.iter().all(|stack| layered(written, stack))
        }
        _ => true,
    }
}

/// The names that a rule allows, each less what its list takes out.
pub(super) fn allowances(names: &Names<'_>, rule: &Rule) -> Vec<Allowance> {
    let (key, own): (_, &[Selector]) = match &rule.statement {
        Statement::Only(edge) => ("only", &edge.to),
        Statement::Protect { allow, .. } => ("allow", allow),
        _ => ("", &[]),
    };
    let via = ("via", rule.via.as_deref().unwrap_or_default());
    let lists = [(key, own), via].into_iter();
    lists
        .flat_map(|(key, list)| list.iter().map(move |one| (key, one, list)))
        .filter(|(_, selector, _)| !selector.removes)
        .map(|(key, selector, list)| {
            let mut set = names.set(std::slice::from_ref(selector));
            let out: Vec<Selector> = list.iter().filter(|one| one.removes).map(kept).collect();
            set.nodes.subtract(&names.nodes(&out));
            Allowance { key, set, span: selector.span }
        })
        .collect()
}

/// A set that must match something.
fn demanded(
    names: &Names<'_>,
    rule: &Rule,
    key: &str,
    selectors: &[Selector],
    problems: &mut Vec<Problem>,
) -> NodeSet {
    let demand = Demand { key, optional: rule.optional, components: true };
    unmatched::tell(names, selectors, demand, problems);
    names.set(selectors)
}

/// A set that must match something in the workspace: nothing outside of it names anything.
fn inside(
    names: &Names<'_>,
    rule: &Rule,
    key: &str,
    selectors: &[Selector],
    problems: &mut Vec<Problem>,
) -> NodeSet {
    for selector in selectors.iter().filter(|selector| unmatched::is_outside(names, selector)) {
        let message = format!("`{}` in `{key}` is not code of this workspace", selector.text);
        problems.push(
            Problem::fatal("config/outside", selector.span, message)
                .with_help("only members are read, so nobody else is seen to name anything"),
        );
    }
    demanded(names, rule, key, selectors, problems)
}

fn sides(names: &Names<'_>, rule: &Rule, key: &str, edge: &Edge, problems: &mut Vec<Problem>) {
    inside(names, rule, key, &edge.from, problems);
    demanded(names, rule, key, &edge.to, problems);
}

fn all_pairs(
    names: &Names<'_>,
    rule: &Rule,
    edges: &[Edge],
    problems: &mut Vec<Problem>,
) -> Vec<Pair> {
    let key = if matches!(rule.statement, Statement::Forbid(_)) { "forbid" } else { "deprecate" };
    let mut all = Vec::new();
    for edge in edges {
        sides(names, rule, key, edge, problems);
        all.extend(pairs::pairs(names, edge, problems));
    }
    all
}

fn only(names: &Names<'_>, rule: &Rule, edge: &Edge, problems: &mut Vec<Problem>) -> Verb {
    sides(names, rule, "only", edge, problems);
    let standard =
        |selector: &Selector| !selector.external && unmatched::is_outside(names, selector);
    Verb::Only {
        from: names.set(&edge.from),
        allowed: names.set(&edge.to),
        judges_std: edge.to.iter().any(standard),
    }
}

/// The face must have some part of the component in it.
fn face(
    names: &Names<'_>,
    rule: &Rule,
    component: &[Selector],
    face: &[Selector],
    problems: &mut Vec<Problem>,
) -> NodeSet {
    let (component, set) = (names.set(component), demanded(names, rule, "face", face, problems));
    let there = !component.nodes.is_empty() && !set.nodes.is_empty();
    if there && !component.nodes.intersects(&set.nodes) {
        let message = format!("the face `{}` is no part of `{}`", set.label, component.label);
        problems.push(Problem::fatal("config/foreign-face", face[0].span, message));
    }
    set
}

fn require(names: &Names<'_>, rule: &Rule, edge: &Edge, problems: &mut Vec<Problem>) -> Verb {
    sides(names, rule, "require", edge, problems);
    Verb::Require { from: names.members(&edge.from), to: names.set(&edge.to) }
}

fn demand_members(
    names: &Names<'_>,
    rule: &Rule,
    key: &str,
    members: &Members,
    problems: &mut Vec<Problem>,
) {
    let all: Vec<Selector> =
        members.entries.iter().flatten().chain(&members.removed).cloned().collect();
    inside(names, rule, key, &all, problems);
}

fn independent(
    names: &Names<'_>,
    rule: &Rule,
    members: &Members,
    problems: &mut Vec<Problem>,
) -> Vec<NodeSet> {
    if is_lone(names, members) {
        let message = "one member alone is independent of nothing";
        let problem = Problem::fatal("config/one-member", rule.span, message);
        problems
            .push(problem.with_help("list two or more, or write a glob: `\"app::features::*\"`"));
    }
    parts::members(names, members, rule.span, problems)
}

/// Whether there is but one member and no glob that may come to match more.
fn is_lone(names: &Names<'_>, members: &Members) -> bool {
    let fixed = |one: &Selector| one.is_plain() && names.captures(one).is_empty();
    members.entries.len() == 1 && members.entries.iter().flatten().all(fixed)
}

fn acyclic(
    names: &Names<'_>,
    rule: &Rule,
    (acyclic, circles): (&Acyclic, Circles),
    problems: &mut Vec<Problem>,
) -> Verb {
    match acyclic {
        Acyclic::Crates => {}
        Acyclic::Below { modules, .. } => {
            inside(names, rule, "acyclic", modules, problems);
        }
        Acyclic::Parts(members) => {
            demand_members(names, rule, "acyclic", members, problems);
            if is_lone(names, members) {
                let message = "one part alone is in no circle";
                let problem = Problem::fatal("config/one-member", rule.span, message);
                problems
                    .push(problem.with_help("a string instead of a list looks below the module"));
            }
        }
    }
    let manifests = matches!(acyclic, Acyclic::Crates);
    Verb::Acyclic { parts: parts::acyclic(names, acyclic, rule.span, problems), manifests, circles }
}
