//! A file, or parts of it, as a text that is parsed; where each byte of that stands in the file.

use std::borrow::Cow;

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
}

impl<'t> Excerpt<'t> {
    /// All of a file but its preamble.
    pub(super) fn whole(file: &'t str) -> Self {
        let start = parse::preamble(file);
        Self { file, source: Cow::Borrowed(&file[start..]), parts: vec![(0, start as u32)] }
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
        Self { file, source: Cow::Owned(source), parts }
    }

    /// Where a byte of the source stands in the file.
    pub(super) fn place(&self, byte: usize) -> u32 {
        let byte = byte as u32;
        let behind = self.parts.partition_point(|(at, _)| *at <= byte);
        let (at, start) = self.parts[behind.saturating_sub(1)];
        start + (byte - at)
    }

    /// Where bytes of the source stand in the file.
    pub(super) fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range { start: self.place(bytes.start), end: self.place(bytes.end) }
    }

    /// From its first byte in the file to its last.
    pub(super) fn extent(&self) -> Range {
        self.range(0..self.source.len())
    }
}
