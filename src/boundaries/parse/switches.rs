//! `[rules]`: what becomes of the rules that come with the program.

use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::written::{Allowed, Level, Switch};

use super::reader::{self, Entry, Table};
use super::rule::SEVERITIES;
use super::selectors_of;

/// Reads every entry; whether there is such a rule is not known here.
pub(super) fn read(table: &Table<'_>, problems: &mut Vec<Problem>) -> Vec<Switch> {
    table.entries().iter().filter_map(|entry| switch(table, *entry, problems)).collect()
}

fn switch(table: &Table<'_>, entry: Entry<'_>, problems: &mut Vec<Problem>) -> Option<Switch> {
    let bare = Switch {
        rule: entry.key.to_owned(),
        span: entry.key_span,
        level: Level::Page,
        from: None,
        allow: Vec::new(),
    };
    let DeValue::Table(inner) = entry.value else {
        let text = reader::text(table.source, entry, problems)?;
        let level = reader::word(entry.key, &text, &words(), problems)?;
        return Some(Switch { level, ..bare });
    };
    let span = table.source.span(entry.range.0..entry.range.1);
    let mut inner = Table::new(table.source, inner, span);
    let level = inner.word("severity", &words(), problems).unwrap_or_default();
    let from = inner.texts("from", problems).map(|texts| selectors_of(&texts, problems));
    let allow = inner.take("allow");
    let allow = allow.map(|entry| reader::tables(inner.source, entry, problems));
    let allow = allow.unwrap_or_default().into_iter();
    let allow = allow.filter_map(|table| allowed(table, problems)).collect();
    inner.finish(&format!("`{}`", entry.key), problems);
    Some(Switch { level, from, allow, ..bare })
}

fn words() -> [(&'static str, Level); 5] {
    let [deny, warn, info] = SEVERITIES.map(|(word, severity)| (word, Level::Severity(severity)));
    [("on", Level::Page), ("off", Level::Off), deny, warn, info]
}

fn allowed(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Option<Allowed> {
    let span = table.span;
    let path = table.texts("path", problems).map(|texts| selectors_of(&texts, problems));
    let because = table.string("because", problems);
    table.finish("`allow`", problems);
    match (path, because) {
        (Some(path), Some(because)) => Some(Allowed { path, because, span }),
        (path, _) => {
            let lacking = if path.is_none() { "`path`" } else { "`because`" };
            let message = format!("what is let pass has no {lacking}");
            let help = "write `allow = [{ path = \"shop::legacy\", because = \"…\" }]`";
            problems.push(Problem::fatal("config/missing-key", span, message).with_help(help));
            None
        }
    }
}
