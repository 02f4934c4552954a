//! Text → the tokens of its items' heads: what stands in a body, or between other brackets, is absent.
//!
//! Only for texts that parse: brackets match, and each string and comment ends.

use memchr::{memchr, memchr2, memchr3, memmem};

use super::DEPTH;
use super::lexer::lexeme;
use super::tokens::{Kind, Token};

/// Whether a byte matters between brackets.
const MATTERS: [bool; 256] = matters();

/// The tokens outside of functions; none if they are no tree or a deep one, or if one is doubtful.
pub(super) fn outline(text: &str) -> Option<Vec<Token>> {
    let mut outline = Outline::default();
    let mut start = 0;
    while start < text.len() {
        let (kind, end) = lexeme(text, start)?;
        start = outline.token(kind, start..end, text)?;
    }
    outline.open.is_empty().then_some(outline.tokens)
}

#[derive(Default)]
struct Outline {
    tokens: Vec<Token>,
    /// The braces of modules, `impl`s and traits that are open.
    open: Vec<u32>,
    /// Whether the item that is being read is one of those, as soon as a word tells.
    holds_items: Option<bool>,
    /// The same of the item that a brace seemed to end.
    ended: Option<bool>,
}

impl Outline {
    /// Adds a token, and for a bracket the one that closes it; where the next one begins.
    fn token(&mut self, kind: Kind, at: std::ops::Range<usize>, text: &str) -> Option<usize> {
        if kind == Kind::Blank {
            return Some(at.end);
        }
        let index = self.tokens.len() as u32;
        let mut partner = 0;
        let mut next = at.end;
        if kind == Kind::OpenBrace && self.holds_items == Some(true) {
            self.open.push(index);
            (self.open.len() <= DEPTH as usize).then_some(())?;
        } else if kind.opens() {
            partner = index + 1;
            next = behind_group(text.as_bytes(), at.end)?;
        } else if kind.ends() {
            partner = self.open.pop()?;
            self.tokens[partner as usize].partner = index;
        }
        self.tell_item(kind);
        self.push(kind, at, partner);
        if kind.opens() && partner > 0 {
            self.push(kind.closing(), next - 1..next, index);
        }
        Some(next)
    }

    fn push(&mut self, kind: Kind, at: std::ops::Range<usize>, partner: u32) {
        let (start, end) = (at.start as u32, at.end as u32);
        self.tokens.push(Token { kind, start, end, partner });
    }

    /// Notes what kind of item a token tells of.
    fn tell_item(&mut self, kind: Kind) {
        let before = self.tokens.last().map(|token| token.kind);
        match kind {
            // `impl Grid<{ 2 }> for X` goes on.
            Kind::Gt | Kind::Comma if before == Some(Kind::CloseBrace) => {
                self.holds_items = self.ended;
            }
            Kind::Semi => self.holds_items = None,
            Kind::OpenBrace => self.ended = self.holds_items.take(),
            Kind::CloseBrace => (self.holds_items, self.ended) = (None, Some(true)),
            Kind::Mod | Kind::Impl | Kind::Trait => {
                self.holds_items.get_or_insert(true);
            }
            Kind::Fn | Kind::Struct | Kind::Enum | Kind::Static | Kind::Type | Kind::Use => {
                self.holds_items.get_or_insert(false);
            }
            _ => {}
        }
    }
}

/// One past the bracket that closes what is open; none if nothing does.
fn behind_group(text: &[u8], mut at: usize) -> Option<usize> {
    let mut open = 1_u32;
    loop {
        at += text.get(at..)?.iter().position(|byte| MATTERS[*byte as usize])?;
        at = match text[at] {
            b'(' | b'[' | b'{' => {
                open += 1;
                at + 1
            }
            b'"' => behind_string(text, at)?,
            b'\'' => behind_letter(text, at)?,
            b'/' => behind_comment(text, at)?,
            _ => {
                open -= 1;
                if open == 0 {
                    return Some(at + 1);
                }
                at + 1
            }
        };
    }
}

/// Whether one of these places, in order, is neither in a string nor in a comment nor in a lifetime.
/// The text parses, and is read from `start` on.
pub fn any_in_code(text: &str, start: u32, places: impl IntoIterator<Item = u32>) -> bool {
    let (text, mut at) = (text.as_bytes(), start as usize);
    for place in places {
        while at <= place as usize {
            let before = text.get(at..place as usize).unwrap_or_default();
            let Some(next) = memchr3(b'"', b'\'', b'/', before).map(|next| at + next) else {
                return true;
            };
            let behind = match text[next] {
                b'"' => behind_string(text, next),
                b'\'' => behind_letter(text, next),
                _ => behind_comment(text, next),
            };
            let Some(behind) = behind else { return true };
            at = behind;
        }
    }
    false
}

fn behind_string(text: &[u8], quote: usize) -> Option<usize> {
    let hashes = text[..quote].iter().rev().take_while(|byte| **byte == b'#').count();
    let before = &text[..quote - hashes];
    if is_raw(before) {
        let end = [b"\"", &text[quote - hashes..quote]].concat();
        return Some(quote + 1 + memmem::find(&text[quote + 1..], &end)? + end.len());
    }
    let mut at = quote + 1;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// Whether what stands before a string's hashes and quote makes it a raw one: `r`, `br`, `cr`.
fn is_raw(before: &[u8]) -> bool {
    let word = before.iter().rev().take_while(|byte| is_letter(**byte)).count();
    matches!(&before[before.len() - word..], b"r" | b"br" | b"cr")
}

/// Whether a byte is part of a word.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Behind a letter between quotes, or behind a lifetime.
fn behind_letter(text: &[u8], quote: usize) -> Option<usize> {
    let first = *text.get(quote + 1)?;
    if first == b'\\' {
        let rest = quote + 3;
        return Some(rest + memchr(b'\'', text.get(rest..)?)? + 1);
    }
    let goes_on = |byte: &&u8| **byte & 0xc0 == 0x80;
    let end = quote + 2 + text[quote + 2..].iter().take_while(goes_on).count();
    if text.get(end) == Some(&b'\'') {
        return Some(end + 1);
    }
    Some(quote + 1 + text[quote + 1..].iter().take_while(|byte| is_letter(**byte)).count())
}

fn behind_comment(text: &[u8], slash: usize) -> Option<usize> {
    match text.get(slash + 1) {
        Some(b'/') => Some(slash + memchr(b'\n', &text[slash..])?),
        Some(b'*') => {
            let (mut at, mut open) = (slash + 2, 1_u32);
            while open > 0 {
                at += memchr2(b'*', b'/', text.get(at..)?)?;
                let two = text.get(at..at + 2)?;
                open = match two {
                    b"*/" => open - 1,
                    b"/*" => open + 1,
                    _ => open,
                };
                at += if matches!(two, b"*/" | b"/*") { 2 } else { 1 };
            }
            Some(at)
        }
        _ => Some(slash + 1),
    }
}

const fn matters() -> [bool; 256] {
    let mut matters = [false; 256];
    let bytes = b"()[]{}\"'/";
    let mut at = 0;
    while at < bytes.len() {
        matters[bytes[at] as usize] = true;
        at += 1;
    }
    matters
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a text when all between its brackets is left out.
    #[track_caller]
    fn check(text: &str, left: &str) {
        let tokens = outline(text).expect(text);
        for (at, token) in tokens.iter().enumerate() {
            if token.kind.opens() {
                assert_eq!(tokens[token.partner as usize].partner as usize, at, "{text}");
            }
        }
        let words = tokens.iter().map(|one| &text[one.start as usize..one.end as usize]);
        assert_eq!(words.collect::<Vec<_>>().join(" "), left, "{text}");
    }

    #[test]
    fn bodies_are_left_out() {
        check("fn a(b: C) -> [d; 2] { e(f) } fn g() {}", "fn a ( ) - > [ ] { } fn g ( ) { }");
        check("const fn a() -> impl B { c }", "const fn a ( ) - > impl B { }");
        check("x! { fn a() {} } union U { a: u8 }", "x ! { } union U { }");
    }

    #[test]
    fn items_in_items_are_kept() {
        check(
            "mod a { impl B for C { fn d() { e } } } use f::{g};",
            "mod a { impl B for C { fn d ( ) { } } } use f : : { } ;",
        );
        check(
            "unsafe impl A {} trait B { type C; } struct D { e: u8 }",
            "unsafe impl A { } trait B { type C ; } struct D { }",
        );
        check(
            "impl A<{ b }> for C<{ d }, 1> { fn e() { f } } fn g() -> H<{ i }> { j } impl K {}",
            "impl A < { b } > for C < { d } , 1 > { fn e ( ) { } } fn g ( ) - > H < { } > { } impl K { }",
        );
        check("#[a(b)] #![c] fn d() {}", "# [ ] # ! [ ] fn d ( ) { }");
    }

    #[test]
    fn brackets_in_strings_letters_and_comments_are_none() {
        check(r#"fn a() { "}\"}\\" } "#, "fn a ( ) { }");
        check(r###"fn a() { r#"}"}"# br"\" cr##"}"#}"## b"\"}" r"}" }"###, "fn a ( ) { }");
        check(r"fn a() { '}' '\'' '\\' '\u{7d}' b'}' 'ß' x::<'a, '_>('{') }", "fn a ( ) { }");
        check("fn a() { 1 / 2 // }\n /* } /* } */ } **/ }", "fn a ( ) { }");
        check("fn a() { for_\"}\" }", "fn a ( ) { }");
    }

    #[test]
    fn code_is_told_from_strings_and_comments() {
        for (text, is_code) in [
            ("a.x()", true),
            ("\"x\" 'x' // x\n /* x */ r#\"x\"#", false),
            ("\"x\" x \"x\"", true),
            ("\"\\\"x\"", false),
            ("// a\nx", true),
            ("b\"a\"/x", true),
        ] {
            let places = text.match_indices('x').map(|(at, _)| at as u32);
            assert_eq!(any_in_code(text, 0, places), is_code, "{text}");
        }
    }

    #[test]
    fn what_does_not_end_is_no_tree() {
        for text in ["fn a() {", "}", "mod a {", "fn a() { \"", "fn a() { /* }", "fn a() { ' "] {
            assert!(outline(text).is_none(), "{text}");
        }
    }
}
