//! `cargo archlint graph`: who names whom, as text.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::GraphCommand;
use super::output::stdout;
use super::workspace::{Read, read};
use crate::report::gaps;
use crate::report::graph::{Grain, GraphFormat, Picture, write};

/// Writes the graph, or one of the lists of what is missing in it.
pub(super) fn run(arguments: &GraphCommand) -> anyhow::Result<ExitCode> {
    let format = GraphFormat::parse(&arguments.format).with_context(|| {
        let known = GraphFormat::ALL.map(GraphFormat::name).join(", ");
        format!("no graph format `{}`; there are {known}", arguments.format)
    })?;
    let grain = arguments.grain.as_deref().map(parse_grain).transpose()?;
    let Read { sources, resolution, .. } = read(&arguments.invocation)?;
    let mut out = stdout();
    if arguments.unresolved {
        gaps::write_unresolved(&resolution, &sources, &mut out)?;
    } else if arguments.unreached {
        gaps::write_unreached(&resolution, &mut out)?;
    } else if arguments.macros {
        gaps::write_macros_not_read(&resolution, &sources, &mut out)?;
    } else {
        let asked = Picture { format, grain, alternatives: arguments.all_cfgs };
        write(&resolution, &sources, asked, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn parse_grain(name: &str) -> anyhow::Result<Grain> {
    let known = Grain::ALL.map(Grain::name).join(", ");
    Grain::parse(name).with_context(|| format!("no grain `{name}`; there are {known}"))
}
