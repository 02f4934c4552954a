//! Tokens that parse as nothing: the paths in them are picked out, each only if it resolves.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Meta;

use super::Range;
use super::macros::{Position, Understood, is_opaque};
use super::paths::{Usage, Written, starts_upper};
use super::reader::Reader;
use super::tokens::{
    call_at, group_behind, is_attribute, is_declared, is_keyword, is_label, is_member,
    is_path_separator, key_before, no_path,
};

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
    words: Written<'t>,
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
                        self.path_string(&key.to_string(), self.range(literal.span()));
                    }
                }
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
            return (found.next + 2, self.found_call(words, arguments.stream(), mode));
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

    /// A macro call among tokens.
    fn found_call(&mut self, name: &Written<'t>, arguments: TokenStream, mode: Mode) -> Understood {
        let last = name.words[name.words.len() - 1];
        if last != "macro_rules" && mode != Mode::Attribute {
            self.record(name, Usage::MACRO.if_resolved());
        }
        match mode {
            _ if is_opaque(last) => Understood::AsCode,
            Mode::Call(_) => self.macro_arguments(last, arguments, Position::Expression),
            other => self.scan(arguments, other),
        }
    }

    /// `a::{b, c::d}`, as in a `use` that could not be parsed.
    fn use_group(&mut self, prefix: &Written<'t>, leaves: TokenStream) {
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
        let nameless = is_keyword(word) && word != "Self";
        if nameless || self.locals.shadows_value(word) || is_member(tokens, index) {
            return Some(false);
        }
        if is_declared(tokens, index) {
            return None;
        }
        let turbofish = is_path_separator(tokens, found.next);
        if starts_upper(word) || called || turbofish {
            return Some(true);
        }
        is_label(tokens, found.next).then_some(false)
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
        Some(Found { words: Written { global, words, range }, next })
    }

    fn first_word(&self, tokens: &[TokenTree], next: &mut usize) -> Option<(&'t str, Range)> {
        match (tokens.get(*next)?, tokens.get(*next + 1)) {
            (TokenTree::Punct(dollar), Some(TokenTree::Ident(ident)))
                if dollar.as_char() == '$' && ident == "crate" =>
            {
                *next += 2;
                Some(("$crate", self.between(dollar.span(), ident.span())))
            }
            (TokenTree::Ident(ident), _) => {
                let (word, range) = self.placed_word(ident);
                let starts =
                    !is_keyword(word) || matches!(word, "crate" | "self" | "super" | "Self");
                *next += 1;
                starts.then_some((word, range))
            }
            _ => None,
        }
    }

    /// Reads the arguments of an attribute macro.
    pub(super) fn attribute_tokens(&mut self, tokens: TokenStream) {
        self.scan(tokens, Mode::Attribute);
    }
}
