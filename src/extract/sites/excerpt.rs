//! A file, or parts of it, as a text that is parsed; where each byte of that stands in the file.

use std::borrow::Cow;

use proc_macro2::{LineColumn, Span};

use crate::extract::{Range, parse};

/// A text that is parsed.
#[derive(Clone, Debug)]
pub(super) struct Excerpt<'t> {
    /// The whole file.
    pub(super) file: &'t str,
    /// What is parsed of it.
    pub(super) source: Cow<'t, str>,
    /// Where parts begin in the source and in the file; the first begins at 0 of the source.
    parts: Vec<(u32, u32)>,
    /// Where lines begin in the source.
    lines: Vec<u32>,
    is_ascii: bool,
}

impl<'t> Excerpt<'t> {
    /// All of a file but its preamble.
    pub(super) fn whole(file: &'t str) -> Self {
        let start = parse::preamble(file);
        Self::new(file, Cow::Borrowed(&file[start..]), vec![(0, start as u32)])
    }

    fn new(file: &'t str, source: Cow<'t, str>, parts: Vec<(u32, u32)>) -> Self {
        let ends = memchr::memchr_iter(b'\n', source.as_bytes());
        let lines = std::iter::once(0).chain(ends.map(|end| end as u32 + 1)).collect();
        let is_ascii = source.is_ascii();
        Self { file, source, parts, lines, is_ascii }
    }

    /// These ranges of a file, in order.
    pub(super) fn of(file: &'t str, ranges: &[Range]) -> Self {
        let (mut source, mut parts) = (String::new(), Vec::with_capacity(ranges.len()));
        for range in ranges {
            parts.push((source.len() as u32, range.start));
            source.push_str(file.get(range.start as usize..range.end as usize).unwrap_or_default());
            // The end of a part is thus not the start of the next one.
            source.push('\n');
        }
        Self::new(file, Cow::Owned(source), parts)
    }

    /// Where a byte of the source stands in the file.
    pub(super) fn place(&self, byte: usize) -> u32 {
        let byte = byte as u32;
        let behind = self.parts.partition_point(|(at, _)| *at <= byte);
        let (at, start) = self.parts[behind.saturating_sub(1)];
        start + (byte - at)
    }

    /// Where a token begins in the source: its line is found far quicker than its byte.
    pub(super) fn start(&self, span: Span) -> usize {
        self.byte(span.start())
    }

    /// Where a token ends in the source.
    pub(super) fn end(&self, span: Span) -> usize {
        self.byte(span.end())
    }

    /// Columns are counted in letters.
    fn byte(&self, LineColumn { line, column }: LineColumn) -> usize {
        let line = self.lines.get(line.wrapping_sub(1)).map_or(0, |line| *line as usize);
        if self.is_ascii {
            return line + column;
        }
        let rest = self.source[line..].char_indices().nth(column);
        rest.map_or(self.source.len(), |(at, _)| line + at)
    }

    /// From its first byte in the file to its last.
    pub(super) fn extent(&self) -> Range {
        Range { start: self.place(0), end: self.place(self.source.len()) }
    }
}
