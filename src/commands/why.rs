//! `cargo archlint why A B`: the shortest chain, a line per hop.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::arguments::WhyCommand;
use super::workspace::{Read, read};
use super::{configuration, output};
use crate::boundaries::policy::{Pair, Verb};
use crate::boundaries::{bind, parse};
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
    let found = configuration::find(&arguments.invocation, workspace, &sources)?;
    let mut text = match found {
        Some(_) => {
            let config = configuration::read(&arguments.invocation, workspace, &mut sources)?;
            sources.file(config).text.clone()
        }
        None => "version = 1\n".to_owned(),
    };
    let edge = format!("{} -> {}", arguments.from, arguments.to);
    let question = toml::Value::String(edge);
    let id = "(why)";
    text.push_str(&format!("\n[[rule]]\nid = \"{id}\"\nforbid = {question}\n"));
    let asked = text.len();
    let file = sources.add("why".into(), text);
    let (written, mut problems) = parse(&sources.file(file).text, file);
    let (policy, more) = bind(&written, workspace, resolution);
    problems.extend(more);
    let rule = policy.rules.into_iter().find(|rule| rule.id == id);
    let start = asked - question.to_string().len() - 1;
    let own = problems.iter().find(|problem| problem.span.start as usize >= start);
    let verb = rule.map(|rule| rule.verb).with_context(|| match own {
        Some(problem) => match &problem.help {
            Some(help) => format!("{}: {help}", problem.message),
            None => problem.message.clone(),
        },
        None => "the configuration cannot be read".to_owned(),
    })?;
    let Verb::Forbid(pairs) = verb else { bail!("two ends make one edge") };
    let mut pairs = pairs.into_iter();
    let mut all = pairs.next().context("two ends make one edge")?;
    for pair in pairs {
        all.from.nodes.union_with(&pair.from.nodes);
        all.to.nodes.union_with(&pair.to.nodes);
    }
    Ok(all)
}
