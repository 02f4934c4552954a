//! What a list of tokens says at an index.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};

/// The first and the last token.
pub(super) fn ends(tokens: &TokenStream) -> Option<(Span, Span)> {
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next()?;
    Some((first, spans.last().unwrap_or(first)))
}

pub(super) fn punct(tokens: &[TokenTree], index: usize) -> Option<char> {
    match tokens.get(index)? {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}

pub(super) fn is_path_separator(tokens: &[TokenTree], index: usize) -> bool {
    let joint = matches!(tokens.get(index), Some(TokenTree::Punct(punct))
        if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
    joint && punct(tokens, index + 1) == Some(':')
}

/// Behind what looks like a path and is none: a lifetime, a variable of a macro's definition and
/// what follows it, the `::a` that continues a type in angle brackets.
pub(super) fn no_path(tokens: &[TokenTree], index: usize) -> Option<usize> {
    let continues = index.checked_sub(1).and_then(|before| punct(tokens, before)) == Some('>');
    if is_lifetime(tokens, index) || is_variable(tokens, index) {
        Some(skip_path(tokens, index + 2))
    } else if continues && is_path_separator(tokens, index) {
        Some(skip_path(tokens, index).max(index + 2))
    } else {
        None
    }
}

/// `'a`.
pub(super) fn is_lifetime(tokens: &[TokenTree], index: usize) -> bool {
    punct(tokens, index) == Some('\'')
}

/// `$x`, but not `$crate`.
pub(super) fn is_variable(tokens: &[TokenTree], index: usize) -> bool {
    punct(tokens, index) == Some('$')
        && matches!(tokens.get(index + 1), Some(TokenTree::Ident(ident)) if ident != "crate")
}

/// Behind the `::a::b` that continue what is no path.
pub(super) fn skip_path(tokens: &[TokenTree], mut index: usize) -> usize {
    while is_path_separator(tokens, index)
        && matches!(tokens.get(index + 2), Some(TokenTree::Ident(_)))
    {
        index += 3;
    }
    index
}

/// `name!(..)`: the group, if the `!` stands at the index.
pub(super) fn call_at(tokens: &[TokenTree], index: usize) -> Option<&Group> {
    match (punct(tokens, index)?, tokens.get(index + 1)?) {
        ('!', TokenTree::Group(group)) => Some(group),
        _ => None,
    }
}

/// `::{..}`: the group, if the `::` stands at the index.
pub(super) fn group_behind(tokens: &[TokenTree], index: usize) -> Option<&Group> {
    match tokens.get(index + 2)? {
        TokenTree::Group(group)
            if is_path_separator(tokens, index) && group.delimiter() == Delimiter::Brace =>
        {
            Some(group)
        }
        _ => None,
    }
}

/// `#[..]`, `#![..]`.
pub(super) fn is_attribute(tokens: &[TokenTree], index: usize, group: &Group) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|index| punct(tokens, index));
    group.delimiter() == Delimiter::Bracket
        && (before(1) == Some('#') || before(1) == Some('!') && before(2) == Some('#'))
}

/// A field or method: `.name`, but not `..name`.
pub(super) fn is_member(tokens: &[TokenTree], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|index| punct(tokens, index));
    before(1) == Some('.') && before(2) != Some('.')
}

/// Words behind which a new name stands.
pub(super) const DECLARE: &[&str] = &[
    "const", "enum", "fn", "let", "macro", "mod", "ref", "static", "struct", "trait", "type",
    "union",
];

/// A new name: `struct Name`.
pub(super) fn is_declared(tokens: &[TokenTree], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
    if index.checked_sub(2).is_some_and(|index| is_lifetime(tokens, index)) {
        return false;
    }
    matches!(before, Some(TokenTree::Ident(word)) if DECLARE.iter().any(|known| word == known))
}

/// What follows a name that a macro gives to something: `name: ..`, `name = ..`.
pub(super) fn is_label(tokens: &[TokenTree], next: usize) -> bool {
    match punct(tokens, next) {
        Some(':') => !is_path_separator(tokens, next),
        Some('=') => !matches!(punct(tokens, next + 1), Some('=' | '>')),
        _ => false,
    }
}

/// The `key` of `key = "literal"`.
pub(super) fn key_before(tokens: &[TokenTree], index: usize) -> Option<&Ident> {
    match (punct(tokens, index.checked_sub(1)?)?, tokens.get(index.checked_sub(2)?)?) {
        ('=', TokenTree::Ident(key)) => Some(key),
        _ => None,
    }
}

/// Written that name nothing.
pub(super) fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "Self"
            | "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}
