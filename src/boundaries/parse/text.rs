//! A file's text, the strings in it, and the places of their parts.

use std::ops::Range;

use crate::model::{FileId, Span};

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
    pub(super) fn new(source: Source<'_>, value: &str, range: Range<usize>) -> Self {
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
