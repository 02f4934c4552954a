//! `cargo archlint progress RULE`: what is left of a rule's debt, now and at earlier revisions.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::bail;

use super::arguments::ProgressCommand;
use super::past::{Rules, judge_at, nested};
use super::workspace::{Read, options, read};
use super::{check, configuration, output};
use crate::check::Violation;
use crate::judge::{Case, Judged, judge};
use crate::load::pages;
use crate::report::progress::{Place, Progress, write_json, write_text};
use crate::settle::Status;

/// Counts and writes; what is known or suppressed is left, too.
pub(super) fn run(arguments: &ProgressCommand) -> anyhow::Result<ExitCode> {
    let write = match arguments.format.as_str() {
        "human" => write_text,
        "json" => write_json,
        other => bail!("no format `{other}`; there are human, json"),
    };
    let invocation = &arguments.invocation;
    let only = [arguments.rule.clone()];
    let Read { workspace, mut sources, files, resolution } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let pages = pages::read(&workspace, &mut sources, config)?;
    let today = check::today_or(arguments.now.as_deref());
    let case = Case {
        pages: &pages,
        today: Some(&today),
        rules: &only,
        built_in: true,
        ..Case::new(&workspace, &sources, &files, config)
    };
    let now = judge(case, resolution)?;
    if now.unusable {
        bail!("the configuration cannot be used; `cargo archlint` says why");
    }
    let nested = nested(&workspace, &sources, config);
    let pages: Vec<_> = pages.iter().map(|page| sources.file(*page)).collect();
    let config = sources.file(config);
    let rules = Rules { config, nested, pages: &pages, today: &today, only: &only };
    let mut columns = Vec::new();
    for revision in &arguments.at {
        let past = judge_at(revision, &workspace.root, options(invocation)?, &rules)?;
        columns.push((revision.clone(), counts(&past, &arguments.rule)));
    }
    columns.push(("now".to_owned(), counts(&now, &arguments.rule)));
    let mut out = output::stdout();
    write(&Progress { rule: arguments.rule.clone(), columns }, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// How much of a rule is broken, by where it starts.
fn counts(judged: &Judged, rule: &str) -> BTreeMap<Place, usize> {
    let mut counts = BTreeMap::new();
    let counted = [Status::New, Status::Known, Status::Suppressed];
    for finding in &judged.verdict.findings {
        if finding.violation.rule == rule && counted.contains(&finding.status) {
            *counts.entry(place(judged, &finding.violation)).or_default() += 1;
        }
    }
    counts
}

/// The smallest component around a violation's start, else the crate.
fn place(judged: &Judged, violation: &Violation) -> Place {
    let start = violation.edge.map(|(from, _)| from);
    let around = judged.policy.components.iter().filter(|component| {
        start.is_some_and(|start| component.set.nodes.contains(start.0 as usize))
    });
    if let Some(component) = around.min_by_key(|component| component.set.nodes.len()) {
        return Place { name: component.name.clone(), is_component: true };
    }
    let name = violation.owner.split("::").next().unwrap_or_default();
    Place { name: name.to_owned(), is_component: false }
}
