//! `cargo archlint why A B`: the shortest chain, a line per hop.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::arguments::WhyCommand;
use super::workspace::{Read, read};
use super::{configuration, output};
use crate::boundaries::policy::{Pair, Verb};
use crate::boundaries::{Problem, bind, parse};
use crate::check::Step;
use crate::graph::chains::{Arcs, Link, Search};
use crate::graph::{Grain, Graph};
use crate::model::{BitSet, CodeScope, Sources};
use crate::report::why::{write_json, write_text};

/// Writes the chain. Exit code 0 if there is one, 1 if there is none.
pub(super) fn run(arguments: &WhyCommand) -> anyhow::Result<ExitCode> {
    let grain = match arguments.reach.as_str() {
        "items" => Grain::Items,
        "modules" => Grain::Modules,
        "crates" => Grain::Crates,
        other => bail!("no reach `{other}`; there are items, modules, crates"),
    };
    let read = read(&arguments.invocation)?;
    let Pair { from, to } = ends(arguments, &read)?;
    let Read { sources, resolution, .. } = read;
    let graph = Graph::new(resolution);
    let arcs = Arcs::new(&graph, grain, |reference| {
        let counts = matches!(reference.scope, CodeScope::Normal | CodeScope::Build);
        (counts || arguments.all_scopes).then_some(reference.to)
    });
    let nothing = BitSet::new();
    let search = Search { from: &from.nodes, to: &to.nodes, avoiding: &nothing };
    let chain = arcs.shortest(search).unwrap_or_default();
    let steps: Vec<Step> = chain.iter().map(|link| step(&graph, link)).collect();
    write(arguments, &steps, &sources)?;
    Ok(ExitCode::from(u8::from(steps.is_empty())))
}

fn write(arguments: &WhyCommand, steps: &[Step], sources: &Sources) -> anyhow::Result<()> {
    let ends = (arguments.from.as_str(), arguments.to.as_str());
    let mut out = output::stdout();
    match arguments.format.as_str() {
        "human" => write_text(ends, steps, sources, output::ascii(), &mut out)?,
        "json" => write_json(ends, steps, sources, &mut out)?,
        other => bail!("no format `{other}`; there are human, json"),
    }
    out.flush()?;
    Ok(())
}

fn step(graph: &Graph, link: &Link) -> Step {
    let first = link.evidence.first().expect("a link has evidence");
    Step {
        from: graph.resolution.path(link.from),
        to: graph.resolution.path(link.to),
        span: graph.reference(*first).span,
    }
}

/// Both ends, read as the sides of a rule: components of the configuration may be named.
fn ends(arguments: &WhyCommand, read: &Read) -> anyhow::Result<Pair> {
    let Read { workspace, sources, resolution, .. } = read;
    let mut sources = sources.clone();
    let edge = toml::Value::String(format!("{} -> {}", arguments.from, arguments.to));
    let text = format!("[[rule]]\nforbid = {edge}\n");
    let question = sources.add("why".into(), text);
    let (mut asked, mut problems) = parse(&sources.file(question).text, question);
    if configuration::find(&arguments.invocation, workspace, &sources)?.is_some() {
        let config = configuration::read(&arguments.invocation, workspace, &mut sources)?;
        let (written, _) = parse(&sources.file(config).text, config);
        asked.components = written.components;
    }
    let (policy, more) = bind(&asked, workspace, resolution);
    problems.extend(more);
    let own = problems.iter().find(|problem| problem.span.file == question);
    let rule = policy.rules.into_iter().next();
    let verb = rule.map(|rule| rule.verb).with_context(|| own.map_or_else(String::new, told))?;
    let Verb::Forbid(pairs) = verb else { bail!("two ends make one edge") };
    union(pairs).context("two ends make one edge")
}

/// A fault of the question, which the user did not write as a rule.
fn told(problem: &Problem) -> String {
    let message = problem.message.replace(" in `forbid`", "");
    problem.help.as_ref().map_or(message.clone(), |help| format!("{message}; {help}"))
}

/// All pairs as one.
fn union(pairs: Vec<Pair>) -> Option<Pair> {
    pairs.into_iter().reduce(|mut all, pair| {
        all.from.nodes.union_with(&pair.from.nodes);
        all.to.nodes.union_with(&pair.to.nodes);
        all
    })
}
