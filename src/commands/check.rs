//! `cargo archlint check`: the straight line.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::{CheckArguments, Invocation};
use super::past::{Rules, judge_at};
use super::ratchet::{forget_past, hold_to_base};
use super::workspace::{Read, options, read};
use super::{configuration, output};
use crate::judge::{Case, judge};
use crate::load::baseline;
use crate::load::date::today;
use crate::outdated::glance;
use crate::report::{Format, Style, write};

/// Judges the workspace and writes what was found.
pub(super) fn run(invocation: &Invocation, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let format = format(&arguments.format)?;
    let Read { workspace, mut sources, files, resolution } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let baseline = baseline::read(&workspace, &mut sources, config)?;
    let today = today_or(arguments.now.as_deref());
    let case = Case {
        workspace: &workspace,
        sources: &sources,
        files: &files,
        config,
        baseline,
        locked: invocation.locked || invocation.frozen,
        past: false,
        today: Some(&today),
        packages: &arguments.package,
        rules: &arguments.rule,
    };
    let mut judged = judge(case, resolution)?;
    if let Some(revision) = &arguments.base {
        hold_to_base(&mut judged, case, revision)?;
    }
    if let Some(revision) = &arguments.changed_since {
        let rules = Rules { config: sources.file(config), today: &today, only: &arguments.rule };
        let past = judge_at(revision, &workspace.root, options(invocation)?, rules)?;
        let hidden = forget_past(&mut judged, &past);
        if !invocation.quiet {
            eprintln!("note: findings that were there at `{revision}` are not shown: {hidden}");
        }
    }
    if arguments.rule.is_empty() {
        let unread = glance(&mut judged.verdict, &workspace, &mut sources, config, &today)?;
        if unread > 0 && !invocation.quiet {
            eprintln!(
                "note: {unread} dependencies have not been looked up; `cargo archlint outdated` says why"
            );
        }
    }
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

/// The format of this name.
pub(super) fn format(name: &str) -> anyhow::Result<Format> {
    Format::parse(name).with_context(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        format!("no format `{name}`; there are {known}")
    })
}

/// The day that is asked for, else the current one.
pub(super) fn today_or(asked: Option<&str>) -> String {
    asked.map_or_else(today, str::to_owned)
}
