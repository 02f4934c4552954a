//! TOML values → plain values with their places; every fault is noted, none stops the reading.

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::boundaries::Problem;
use crate::boundaries::nearest::did_you_mean;
use crate::model::Span;

use super::text::{Source, Text};

/// Keys whose empty list says something: nobody may.
const MAY_BE_EMPTY: [&str; 1] = ["allow"];

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Span,
    pub(super) value: &'t DeValue<'t>,
    pub(super) range: (usize, usize),
}

/// A table that remembers which keys it was asked for.
pub(super) struct Table<'t> {
    pub(super) source: Source<'t>,
    pub(super) span: Span,
    entries: Vec<Entry<'t>>,
    taken: Vec<bool>,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn new(source: Source<'t>, table: &'t DeTable<'t>, span: Span) -> Self {
        let mut entries: Vec<Entry<'t>> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref(),
                key_span: source.span(key.span()),
                value: value.get_ref(),
                range: (value.span().start, value.span().end),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        let taken = vec![false; entries.len()];
        Self { source, span, entries, taken, asked: Vec::new() }
    }

    /// The entries in the order of the file, for tables whose keys are the user's own.
    pub(super) fn entries(&self) -> &[Entry<'t>] {
        &self.entries
    }

    /// The entry with this key.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'t>> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        self.taken[at] = true;
        Some(self.entries[at])
    }

    /// Where this key stands, if it is there.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span)
    }

    pub(super) fn text(&mut self, key: &'static str, problems: &mut Vec<Problem>) -> Option<Text> {
        let entry = self.take(key)?;
        text(self.source, entry, problems)
    }

    pub(super) fn string(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<String> {
        self.text(key, problems).map(|text| text.value)
    }

    /// A list of strings; one string counts as a list of one.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<Vec<Text>> {
        let entry = self.take(key)?;
        texts(self.source, entry, problems)
    }

    pub(super) fn flag(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<(bool, Span)> {
        let entry = self.take(key)?;
        match entry.value {
            DeValue::Boolean(value) => Some((*value, entry.key_span)),
            _ => wrong_type(self.source, entry, "`true` or `false`", problems),
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let text = self.text(key, problems)?;
        word(key, &text, words, problems)
    }

    /// Notes every key that was not asked for.
    pub(super) fn finish(self, place: &str, problems: &mut Vec<Problem>) {
        for (entry, _) in self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken) {
            let message = format!("unknown key `{}` in {place}", entry.key);
            let help = did_you_mean(entry.key, self.asked.iter().copied())
                .unwrap_or_else(|| format!("known keys: {}", self.asked.join(", ")));
            problems.push(
                Problem::fatal("config/unknown-key", entry.key_span, message).with_help(help),
            );
        }
    }

    /// The keys that nobody asked for so far.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &'t str> {
        let left = self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        left.map(|(entry, _)| entry.key)
    }
}

pub(super) fn text(
    source: Source<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Text> {
    match entry.value {
        DeValue::String(value) => filled(source, value, entry, problems),
        _ => wrong_type(source, entry, "a string", problems),
    }
}

pub(super) fn texts(
    source: Source<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Text>> {
    match entry.value {
        DeValue::String(value) => Some(vec![filled(source, value, entry, problems)?]),
        DeValue::Array(list) => list_of_texts(source, entry, list, problems),
        _ => wrong_type(source, entry, "a string or a list of strings", problems),
    }
}

/// One of a few words.
pub(super) fn word<T: Copy>(
    key: &str,
    text: &Text,
    words: &[(&str, T)],
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == text.value);
    if found.is_none() {
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let help = did_you_mean(&text.value, words.iter().map(|(word, _)| *word))
            .unwrap_or_else(|| format!("one of {}", known.join(", ")));
        let message = format!("`{key}` does not know the word `{}`", text.value);
        problems.push(Problem::fatal("config/unknown-word", text.span, message).with_help(help));
    }
    found.map(|(_, value)| *value)
}

/// The tables of an array of tables; a lone table counts as one.
pub(super) fn tables<'t>(
    source: Source<'t>,
    entry: Entry<'t>,
    problems: &mut Vec<Problem>,
) -> Vec<Table<'t>> {
    let DeValue::Array(list) = entry.value else {
        let expected = format!("a list of tables: `[[{}]]`", entry.key);
        return wrong_type(source, entry, &expected, problems).unwrap_or_default();
    };
    let mut tables = Vec::new();
    for item in list {
        let entry = element(entry, item);
        match entry.value {
            DeValue::Table(table) => {
                tables.push(Table::new(source, table, source.span(item.span())));
            }
            _ => {
                wrong_type::<()>(source, entry, "a table", problems);
            }
        }
    }
    tables
}

/// Notes a value of the wrong type.
pub(super) fn wrong_type<T>(
    source: Source<'_>,
    entry: Entry<'_>,
    expected: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let found = match entry.value.type_str() {
        word @ ("integer" | "array") => format!("an {word}"),
        word => format!("a {word}"),
    };
    let message = format!("`{}` must be {expected}, not {found}", entry.key);
    let span = source.span(entry.range.0..entry.range.1);
    problems.push(Problem::fatal("config/wrong-type", span, message));
    None
}

fn list_of_texts<'t>(
    source: Source<'_>,
    entry: Entry<'t>,
    list: &'t DeArray<'t>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Text>> {
    if list.is_empty() && !MAY_BE_EMPTY.contains(&entry.key) {
        problems.push(empty(source, entry));
        return None;
    }
    let texts: Vec<Option<Text>> = list
        .iter()
        .map(|item| match item.get_ref() {
            DeValue::String(value) => filled(source, value, element(entry, item), problems),
            _ => wrong_type(source, element(entry, item), "a list of strings", problems),
        })
        .collect();
    texts.into_iter().collect()
}

fn element<'t>(entry: Entry<'t>, item: &'t Spanned<DeValue<'t>>) -> Entry<'t> {
    Entry { value: item.get_ref(), range: (item.span().start, item.span().end), ..entry }
}

fn filled(
    source: Source<'_>,
    value: &str,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Text> {
    if value.trim().is_empty() {
        problems.push(empty(source, entry));
        return None;
    }
    Some(Text::new(source, value, entry.range.0..entry.range.1))
}

fn empty(source: Source<'_>, entry: Entry<'_>) -> Problem {
    let span = source.span(entry.range.0..entry.range.1);
    Problem::fatal("config/empty", span, format!("`{}` is empty", entry.key))
}
