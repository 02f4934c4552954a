//! `cargo archlint outdated`: which dependencies are behind, and for how long.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, bail};

use super::arguments::{Invocation, OutdatedCommand};
use super::outputs::{base, named};
use super::patience::Patience;
use super::refresh::refresh;
use super::workspace::options;
use super::{check, configuration, output, upgrades};
use crate::boundaries::policy::Policy;
use crate::boundaries::written::Boundaries;
use crate::boundaries::{self, Grade, Problem};
use crate::discover::{Options, Workspace, discover};
use crate::judge::of_problem;
use crate::load;
use crate::model::{Severity, Sources};
use crate::outdated::{Day, Found, Index, Question, edits, listing, question, tell};
use crate::report::position::Positions;
use crate::report::{Format, Outcome, Style, write};
use crate::settle::{self, Finding, Status, Summary, Verdict};

/// Looks up the dependencies, then writes what was found, or does with it what is asked.
pub(super) fn run(arguments: &OutdatedCommand) -> anyhow::Result<ExitCode> {
    let format = named(&arguments.format)?;
    let invocation = &arguments.invocation;
    let today = check::today_or(arguments.now.as_deref());
    let today = Day::parse(&today).with_context(|| format!("`{today}` is no day (YYYY-MM-DD)"))?;
    let mut sources = Sources::default();
    let options = options(invocation)?;
    let workspace = discover(&options, &mut sources)?;
    let (boundaries, faults) = boundaries(invocation, &workspace, &mut sources)?;
    if faults.iter().any(|fault| fault.grade == Grade::Fatal) {
        let faults = faults.into_iter().map(|fault| new(of_problem(fault))).collect();
        say(arguments, format, &verdict(faults, &sources), &sources, &workspace)?;
        return Ok(ExitCode::from(2));
    }
    let question = question(&workspace, &mut sources, &boundaries, today)?;
    let found = look_up(invocation, &options, &workspace, &question)?;
    if !invocation.quiet {
        not_checked(&found, &question, &sources);
    }
    let telling = question.telling(arguments.all);
    if arguments.write_report || arguments.check_report {
        let path = upgrades::list_path(&workspace, &question.policy);
        let list = listing(&found, &question.needs);
        return upgrades::list(&path, &list, arguments.write_report);
    }
    if arguments.fix {
        let edits = edits(&found, telling, arguments.incompatible);
        return upgrades::fix(&workspace, &sources, &question.needs.manifests, &edits);
    }
    let (findings, waiting) = tell(&found, &question.needs, &workspace, telling);
    if waiting > 0 && !invocation.quiet {
        eprintln!("note: {waiting} more may wait by `max-age-days`; `--all` tells them");
    }
    let verdict = verdict(findings, &sources);
    say(arguments, format, &verdict, &sources, &workspace)?;
    Ok(ExitCode::from(u8::from(fails(&verdict))))
}

/// The configuration, if there is one, and what is wrong with it.
fn boundaries(
    invocation: &Invocation,
    workspace: &Workspace,
    sources: &mut Sources,
) -> anyhow::Result<(Boundaries, Vec<Problem>)> {
    let Some(path) = configuration::find(invocation, workspace, sources)? else {
        return Ok((Boundaries::default(), Vec::new()));
    };
    let config = load::configuration::read(Some(&path), workspace, sources)?;
    Ok(boundaries::parse(&sources.file(config).text, config))
}

/// Lets cargo ask the registries, unless that is forbidden, and reads what it remembers.
fn look_up(
    invocation: &Invocation,
    options: &Options,
    workspace: &Workspace,
    question: &Question,
) -> anyhow::Result<Found> {
    let started = Instant::now();
    let say = |what: &str| {
        if invocation.verbose {
            eprintln!("{what} after {:.3} s", started.elapsed().as_secs_f64());
        }
    };
    let offline = invocation.offline || invocation.frozen;
    let patience = Patience::begin(invocation.quiet || invocation.verbose);
    patience.say("cargo asks the registries");
    let unread = if offline {
        BTreeMap::new()
    } else {
        refresh(&options.cargo, &workspace.root, &question.needs, say)?
    };
    let index = question.index(&unread);
    drop(patience);
    if index.is_blank() {
        bail!(nothing(&index, offline));
    }
    let found = question.found(&index);
    say(&format!("compared {} packages with {} releases", found.packages, found.releases));
    Ok(found)
}

/// Why nothing could be looked up.
fn nothing(index: &Index, offline: bool) -> String {
    let reasons =
        index.packages.iter().filter_map(|((_, name), read)| Some((name, read.as_ref().err()?)));
    let first =
        reasons.map(|(name, reason)| format!("`{name}`: {reason}")).next().unwrap_or_default();
    let advice = if offline { "; without `--offline`, cargo asks the registries" } else { "" };
    format!("not one of {} dependencies could be looked up; {first}{advice}", index.packages.len())
}

/// Lists what nothing can be said of.
fn not_checked(found: &Found, question: &Question, sources: &Sources) {
    if !question.is_locked {
        eprintln!("note: there is no `Cargo.lock`; only requirements are judged");
    }
    let positions = Positions::new(sources);
    for unchecked in &found.unchecked {
        let place = positions.place(unchecked.span);
        eprintln!(
            "note: {place}: `{}` has not been looked up: {}",
            unchecked.name, unchecked.reason
        );
    }
}

fn new(violation: crate::check::Violation) -> Finding {
    Finding { violation, status: Status::New, fingerprint: String::new() }
}

fn verdict(findings: Vec<Finding>, sources: &Sources) -> Verdict {
    let lines = sources.files.iter().map(|file| file.text.lines().count()).sum();
    let summary = Summary { files: sources.files.len(), lines, ..Summary::default() };
    settle::verdict(findings, summary, sources)
}

fn fails(verdict: &Verdict) -> bool {
    let counts = |status| matches!(status, Status::New | Status::Stale);
    let mut findings = verdict.findings.iter();
    findings.any(|one| counts(one.status) && one.violation.severity == Severity::Deny)
}

fn say(
    arguments: &OutdatedCommand,
    format: Format,
    verdict: &Verdict,
    sources: &Sources,
    workspace: &Workspace,
) -> anyhow::Result<()> {
    let style = Style {
        color: output::colored(arguments.invocation.color),
        ascii: output::ascii(),
        show_suppressed: false,
        quiet: arguments.invocation.quiet,
        max_findings: arguments.max_findings,
    };
    let mut out = output::stdout();
    let base = base(None, &workspace.root)?;
    let policy = &Policy::default();
    let outcome = Outcome { verdict, sources, policy, workspace, base: &base };
    write(&outcome, format, style, &mut out)?;
    out.flush()?;
    Ok(())
}
