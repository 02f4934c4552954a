//! Broken bans → [`Violation`]s: everything that all verbs say alike.

use crate::boundaries::policy::{Reexports, Rule, Verb};
use crate::check::bans::{Ends, Words};
use crate::check::uses::{Chain, Use};
use crate::check::view::View;
use crate::check::{Step, Violation};
use crate::graph::chains::Link;
use crate::graph::{Grain, Graph};
use crate::model::{Severity, Span};
use crate::resolve::{NodeId, Reference, ReferenceId};

/// How many places of one edge are listed; the rest is counted.
pub(super) const LISTED: usize = 20;

/// A violation of `rule` at `span` about which nothing else is known yet.
pub(super) fn bare(rule: &Rule, span: Span, message: String) -> Violation {
    Violation {
        because: rule.because.clone(),
        related: vec![(rule.span, format!("rule `{}` says so", rule.id))],
        notes: rule.docs.iter().map(|docs| format!("see {docs}")).collect(),
        ..Violation::new(&rule.id, severity(rule), span, message)
    }
}

fn severity(rule: &Rule) -> Severity {
    if matches!(rule.verb, Verb::Deprecate(_)) { Severity::Warn } else { rule.severity }
}

/// A single reference.
pub(super) fn direct(view: &View, broken: &Use) -> Violation {
    let (resolution, reference) = (&view.graph.resolution, broken.reference);
    let ends = ends(view.graph, reference, broken.target);
    let words = (broken.ban.say)(&ends);
    let mut violation = Violation {
        edge: Some((reference.from, broken.target)),
        to: resolution.path(resolution.module(broken.target)),
        owner: resolution.path(reference.from),
        through: through(view, broken),
        help: help(view.rule, &words),
        ..at(view, reference, words.message)
    };
    violation.label = label(&violation.through, &ends.to);
    let others = broken.others.iter().map(|other| resolution.path(*other));
    violation.notes.extend(others.map(|other| format!("the same path may also mean `{other}`")));
    violation.from = ends.from;
    violation.item = ends.to;
    violation
}

/// A chain, told from its first hop.
pub(super) fn indirect(view: &View, chain: &Chain) -> Violation {
    let (graph, links) = (view.graph, &chain.links);
    let path = |node| graph.resolution.path(node);
    let (first, last) = (&links[0], &links[links.len() - 1]);
    let (start, end) = (first_reference(graph, first), first_reference(graph, last));
    let target = view.target(end).unwrap_or(end.to);
    let module = |node| path(graph.at(Grain::Modules, node));
    let (from, to) = (module(first.from), path(last.to));
    let ends = Ends { from, to, target, verb: "reach" };
    let words = (chain.ban.say)(&ends);
    let mut violation = Violation {
        edge: Some((start.from, target)),
        label: format!("leads to `{}` through `{}`", ends.to, path(first.to)),
        to: module(last.to),
        owner: path(first.from),
        chain: links.iter().map(|link| step(graph, link)).collect(),
        help: help(view.rule, &words),
        ..at(view, start, words.message)
    };
    for link in links {
        let ends = (path(link.from), path(link.to));
        list_further_uses(graph, (&ends.0, &ends.1), &link.evidence, &mut violation);
    }
    violation.from = ends.from;
    violation.item = ends.to;
    violation
}

/// What a violation takes from the reference at which it stands.
pub(super) fn at(view: &View, reference: &Reference, message: String) -> Violation {
    let resolution = &view.graph.resolution;
    let mut violation = bare(view.rule, reference.span, message);
    resolution.text(reference.written).clone_into(&mut violation.written);
    violation.scope = reference.scope;
    let cfg = resolution.text(reference.cfg);
    if !cfg.is_empty() {
        violation.notes.push(format!("compiled only under `cfg({cfg})`"));
    }
    if reference.alternative {
        let plain = "in a plain build the same path means something else".to_owned();
        violation.notes.push(plain);
    }
    if reference.in_macro {
        violation.notes.push("written inside a macro".to_owned());
    }
    violation
}

fn ends(graph: &Graph, reference: &Reference, target: NodeId) -> Ends {
    let resolution = &graph.resolution;
    Ends {
        from: resolution.path(resolution.module(reference.from)),
        to: resolution.path(target),
        target,
        verb: if reference.is_manifest() { "depend on" } else { "use" },
    }
}

fn help(rule: &Rule, words: &Words) -> Option<String> {
    let via = rule.via.as_ref().map(|via| format!("go through `{}`", via.label));
    via.or_else(|| words.help.clone())
}

/// The re-exports on the way into the forbidden place; those within it lead nowhere new.
fn through(view: &View, broken: &Use) -> Vec<Step> {
    let path = |node| view.graph.resolution.path(node);
    if view.rule.reexports == Reexports::Opaque {
        return Vec::new();
    }
    let outside = |node: NodeId| !broken.ban.to.contains(node.0 as usize);
    let hops = view.graph.resolution.through(broken.reference).iter();
    let hops: Vec<_> = hops.take_while(|hop| outside(hop.module)).collect();
    let next = hops.iter().skip(1).map(|hop| hop.module).chain([broken.target]);
    let steps = hops.iter().zip(next);
    steps.map(|(hop, to)| Step { from: path(hop.module), to: path(to), span: hop.span }).collect()
}

fn label(through: &[Step], to: &str) -> String {
    let modules: Vec<String> = through.iter().map(|step| format!("`{}`", step.from)).collect();
    match modules.as_slice() {
        [] => format!("names `{to}`"),
        [one] => format!("reaches `{to}` through a re-export in {one}"),
        several => format!("reaches `{to}` through re-exports in {}", several.join(", then ")),
    }
}

/// One hop, at the first place where it is made.
fn step(graph: &Graph, link: &Link) -> Step {
    let path = |node| graph.resolution.path(node);
    Step { from: path(link.from), to: path(link.to), span: first_reference(graph, link).span }
}

/// Adds the places of an edge after the first.
pub(super) fn list_further_uses(
    graph: &Graph,
    (from, to): (&str, &str),
    evidence: &[ReferenceId],
    violation: &mut Violation,
) {
    let listed = evidence.iter().take(LISTED).skip(1).map(|id| graph.reference(*id).span);
    violation.related.extend(listed.map(|span| (span, format!("`{from}` uses `{to}` here too"))));
    let more = evidence.len().saturating_sub(LISTED);
    if more > 0 {
        violation.notes.push(format!("`{from}` uses `{to}` in {more} more places"));
    }
}

fn first_reference<'a>(graph: &'a Graph, link: &Link) -> &'a Reference {
    graph.reference(link.evidence[0])
}
