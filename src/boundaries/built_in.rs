//! The rules that come with the program, switched by `[rules]`, join those of the file.

use std::collections::BTreeSet;

use super::flag::contexts::Contexts;
use super::nearest::did_you_mean;
use super::page::parse_page;
use super::selector::Edge;
use super::written::{Allowed, Boundaries, Exception, Level, Rule, Statement, Switch};
use super::{Problem, builtin, parse};
use crate::discover::Workspace;
use crate::model::{FileId, Span};

/// The rules of every built-in page; a page without a fault in it is what our tests ask for.
pub fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for (path, text) in builtin::RULES {
        let page = parse_page(text, FileId(0)).0;
        let (written, _) = parse(&page.boundaries, FileId(0));
        rules.extend(written.rules.into_iter().map(|rule| Rule { page: Some(*path), ..rule }));
    }
    rules
}

/// What is well known of the code that people call.
pub fn contexts() -> Contexts {
    parse(builtin::CONTEXTS, FileId(0)).0.contexts
}

/// Adds what the file does not switch off and the workspace gives a reason for, and returns the
/// ids of all built-in rules.
pub fn join(
    boundaries: &mut Boundaries,
    workspace: &Workspace,
    config: FileId,
    problems: &mut Vec<Problem>,
) -> BTreeSet<String> {
    let own: BTreeSet<String> = boundaries.rules.iter().map(|rule| rule.id.clone()).collect();
    let rules = rules();
    let ids: BTreeSet<String> = rules.iter().map(|rule| rule.id.clone()).collect();
    for switch in boundaries.switches.iter().filter(|switch| !ids.contains(&switch.rule)) {
        problems.push(unknown(switch, &ids));
    }
    let asleep = |rule: &Rule| match &rule.statement {
        Statement::Flag { flag, .. } => !flag.is_awake(workspace),
        _ => false,
    };
    for rule in rules.into_iter().filter(|rule| !own.contains(&rule.id) && !asleep(rule)) {
        let switch = boundaries.switches.iter().find(|switch| switch.rule == rule.id);
        boundaries.rules.extend(switched(rule, switch, boundaries.settings.quiet, config));
    }
    ids
}

fn unknown(switch: &Switch, ids: &BTreeSet<String>) -> Problem {
    let message = format!("no rule `{}` comes with the program", switch.rule);
    let near = did_you_mean(&switch.rule, ids.iter().map(String::as_str));
    let help = near.unwrap_or_else(|| "a rule of your own is a `[[rule]]`".to_owned());
    Problem::fatal("config/unknown-rule", switch.span, message).with_help(help)
}

/// The rule as the file wants it; none where it is off.
fn switched(rule: Rule, switch: Option<&Switch>, quiet: bool, config: FileId) -> Option<Rule> {
    let place = switch.map_or(Span { file: config, start: 0, end: 0 }, |switch| switch.span);
    let rule = Rule { id_span: place, span: place, ..rule };
    let Some(switch) = switch else {
        let asked = matches!(&rule.statement, Statement::Flag { flag, .. } if flag.default);
        return (asked && !quiet).then_some(rule);
    };
    let severity = match switch.level {
        Level::Page => rule.severity,
        Level::Severity(severity) => severity,
        Level::Off => return None,
    };
    let statement = match rule.statement {
        Statement::Flag { flag, from } => {
            Statement::Flag { flag, from: switch.from.clone().or(from) }
        }
        other => other,
    };
    let except = rule.except.into_iter().chain(switch.allow.iter().map(exception)).collect();
    Some(Rule { severity, except, statement, ..rule })
}

/// Whatever starts there is let pass.
fn exception(allowed: &Allowed) -> Exception {
    let text = allowed.path.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(" | ");
    let edge = Edge { from: allowed.path.clone(), to: Vec::new(), text, span: allowed.span };
    let because = Some(allowed.because.clone());
    Exception { edge, because, owner: None, until: None, span: allowed.span }
}
