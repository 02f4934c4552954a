//! `cargo archlint doctor`: what is odd about the configuration itself.

use std::io::Write as _;
use std::process::ExitCode;

use super::arguments::DoctorCommand;
use super::outputs::{base, named};
use super::workspace::{Read, read};
use super::{configuration, output};
use crate::boundaries::{Grade, NO_EFFECT, Problem, bind, read as read_boundaries};
use crate::doctor::doctor;
use crate::graph::Graph;
use crate::judge::of_problem;
use crate::report::{Outcome, Style, write};
use crate::settle::{Finding, Status, Summary, verdict};

/// Reads the configuration as `check` does, and judges it instead of the code.
///
/// What makes the configuration unusable is told, too, and names that have no effect; other warnings
/// are for `check` to say.
pub(super) fn run(arguments: &DoctorCommand) -> anyhow::Result<ExitCode> {
    let format = named(&arguments.format)?;
    let invocation = &arguments.invocation;
    let Read { workspace, mut sources, resolution, .. } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let (written, mut problems) = read_boundaries(&workspace, &sources, config);
    let (policy, more) = bind(&written, &workspace, &resolution);
    problems.extend(more);
    let is_odd = |problem: &Problem| problem.grade == Grade::Fatal || problem.code == NO_EFFECT;
    problems.retain(is_odd);
    let unusable = problems.iter().any(|problem| problem.grade == Grade::Fatal);
    let mut found: Vec<_> = problems.into_iter().map(of_problem).collect();
    found.extend(doctor(&Graph::new(resolution), &policy));
    let is_well = found.is_empty();
    let new = |violation| Finding { violation, status: Status::New, fingerprint: String::new() };
    let lines = sources.file(config).text.lines().count();
    let summary = Summary { files: 1, lines, ..Summary::default() };
    let verdict = verdict(found.into_iter().map(new).collect(), summary, &sources);
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        quiet: invocation.quiet,
        ..Style::default()
    };
    let mut out = output::stdout();
    let base = base(None, &workspace.root)?;
    let (workspace, policy) = (&workspace, &policy);
    let outcome = Outcome { verdict: &verdict, sources: &sources, policy, workspace, base: &base };
    write(&outcome, format, style, &mut out)?;
    out.flush()?;
    Ok(ExitCode::from(if unusable { 2 } else { u8::from(!is_well) }))
}
