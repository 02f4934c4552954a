//! Text without a syntax tree → the bracket, string or comment that never ends.

use std::ops::Range;

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

/// The first token that keeps the text from being a tree of tokens, and what is wrong with it.
pub(super) fn find(text: &str) -> Option<(Range<usize>, String)> {
    let mut open: Vec<(Range<usize>, &str)> = Vec::new();
    let mut end = 0;
    for token in tokenize(text, FrontmatterAllowed::No) {
        let range = end..end + token.len as usize;
        end = range.end;
        let word = &text[range.clone()];
        if is_bracket(token.kind, ["(", "[", "{"], word) {
            open.push((range, word));
        } else if is_bracket(token.kind, [")", "]", "}"], word) {
            match open.pop() {
                None => return Some((range, format!("this `{word}` closes nothing"))),
                Some((_, opening)) if closing(opening) == word => {}
                Some((start, opening)) => {
                    return Some((start, format!("this `{opening}` is closed by a `{word}`")));
                }
            }
        } else if let Some(kind) = endless(token.kind) {
            return Some((range.start..range.start + 1, format!("this {kind} never ends")));
        }
    }
    let (range, opening) = open.pop()?;
    Some((range, format!("this `{opening}` is never closed")))
}

fn is_bracket(kind: TokenKind, brackets: [&str; 3], word: &str) -> bool {
    let text = matches!(
        kind,
        TokenKind::Literal { .. } | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
    );
    !text && brackets.contains(&word)
}

fn closing(opening: &str) -> &'static str {
    match opening {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

fn endless(kind: TokenKind) -> Option<&'static str> {
    match kind {
        TokenKind::BlockComment { terminated: false, .. } => Some("comment"),
        TokenKind::Literal { kind, .. } => match kind {
            LiteralKind::Char { terminated: false } | LiteralKind::Byte { terminated: false } => {
                Some("character")
            }
            LiteralKind::Str { terminated: false }
            | LiteralKind::ByteStr { terminated: false }
            | LiteralKind::CStr { terminated: false }
            | LiteralKind::RawStr { n_hashes: None }
            | LiteralKind::RawByteStr { n_hashes: None }
            | LiteralKind::RawCStr { n_hashes: None } => Some("string"),
            _ => None,
        },
        _ => None,
    }
}
