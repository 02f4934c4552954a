//! `cargo archlint rules`: every rule that there is, and whether it holds here.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::bail;

use super::arguments::{Invocation, RulesCommand};
use super::workspace::options;
use super::{configuration, output};
use crate::boundaries::builtin;
use crate::boundaries::flag::Flag;
use crate::boundaries::joined::{Joined, join};
use crate::boundaries::page::{Page, parse_page};
use crate::boundaries::written::{Rule, Statement};
use crate::discover::{Workspace, discover};
use crate::load::pages;
use crate::model::{FileId, Severity, Sources};
use crate::report::rules::{RuleRow, RuleState, write_json, write_text};

/// Lists the rules of the workspace; without one, or without its configuration, as they ship.
pub(super) fn run(arguments: &RulesCommand) -> anyhow::Result<ExitCode> {
    let write = match arguments.format.as_str() {
        "human" => write_text,
        "json" => write_json,
        other => bail!("no format `{other}`; there are human, json"),
    };
    let invocation = &arguments.invocation;
    let mut sources = Sources::default();
    let known = workspace(invocation, &mut sources)?;
    let config = match &known {
        Some(workspace) if configuration::find(invocation, workspace, &sources)?.is_some() => {
            configuration::read(invocation, workspace, &mut sources)?
        }
        _ => sources.add("boundaries.toml".into(), String::new()),
    };
    let pages = match &known {
        Some(workspace) => pages::read(workspace, &mut sources, config)?,
        None => Vec::new(),
    };
    let joined = join(&sources, known.as_ref(), config, &pages);
    if !joined.problems.is_empty() && !invocation.quiet {
        eprintln!("note: the configuration has faults; `cargo archlint` tells them");
    }
    let place = Place { workspace: known.as_ref(), sources: &sources, config };
    let mut out = output::stdout();
    write(&rows(&joined, place), &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// None where there is no workspace; one that is asked for must be there.
fn workspace(invocation: &Invocation, sources: &mut Sources) -> anyhow::Result<Option<Workspace>> {
    match discover(&options(invocation)?, sources) {
        Ok(workspace) => Ok(Some(workspace.clone())),
        Err(error) if invocation.manifest_path.is_some() || invocation.config.is_some() => {
            Err(error)
        }
        Err(_) => {
            if !invocation.quiet {
                eprintln!("note: there is no workspace here; these are the rules as they ship");
            }
            *sources = Sources::default();
            Ok(None)
        }
    }
}

/// Where the rules are to hold.
#[derive(Clone, Copy)]
struct Place<'a> {
    workspace: Option<&'a Workspace>,
    sources: &'a Sources,
    config: FileId,
}

fn rows(joined: &Joined, place: Place<'_>) -> Vec<RuleRow> {
    let on = joined.boundaries.rules.iter().map(|rule| (rule, RuleState::On));
    let off = joined.off.iter().map(|rule| (rule, RuleState::Off));
    let asleep = joined.asleep.iter().map(|rule| (rule, RuleState::Asleep));
    let mut rows: Vec<RuleRow> =
        on.chain(off).chain(asleep).map(|(rule, state)| row(rule, state, place)).collect();
    rows.sort();
    rows
}

fn row(rule: &Rule, state: RuleState, place: Place<'_>) -> RuleRow {
    let flag = match &rule.statement {
        Statement::Flag { flag, .. } => Some(&**flag),
        _ => None,
    };
    let sleeps = |flag: &Flag| place.workspace.is_some_and(|known| !flag.is_awake(known));
    let state = match state {
        RuleState::On if flag.is_some_and(sleeps) => RuleState::Asleep,
        state => state,
    };
    let page = page(rule, place);
    let finds = page.map(|page| first_sentence(&page.prose)).filter(|text| !text.is_empty());
    let (family, source) = family(rule, place);
    RuleRow {
        family,
        id: rule.id.clone(),
        verb: rule.statement.verb(),
        state,
        level: level(rule.severity),
        confidence: flag.map(|flag| flag.confidence.name()),
        effort: flag.and_then(|flag| flag.effort.clone()),
        source,
        finds: finds.or_else(|| rule.because.clone()).unwrap_or_default(),
    }
}

/// The page on which a rule stands.
fn page(rule: &Rule, place: Place<'_>) -> Option<Page> {
    let text = match rule.page {
        Some(path) => builtin::RULES.iter().find(|(known, _)| *known == path)?.1,
        None if rule.id_span.file == place.config => return None,
        None => &place.sources.file(rule.id_span.file).text,
    };
    Some(parse_page(text, rule.id_span.file).0)
}

/// The folder of its page, and where it comes from.
fn family(rule: &Rule, place: Place<'_>) -> (String, String) {
    if let Some(path) = rule.page {
        let family = path.split('/').next().unwrap_or_default();
        return (family.to_owned(), "built-in".to_owned());
    }
    let path = &place.sources.file(rule.id_span.file).path;
    let family = match path.parent().and_then(|folder| folder.file_name()) {
        Some(folder) if rule.id_span.file != place.config => folder,
        _ => "boundaries",
    };
    (family.to_owned(), path.to_string())
}

/// The first sentence of the first paragraph, on one line, without its full stop.
fn first_sentence(prose: &str) -> String {
    let paragraph = prose.split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = line.find(". ").unwrap_or(line.len());
    line[..end].trim_end_matches('.').to_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Deny => "deny",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}
