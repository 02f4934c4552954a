//! `cargo archlint explain [RULE]`: what a rule says, or what a verb means.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::bail;

use super::arguments::{ExplainCommand, Invocation};
use super::workspace::{Read, read};
use super::{configuration, output};
use crate::boundaries::joined::{Joined, join};
use crate::boundaries::nearest::nearest;
use crate::boundaries::page::parse_page;
use crate::boundaries::policy::Rule;
use crate::boundaries::{bind, builtin};
use crate::load::pages;
use crate::model::{FileId, Sources};
use crate::report::{Style, explain, page};
use crate::resolve::Resolution;

/// The rules of a workspace, and what they are bound to.
#[derive(Default)]
struct Rules {
    bound: Vec<Rule>,
    resolution: Resolution,
    sources: Sources,
}

/// Explains one rule, verb or page; without a name, lists them.
pub(super) fn run(arguments: &ExplainCommand) -> anyhow::Result<ExitCode> {
    match &arguments.rule {
        Some(id) => explain(id, &arguments.invocation),
        None => list(&arguments.invocation),
    }
}

/// What is built in is explained anywhere, also where there is no workspace.
fn explain(id: &str, invocation: &Invocation) -> anyhow::Result<ExitCode> {
    let page = pages().find(|(title, _)| title == id).map(|(_, text)| text);
    let Rules { bound, resolution, sources } = match rules(invocation) {
        Err(error) if page.is_none() => return Err(error),
        rules => rules.unwrap_or_default(),
    };
    // What comes with the program is explained by its page alone.
    let rule = bound.iter().find(|rule| rule.id == id && rule.page.is_none());
    let is_page = |rule: &&Rule| sources.file(rule.span.file).path.extension() == Some("md");
    let own = rule.filter(is_page);
    let page = own.map(|rule| sources.file(rule.span.file).text.as_str()).or(page);
    if rule.is_none() && page.is_none() {
        let titles = pages().map(|(title, _)| title);
        let ids = bound.iter().map(|rule| rule.id.clone());
        let known: BTreeSet<String> = titles.chain(ids).collect();
        let known = || known.iter().map(String::as_str);
        match nearest(id, known()) {
            Some(near) => bail!("there is nothing called `{id}`; did you mean `{near}`?"),
            None => bail!("there is nothing called `{id}`; `cargo archlint explain` lists all"),
        }
    }
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        ..Style::default()
    };
    let mut out = output::stdout();
    if let Some(rule) = rule {
        explain::write(rule, &resolution, &sources, &mut out)?;
    }
    if rule.is_some() && page.is_some() {
        writeln!(out)?;
    }
    if let Some(text) = page {
        page::write(text, style, &mut out)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn list(invocation: &Invocation) -> anyhow::Result<ExitCode> {
    let mut out = output::stdout();
    if let Ok(Rules { mut bound, .. }) = rules(invocation) {
        bound.retain(|rule| rule.page.is_none());
        writeln!(out, "Rules of this workspace:\n")?;
        let width = bound.iter().map(|rule| rule.id.chars().count()).max().unwrap_or(0);
        for rule in &bound {
            write!(out, "  ")?;
            explain::write_short(rule, width, &mut out)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "Explained with examples:\n")?;
    for (_, text) in builtin::PAGES {
        writeln!(out, "  {}", parse_page(text, FileId(0)).0.title)?;
    }
    writeln!(out, "\n`cargo archlint explain NAME` says more about one of them")?;
    writeln!(out, "`cargo archlint rules` lists the rules that come with the program")?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Title and text of each page that comes with the program.
fn pages() -> impl Iterator<Item = (String, &'static str)> {
    let all = builtin::PAGES.iter().chain(builtin::RULES);
    all.map(|(_, text)| (parse_page(text, FileId(0)).0.title, *text))
}

/// The rules that can be bound; what is wrong with the others is for `check` to say.
fn rules(invocation: &Invocation) -> anyhow::Result<Rules> {
    let Read { workspace, mut sources, resolution, .. } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let pages = pages::read(&workspace, &mut sources, config)?;
    let Joined { boundaries: written, problems, .. } =
        join(&sources, Some(&workspace), config, &pages);
    let (policy, more) = bind(&written, &workspace, &resolution);
    if !invocation.quiet && problems.len() + more.len() > 0 {
        eprintln!("note: the configuration has faults; `cargo archlint` tells them");
    }
    Ok(Rules { bound: policy.rules, resolution, sources })
}
