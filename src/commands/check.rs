//! `cargo archlint check`: the straight line.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::{CheckArguments, Invocation};
use super::workspace::{Read, read};
use super::{configuration, output};
use crate::judge::{Case, judge};
use crate::load::date::today;
use crate::report::{Format, Style, write};

/// Judges the workspace and writes what was found.
pub(super) fn run(invocation: &Invocation, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let format = Format::parse(&arguments.format).with_context(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        format!("no format `{}`; there are {known}", arguments.format)
    })?;
    let Read { workspace, mut sources, files, resolution } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let today = arguments.now.clone().unwrap_or_else(today);
    let case = Case {
        workspace: &workspace,
        sources: &sources,
        files: &files,
        config,
        today: Some(&today),
        packages: &arguments.package,
        rules: &arguments.rule,
    };
    let judged = judge(case, resolution)?;
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        show_suppressed: arguments.show_suppressed,
        quiet: invocation.quiet,
        max_findings: arguments.max_findings,
    };
    let mut out = output::stdout();
    write(&judged.verdict, &sources, format, style, &mut out)?;
    out.flush()?;
    Ok(ExitCode::from(if judged.unusable { 2 } else { u8::from(!judged.holds()) }))
}
