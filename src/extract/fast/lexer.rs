//! Text → what stands at a place in it, and where that ends.
//!
//! Invariant: says what the compiler's lexer says. Most of a file is blanks, plain words, signs and
//! line comments; these are read here, byte by byte, and it is asked for all the others.

use memchr::memchr;
use ra_ap_rustc_lexer::{Cursor, DocStyle, FrontmatterAllowed, LiteralKind, TokenKind};

use super::tokens::Kind;
use super::words::keyword;

/// What a byte begins, as far as it alone can tell; [`Kind::End`] where it cannot.
const BEGINS: [Kind; 256] = begins();
/// Whether a byte continues a plain word.
const CONTINUES: [bool; 256] = continues();

/// What begins at a byte, and the byte behind it; none if that is doubtful.
pub(super) fn lexeme(text: &str, start: usize) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    let second = bytes.get(start + 1);
    match BEGINS[bytes[start] as usize] {
        Kind::Blank => {
            let is_blank = |byte: &u8| BEGINS[*byte as usize] == Kind::Blank;
            Some((Kind::Blank, end_of_run(bytes, behind_indent(bytes, start + 1), is_blank)))
        }
        Kind::Ident => word(text, start),
        Kind::Slash if second == Some(&b'/') => Some(line_comment(bytes, start)),
        Kind::Slash if second == Some(&b'*') => by_compiler(text, start),
        // What may become a string some day.
        Kind::Pound if matches!(second, Some(b'"' | b'#')) => None,
        Kind::End => by_compiler(text, start),
        sign => Some((sign, start + 1)),
    }
}

/// Behind the spaces by which a line is indented, as far as these are whole steps: a quarter of a
/// file is nothing else.
fn behind_indent(bytes: &[u8], mut start: usize) -> usize {
    const STEP: [u8; 4] = *b"    ";
    while bytes.get(start..).and_then(<[u8]>::first_chunk) == Some(&STEP) {
        start += STEP.len();
    }
    start
}

fn end_of_run(bytes: &[u8], start: usize, is_in: impl Fn(&u8) -> bool) -> usize {
    let rest = &bytes[start..];
    start + rest.iter().position(|byte| !is_in(byte)).unwrap_or(rest.len())
}

fn word(text: &str, start: usize) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    let end = end_of_run(bytes, start, |byte| CONTINUES[*byte as usize]);
    match bytes.get(end) {
        // A prefix of a string or a raw word, or letters that are not in the table.
        Some(b'#' | b'"' | b'\'' | 0x80..) => by_compiler(text, start),
        _ => Some((keyword(&text[start..end]), end)),
    }
}

fn line_comment(bytes: &[u8], start: usize) -> (Kind, usize) {
    let comment = &bytes[start..];
    let kind = match (comment.get(2), comment.get(3)) {
        (Some(b'!'), _) => Kind::DocInner,
        (Some(b'/'), Some(b'/')) => Kind::Blank,
        (Some(b'/'), _) => Kind::DocOuter,
        _ => Kind::Blank,
    };
    (kind, start + memchr(b'\n', comment).unwrap_or(comment.len()))
}

fn by_compiler(text: &str, start: usize) -> Option<(Kind, usize)> {
    let token = Cursor::new(&text[start..], FrontmatterAllowed::No).advance_token();
    let end = start + token.len as usize;
    let kind = match token.kind {
        TokenKind::Whitespace => Kind::Blank,
        TokenKind::BlockComment { doc_style, terminated: true } => match doc_style {
            None => Kind::Blank,
            Some(DocStyle::Outer) => Kind::DocOuter,
            Some(DocStyle::Inner) => Kind::DocInner,
        },
        TokenKind::Ident => keyword(&text[start..end]),
        TokenKind::RawIdent => Kind::Ident,
        TokenKind::Lifetime { starts_with_number: false } => Kind::Lifetime,
        TokenKind::Literal { kind, .. } => literal(kind)?,
        _ => return None,
    };
    Some((kind, end))
}

fn literal(kind: LiteralKind) -> Option<Kind> {
    Some(match kind {
        LiteralKind::Int { empty_int: false, .. } => Kind::Int,
        LiteralKind::Float { empty_exponent: false, .. } => Kind::Float,
        LiteralKind::Str { terminated: true } | LiteralKind::RawStr { n_hashes: Some(_) } => {
            Kind::Str
        }
        LiteralKind::Char { terminated: true }
        | LiteralKind::Byte { terminated: true }
        | LiteralKind::ByteStr { terminated: true }
        | LiteralKind::CStr { terminated: true }
        | LiteralKind::RawByteStr { n_hashes: Some(_) }
        | LiteralKind::RawCStr { n_hashes: Some(_) } => Kind::Letter,
        _ => return None,
    })
}

const fn begins() -> [Kind; 256] {
    let mut begins = [Kind::End; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        begins[byte as usize] = match byte {
            b'\t'..=b'\r' | b' ' => Kind::Blank,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Kind::Ident,
            sign => begins_sign(sign),
        };
        byte += 1;
    }
    begins
}

const fn begins_sign(byte: u8) -> Kind {
    match byte {
        b';' => Kind::Semi,
        b',' => Kind::Comma,
        b'.' => Kind::Dot,
        b'(' => Kind::OpenParen,
        b')' => Kind::CloseParen,
        b'{' => Kind::OpenBrace,
        b'}' => Kind::CloseBrace,
        b'[' => Kind::OpenBracket,
        b']' => Kind::CloseBracket,
        b'@' => Kind::At,
        b'#' => Kind::Pound,
        b'~' => Kind::Tilde,
        b'?' => Kind::Question,
        b':' => Kind::Colon,
        b'$' => Kind::Dollar,
        b'=' => Kind::Eq,
        b'!' => Kind::Bang,
        b'<' => Kind::Lt,
        b'>' => Kind::Gt,
        b'-' => Kind::Minus,
        b'&' => Kind::And,
        b'|' => Kind::Or,
        b'+' => Kind::Plus,
        b'*' => Kind::Star,
        b'/' => Kind::Slash,
        b'^' => Kind::Caret,
        b'%' => Kind::Percent,
        _ => Kind::End,
    }
}

const fn continues() -> [bool; 256] {
    let mut continues = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        continues[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    continues
}

#[cfg(test)]
mod tests {
    use ra_ap_rustc_lexer::tokenize;

    use super::*;

    /// Where everything in a text ends, as read here.
    fn ends(text: &str) -> Vec<usize> {
        let mut ends = vec![0];
        while let Some(start) = ends.last().copied().filter(|end| *end < text.len()) {
            ends.push(lexeme(text, start).expect(text).1);
        }
        ends
    }

    /// The same, as the compiler reads it; blanks that follow each other are one to nobody.
    fn ends_by_compiler(text: &str) -> Vec<usize> {
        let tokens = tokenize(text, FrontmatterAllowed::No);
        let lengths = tokens.map(|token| token.len as usize);
        let ends = lengths.scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect()
    }

    #[track_caller]
    fn check(text: &str, kinds: &[Kind]) {
        let ends = ends(text);
        assert_eq!(ends, ends_by_compiler(text), "{text}");
        let starts = ends[..ends.len() - 1].iter();
        let read = starts.map(|start| lexeme(text, *start).expect(text).0);
        let read: Vec<Kind> = read.filter(|kind| *kind != Kind::Blank).collect();
        assert_eq!(read, kinds, "{text}");
    }

    #[test]
    fn plain_words_and_signs_are_read_byte_by_byte() {
        check("let a_1=b;", &[Kind::Let, Kind::Ident, Kind::Eq, Kind::Ident, Kind::Semi]);
        check("_ __ _x", &[Kind::Underscore, Kind::Ident, Kind::Ident]);
        check("\t\r\n\u{b}\u{c} ", &[]);
    }

    #[test]
    fn prefixes_and_foreign_letters_are_the_compilers() {
        check("r#fn rx r bx cx", &[Kind::Ident; 5]);
        check(
            r##"r"a" r#""" "# b"a" br"a" c"a""##,
            &[Kind::Str, Kind::Str, Kind::Letter, Kind::Letter, Kind::Letter],
        );
        check("b'a' 'a' 'a", &[Kind::Letter, Kind::Letter, Kind::Lifetime]);
        check("fnß ßfn straße_1", &[Kind::Ident; 3]);
        check("1..2.0e1", &[Kind::Int, Kind::Dot, Kind::Dot, Kind::Float]);
    }

    #[test]
    fn what_may_be_a_string_some_day_is_doubtful() {
        for text in ["x#y", "x\"y\"", "x'y'", "#\"a\"", "## a", "k#fn"] {
            assert_eq!(lexeme(text, 0), None, "{text}");
        }
    }

    #[test]
    fn comments_end_with_their_line_and_may_document() {
        check("/ // a\n/// b\r\n//// c\n//! d", &[Kind::Slash, Kind::DocOuter, Kind::DocInner]);
        check("//", &[]);
        check("///", &[Kind::DocOuter]);
        check("/* a /* b */ */ /** c */ /*! d */ /**/", &[Kind::DocOuter, Kind::DocInner]);
    }
}
