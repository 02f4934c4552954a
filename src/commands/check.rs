//! `cargo archlint check`: the straight line.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::{CheckArguments, Invocation};
use super::past::{Rules, judge_at};
use super::ratchet::{forget_past, hold_to_base};
use super::recall::{Answer, Question};
use super::workspace::{Found, Read, Steps, find, options, read_on, tell_fallback, tell_trouble};
use super::{configuration, output};
use crate::judge::{Case, Judged, denies, judge};
use crate::load::baseline;
use crate::load::date::today;
use crate::model::{FileId, Sources};
use crate::report::{Format, Style, write};
use crate::settle::Verdict;

/// Judges the workspace and writes what was found.
pub(super) fn run(invocation: &Invocation, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let format = Format::parse(&arguments.format).with_context(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        format!("no format `{}`; there are {known}", arguments.format)
    })?;
    let steps = Steps::begin(invocation);
    let mut found = find(invocation, &steps)?;
    let (config, baseline) = rules(invocation, &mut found)
        .inspect_err(|_| tell_fallback(invocation, &found.workspace))?;
    let today = today_or(arguments.now.as_deref());
    let question = question(&found, invocation, arguments, &today);
    let mut read_already = BTreeMap::default();
    if let Some(question) = &question {
        match question.recall(&mut found) {
            Ok(Answer { verdict, unusable, .. }) => {
                steps.done("nothing has changed since an earlier run: read", "writing");
                drop(steps);
                tell_fallback(invocation, &found.workspace);
                let said = Said { verdict: &verdict, unusable, sources: &found.sources };
                return said.write(format, invocation, arguments);
            }
            Err(read) => read_already = read,
        }
    }
    let (read, contents) = read_on(found, read_already, &steps);
    drop(steps);
    tell_fallback(invocation, &read.workspace);
    let Read { workspace, sources, files, resolution } = read;
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
    hold_to_past(&mut judged, case, invocation, arguments)?;
    let Judged { verdict, unusable, .. } = judged;
    let answer = Answer { verdict, unusable, contents };
    let trouble = question.and_then(|question| question.keep(&answer));
    tell_trouble(invocation, trouble);
    Said { verdict: &answer.verdict, unusable, sources: &sources }
        .write(format, invocation, arguments)
}

/// Reads the configuration and the baseline.
fn rules(invocation: &Invocation, found: &mut Found) -> anyhow::Result<(FileId, Option<FileId>)> {
    let Found { workspace, sources, .. } = found;
    let config = configuration::read(invocation, workspace, sources)?;
    Ok((config, baseline::read(workspace, sources, config)?))
}

/// What an earlier run may have answered; nothing where git is asked, too.
fn question(
    found: &Found,
    invocation: &Invocation,
    arguments: &CheckArguments,
    today: &str,
) -> Option<Question> {
    if arguments.base.is_some() || arguments.changed_since.is_some() {
        return None;
    }
    let locked = if invocation.locked || invocation.frozen { "locked" } else { "" };
    let packages = arguments.package.iter().flat_map(|name| ["package", name]);
    let rules = arguments.rule.iter().flat_map(|id| ["rule", id]);
    let all: Vec<&str> = [today, locked].into_iter().chain(packages).chain(rules).collect();
    Question::new(found, &all)
}

/// Compares with earlier revisions, where that is asked for.
fn hold_to_past(
    judged: &mut Judged,
    case: Case<'_>,
    invocation: &Invocation,
    arguments: &CheckArguments,
) -> anyhow::Result<()> {
    if let Some(revision) = &arguments.base {
        hold_to_base(judged, case, revision)?;
    }
    if let (Some(revision), Some(today)) = (&arguments.changed_since, case.today) {
        let rules = Rules { config: case.sources.file(case.config), today, only: case.rules };
        let past = judge_at(revision, &case.workspace.root, options(invocation)?, rules)?;
        let hidden = forget_past(judged, &past);
        if !invocation.quiet {
            eprintln!("note: findings that were there at `{revision}` are not shown: {hidden}");
        }
    }
    Ok(())
}

/// What is to be written.
struct Said<'a> {
    verdict: &'a Verdict,
    unusable: bool,
    sources: &'a Sources,
}

impl Said<'_> {
    fn write(
        &self,
        format: Format,
        invocation: &Invocation,
        arguments: &CheckArguments,
    ) -> anyhow::Result<ExitCode> {
        let style = Style {
            color: output::colored(invocation.color),
            ascii: output::ascii(),
            show_suppressed: arguments.show_suppressed,
            quiet: invocation.quiet,
            max_findings: arguments.max_findings,
        };
        let mut out = output::stdout();
        write(self.verdict, self.sources, format, style, &mut out)?;
        out.flush()?;
        let code = if self.unusable { 2 } else { u8::from(denies(self.verdict)) };
        Ok(ExitCode::from(code))
    }
}

/// The day that is asked for, else the current one.
pub(super) fn today_or(asked: Option<&str>) -> String {
    asked.map_or_else(today, str::to_owned)
}
