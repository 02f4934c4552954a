//! The texts that stand open in the editor, and what is typed into them.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::wire::{Change, Position};
use crate::load::held::Unsaved;
use crate::report::position::Unit;

/// Open documents by their absolute path.
pub(super) type Documents = BTreeMap<Utf8PathBuf, Document>;

/// One of them.
#[derive(Debug)]
pub(super) struct Document {
    /// Its address as the editor spells it.
    pub(super) uri: String,
    pub(super) version: i32,
    pub(super) text: String,
}

/// The texts alone.
pub(super) fn texts(documents: &Documents) -> Unsaved {
    documents.iter().map(|(path, document)| (path.clone(), document.text.clone())).collect()
}

/// Makes the changes, each in what the one before has left.
pub(super) fn change(text: &mut String, changes: Vec<Change>, unit: Unit) {
    for Change { range, text: new } in changes {
        let Some(range) = range else {
            *text = new;
            continue;
        };
        let start = offset(text, range.start, unit);
        let end = offset(text, range.end, unit).max(start);
        text.replace_range(start..end, &new);
    }
}

/// The byte at a position. Beyond a line is its end, beyond the text is the text's.
fn offset(text: &str, position: Position, unit: Unit) -> usize {
    let Some(start) = line_starts(text).nth(position.line as usize) else { return text.len() };
    let line = &text[start..];
    let line = &line[..line.find(['\r', '\n']).unwrap_or(line.len())];
    let mut column = 0;
    for (at, character) in line.char_indices() {
        let width = match unit {
            Unit::Bytes => character.len_utf8(),
            Unit::Utf16 => character.len_utf16(),
            Unit::Scalars => 1,
        };
        column += width as u32;
        if column > position.character {
            return start + at;
        }
    }
    start + line.len()
}

/// Where lines start: behind `\n`, `\r\n` or `\r`.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_end = move |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    std::iter::once(0).chain((0..bytes.len()).filter(is_end).map(|at| at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::lsp::wire::Range;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    fn typed(text: &str, start: Position, end: Position, new: &str, unit: Unit) -> String {
        let mut text = text.to_owned();
        let change = Change { range: Some(Range { start, end }), text: new.to_owned() };
        super::change(&mut text, vec![change], unit);
        text
    }

    #[test]
    fn text_is_typed_over() {
        let typed = |start, end, new| typed("ab\ncd\n", start, end, new, Unit::Utf16);
        assert_eq!(typed(at(0, 1), at(1, 1), "x"), "axd\n");
        assert_eq!(typed(at(2, 0), at(2, 0), "e"), "ab\ncd\ne");
        assert_eq!(typed(at(0, 2), at(0, 2), "!"), "ab!\ncd\n");
    }

    #[test]
    fn columns_count_what_was_agreed_upon() {
        // é: 2 bytes, 1 unit; 🦀: 4 bytes, 2 units.
        let typed = |column, unit| typed("é🦀x", at(0, column), at(0, column), "|", unit);
        assert_eq!(typed(3, Unit::Utf16), "é🦀|x");
        assert_eq!(typed(6, Unit::Bytes), "é🦀|x");
        assert_eq!(typed(2, Unit::Scalars), "é🦀|x");
        // Inside of the crab is its start.
        assert_eq!(typed(2, Unit::Utf16), "é|🦀x");
    }

    #[test]
    fn every_line_end_counts() {
        let typed = |line| typed("a\r\nb\rc\nd", at(line, 9), at(line, 9), "|", Unit::Utf16);
        assert_eq!(typed(0), "a|\r\nb\rc\nd");
        assert_eq!(typed(1), "a\r\nb|\rc\nd");
        assert_eq!(typed(2), "a\r\nb\rc|\nd");
        assert_eq!(typed(3), "a\r\nb\rc\nd|");
    }

    #[test]
    fn no_position_is_out_of_range() {
        let typed = |start, end| typed("ab\n", start, end, "|", Unit::Utf16);
        assert_eq!(typed(at(7, 0), at(9, 9)), "ab\n|");
        assert_eq!(typed(at(0, 99), at(0, 1)), "ab|\n");
        assert_eq!(typed(at(u32::MAX, u32::MAX), at(0, 0)), "ab\n|");
    }

    #[test]
    fn changes_follow_each_other() {
        let mut text = "a".to_owned();
        let end = Range { start: at(0, 1), end: at(0, 1) };
        let changes = [(None, "xy"), (Some(end), "-")];
        let changes = changes.map(|(range, text)| Change { range, text: text.to_owned() });
        change(&mut text, changes.into(), Unit::Utf16);
        assert_eq!(text, "x-y");
    }
}
