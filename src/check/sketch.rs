//! Policies from text, for tests.
//!
//! One line is one rule, with its settings after semicolons:
//!
//! ```text
//! forbid a -> b; via g; reach modules; opaque; scope normal,test; except a::x -> b until 2020-01-01
//! only a: b | c                 (`; std` to judge std too)
//! protect p: x | y
//! layers high, closed mid, a || b, c : d, low     (several stacks: ` / ` between them;
//!                                                 `; undeclared m`, `; outsiders m` of the first)
//! independent a, b
//! acyclic a, b                  (`; manifests`, `; each`, `; by-uses`)
//! expose c: face                (`; to web`)
//! require a, b: c
//! deprecate a -> b
//! component a
//! exhaustive
//! unmatched warn                (or `silent`)
//! ```
//!
//! A set is `a | =b`: the nodes at these paths and all below, or with `=` the module alone. Rules
//! are called after their verb, unless `id x` says otherwise.

use crate::boundaries::policy::{
    Circles, Component, Exception, Layer, NodeSet, Pair, Policy, Reach, Reexports, Rule, Scopes,
    Stack, Unmatched, Verb,
};
use crate::graph::{Graph, sketch};
use crate::model::{CodeScope, Severity, Span};
use crate::resolve::{NodeId, NodeKind};

/// The policy that the text describes, bound to the graph.
pub(crate) fn policy(graph: &Graph, text: &str) -> Policy {
    let mut policy = Policy::default();
    for (number, line) in (1..).zip(text.lines().map(str::trim).filter(|line| !line.is_empty())) {
        let mut parts = line.split(';').map(str::trim);
        let (verb, names) = split(parts.next().unwrap(), " ");
        match verb {
            "unmatched" => policy.unmatched_exceptions = unmatched(names),
            "exhaustive" => policy.exhaustive = Some(span(number)),
            "component" => policy.components.push(component(graph, names)),
            _ => {
                let mut rule = bare(verb, span(number), self::verb(graph, verb, names));
                parts.for_each(|part| setting(graph, &mut rule, part));
                policy.rules.push(rule);
            }
        }
    }
    policy
}

fn unmatched(name: &str) -> Unmatched {
    match name {
        "warn" => Unmatched::Warn,
        "silent" => Unmatched::Silent,
        _ => Unmatched::Deny,
    }
}

fn split<'a>(text: &'a str, at: &str) -> (&'a str, &'a str) {
    let (one, two) = text.split_once(at).unwrap_or((text, ""));
    (one.trim(), two.trim())
}

fn span(line: u32) -> Span {
    let start = 100_000 + line * 100;
    Span { start, end: start + 1, ..Span::default() }
}

fn component(graph: &Graph, name: &str) -> Component {
    let (owner, strict) = (None, false);
    Component { name: name.to_owned(), owner, set: set(graph, name), span: span(0), strict }
}

fn bare(id: &str, span: Span, verb: Verb) -> Rule {
    Rule {
        id: id.to_owned(),
        span,
        because: None,
        docs: None,
        severity: Severity::Deny,
        scopes: scopes("normal,build"),
        reach: Reach::Direct,
        reexports: Reexports::Through,
        within: None,
        via: None,
        is_complete: true,
        allowances: Vec::new(),
        except: Vec::new(),
        page: None,
        verb,
    }
}

fn verb(graph: &Graph, verb: &str, names: &str) -> Verb {
    let set = |text: &str| set(graph, text);
    let sets = |text: &str| text.split(',').map(|one| set(one.trim())).collect();
    let pair = |(from, to)| vec![Pair { from: set(from), to: set(to) }];
    let (before, after) = split(names, ": ");
    match verb {
        "forbid" => Verb::Forbid(pair(split(names, "->"))),
        "deprecate" => Verb::Deprecate(pair(split(names, "->"))),
        "only" => Verb::Only { from: set(before), allowed: set(after), judges_std: false },
        "protect" => Verb::Protect { target: set(before.trim_end_matches(':')), allow: set(after) },
        "layers" => Verb::Layers(names.split(" / ").map(|one| stack(one, &set)).collect()),
        "independent" => Verb::Independent(sets(names)),
        "acyclic" => {
            let circles = Circles::default();
            Verb::Acyclic { parts: sets(names), manifests: false, circles }
        }
        "expose" => Verb::Expose { component: set(before), face: set(after), to: None },
        "require" => Verb::Require { from: sets(before), to: set(after) },
        _ => panic!("`{verb}` is no verb"),
    }
}

fn stack(text: &str, set: &dyn Fn(&str) -> NodeSet) -> Stack {
    let layer = |text: &str| {
        let (closed, text) = match text.strip_prefix("closed ") {
            Some(text) => (true, text),
            None => (false, text),
        };
        let independent = text.contains("||");
        let separator = if independent { "||" } else { " : " };
        let siblings = text.split(separator).map(|one| set(one.trim())).collect();
        Layer { siblings, independent, closed }
    };
    let layers = text.split(',').map(|text| layer(text.trim())).collect();
    Stack { layers, ..Stack::default() }
}

/// `container::module`.
fn undeclared(graph: &Graph, stack: &mut Stack, path: &str) {
    stack.container = path.rsplit_once("::").map(|(container, _)| container.to_owned());
    stack.undeclared.push(sketch::node(graph, path));
}

fn setting(graph: &Graph, rule: &mut Rule, text: &str) {
    let (word, rest) = split(text, " ");
    match (word, &mut rule.verb) {
        ("id", _) => rule.id = rest.to_owned(),
        ("because", _) => rule.because = Some(rest.to_owned()),
        ("docs", _) => rule.docs = Some(rest.to_owned()),
        ("warn", _) => rule.severity = Severity::Warn,
        ("via", _) => rule.via = Some(set(graph, rest)),
        ("opaque", _) => rule.reexports = Reexports::Opaque,
        ("scope", _) => rule.scopes = scopes(rest),
        ("reach", _) => rule.reach = reach(rest),
        ("except", _) => rule.except.push(exception(graph, rest)),
        ("std", Verb::Only { judges_std, .. }) => *judges_std = true,
        ("manifests", Verb::Acyclic { manifests, .. }) => *manifests = true,
        ("each", Verb::Acyclic { circles, .. }) => circles.each = true,
        ("by-uses", Verb::Acyclic { circles, .. }) => circles.by_uses = true,
        ("outsiders", Verb::Layers(stacks)) => stacks[0].outsiders = set(graph, rest),
        ("undeclared", Verb::Layers(stacks)) => undeclared(graph, &mut stacks[0], rest),
        ("to", Verb::Expose { to, .. }) => *to = Some(set(graph, rest)),
        _ => panic!("`{text}` says nothing about this rule"),
    }
}

fn scopes(names: &str) -> Scopes {
    let mut scopes = Scopes::default();
    for name in names.split(',') {
        let scope = CodeScope::ALL.into_iter().find(|scope| scope.name() == name).unwrap();
        scopes.0.insert(scope as usize);
    }
    scopes
}

fn reach(name: &str) -> Reach {
    match name {
        "items" => Reach::Items,
        "modules" => Reach::Modules,
        "crates" => Reach::Crates,
        _ => panic!("nobody reaches `{name}`"),
    }
}

fn exception(graph: &Graph, text: &str) -> Exception {
    let (edge, until) = split(text, "until");
    let (from, to) = split(edge, "->");
    Exception {
        from: set(graph, from),
        to: set(graph, to),
        because: None,
        owner: None,
        until: (!until.is_empty()).then(|| until.to_owned()),
        span: span(900),
    }
}

fn set(graph: &Graph, text: &str) -> NodeSet {
    let mut nodes = NodeSet { label: text.to_owned(), ..NodeSet::default() };
    for path in text.split(" | ").map(str::trim).filter(|path| !path.is_empty()) {
        let top = sketch::node(graph, path.trim_start_matches('='));
        for node in graph.nodes_of_crate(graph.resolution.crate_of(top)) {
            let below =
                std::iter::successors(Some(node), |node| graph.resolution.node(*node).parent)
                    .take_while(|node| !path.starts_with('=') || is_own(graph, *node, top))
                    .any(|node| node == top);
            if below {
                nodes.nodes.insert(node.0 as usize);
            }
        }
    }
    nodes
}

/// Whether a node is the module itself or one of its items, not a module below.
fn is_own(graph: &Graph, node: NodeId, top: NodeId) -> bool {
    node == top || graph.resolution.node(node).kind == NodeKind::Item
}
