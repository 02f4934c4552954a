//! Tokens that parse as nothing: the calls, macros and strings in them are picked out.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::Lit;

use super::arguments::string;
use super::frames::Exit;
use super::walker::Walker;
use super::{SiteId, SiteKind};
use crate::extract::Range;
use crate::extract::macros::{Position, is_opaque};
use crate::extract::tokens::{
    call_at, is_attribute, is_declared, is_keyword, is_member, is_path_separator, no_path,
};

/// Tokens to look at by index.
pub(super) fn list(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

/// A path among tokens.
struct Found<'a> {
    words: Vec<&'a Ident>,
    /// The index behind it.
    next: usize,
}

impl Walker<'_> {
    /// Reads tokens that nobody understands.
    pub(super) fn unread(&mut self, tokens: &[TokenTree]) {
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            if let Some(behind) = no_path(tokens, index) {
                index = behind;
                continue;
            }
            if let Some(found) = found(tokens, index) {
                index = self.found_path(tokens, index, &found);
                continue;
            }
            match token {
                TokenTree::Group(group) if is_attribute(tokens, index, group) => {}
                TokenTree::Group(group) => self.unread_group(None, group),
                TokenTree::Literal(literal) => {
                    let range = self.range(literal.span());
                    if let Some(text) = string(&Lit::new(literal.clone())) {
                        self.site(SiteKind::Literal(text.into()), range, range);
                    }
                }
                TokenTree::Ident(word) => self.keyword(tokens, index, word),
                TokenTree::Punct(sign) if sign.as_char() == '?' => self.exit(Exit::Question),
                TokenTree::Punct(_) => {}
            }
            index += 1;
        }
    }

    fn unread_group(&mut self, site: Option<SiteId>, group: &Group) {
        self.macro_tokens(site, group.stream(), Position::Expression);
    }

    fn keyword(&mut self, tokens: &[TokenTree], index: usize, word: &Ident) {
        if word == "return" {
            self.exit(Exit::Return);
        } else if word == "break" {
            self.break_out(None);
        } else if word == "await" && is_member(tokens, index) {
            self.exit(Exit::Await);
        }
    }

    fn found_path(&mut self, tokens: &[TokenTree], index: usize, found: &Found<'_>) -> usize {
        let (first, last) = (found.words[0], found.words[found.words.len() - 1]);
        let range = self.between(first.span(), last.span());
        let alone = found.words.len() == 1;
        let global = is_path_separator(tokens, index);
        let nameless = !global && self.has_no_path(self.word(first), alone);
        if alone && is_member(tokens, index) {
            return found.next;
        }
        if let Some(variable) = self.variables.find(self.word(first)).filter(|_| alone) {
            self.use_variable(variable, range);
            return found.next;
        }
        if let Some(group) = call_at(tokens, found.next) {
            let whole = Range { start: range.start, end: self.range(group.span_close()).end };
            let site = self.site(SiteKind::Macro, range, whole);
            let inner = self.between(group.span_open(), group.span_close());
            let name = self.word(last);
            if is_opaque(name) || name != "macro_rules" {
                self.macro_frame(site, name, group.stream(), Position::Expression, inner);
            }
            return found.next + 2;
        }
        match tokens.get(found.next) {
            Some(TokenTree::Group(group))
                if group.delimiter() == Delimiter::Parenthesis && !is_declared(tokens, index) =>
            {
                let whole = Range { start: range.start, end: self.range(group.span_close()).end };
                let site = self.site(SiteKind::Call, range, whole);
                self.site_mut(site).nameless = nameless;
                self.unread_group(Some(site), group);
                found.next + 1
            }
            _ => {
                if !alone && first != "Self" && first != "self" {
                    let site = self.site(SiteKind::Path, range, range);
                    self.site_mut(site).nameless = nameless;
                }
                found.next
            }
        }
    }
}

fn found(tokens: &[TokenTree], index: usize) -> Option<Found<'_>> {
    let first = if is_path_separator(tokens, index) { index + 2 } else { index };
    let TokenTree::Ident(ident) = tokens.get(first)? else { return None };
    let word = ident.to_string();
    if is_keyword(&word) && !matches!(word.as_str(), "crate" | "self" | "super" | "Self") {
        return None;
    }
    let (mut words, mut next) = (vec![ident], first + 1);
    while is_path_separator(tokens, next)
        && let Some(TokenTree::Ident(ident)) = tokens.get(next + 2)
    {
        words.push(ident);
        next += 3;
    }
    Some(Found { words, next })
}
