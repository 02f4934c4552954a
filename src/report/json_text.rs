//! Values → JSON text, one element of a list a line.
//!
//! Control characters beyond those that JSON itself forbids are escaped too, so that a report may
//! be printed to a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::report::visible::is_hidden;

/// Writes one value, without a line end.
pub(super) fn write_value<W: Write>(out: W, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaped)).map_err(io::Error::from)
}

/// Writes `[`, each value on a line of its own, `]`.
pub(super) fn write_list<T: Serialize>(
    out: &mut dyn Write,
    values: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let mut separator = "\n";
    out.write_all(b"[")?;
    for value in values {
        out.write_all(separator.as_bytes())?;
        write_value(&mut *out, &value)?;
        separator = ",\n";
    }
    out.write_all(if separator == "\n" { b"]" } else { b"\n]" })
}

struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Nearly every text ends here; the maximum is found many bytes at a time.
        if fragment.bytes().fold(0, u8::max) < 0x7f {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hidden) {
            let character = rest[at..].chars().next().expect("one was found here");
            write!(writer, "{}\\u{:04x}", &rest[..at], u32::from(character))?;
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> String {
        let mut out = Vec::new();
        write_value(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_hidden_is_left() {
        assert_eq!(value("a\"b\\ é🦀\t"), r#""a\"b\\ é🦀\t""#);
        assert_eq!(value("\u{1b}x\u{7f}\u{9b}y\u{202e}"), r#""\u001bx\u007f\u009by\u202e""#);
        assert_eq!(
            serde_json::from_str::<String>(&value("\u{9b}é\u{7f}")).unwrap(),
            "\u{9b}é\u{7f}"
        );
    }

    #[test]
    fn a_list_has_a_line_for_each() {
        let list = |values: &[u8]| {
            let mut out = Vec::new();
            write_list(&mut out, values).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(list(&[]), "[]");
        assert_eq!(list(&[1]), "[\n1\n]");
        assert_eq!(list(&[1, 2]), "[\n1,\n2\n]");
    }
}
