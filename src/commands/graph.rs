//! `cargo archlint graph`: who names whom, as text.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::GraphCommand;
use super::configuration;
use super::output::stdout;
use super::workspace::{Read, read};
use crate::judge::{Case, judge};
use crate::load::baseline;
use crate::load::date::today;
use crate::load::pages;
use crate::report::gaps;
use crate::report::graph::{Grain, GraphFormat, Overlay, Picture, write};

/// Writes the graph, or one of the lists of what is missing in it.
pub(super) fn run(arguments: &GraphCommand) -> anyhow::Result<ExitCode> {
    let format = GraphFormat::parse(&arguments.format).with_context(|| {
        let known = GraphFormat::ALL.map(GraphFormat::name).join(", ");
        format!("no graph format `{}`; there are {known}", arguments.format)
    })?;
    let grain = arguments.grain.as_deref().map(parse_grain).transpose()?;
    let read = read(&arguments.invocation)?;
    if format.shows_rules() && !(arguments.unresolved || arguments.unreached || arguments.macros) {
        return draw(arguments, read, Picture { format, grain, alternatives: false });
    }
    let Read { sources, resolution, .. } = read;
    let mut out = stdout();
    if arguments.unresolved {
        gaps::write_unresolved(&resolution, &sources, &mut out)?;
    } else if arguments.unreached {
        gaps::write_unreached(&resolution, &mut out)?;
    } else if arguments.macros {
        gaps::write_macros_not_read(&resolution, &sources, &mut out)?;
    } else {
        let asked = Picture { format, grain, alternatives: arguments.all_cfgs };
        write(&resolution, &sources, Overlay::default(), asked, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a picture, with components and faults where there is a configuration to say so.
fn draw(arguments: &GraphCommand, read: Read, asked: Picture) -> anyhow::Result<ExitCode> {
    let Read { workspace, mut sources, files, resolution } = read;
    let mut out = stdout();
    if configuration::find(&arguments.invocation, &workspace, &sources)?.is_none() {
        write(&resolution, &sources, Overlay::default(), asked, &mut out)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = configuration::read(&arguments.invocation, &workspace, &mut sources)?;
    let pages = pages::read(&workspace, &mut sources, config)?;
    let baseline = baseline::read(&workspace, &mut sources, config)?;
    let case = Case {
        pages: &pages,
        baseline,
        today: Some(&today()),
        built_in: true,
        ..Case::new(&workspace, &sources, &files, config)
    };
    let judged = judge(case, resolution)?;
    if judged.unusable && !arguments.invocation.quiet {
        eprintln!("note: the configuration cannot be used, so no rule is shown; `check` says why");
    }
    let findings = &judged.verdict.findings;
    let overlay = Overlay { components: &judged.policy.components, findings };
    write(&judged.graph.resolution, &sources, overlay, asked, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn parse_grain(name: &str) -> anyhow::Result<Grain> {
    let known = Grain::ALL.map(Grain::name).join(", ");
    Grain::parse(name).with_context(|| format!("no grain `{name}`; there are {known}"))
}
