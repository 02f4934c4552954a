//! All rules of a workspace: those of its `boundaries.toml`, of its own pages, and those that come
//! with the program, switched by `[rules]`.

use std::collections::BTreeSet;

use super::nearest::did_you_mean;
use super::page::parse_page;
use super::selector::Edge;
use super::written::{Allowed, Boundaries, Exception, Level, Rule, Statement, Switch};
use super::{Problem, builtin, parse, read};
use crate::discover::Workspace;
use crate::model::{FileId, Sources, Span};

/// What holds in a workspace.
#[derive(Debug, Default)]
pub struct Joined {
    /// The rules that are on.
    pub boundaries: Boundaries,
    /// The rules that are off.
    pub off: Vec<Rule>,
    /// The rules that come with the program and have nothing to say of this workspace.
    pub asleep: Vec<Rule>,
    /// The ids of all rules, on or off.
    pub ids: BTreeSet<String>,
    /// What is wrong with the file and the pages.
    pub problems: Vec<Problem>,
}

/// Reads the file and the pages, and adds the rules that come with the program and that the
/// workspace gives a reason for; without a workspace, all of them.
pub fn join(
    sources: &Sources,
    workspace: Option<&Workspace>,
    config: FileId,
    pages: &[FileId],
) -> Joined {
    let (boundaries, problems) = match workspace {
        Some(workspace) => read(workspace, sources, config),
        None => parse(&sources.file(config).text, config),
    };
    let ids = boundaries.rules.iter().map(|rule| rule.id.clone()).collect();
    let mut joined = Joined { boundaries, ids, problems, ..Joined::default() };
    lacking_pages(&mut joined, sources, pages);
    let own: Vec<Rule> = pages.iter().flat_map(|page| joined.page(sources, *page)).collect();
    let built_in = builtin::rules().into_iter().filter(|rule| !joined.ids.contains(&rule.id));
    let built_in: Vec<Rule> = built_in.collect();
    let switchable: BTreeSet<String> =
        own.iter().chain(&built_in).map(|rule| rule.id.clone()).collect();
    let switches = std::mem::take(&mut joined.boundaries.switches);
    for switch in switches.iter().filter(|switch| !switchable.contains(&switch.rule)) {
        joined.problems.push(unknown(switch, &switchable, &joined.ids));
    }
    joined.ids.extend(switchable);
    for rule in own.into_iter().chain(built_in) {
        let switch = switches.iter().find(|switch| switch.rule == rule.id);
        if !is_on(&rule, switch, joined.boundaries.settings.quiet) {
            joined.off.push(rule);
        } else if rule.page.is_some() && workspace.is_some_and(|known| !is_awake(&rule, known)) {
            joined.asleep.push(rule);
        } else {
            joined.boundaries.rules.push(switched(rule, switch, config));
        }
    }
    joined.boundaries.switches = switches;
    joined
}

/// An entry of `pages` that names no page is a slip of the pen: its rules would silently be absent.
fn lacking_pages(joined: &mut Joined, sources: &Sources, pages: &[FileId]) {
    for (path, span) in &joined.boundaries.settings.pages {
        let path = path.trim_end_matches('/').trim_start_matches("./");
        let is_below = |page: &FileId| sources.file(*page).path.starts_with(path);
        if !pages.iter().any(is_below) {
            let message = format!("there is no rule page in `{path}`");
            let help = "a page is a file that ends in `.md`; paths start at the workspace's root";
            let problem = Problem::fatal("config/no-pages", *span, message).with_help(help);
            joined.problems.push(problem);
        }
    }
}

impl Joined {
    /// The rules of one page. Its components and contexts join those of the file, which come first;
    /// its settings are those of its examples.
    fn page(&mut self, sources: &Sources, file: FileId) -> Vec<Rule> {
        let page = parse_page(&sources.file(file).text, file).0;
        let (written, problems) = parse(&page.boundaries, file);
        self.problems.extend(problems);
        self.boundaries.contexts.add(written.contexts);
        let known = |name: &str| self.boundaries.components.iter().any(|one| one.name == name);
        let more = written.components.into_iter().filter(|one| !known(&one.name));
        let more: Vec<_> = more.collect();
        self.boundaries.components.extend(more);
        let mut rules = Vec::new();
        for rule in written.rules {
            if self.ids.insert(rule.id.clone()) {
                rules.push(rule);
            } else {
                let message = format!("there are two rules `{}`", rule.id);
                self.problems.push(Problem::fatal("config/duplicate-id", rule.id_span, message));
            }
        }
        rules
    }
}

fn unknown(switch: &Switch, switchable: &BTreeSet<String>, own: &BTreeSet<String>) -> Problem {
    if own.contains(&switch.rule) {
        let message = format!("`{}` is a rule of this file", switch.rule);
        return Problem::fatal("config/unknown-rule", switch.span, message)
            .with_help("say it in its own `[[rule]]`: `[rules]` is for the rules of pages");
    }
    let message = format!("no rule `{}` comes with the program or with a page", switch.rule);
    let near = did_you_mean(&switch.rule, switchable.iter().map(String::as_str));
    let help = near.unwrap_or_else(|| "a rule of your own is a `[[rule]]`".to_owned());
    Problem::fatal("config/unknown-rule", switch.span, message).with_help(help)
}

/// What nobody speaks of is on if the workspace wrote it, or if its page says so.
fn is_on(rule: &Rule, switch: Option<&Switch>, quiet: bool) -> bool {
    match switch {
        Some(switch) => switch.level != Level::Off,
        None if rule.page.is_none() => true,
        None => matches!(&rule.statement, Statement::Flag { flag, .. } if flag.default && !quiet),
    }
}

fn is_awake(rule: &Rule, workspace: &Workspace) -> bool {
    match &rule.statement {
        Statement::Flag { flag, .. } => flag.is_awake(workspace),
        _ => true,
    }
}

/// The rule as the file wants it; one that comes with the program has no other place than there.
fn switched(rule: Rule, switch: Option<&Switch>, config: FileId) -> Rule {
    let place = switch.map_or(Span { file: config, start: 0, end: 0 }, |switch| switch.span);
    let is_built_in = rule.page.is_some();
    let rule = if is_built_in { Rule { id_span: place, span: place, ..rule } } else { rule };
    let Some(switch) = switch else { return rule };
    let severity = match switch.level {
        Level::Severity(severity) => severity,
        Level::Page | Level::Off => rule.severity,
    };
    let statement = match rule.statement {
        Statement::Flag { flag, from } => {
            Statement::Flag { flag, from: switch.from.clone().or(from) }
        }
        other => other,
    };
    let except = rule.except.into_iter().chain(switch.allow.iter().map(exception)).collect();
    Rule { severity, except, statement, ..rule }
}

/// Whatever starts there is let pass.
fn exception(allowed: &Allowed) -> Exception {
    let text = allowed.path.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(" | ");
    let edge = Edge { from: allowed.path.clone(), to: Vec::new(), text, span: allowed.span };
    let because = Some(allowed.because.clone());
    Exception { edge, because, owner: None, until: None, span: allowed.span }
}
