//! What a macro definition does to what its callers hand it: `#[cfg(..)]` and `#[macro_export]`
//! before a `$item`, and items that it declares under a name of its own.
//!
//! Macros are not expanded. But `macro_rules! cfg_net { ($($i:item)*) => { $(#[cfg(feature = "net")]
//! $i)* } }` puts a condition on items elsewhere, and whole types have their names in a macro's
//! body only: this much of an expansion can be read off the definition.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::cfg::Predicate;

/// What the right sides of a definition say; `N` is how a name is known.
#[derive(Debug)]
pub(super) struct Template<N> {
    /// The conditions under which `$items` are put, one for each place.
    pub(super) cfgs: Vec<Predicate>,
    /// Some `$item` is put under no condition.
    pub(super) unconditional: bool,
    /// Some `$item` is put under `#[macro_export]`.
    pub(super) exports: bool,
    /// Names of items that are written out.
    pub(super) declares: Vec<N>,
}

impl<N> Default for Template<N> {
    fn default() -> Self {
        Self { cfgs: Vec::new(), unconditional: false, exports: false, declares: Vec::new() }
    }
}

impl<N> Template<N> {
    /// The one condition that all callers' items come under, if there is one.
    pub(super) fn cfg(&self) -> Option<&Predicate> {
        let first = self.cfgs.first()?;
        let same = self.cfgs.iter().all(|other| other == first);
        (same && !self.unconditional).then_some(first)
    }
}

impl Template<Ident> {
    /// Adds one right side.
    pub(super) fn add(&mut self, body: &TokenStream) {
        let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
        let mut attributes: Vec<TokenTree> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at..] {
                [TokenTree::Punct(hash), TokenTree::Group(attribute), ..]
                    if hash.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket =>
                {
                    attributes.extend(attribute.stream());
                    at += 1;
                }
                [TokenTree::Punct(dollar), TokenTree::Group(repeated), ..]
                    if dollar.as_char() == '$' =>
                {
                    self.add(&repeated.stream());
                    attributes.clear();
                    at += 1;
                }
                [TokenTree::Punct(dollar), TokenTree::Ident(variable), ..]
                    if dollar.as_char() == '$' && variable != "crate" =>
                {
                    self.place(&attributes);
                    attributes.clear();
                    at += 1;
                }
                [TokenTree::Punct(quote), TokenTree::Ident(_), ..] if quote.as_char() == '\'' => {
                    attributes.clear();
                    at += 1;
                }
                [TokenTree::Ident(keyword), TokenTree::Ident(name), ..]
                    if declares(&keyword.to_string()) =>
                {
                    self.declares.push(name.clone());
                    attributes.clear();
                    at += 1;
                }
                [TokenTree::Group(_) | TokenTree::Ident(_), ..] => attributes.clear(),
                _ => {}
            }
            at += 1;
        }
    }

    /// A variable behind these attributes.
    fn place(&mut self, attributes: &[TokenTree]) {
        let mut conditional = false;
        for pair in attributes.windows(2) {
            if let [TokenTree::Ident(name), TokenTree::Group(predicate)] = pair
                && name == "cfg"
            {
                self.cfgs.push(Predicate::of(predicate.stream()));
                conditional = true;
            }
        }
        self.exports |= attributes
            .iter()
            .any(|token| matches!(token, TokenTree::Ident(name) if name == "macro_export"));
        self.unconditional |= !conditional;
    }
}

/// Whether an item's name follows this word.
pub(super) fn declares(keyword: &str) -> bool {
    const KEYWORDS: [&str; 9] =
        ["const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union"];
    KEYWORDS.contains(&keyword)
}
