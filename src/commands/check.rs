//! `cargo archlint check`: the straight line.

use std::process::ExitCode;

use camino::Utf8Path;
use rustc_hash::FxHashMap;

use super::arguments::{CheckArguments, Invocation};
use super::outputs::{Output, base, plan, write_all};
use super::past::{Rules, judge_at, nested};
use super::ratchet::{forget_past, hold_to_base};
use super::recall::{Answer, Question};
use super::syntax::{Opening, Syntax};
use super::workspace::{
    Found, Read, Steps, Unresolved, find, options, read_on, tell_fallback, tell_trouble,
};
use super::{configuration, fix, output};
use crate::boundaries::policy::Policy;
use crate::cache::Cache;
use crate::check::Violation;
use crate::discover::Workspace;
use crate::flag::Sheets;
use crate::judge::{self, Case, Judged, Ready, judge_ready};
use crate::load::baseline;
use crate::load::date::today;
use crate::load::pages;
use crate::model::{FileId, Severity, SourceFile, Sources, Span};
use crate::outdated::glance;
use crate::report::{Format, Outcome, Style};
use crate::resolve::{FactsByFile, Tree};
use crate::settle::{self, Finding, Status, Summary, Verdict};

/// A configuration that cannot be read, where even that is told in a document.
const UNREADABLE: &str = "config/unreadable";

/// Judges the workspace and writes what was found.
pub(super) fn run(invocation: &Invocation, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let outputs = plan(arguments.format.as_deref(), &arguments.output)?;
    let judge = if arguments.fix { fix::run } else { judged };
    let run = judge(invocation, arguments, tells_trouble(&outputs))?;
    let base = base(arguments.path_base.as_deref(), &run.workspace.root)?;
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        show_suppressed: arguments.show_suppressed,
        quiet: invocation.quiet,
        max_findings: arguments.max_findings,
    };
    write_all(&outputs, &run.outcome(&base), style)?;
    let code = ExitCode::from(run.code);
    leave(run);
    Ok(code)
}

/// Leaves what is large to the end of the process, which is near: to give back a million small
/// pieces of memory one by one takes time that nobody has anything from.
fn leave<T>(large: T) {
    std::mem::forget(large);
}

/// An editor that gets no message shows that something failed, but not what.
fn tells_trouble(outputs: &[Output]) -> bool {
    outputs.iter().any(|output| output.format == Format::Cargo)
}

/// What a run has come to.
pub(super) struct Run {
    pub(super) workspace: Workspace,
    pub(super) sources: Sources,
    pub(super) verdict: Verdict,
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
    let steps = Steps::begin(invocation);
    let found = find(invocation, &steps)?;
    let spare = tells_trouble.then(|| (found.workspace.clone(), found.sources.clone()));
    judge_found(invocation, arguments, found, steps).or_else(|error| {
        let Some((workspace, sources)) = spare else { return Err(error) };
        let verdict = trouble(&error, &sources);
        Ok(Run { workspace, sources, verdict, policy: Policy::default(), code: 2 })
    })
}

/// The one finding of a run that came to none, in the workspace's manifest: it is always there.
fn trouble(error: &anyhow::Error, sources: &Sources) -> Verdict {
    let violation =
        Violation::new(UNREADABLE, Severity::Deny, Span::default(), format!("{error:#}"));
    let finding = Finding { violation, status: Status::New, fingerprint: String::new() };
    settle::verdict(vec![finding], Summary::default(), sources)
}

fn judge_found(
    invocation: &Invocation,
    arguments: &CheckArguments,
    mut found: Found,
    steps: Steps,
) -> anyhow::Result<Run> {
    let Asked { config, pages, baseline } = match asked(invocation, &mut found) {
        Ok(asked) => asked,
        Err(error) => {
            tell_fallback(invocation, &found.whole()?);
            return Err(error);
        }
    };
    let today = today_or(arguments.now.as_deref());
    let (cache, known) = (found.cache.clone(), found.sources.files.len());
    let ask = |workspace: &Workspace, sources: &Sources| {
        question(&cache, workspace, &sources.files[..known], invocation, arguments, &today)
    };
    let is_whole = found.rest.is_none();
    let question = is_whole.then(|| ask(&found.workspace, &found.sources)).flatten();
    let recalled = question.as_ref().map(|question| question.recall(&mut found));
    let read_already = match recalled {
        Some(Ok(Answer { verdict, policy, code, .. })) => {
            steps.done("nothing has changed since an earlier run: read", "writing");
            drop(steps);
            let Found { workspace, sources, .. } = found;
            tell_fallback(invocation, &workspace);
            let run = Run { workspace, sources, verdict, policy, code };
            return look_up(run, invocation, arguments, config, &today);
        }
        Some(Err(read)) => read,
        None => FxHashMap::default(),
    };
    let opening = Opening::begin(&cache);
    let of = Of { invocation, arguments, config, pages: &pages, baseline, today: &today };
    let (read, mut traces, (syntax, ready)) = read_on(found, read_already, &steps, |unresolved| {
        let Unresolved { workspace, sources, tree, files, contents } = unresolved;
        let syntax = opening.finish(contents, files);
        let sheets = syntax.as_ref().map(Syntax::sheets);
        let ready = ready(of.case(workspace, sources, files, sheets.as_ref()), tree);
        (syntax, ready)
    })?;
    drop(steps);
    tell_fallback(invocation, &read.workspace);
    let Read { workspace, sources, files, resolution } = read;
    let question = if is_whole { question } else { ask(&workspace, &sources) };
    let sheets = syntax.as_ref().map(Syntax::sheets);
    let case = of.case(&workspace, &sources, &files, sheets.as_ref());
    let mut judged = judge_ready(case, ready, resolution)?;
    hold_to_past(&mut judged, case, invocation, arguments)?;
    let code = if judged.unusable { 2 } else { u8::from(!judged.holds()) };
    let Judged { verdict, policy, graph, sheets, .. } = judged;
    leave((graph, files));
    traces.keeping.extend(syntax.map(|syntax| syntax.keep(sheets)));
    let contents = std::mem::take(&mut traces.contents);
    let answer = Answer { verdict, policy, code, contents };
    let trouble = question.and_then(|question| question.keep(&answer));
    tell_trouble(invocation, trouble);
    traces.finish(invocation);
    let Answer { verdict, policy, .. } = answer;
    let run = Run { workspace, sources, verdict, policy, code };
    look_up(run, invocation, arguments, config, &today)
}

/// What a run is held against, and how.
#[derive(Clone, Copy)]
struct Of<'a> {
    invocation: &'a Invocation,
    arguments: &'a CheckArguments,
    config: FileId,
    pages: &'a [FileId],
    baseline: Option<FileId>,
    today: &'a str,
}

impl<'a> Of<'a> {
    /// The case of a workspace.
    fn case(
        self,
        workspace: &'a Workspace,
        sources: &'a Sources,
        files: &'a FactsByFile,
        sheets: Option<&'a Sheets<'a>>,
    ) -> Case<'a> {
        Case {
            pages: self.pages,
            sheets,
            baseline: self.baseline,
            locked: self.invocation.locked || self.invocation.frozen,
            today: Some(self.today),
            packages: &self.arguments.package,
            rules: &self.arguments.rule,
            built_in: true,
            ..Case::new(workspace, sources, files, self.config)
        }
    }
}

/// What can be done for a case while its names are being resolved; one core alone has no time for it.
fn ready(case: Case<'_>, tree: &Tree<'_>) -> Ready {
    if rayon::current_num_threads() == 1 {
        return judge::read(case);
    }
    judge::read_ahead(case, &tree.scopes(case.files))
}

/// Adds what is behind among the dependencies, where the configuration asks a plain run to look.
fn look_up(
    mut run: Run,
    invocation: &Invocation,
    arguments: &CheckArguments,
    config: FileId,
    today: &str,
) -> anyhow::Result<Run> {
    if !arguments.rule.is_empty() {
        return Ok(run);
    }
    let Run { workspace, sources, verdict, .. } = &mut run;
    let unread = glance(verdict, workspace, sources, config, today)?;
    if unread > 0 && !invocation.quiet {
        eprintln!(
            "note: {unread} dependencies have not been looked up; `cargo archlint outdated` says why"
        );
    }
    if run.code == 0 && run.verdict.fails() {
        run.code = 1;
    }
    Ok(run)
}

/// What a run is held against.
struct Asked {
    config: FileId,
    pages: Vec<FileId>,
    baseline: Option<FileId>,
}

/// Reads the configuration, the workspace's own pages and the baseline.
fn asked(invocation: &Invocation, found: &mut Found) -> anyhow::Result<Asked> {
    let Found { workspace, sources, .. } = found;
    let config = configuration::read(invocation, workspace, sources)?;
    let pages = pages::read(workspace, sources, config)?;
    let baseline = baseline::read(workspace, sources, config)?;
    Ok(Asked { config, pages, baseline })
}

/// What an earlier run may have answered; nothing where git is asked, too.
fn question(
    cache: &Cache,
    workspace: &Workspace,
    sources: &[SourceFile],
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
    Question::new(cache, workspace, sources, &all)
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
        let nested = nested(case.workspace, case.sources, case.config);
        let config = case.sources.file(case.config);
        let pages: Vec<_> = case.pages.iter().map(|page| case.sources.file(*page)).collect();
        let rules = Rules { config, nested, pages: &pages, today, only: case.rules };
        let past = judge_at(revision, &case.workspace.root, options(invocation)?, &rules)?;
        let hidden = forget_past(judged, &past);
        if !invocation.quiet {
            eprintln!("note: findings that were there at `{revision}` are not shown: {hidden}");
        }
    }
    Ok(())
}

/// The day that is asked for, else the current one.
pub(super) fn today_or(asked: Option<&str>) -> String {
    asked.map_or_else(today, str::to_owned)
}
