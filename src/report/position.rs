//! Byte offsets → lines and columns.
//!
//! Lines end with `\n`; a `\r` before it and a byte order mark at the start of the file belong to
//! no line. Any offset has a position: one inside a character counts as the character's start, one
//! beyond the text as its end.

use std::ops::Range;
use std::sync::OnceLock;

use crate::model::{FileId, SourceFile, Sources, Span};
use crate::report::visible::visible;

/// A place in a text as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values: rustc, our own reports.
    Scalars,
    /// UTF-16 code units: SARIF, LSP.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
}

/// Lines and columns of every file, each file counted when it is first asked for.
#[derive(Debug)]
pub struct Positions<'a> {
    sources: &'a Sources,
    tables: Vec<OnceLock<LineTable>>,
}

impl<'a> Positions<'a> {
    /// For these files.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, tables: vec![OnceLock::new(); sources.files.len()] }
    }

    /// The file with this id.
    pub fn file(&self, file: FileId) -> &'a SourceFile {
        self.sources.file(file)
    }

    /// The position of a byte.
    pub fn at(&self, file: FileId, offset: u32, unit: Unit) -> Position {
        self.table(file).position(&self.file(file).text, offset, unit)
    }

    /// The position of a span's first byte, in scalar values.
    pub fn start(&self, span: Span) -> Position {
        self.at(span.file, span.start, Unit::Scalars)
    }

    /// The position one past a span's last byte, in scalar values.
    pub fn end(&self, span: Span) -> Position {
        self.at(span.file, span.end.max(span.start), Unit::Scalars)
    }

    /// `src/lib.rs:3:5`, fit to be printed.
    pub fn place(&self, span: Span) -> String {
        let Position { line, column } = self.start(span);
        format!("{}:{line}:{column}", visible(self.file(span.file).path.as_str()))
    }

    /// The bytes of a line (from 1; the last if there are fewer), its end not included.
    pub fn line(&self, file: FileId, line: u32) -> Range<u32> {
        self.table(file).line(&self.file(file).text, line)
    }

    fn table(&self, file: FileId) -> &LineTable {
        self.tables[file.0 as usize].get_or_init(|| LineTable::new(&self.file(file).text))
    }
}

/// Where the lines of one text start, and how much longer it is in bytes than in other units.
#[derive(Clone, Debug)]
struct LineTable {
    starts: Vec<u32>,
    wide: Vec<Wide>,
}

/// A character of more than one byte.
#[derive(Clone, Copy, Debug)]
struct Wide {
    /// Where it starts.
    start: u32,
    /// By how much the text up to its end is longer in bytes than in scalar values.
    over_scalars: u32,
    /// By how much it is longer in bytes than in UTF-16 code units.
    over_utf16: u32,
}

impl LineTable {
    fn new(text: &str) -> Self {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() as u32 } else { 0 };
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(mark).chain(newlines.map(|at| at as u32 + 1)).collect();
        Self { starts, wide: wide(text) }
    }

    fn position(&self, text: &str, offset: u32, unit: Unit) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let offset = floor(text, offset).max(start);
        let over = self.over(offset, unit) - self.over(start, unit);
        Position { line: line as u32, column: offset - start - over + 1 }
    }

    fn line(&self, text: &str, line: u32) -> Range<u32> {
        let index = (line.max(1) as usize).min(self.starts.len());
        let start = self.starts[index - 1];
        let end = self.starts.get(index).map_or(text.len() as u32, |next| next - 1);
        let ends_in_return = end > start && text.as_bytes()[end as usize - 1] == b'\r';
        start..if ends_in_return { end - 1 } else { end }
    }

    fn over(&self, offset: u32, unit: Unit) -> u32 {
        let before = self.wide.partition_point(|wide| wide.start < offset);
        match (before.checked_sub(1).map(|last| self.wide[last]), unit) {
            (None, _) | (_, Unit::Bytes) => 0,
            (Some(wide), Unit::Scalars) => wide.over_scalars,
            (Some(wide), Unit::Utf16) => wide.over_utf16,
        }
    }
}

fn wide(text: &str) -> Vec<Wide> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut sum = Wide { start: 0, over_scalars: 0, over_utf16: 0 };
    let characters = text.char_indices().filter(|(_, character)| !character.is_ascii());
    characters
        .map(|(start, character)| {
            sum.start = start as u32;
            sum.over_scalars += character.len_utf8() as u32 - 1;
            sum.over_utf16 += (character.len_utf8() - character.len_utf16()) as u32;
            sum
        })
        .collect()
}

/// The last character boundary up to `offset`.
pub(super) fn floor(text: &str, offset: u32) -> u32 {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32) -> [(u32, u32); 3] {
        let mut sources = Sources::default();
        let file = sources.add("x.rs".into(), text.into());
        let positions = Positions::new(&sources);
        [Unit::Scalars, Unit::Utf16, Unit::Bytes].map(|unit| {
            let Position { line, column } = positions.at(file, offset, unit);
            (line, column)
        })
    }

    #[test]
    fn ascii_is_the_same_in_every_unit() {
        assert_eq!(at("ab\ncd", 0), [(1, 1); 3]);
        assert_eq!(at("ab\ncd", 2), [(1, 3); 3]);
        assert_eq!(at("ab\ncd", 3), [(2, 1); 3]);
        assert_eq!(at("ab\ncd", 5), [(2, 3); 3]);
        assert_eq!(at("ab\ncd", 99), [(2, 3); 3]);
        assert_eq!(at("", 0), [(1, 1); 3]);
        assert_eq!(at("a\n", 2), [(2, 1); 3]);
    }

    #[test]
    fn units_part_at_wide_characters() {
        // é: 2 bytes, 1 unit; 🦀: 4 bytes, 2 units; 中: 3 bytes, 1 unit.
        let text = "é🦀中x\n\té!";
        assert_eq!(at(text, 2), [(1, 2), (1, 2), (1, 3)]);
        assert_eq!(at(text, 6), [(1, 3), (1, 4), (1, 7)]);
        assert_eq!(at(text, 9), [(1, 4), (1, 5), (1, 10)]);
        // The second line starts at 11; what is wide before it does not count.
        assert_eq!(at(text, 11), [(2, 1); 3]);
        assert_eq!(at(text, 12), [(2, 2); 3]);
        assert_eq!(at(text, 14), [(2, 3), (2, 3), (2, 4)]);
        // Inside of the crab is its start.
        assert_eq!(at(text, 4), at(text, 2));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let text = "\u{feff}use a;\r\nuse é;\r\n";
        assert_eq!(at(text, 0), [(1, 1); 3]);
        assert_eq!(at(text, 1), [(1, 1); 3]);
        assert_eq!(at(text, 3), [(1, 1); 3]);
        assert_eq!(at(text, 7), [(1, 5); 3]);
        // 3 + "use a;\r\n" is 11, and `é` stands four further.
        assert_eq!(at(text, 15), [(2, 5); 3]);
        assert_eq!(at(text, 17), [(2, 6), (2, 6), (2, 7)]);
        // Further on, a mark is a character.
        assert_eq!(at("a\u{feff}b", 4), [(1, 3), (1, 3), (1, 5)]);
    }

    #[test]
    fn lines_have_no_ends() {
        let mut sources = Sources::default();
        let file = sources.add("x.rs".into(), "\u{feff}ab\r\n\r\n\nc\rd".into());
        let positions = Positions::new(&sources);
        let lines = [1, 2, 3, 4, 5].map(|line| positions.line(file, line));
        assert_eq!(lines, [3..5, 7..7, 9..9, 10..13, 10..13]);
    }

    #[test]
    fn every_offset_has_a_position() {
        let text = "\u{feff}é\r\n🦀\u{1b}\t\n\n\u{202e}中";
        for offset in 0..text.len() as u32 + 3 {
            let [scalars, utf16, bytes] = at(text, offset);
            assert!(scalars <= utf16 && utf16 <= bytes, "{offset}");
            assert!((1..=4).contains(&scalars.0) && scalars.1 >= 1, "{offset}");
        }
    }
}
