//! `cargo archlint check`: the straight line.

use std::process::ExitCode;

use camino::Utf8Path;

use super::arguments::{CheckArguments, Invocation};
use super::outputs::{Output, base, plan, write_all};

use super::past::{Rules, judge_at, nested};
use super::ratchet::{forget_past, hold_to_base};
use super::workspace::{Read, options, read};
use super::{configuration, output};
use crate::boundaries::policy::Policy;
use crate::check::Violation;
use crate::discover::Workspace;
use crate::judge::{Case, Judged, judge};
use crate::load::baseline;
use crate::load::date::today;
use crate::model::{Severity, Sources, Span};
use crate::outdated::glance;
use crate::report::{Format, Outcome, Style};
use crate::settle::{self, Finding, Status, Summary, Verdict};

/// A configuration that cannot be read, where even that is told in a document.
const UNREADABLE: &str = "config/unreadable";

/// Judges the workspace and writes what was found.
pub(super) fn run(invocation: &Invocation, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let outputs = plan(arguments.format.as_deref(), &arguments.output)?;
    let run = judged(invocation, arguments, tells_trouble(&outputs))?;
    let base = base(arguments.path_base.as_deref(), &run.workspace.root)?;
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        show_suppressed: arguments.show_suppressed,
        quiet: invocation.quiet,
        max_findings: arguments.max_findings,
    };
    write_all(&outputs, &run.outcome(&base), style)?;
    Ok(ExitCode::from(run.code))
}

/// An editor that gets no message shows that something failed, but not what.
fn tells_trouble(outputs: &[Output]) -> bool {
    outputs.iter().any(|output| output.format == Format::Cargo)
}

/// What a run has come to.
pub(super) struct Run {
    pub(super) workspace: Workspace,
    sources: Sources,
    verdict: Verdict,
    policy: Policy,
    /// The exit code.
    pub(super) code: u8,
}

impl Run {
    /// All that a report speaks of.
    pub(super) fn outcome<'a>(&'a self, base: &'a Utf8Path) -> Outcome<'a> {
        Outcome {
            verdict: &self.verdict,
            sources: &self.sources,
            policy: &self.policy,
            workspace: &self.workspace,
            base,
        }
    }
}

/// Judges the workspace. Where trouble is to be told, what cannot be judged is a verdict, too.
pub(super) fn judged(
    invocation: &Invocation,
    arguments: &CheckArguments,
    tells_trouble: bool,
) -> anyhow::Result<Run> {
    let mut read = read(invocation)?;
    let (verdict, policy, code) = match judge_read(invocation, arguments, &mut read) {
        Ok(judged) => {
            let code = if judged.unusable { 2 } else { u8::from(!judged.holds()) };
            (judged.verdict, judged.policy, code)
        }
        Err(error) if tells_trouble => (trouble(&error, &read.sources), Policy::default(), 2),
        Err(error) => return Err(error),
    };
    let Read { workspace, sources, .. } = read;
    Ok(Run { workspace, sources, verdict, policy, code })
}

/// The one finding of a run that came to none, in the workspace's manifest: it is always there.
fn trouble(error: &anyhow::Error, sources: &Sources) -> Verdict {
    let violation =
        Violation::new(UNREADABLE, Severity::Deny, Span::default(), format!("{error:#}"));
    let finding = Finding { violation, status: Status::New, fingerprint: String::new() };
    settle::verdict(vec![finding], Summary::default(), sources)
}

fn judge_read(
    invocation: &Invocation,
    arguments: &CheckArguments,
    read: &mut Read,
) -> anyhow::Result<Judged> {
    let Read { workspace, sources, files, resolution } = read;
    let config = configuration::read(invocation, workspace, sources)?;
    let baseline = baseline::read(workspace, sources, config)?;
    let today = today_or(arguments.now.as_deref());
    let case = Case {
        workspace,
        sources,
        files,
        config,
        baseline,
        locked: invocation.locked || invocation.frozen,
        past: false,
        today: Some(&today),
        packages: &arguments.package,
        rules: &arguments.rule,
        built_in: true,
    };
    let mut judged = judge(case, std::mem::take(resolution))?;
    if let Some(revision) = &arguments.base {
        hold_to_base(&mut judged, case, revision)?;
    }
    if let Some(revision) = &arguments.changed_since {
        let nested = nested(&workspace, &sources, config);
        let config = sources.file(config);
        let rules = Rules { config, nested, today: &today, only: &arguments.rule };
        let past = judge_at(revision, &workspace.root, options(invocation)?, &rules)?;
        let hidden = forget_past(&mut judged, &past);
        if !invocation.quiet {
            eprintln!("note: findings that were there at `{revision}` are not shown: {hidden}");
        }
    }
    if arguments.rule.is_empty() {
        let unread = glance(&mut judged.verdict, workspace, sources, config, &today)?;
        if unread > 0 && !invocation.quiet {
            eprintln!(
                "note: {unread} dependencies have not been looked up; `cargo archlint outdated` says why"
            );
        }
    }
    Ok(judged)
}

/// The day that is asked for, else the current one.
pub(super) fn today_or(asked: Option<&str>) -> String {
    asked.map_or_else(today, str::to_owned)
}
