//! `[[rule]]` → [`Rule`]: the options that every verb has, exceptions, ids.

use std::collections::BTreeMap;

use toml::de::DeValue;
use toml::value::Datetime;

use crate::boundaries::policy::{Reach, Reexports};
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Exception, Rule};
use crate::boundaries::{Grade, Problem};
use crate::model::{Severity, Span};

use super::reader::{self, Entry, Table};
use super::{edge, flag, scopes, selectors_of, verbs};

/// The severities by their words.
pub(super) const SEVERITIES: [(&str, Severity); 3] =
    [("deny", Severity::Deny), ("warn", Severity::Warn), ("info", Severity::Info)];

/// Reads every rule; those with a fault are told and left out.
pub(super) fn rules(tables: Vec<Table<'_>>, problems: &mut Vec<Problem>) -> Vec<Rule> {
    let mut ids = BTreeMap::new();
    let mut rules = Vec::new();
    for table in tables {
        let before = problems.len();
        let Some(rule) = rule(table, problems) else { continue };
        let clean = problems[before..].iter().all(|problem| problem.grade != Grade::Fatal);
        if unique(&rule, &mut ids, problems) && clean {
            rules.push(rule);
        }
    }
    rules
}

fn unique(rule: &Rule, ids: &mut BTreeMap<String, Span>, problems: &mut Vec<Problem>) -> bool {
    let Some(first) = ids.get(&rule.id) else {
        ids.insert(rule.id.clone(), rule.id_span);
        return true;
    };
    let message = format!("two rules are called `{}`", rule.id);
    let problem = Problem::fatal("config/duplicate-id", rule.id_span, message)
        .with_help("give one of them an `id` of its own");
    problems.push(Problem { related: vec![(*first, "the first of them".to_owned())], ..problem });
    false
}

fn rule(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Option<Rule> {
    let written_id = id(&mut table, problems);
    let because = table.string("because", problems);
    let docs = table.string("docs", problems);
    let severity = severity(&mut table, problems);
    let scope = table.texts("scope", problems).map(|texts| scopes(&texts, problems));
    let reach = reach(&mut table, problems);
    let reexports = reexports(&mut table, problems);
    let via = via(&mut table, problems);
    let optional = flag(&mut table, "optional", problems);
    let except = exceptions(&mut table, problems);
    let spoken = verbs::verb(&mut table, problems);
    table.finish("a rule", problems);
    let spoken = spoken?;
    let (id, id_span) = written_id.unwrap_or((spoken.derived_id, spoken.key_span));
    Some(Rule {
        id,
        id_span,
        member: None,
        span: spoken.span,
        because,
        docs,
        severity,
        scopes: scope,
        reach,
        reexports,
        via,
        optional,
        except,
        page: None,
        statement: spoken.statement,
    })
}

/// An id stands in `archlint: allow(id, reason = "…")` and on command lines: no comma, no quotes.
fn id(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<(String, Span)> {
    let text = table.text("id", problems)?;
    let fits = |letter: char| !letter.is_control() && !matches!(letter, ',' | '(' | ')' | '"');
    let fault = match text.value.as_str() {
        value if value != value.trim() => "an id begins and ends with a letter, not with a blank",
        value if !value.chars().all(fits) => "an id has neither commas, parentheses nor quotes",
        value if value.starts_with("config/") => "`config/` is kept for faults of this file",
        _ => return Some((text.value, text.span)),
    };
    problems.push(Problem::fatal("config/bad-name", text.span, fault));
    Some((text.value, text.span))
}

fn severity(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Severity {
    table.word("severity", &SEVERITIES, problems).unwrap_or_default()
}

fn reach(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Reach {
    let words = [
        ("direct", Reach::Direct),
        ("items", Reach::Items),
        ("modules", Reach::Modules),
        ("crates", Reach::Crates),
    ];
    table.word("reach", &words, problems).unwrap_or_default()
}

fn reexports(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Reexports {
    let words = [("through", Reexports::Through), ("opaque", Reexports::Opaque)];
    table.word("reexports", &words, problems).unwrap_or_default()
}

fn via(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<Vec<Selector>> {
    let texts = table.texts("via", problems)?;
    Some(selectors_of(&texts, problems))
}

fn exceptions(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Vec<Exception> {
    let Some(entry) = table.take("except") else { return Vec::new() };
    let tables = reader::tables(table.source, entry, problems);
    tables.into_iter().filter_map(|table| exception(table, problems)).collect()
}

fn exception(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Option<Exception> {
    let text = table.take("edge").map(|entry| reader::text(table.source, entry, problems));
    if text.is_none() {
        let message = "the exception does not say which edge it lets pass";
        let problem = Problem::fatal("config/missing-key", table.span, message);
        problems.push(problem.with_help("say it: `edge = \"from -> to\"`"));
    }
    let edge = text.flatten().and_then(|text| edge::parse(&text, problems));
    let because = table.string("because", problems);
    let owner = table.string("owner", problems);
    let until = table.take("until").and_then(|entry| until(&table, entry, problems));
    table.finish("an exception", problems);
    let edge = edge?;
    if edge.has_captures() {
        let message = "captures have no place in an exception";
        problems.push(Problem::fatal("config/bad-selector", edge.span, message));
    }
    Some(Exception { span: edge.span, edge, because, owner, until })
}

/// A date, or a word that stands for an event. What looks like a date must be one.
pub(super) fn until(
    table: &Table<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    if let DeValue::Datetime(moment) = entry.value {
        return match moment.date {
            Some(date) => Some(date.to_string()),
            None => reader::wrong_type(table.source, entry, "a date or a word", problems),
        };
    }
    if !entry.value.is_str() {
        return reader::wrong_type(table.source, entry, "a date or a word", problems);
    }
    let text = reader::text(table.source, entry, problems)?;
    if dated(&text.value) && !is_date(&text.value) {
        let message = format!("`{}` is no day of the calendar", text.value);
        let problem = Problem::fatal("config/bad-date", text.span, message);
        problems.push(problem.with_help("write `until = 2027-03-31`"));
    }
    Some(text.value)
}

/// Whether a text begins like a date: `2027-3-1`, `2027/03`.
fn dated(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 4
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && matches!(bytes[4], b'-' | b'/' | b'.')
}

fn is_date(text: &str) -> bool {
    text.parse::<Datetime>().is_ok_and(|moment| moment.date.is_some() && moment.time.is_none())
}
