//! Tokens that parse as nothing: the paths in them are picked out, each only if it resolves.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::Meta;

use super::Visibility;
use super::attributes;
use super::macros::{Position, Understood, is_opaque};
use super::paths::{Usage, Words, starts_upper};
use super::reader::Reader;
use super::shapes::pieces;

/// Whose tokens they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A macro call's: names mean what they mean at the call.
    Call(Position),
    /// A macro definition's: lone names mean something at each call only.
    Definition,
    /// An attribute's.
    Attribute,
}

/// A path among tokens.
struct Found<'t> {
    words: Words<'t>,
    /// The index behind it.
    next: usize,
}

impl<'t> Reader<'t> {
    /// Picks the paths out of tokens.
    pub(super) fn scan(&mut self, tokens: TokenStream, mode: Mode) -> Understood {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        self.scan_list(&tokens, mode)
    }

    /// Picks the paths out of tokens.
    pub(super) fn scan_list(&mut self, tokens: &[TokenTree], mode: Mode) -> Understood {
        let mut understood = Understood::AsCode;
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            if let Some(behind) = no_path(tokens, index) {
                index = behind;
                continue;
            }
            if let Some(found) = self.found(tokens, index) {
                let (next, part) = self.found_path(tokens, index, &found, mode);
                understood = understood.min(part);
                index = next;
                continue;
            }
            match token {
                TokenTree::Group(group) => {
                    understood = understood.min(self.scan_group(tokens, index, group, mode));
                }
                TokenTree::Literal(literal) if mode == Mode::Attribute => {
                    if let Some(key) = key_before(tokens, index) {
                        self.path_string(&key.to_string(), literal);
                    }
                }
                TokenTree::Ident(_) => understood = Understood::NotAll,
                _ => {}
            }
            index += 1;
        }
        understood
    }

    fn scan_group(
        &mut self,
        tokens: &[TokenTree],
        index: usize,
        group: &Group,
        mode: Mode,
    ) -> Understood {
        match mode {
            Mode::Call(_) if is_attribute(tokens, index, group) => {
                if let Ok(meta) = syn::parse2::<Meta>(group.stream()) {
                    self.meta(&meta);
                }
                Understood::AsCode
            }
            Mode::Call(Position::Item) if group.delimiter() == Delimiter::Brace => {
                self.macro_tokens(group.stream(), Position::Item).min(Understood::AsCode)
            }
            Mode::Call(_) => {
                self.macro_tokens(group.stream(), Position::Expression).min(Understood::AsCode)
            }
            Mode::Definition | Mode::Attribute => self.scan(group.stream(), mode),
        }
    }

    /// Records a path that was found, with the macro call that it may begin.
    fn found_path(
        &mut self,
        tokens: &[TokenTree],
        index: usize,
        found: &Found<'t>,
        mode: Mode,
    ) -> (usize, Understood) {
        let words = &found.words;
        let last = words.words[words.words.len() - 1];
        if let Some(arguments) = call_at(tokens, found.next) {
            if last != "macro_rules" && mode != Mode::Attribute {
                self.record(words, Usage::MACRO.if_resolved());
            }
            let next = found.next + 2;
            return match mode {
                _ if is_opaque(last) => (next, Understood::AsCode),
                Mode::Call(_) => {
                    let stream = arguments.stream();
                    (next, self.macro_arguments(last, stream, Position::Expression))
                }
                other => (next, self.scan(arguments.stream(), other)),
            };
        }
        if let Some(leaves) = group_behind(tokens, found.next) {
            self.use_group(words, leaves.stream());
            return (found.next + 3, Understood::AsCode);
        }
        let called = matches!(tokens.get(found.next), Some(TokenTree::Group(group))
            if group.delimiter() == Delimiter::Parenthesis);
        let usage = match mode {
            Mode::Attribute => Reader::attribute_usage(last),
            _ if called || !starts_upper(last) => Usage::VALUE.if_resolved(),
            _ => Usage::TYPE.if_resolved(),
        };
        let recorded = match (mode, words.words.as_slice()) {
            (Mode::Call(_), [_]) => self.lone_word(tokens, index, found, called),
            (_, [_]) => Some(false),
            (Mode::Definition, [first, ..]) => Some(!matches!(*first, "Self" | "self" | "super")),
            _ => Some(true),
        };
        if recorded == Some(true) {
            self.record(words, usage);
        }
        let understood = if recorded.is_some() { Understood::AsCode } else { Understood::NotAll };
        (found.next, understood)
    }

    /// `a::{b, c::d}`, as in a `use` that could not be parsed.
    fn use_group(&mut self, prefix: &Words<'t>, leaves: TokenStream) {
        let leaves: Vec<TokenTree> = leaves.into_iter().collect();
        for leaf in leaves.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','))
        {
            let Some(found) = self.found(leaf, 0) else { continue };
            let mut words = prefix.clone();
            words.words.extend(found.words.words.iter().filter(|word| **word != "self"));
            words.range = found.words.range;
            match group_behind(leaf, found.next) {
                Some(group) => self.use_group(&words, group.stream()),
                None => self.record(&words, Usage::TYPE.if_resolved()),
            }
        }
    }

    /// Whether a word alone is worth recording; none if nobody knows what it is.
    fn lone_word(
        &self,
        tokens: &[TokenTree],
        index: usize,
        found: &Found<'t>,
        called: bool,
    ) -> Option<bool> {
        let word = found.words.words[0];
        if self.locals.shadows_value(word) || matches!(word, "self" | "crate" | "super") {
            return Some(false);
        }
        if is_member(tokens, index) || is_declared(tokens, index) {
            return None;
        }
        let turbofish = is_path_separator(tokens, found.next);
        (starts_upper(word) || called || turbofish).then_some(true)
    }

    /// The path that begins at an index, if one does.
    fn found(&self, tokens: &[TokenTree], index: usize) -> Option<Found<'t>> {
        let global = is_path_separator(tokens, index);
        let mut next = if global { index + 2 } else { index };
        let (first, mut range) = self.first_word(tokens, &mut next)?;
        let mut words = vec![first];
        while is_path_separator(tokens, next)
            && let Some(TokenTree::Ident(ident)) = tokens.get(next + 2)
        {
            let (word, place) = self.placed_word(ident);
            words.push(word);
            range.end = place.end;
            next += 3;
        }
        Some(Found { words: Words { global, words, range }, next })
    }

    fn first_word(
        &self,
        tokens: &[TokenTree],
        next: &mut usize,
    ) -> Option<(&'t str, super::Range)> {
        match (tokens.get(*next)?, tokens.get(*next + 1)) {
            (TokenTree::Punct(dollar), Some(TokenTree::Ident(ident)))
                if dollar.as_char() == '$' && ident == "crate" =>
            {
                *next += 2;
                Some(("$crate", self.between(dollar.span(), ident.span())))
            }
            (TokenTree::Ident(ident), _) if ident != "doc" => {
                let (word, range) = self.placed_word(ident);
                let starts =
                    !is_keyword(word) || matches!(word, "crate" | "self" | "super" | "Self");
                *next += 1;
                starts.then_some((word, range))
            }
            _ => None,
        }
    }

    /// Syntax that the parser knows but gives no meaning to.
    pub(super) fn verbatim(&mut self, tokens: &TokenStream) {
        let Some((first, last)) = ends(tokens) else { return };
        let range = self.between(first, last);
        self.not_read(range, false);
        let loose = std::mem::replace(&mut self.at.loose, true);
        self.scan(tokens.clone(), Mode::Call(Position::Expression));
        self.at.loose = loose;
    }

    /// An item of that kind: `macro x(..) {..}`, or something unstable.
    pub(super) fn item_verbatim(&mut self, tokens: &TokenStream) {
        if !self.declarative_macro(tokens) {
            let Some((first, last)) = ends(tokens) else { return };
            let range = self.between(first, last);
            self.not_read(range, false);
            self.pieces(pieces(tokens.clone()));
        }
    }

    /// `pub macro name(..) {..}`.
    fn declarative_macro(&mut self, tokens: &TokenStream) -> bool {
        let parser = |input: syn::parse::ParseStream<'_>| {
            let attrs = syn::Attribute::parse_outer(input)?;
            let vis: syn::Visibility = input.parse()?;
            input.parse::<syn::Token![macro]>()?;
            let ident: Ident = input.parse()?;
            Ok((attrs, vis, ident, input.parse::<TokenStream>()?))
        };
        let Ok((attrs, vis, ident, rules)) = syn::parse::Parser::parse2(parser, tokens.clone())
        else {
            return false;
        };
        self.cfg_attributes(&attrs);
        let visibility: Visibility = self.visibility(&vis);
        self.define_macro(&ident, attributes::has(&attrs, "macro_export"), Some(visibility));
        self.other_attributes(&attrs);
        let list: Vec<TokenTree> = rules.clone().into_iter().collect();
        match list.as_slice() {
            [TokenTree::Group(rules)] => self.macro_rules(rules.stream()),
            [.., TokenTree::Group(body)] => self.transcriber(body.stream()),
            _ => {}
        }
        true
    }

    /// Reads the right sides of `(matcher) => { transcriber };`.
    pub(super) fn macro_rules(&mut self, rules: TokenStream) {
        let mut arrow = false;
        for token in rules {
            match token {
                TokenTree::Group(body) if arrow => {
                    self.transcriber(body.stream());
                    arrow = false;
                }
                TokenTree::Punct(punct) => arrow = punct.as_char() == '>',
                _ => arrow = false,
            }
        }
    }

    fn transcriber(&mut self, body: TokenStream) {
        let at = self.at;
        self.at.in_macro = true;
        self.scan(body, Mode::Definition);
        self.at = at;
    }

    /// Reads the arguments of an attribute macro.
    pub(super) fn attribute_tokens(&mut self, tokens: TokenStream) {
        self.scan(tokens, Mode::Attribute);
    }
}

/// The first and the last token.
fn ends(tokens: &TokenStream) -> Option<(Span, Span)> {
    let mut spans = tokens.clone().into_iter().map(|token| token.span());
    let first = spans.next()?;
    Some((first, spans.last().unwrap_or(first)))
}

fn punct(tokens: &[TokenTree], index: usize) -> Option<char> {
    match tokens.get(index)? {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}

fn is_path_separator(tokens: &[TokenTree], index: usize) -> bool {
    let joint = matches!(tokens.get(index), Some(TokenTree::Punct(punct))
        if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
    joint && punct(tokens, index + 1) == Some(':')
}

/// Behind what looks like a path and is none: a lifetime, a variable of a macro's definition and
/// what follows it, the `::a` that continues a type in angle brackets.
fn no_path(tokens: &[TokenTree], index: usize) -> Option<usize> {
    let continues = index.checked_sub(1).is_some_and(|before| {
        punct(tokens, before) == Some('>') || matches!(tokens[before], TokenTree::Group(_))
    });
    if is_lifetime(tokens, index) || is_variable(tokens, index) {
        Some(skip_path(tokens, index + 2))
    } else if continues && is_path_separator(tokens, index) {
        Some(skip_path(tokens, index).max(index + 2))
    } else {
        None
    }
}

/// `'a`.
fn is_lifetime(tokens: &[TokenTree], index: usize) -> bool {
    punct(tokens, index) == Some('\'')
}

/// `$x`, but not `$crate`.
fn is_variable(tokens: &[TokenTree], index: usize) -> bool {
    punct(tokens, index) == Some('$')
        && matches!(tokens.get(index + 1), Some(TokenTree::Ident(ident)) if ident != "crate")
}

/// Behind the `::a::b` that continue what is no path.
fn skip_path(tokens: &[TokenTree], mut index: usize) -> usize {
    while is_path_separator(tokens, index)
        && matches!(tokens.get(index + 2), Some(TokenTree::Ident(_)))
    {
        index += 3;
    }
    index
}

/// `name!(..)`: the group, if the `!` stands at the index.
fn call_at(tokens: &[TokenTree], index: usize) -> Option<&Group> {
    match (punct(tokens, index)?, tokens.get(index + 1)?) {
        ('!', TokenTree::Group(group)) => Some(group),
        _ => None,
    }
}

/// `::{..}`: the group, if the `::` stands at the index.
fn group_behind(tokens: &[TokenTree], index: usize) -> Option<&Group> {
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
fn is_attribute(tokens: &[TokenTree], index: usize, group: &Group) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|index| punct(tokens, index));
    group.delimiter() == Delimiter::Bracket
        && (before(1) == Some('#') || before(1) == Some('!') && before(2) == Some('#'))
}

/// A field or method: `.name`, but not `..name`.
fn is_member(tokens: &[TokenTree], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|index| punct(tokens, index));
    before(1) == Some('.') && before(2) != Some('.')
}

/// A new name: `struct Name`.
fn is_declared(tokens: &[TokenTree], index: usize) -> bool {
    const DECLARE: &[&str] = &[
        "const", "enum", "fn", "let", "macro", "mod", "ref", "static", "struct", "trait", "type",
        "union",
    ];
    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
    matches!(before, Some(TokenTree::Ident(word)) if DECLARE.iter().any(|known| word == known))
}

/// The `key` of `key = "literal"`.
fn key_before(tokens: &[TokenTree], index: usize) -> Option<&Ident> {
    match (punct(tokens, index.checked_sub(1)?)?, tokens.get(index.checked_sub(2)?)?) {
        ('=', TokenTree::Ident(key)) => Some(key),
        _ => None,
    }
}

/// Words that name nothing.
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
