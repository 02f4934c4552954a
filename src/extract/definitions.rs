//! Macro definitions, and syntax that the parser gives no meaning to.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, ForeignItem, Token, TraitItem, Visibility};

use super::attributes;
use super::macros::Position;
use super::reader::Reader;
use super::scan::Mode;
use super::shapes::pieces;
use super::templates::Template;
use super::tokens::ends;
use super::{Cfg, Name};

impl Reader<'_> {
    /// Syntax that the parser knows but gives no meaning to.
    pub(super) fn verbatim(&mut self, tokens: &TokenStream) {
        let Some((first, last)) = ends(tokens) else { return };
        self.not_read(self.between(first, last), false);
        let loose = std::mem::replace(&mut self.at.loose, true);
        self.scan(tokens.clone(), Mode::Call(Position::Expression));
        self.at.loose = loose;
    }

    /// An item of that kind: `macro x(..) {..}`, what has no body where a macro asks for none, or
    /// something unstable.
    pub(super) fn item_verbatim(&mut self, tokens: &TokenStream) {
        if self.declarative_macro(tokens) {
            return;
        }
        match syn::parse2::<ForeignItem>(tokens.clone()) {
            Ok(item @ ForeignItem::Static(_)) => return self.foreign_item(&item),
            _ if self.without_body(tokens) => return,
            _ => {}
        }
        if let Some((first, last)) = ends(tokens) {
            self.not_read(self.between(first, last), false);
            self.pieces(pieces(tokens.clone()));
        }
    }

    /// An item of an `impl` of that kind.
    pub(super) fn member_without_body(&mut self, tokens: &TokenStream) {
        if !self.without_body(tokens) {
            self.verbatim(tokens);
        }
    }

    /// `pub fn name();` and the like, which declare nothing that has a path.
    fn without_body(&mut self, tokens: &TokenStream) -> bool {
        let parser = |input: ParseStream<'_>| {
            let attrs = Attribute::parse_outer(input)?;
            input.parse::<Visibility>()?;
            Ok((attrs, input.parse::<TraitItem>()?))
        };
        match parser.parse2(tokens.clone()) {
            Ok((_, TraitItem::Verbatim(_))) | Err(_) => false,
            Ok((attrs, item)) => {
                self.attributes(&attrs);
                self.trait_item(&item);
                true
            }
        }
    }

    /// `pub macro name(..) {..}`.
    fn declarative_macro(&mut self, tokens: &TokenStream) -> bool {
        let parser = |input: ParseStream<'_>| {
            let attrs = Attribute::parse_outer(input)?;
            let vis: Visibility = input.parse()?;
            input.parse::<Token![macro]>()?;
            let ident: Ident = input.parse()?;
            Ok((attrs, vis, ident, input.parse::<TokenStream>()?))
        };
        let Ok((attrs, vis, ident, rules)) = parser.parse2(tokens.clone()) else { return false };
        self.cfg_attributes(&attrs);
        let visibility = self.visibility(&vis);
        self.define_macro(&ident, attributes::has(&attrs, "macro_export"), Some(visibility));
        self.other_attributes(&attrs);
        let list: Vec<TokenTree> = rules.into_iter().collect();
        match list.as_slice() {
            [TokenTree::Group(rules)] => self.macro_rules(rules.stream()),
            [.., TokenTree::Group(body)] => self.transcribers(vec![body.stream()]),
            _ => {}
        }
        true
    }

    /// Reads the right sides of `(matcher) => { transcriber };`.
    pub(super) fn macro_rules(&mut self, rules: TokenStream) {
        let mut bodies = Vec::new();
        let mut arrow = false;
        for token in rules {
            match token {
                TokenTree::Group(body) if arrow => {
                    bodies.push(body.stream());
                    arrow = false;
                }
                TokenTree::Punct(punct) => arrow = punct.as_char() == '>',
                _ => arrow = false,
            }
        }
        self.transcribers(bodies);
    }

    /// Reads the right sides of the definition that was noted last.
    fn transcribers(&mut self, bodies: Vec<TokenStream>) {
        let mut template = Template::default();
        for body in &bodies {
            template.add(body);
        }
        let declares: BTreeSet<Name> =
            template.declares.iter().map(|name| self.ident(name)).collect();
        self.describe_macro(&template, declares);
        let at = self.at;
        self.at.in_macro = true;
        for body in bodies {
            self.scan(body, Mode::Definition);
        }
        self.at = at;
    }

    /// Completes the definition that was noted last.
    pub(super) fn describe_macro<N>(&mut self, template: &Template<N>, declares: BTreeSet<Name>) {
        let adds = template.cfg().map(|predicate| Cfg {
            text: predicate.text.as_str().into(),
            test: predicate.test,
            macros: Box::default(),
        });
        let definition = self.facts.macros.last_mut().expect("a definition was noted before");
        definition.adds = adds;
        definition.exports = template.exports;
        definition.declares = declares.into_iter().collect();
    }
}
