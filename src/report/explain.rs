//! A bound rule → what it says, in words, and what its names stand for in this workspace.

use std::io;

use crate::boundaries::policy::{Exception, Layer, NodeSet, Pair, Reach, Reexports, Rule, Verb};
use crate::model::{CodeScope, Severity, Sources};
use crate::report::position::Positions;
use crate::report::selection::plural;
use crate::report::visible::{visible, visible_lines};
use crate::resolve::{NodeId, NodeKind, Resolution};

/// A longer list is cut: nobody reads a hundred modules in a terminal.
const MOST_LISTED: usize = 12;

/// Writes the rule.
pub fn write(
    rule: &Rule,
    resolution: &Resolution,
    sources: &Sources,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let place = Positions::new(sources).place(rule.span);
    writeln!(out, "{} ({place})\n", visible(&rule.id))?;
    write_lines(&sentences(&rule.verb), out)?;
    writeln!(out)?;
    write_lines(&reasons(rule), out)?;
    write_lines(&counts(rule, resolution), out)?;
    writeln!(out)?;
    write_lines(&conditions(rule), out)?;
    for exception in &rule.except {
        writeln!(out, "{}", excepted(exception))?;
    }
    let verb = rule.verb.name();
    writeln!(out, "\n`cargo archlint explain {verb}` says what `{verb}` means, with examples")
}

/// One line: `accounts-not-im  forbid  accounts is the core domain`.
pub fn write_short(rule: &Rule, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let because = rule.because.as_deref().map(visible).unwrap_or_default();
    let line = format!("{:width$}  {:11}  {because}", visible(&rule.id), rule.verb.name());
    writeln!(out, "{}", line.trim_end())
}

fn write_lines(lines: &[String], out: &mut dyn io::Write) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// What must hold.
pub(super) fn sentences(verb: &Verb) -> Vec<String> {
    match verb {
        Verb::Forbid(pairs) => each(pairs, "may not use"),
        Verb::Deprecate(pairs) => each(pairs, "should no longer use"),
        Verb::Only { from, allowed, judges_std } => {
            let rest =
                if *judges_std { " and itself" } else { ", itself and the standard library" };
            vec![format!("{} may use only {}{rest}", name(from), name(allowed))]
        }
        Verb::Protect { target, allow } if allow.nodes.is_empty() => {
            vec![format!("nobody outside of {} may use it", name(target))]
        }
        Verb::Protect { target, allow } => {
            vec![format!("only {} may use {}", name(allow), name(target))]
        }
        Verb::Layers(stacks) => stacks
            .iter()
            .flat_map(|stack| {
                let within = stack.container.as_ref();
                let within = within.map(|path| format!("in `{}`, ", visible(path)));
                let head = format!(
                    "{}each layer may use those below it, never one above:",
                    within.unwrap_or_default()
                );
                std::iter::once(head).chain(stack.layers.iter().map(layer))
            })
            .collect(),
        Verb::Independent(members) => listed("none of these may use another:", members),
        Verb::Acyclic { manifests: true, .. } => {
            vec!["packages may not depend on each other in a circle".to_owned()]
        }
        Verb::Acyclic { parts, .. } => listed("these may not need each other in a circle:", parts),
        Verb::Expose { component, face, to } => {
            let who = to.as_ref().map_or("outsiders".to_owned(), name);
            vec![format!("{who} may use only {} of {}", name(face), name(component))]
        }
        Verb::Require { from, to } => {
            listed(&format!("each of these must use {}:", name(to)), from)
        }
    }
}

fn each(pairs: &[Pair], verb: &str) -> Vec<String> {
    pairs.iter().map(|pair| format!("{} {verb} {}", name(&pair.from), name(&pair.to))).collect()
}

fn name(set: &NodeSet) -> String {
    format!("`{}`", visible(&set.label))
}

fn layer(layer: &Layer) -> String {
    let names: Vec<_> = layer.siblings.iter().map(name).collect();
    let apart = match (names.len() > 1, layer.independent) {
        (false, _) => "",
        (true, true) => " (which may not use each other)",
        (true, false) => " (which may use each other)",
    };
    let closed = if layer.closed { " (closed: nobody above may jump over it)" } else { "" };
    format!("  {}{apart}{closed}", names.join(", "))
}

fn listed(head: &str, sets: &[NodeSet]) -> Vec<String> {
    let names = sets.iter().take(MOST_LISTED).map(|set| format!("  {}", name(set)));
    let rest = sets.len().saturating_sub(MOST_LISTED);
    let rest = (rest > 0).then(|| format!("  and {rest} more"));
    std::iter::once(head.to_owned()).chain(names).chain(rest).collect()
}

fn reasons(rule: &Rule) -> Vec<String> {
    let because = rule.because.iter().map(|text| format!("because: {}", visible_lines(text)));
    let docs = rule.docs.iter().map(|text| format!("docs: {}", visible(text)));
    let mut reasons: Vec<String> = because.chain(docs).collect();
    if !reasons.is_empty() {
        reasons.push(String::new());
    }
    reasons
}

/// What each name stands for.
fn counts(rule: &Rule, resolution: &Resolution) -> Vec<String> {
    let mut sets: Vec<&NodeSet> = sets(&rule.verb);
    sets.extend(&rule.via);
    let mut rows: Vec<(String, String)> = Vec::new();
    for set in sets {
        let row = (name(set), count(set, resolution));
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let rest = rows.len().saturating_sub(MOST_LISTED);
    rows.truncate(MOST_LISTED);
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let lines = rows.iter().map(|(name, count)| format!("{name:width$}  {count}"));
    lines.chain((rest > 0).then(|| format!("and {rest} more"))).collect()
}

fn sets(verb: &Verb) -> Vec<&NodeSet> {
    match verb {
        Verb::Forbid(pairs) | Verb::Deprecate(pairs) => {
            pairs.iter().flat_map(|pair| [&pair.from, &pair.to]).collect()
        }
        Verb::Only { from, allowed, .. } => vec![from, allowed],
        Verb::Protect { target, allow } => vec![target, allow],
        Verb::Layers(stacks) => {
            let layers = stacks.iter().flat_map(|stack| &stack.layers);
            layers.flat_map(|layer| &layer.siblings).collect()
        }
        Verb::Independent(sets) | Verb::Acyclic { parts: sets, .. } => sets.iter().collect(),
        Verb::Expose { component, face, to } => [component, face].into_iter().chain(to).collect(),
        Verb::Require { from, to } => from.iter().chain([to]).collect(),
    }
}

/// `19 modules`; items count only where no module is meant.
fn count(set: &NodeSet, resolution: &Resolution) -> String {
    let [mut modules, mut items, mut external] = [0; 3];
    for node in set.nodes.iter() {
        match resolution.node(NodeId(node as u32)).kind {
            NodeKind::Crate { .. } | NodeKind::Module => modules += 1,
            NodeKind::Item => items += 1,
            NodeKind::ExternalCrate(_) | NodeKind::ExternalPath => external += 1,
        }
    }
    let items = if modules > 0 { 0 } else { items };
    let counts = [(modules, "module"), (items, "item"), (external, "external name")];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    let said = said.map(|(count, noun)| format!("{count} {noun}{}", plural(*count)));
    let said: Vec<String> = said.collect();
    if said.is_empty() { "nothing here".to_owned() } else { said.join(", ") }
}

/// When, how far and how strictly it holds.
pub(super) fn conditions(rule: &Rule) -> Vec<String> {
    let scopes = CodeScope::ALL.into_iter().filter(|scope| rule.scopes.contains(*scope));
    let scopes: Vec<&str> = scopes.map(CodeScope::name).collect();
    let reach = match rule.reach {
        Reach::Direct => "each single use",
        Reach::Items => "each use, and chains from item to item",
        Reach::Modules => "each use, and chains from module to module",
        Reach::Crates => "each use, and chains from crate to crate",
    };
    let reexports = match rule.reexports {
        Reexports::Through => "re-exports are seen through",
        Reexports::Opaque => "a re-export belongs to the module that makes it",
    };
    let breach = match (&rule.verb, rule.severity) {
        (Verb::Deprecate(_), _) | (_, Severity::Warn) => "a warning",
        (_, Severity::Deny) => "an error",
    };
    let via = rule.via.iter().map(|via| format!("legal through: {}", name(via)));
    let lines = [
        format!("scope: {}", scopes.join(", ")),
        format!("judged: {reach}; {reexports}"),
        format!("a breach is {breach}"),
    ];
    via.chain(lines).collect()
}

fn excepted(exception: &Exception) -> String {
    let (from, to) = (visible(&exception.from.label), visible(&exception.to.label));
    let until = exception.until.iter().map(|until| format!(" until {}", visible(until)));
    let owner = exception.owner.iter().map(|owner| format!(" ({})", visible(owner)));
    let because = exception.because.iter().map(|because| format!(": {}", visible(because)));
    let more: String = until.chain(owner).chain(because).collect();
    format!("excepted: `{from} -> {to}`{more}")
}
