//! Attributes: sites, and the keys and values in them.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, Meta, Path, Token};

use super::arguments::string;
use super::walker::Walker;
use super::{AttributeFact, SiteKind};
use crate::extract::Range;
use crate::extract::attributes::{each, is_builtin};
use crate::extract::tokens::ends;

impl<'t> Walker<'t> {
    /// A site for each attribute that names something, and for each derive.
    pub(super) fn attribute_sites(&mut self, attrs: &[Attribute]) {
        let mut found = Vec::new();
        each(attrs, &mut |_, meta| {
            if meta.path().is_ident("derive") {
                found.extend(
                    derived(meta).iter().map(|path| (SiteKind::Derive, self.path_range(path))),
                );
            } else if !self.is_builtin(meta.path()) {
                found.push((SiteKind::Attribute, self.path_range(meta.path())));
            }
        });
        for (kind, range) in found {
            self.site(kind, range, range);
        }
    }

    /// Those that stand before what they belong to.
    pub(super) fn outer_attribute_sites(&mut self, attrs: &[Attribute]) {
        self.attribute_sites(&attrs[..first_inner(attrs)]);
    }

    /// Those that stand inside it.
    pub(super) fn inner_attribute_sites(&mut self, attrs: &[Attribute]) {
        self.attribute_sites(&attrs[first_inner(attrs)..]);
    }

    fn is_builtin(&self, path: &Path) -> bool {
        path.segments.first().is_none_or(|first| is_builtin(self.attribute_word(&first.ident)))
    }

    /// The tokens of a doc comment are made up: they span the whole comment.
    fn attribute_word(&self, ident: &proc_macro2::Ident) -> &'t str {
        let word = self.word(ident);
        if word.starts_with('/') { "doc" } else { word }
    }

    /// The paths in `derive`s.
    pub(super) fn derives(&self, attrs: &[Attribute]) -> Vec<Range> {
        let mut ranges = Vec::new();
        each(attrs, &mut |_, meta| {
            if meta.path().is_ident("derive") {
                ranges.extend(derived(meta).iter().map(|path| self.path_range(path)));
            }
        });
        ranges
    }

    /// The paths of attributes, and as written.
    pub(super) fn attribute_paths(&self, attrs: &[Attribute]) -> (Vec<Range>, Vec<Box<str>>) {
        let (mut ranges, mut texts) = (Vec::new(), Vec::new());
        each(attrs, &mut |_, meta| {
            if !meta.path().is_ident("doc") {
                let range = self.path_range(meta.path());
                ranges.push(range);
                texts.push(self.text(range).into());
            }
        });
        (ranges, texts)
    }

    /// What attributes say, key by key; derives and doc comments left out.
    pub(super) fn attribute_facts(&self, attrs: &[Attribute]) -> Vec<AttributeFact> {
        let mut facts = Vec::new();
        each(attrs, &mut |_, meta| {
            if meta.path().is_ident("derive") || meta.path().is_ident("doc") {
                return;
            }
            let range = self.path_range(meta.path());
            let path: Box<str> = self.text(range).into();
            let fact = AttributeFact { path, key: "".into(), value: None, range };
            match meta {
                Meta::Path(_) => facts.push(fact),
                Meta::NameValue(pair) => facts.push(AttributeFact {
                    value: match &pair.value {
                        Expr::Lit(ExprLit { lit, .. }) => Some(value(lit)),
                        _ => None,
                    },
                    range: Range { end: self.span(&pair.value).end, ..range },
                    ..fact
                }),
                Meta::List(list) if list.tokens.is_empty() => facts.push(fact),
                Meta::List(list) => self.keys(&fact, "", list.tokens.clone(), &mut facts),
            }
        });
        facts
    }

    /// The keys between an attribute's parentheses; `outer` is the key around them.
    fn keys(
        &self,
        of: &AttributeFact,
        outer: &str,
        tokens: TokenStream,
        facts: &mut Vec<AttributeFact>,
    ) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |token: &TokenTree, sign: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign);
        for part in tokens.split(|token| is(token, ',')).filter(|part| !part.is_empty()) {
            let head = part
                .iter()
                .position(|token| is(token, '=') || matches!(token, TokenTree::Group(_)))
                .unwrap_or(part.len());
            let written = match part[..head].split_first() {
                Some((first, _)) => self.between(first.span(), part[head - 1].span()),
                None => Range::default(),
            };
            let text = self.text(written);
            let key = if outer.is_empty() { text.into() } else { format!("{outer}({text})") };
            if let Some(TokenTree::Group(group)) = part.get(head) {
                self.keys(of, &key, group.stream(), facts);
                continue;
            }
            let value = part.get(head + 1).and_then(literal_value);
            let all: TokenStream = part.iter().cloned().collect();
            let range = ends(&all).map_or(written, |(first, last)| self.between(first, last));
            facts.push(AttributeFact { path: of.path.clone(), key: key.into(), value, range });
        }
    }
}

fn first_inner(attrs: &[Attribute]) -> usize {
    attrs.partition_point(|attr| matches!(attr.style, AttrStyle::Outer))
}

fn literal_value(token: &TokenTree) -> Option<Box<str>> {
    match token {
        TokenTree::Literal(literal) => Some(value(&Lit::new(literal.clone()))),
        TokenTree::Ident(word) if word == "true" || word == "false" => {
            Some(word.to_string().into())
        }
        _ => None,
    }
}

fn value(literal: &Lit) -> Box<str> {
    string(literal)
        .unwrap_or_else(|| match literal {
            Lit::Int(number) => number.base10_digits().to_owned(),
            Lit::Float(number) => number.base10_digits().to_owned(),
            Lit::Bool(truth) => truth.value.to_string(),
            Lit::Char(letter) => letter.value().to_string(),
            other => format!("{:?}", other.span()),
        })
        .into()
}

fn derived(meta: &Meta) -> Vec<Path> {
    let Meta::List(list) = meta else { return Vec::new() };
    let parser = Punctuated::<Path, Token![,]>::parse_terminated;
    parser.parse2(list.tokens.clone()).map(|paths| paths.into_iter().collect()).unwrap_or_default()
}
