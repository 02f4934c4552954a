//! TOML values → plain values with their places; every fault is noted, none stops the reading.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::model::{FileId, Span};

use super::Problem;
use super::nearest::did_you_mean;

/// The text that is being read.
#[derive(Clone, Copy)]
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
}

impl Source<'_> {
    pub(super) fn span(self, range: Range<usize>) -> Span {
        Span { file: self.file, start: range.start as u32, end: range.end as u32 }
    }
}

/// A string and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) span: Span,
    /// The byte at which the value begins; none where escapes make places inside it unknowable.
    start: Option<u32>,
}

impl Text {
    fn new(source: Source<'_>, value: &str, range: Range<usize>) -> Self {
        let raw = source.text.get(range.clone()).unwrap_or_default();
        let start = raw.find(value).map(|at| (range.start + at) as u32);
        Self { value: value.to_owned(), span: source.span(range), start }
    }

    /// The place of some bytes of the value.
    pub(super) fn part(&self, range: Range<usize>) -> Span {
        let Some(start) = self.start else { return self.span };
        Span {
            file: self.span.file,
            start: start + range.start as u32,
            end: start + range.end as u32,
        }
    }

    /// The text between two bytes of the value, blanks at its ends cut off.
    pub(super) fn slice(&self, range: Range<usize>) -> Slice<'_> {
        let inner = &self.value[range.clone()];
        let start = range.start + (inner.len() - inner.trim_start().len());
        Slice { text: self, start, value: inner.trim() }
    }

    pub(super) fn whole(&self) -> Slice<'_> {
        self.slice(0..self.value.len())
    }
}

/// A part of a [`Text`].
#[derive(Clone, Copy)]
pub(super) struct Slice<'t> {
    text: &'t Text,
    start: usize,
    pub(super) value: &'t str,
}

impl<'t> Slice<'t> {
    /// Its place; that of the whole text if the part is empty.
    pub(super) fn span(self) -> Span {
        if self.value.is_empty() { self.text.span } else { self.part(0..self.value.len()) }
    }

    pub(super) fn part(self, range: Range<usize>) -> Span {
        self.text.part(self.start + range.start..self.start + range.end)
    }

    /// The parts between separators, blanks at their ends cut off.
    pub(super) fn split(self, separator: &str) -> Vec<Slice<'t>> {
        let mut parts = Vec::new();
        let mut at = self.start;
        for part in self.value.split(separator) {
            parts.push(self.text.slice(at..at + part.len()));
            at += part.len() + separator.len();
        }
        parts
    }

    /// Without the bytes before `at`.
    pub(super) fn from(self, at: usize) -> Slice<'t> {
        self.text.slice(self.start + at..self.start + self.value.len())
    }

    /// Without the bytes after `at`.
    pub(super) fn until(self, at: usize) -> Slice<'t> {
        self.text.slice(self.start..self.start + at)
    }
}

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
    for item in list.iter() {
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
    let range = entry.range.0..entry.range.1;
    if value.trim().is_empty() {
        let message = format!("`{}` is empty", entry.key);
        problems.push(Problem::fatal("config/empty", source.span(range), message));
        return None;
    }
    Some(Text::new(source, value, range))
}
