//! Statics and constants.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, Expr, ForeignItemStatic, Generics, ImplItemConst, ItemConst, ItemStatic, Result,
    StaticMutability, Token, TraitItemConst, Type, Visibility,
};

use super::walker::Walker;
use super::{FrameKind, Global, TypePlace};

/// A static or constant as it is written.
pub(super) struct Declared<'a> {
    attrs: &'a [Attribute],
    vis: Option<&'a Visibility>,
    ident: &'a Ident,
    generics: Option<&'a Generics>,
    ty: &'a Type,
    is_static: bool,
    mutable: bool,
}

impl<'a> Declared<'a> {
    pub(super) fn of_static(node: &'a ItemStatic) -> Self {
        Self {
            mutable: matches!(node.mutability, StaticMutability::Mut(_)),
            is_static: true,
            ..Self::constant(&node.attrs, Some(&node.vis), &node.ident, &node.ty)
        }
    }

    pub(super) fn of_foreign(node: &'a ForeignItemStatic) -> Self {
        Self {
            mutable: matches!(node.mutability, StaticMutability::Mut(_)),
            is_static: true,
            ..Self::constant(&node.attrs, Some(&node.vis), &node.ident, &node.ty)
        }
    }

    pub(super) fn of_const(node: &'a ItemConst) -> Self {
        let generics = Some(&node.generics);
        Self { generics, ..Self::constant(&node.attrs, Some(&node.vis), &node.ident, &node.ty) }
    }

    pub(super) fn of_impl(node: &'a ImplItemConst) -> Self {
        let generics = Some(&node.generics);
        Self { generics, ..Self::constant(&node.attrs, Some(&node.vis), &node.ident, &node.ty) }
    }

    pub(super) fn of_trait(node: &'a TraitItemConst) -> Self {
        let generics = Some(&node.generics);
        Self { generics, ..Self::constant(&node.attrs, None, &node.ident, &node.ty) }
    }

    fn constant(
        attrs: &'a [Attribute],
        vis: Option<&'a Visibility>,
        ident: &'a Ident,
        ty: &'a Type,
    ) -> Self {
        Self { attrs, vis, ident, generics: None, ty, is_static: false, mutable: false }
    }
}

/// `static ref NAME: Type = value;`.
pub(super) struct LazyStatic {
    attrs: Vec<Attribute>,
    vis: Visibility,
    ident: Ident,
    ty: Type,
    value: Expr,
}

impl LazyStatic {
    /// The same as other statics are described, and its initialiser.
    pub(super) fn declared(&self) -> (Declared<'_>, &Expr) {
        let declared = Declared::constant(&self.attrs, Some(&self.vis), &self.ident, &self.ty);
        (Declared { is_static: true, ..declared }, &self.value)
    }
}

/// Reads a list of `static ref`s, if it is one.
pub(super) fn lazy_statics(tokens: &TokenStream) -> Option<Vec<LazyStatic>> {
    let words: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is =
        |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
    words.windows(2).find(|pair| is(&pair[0], "static") && is(&pair[1], "ref"))?;
    let parser = |input: ParseStream<'_>| {
        let mut list = Vec::new();
        while !input.is_empty() {
            list.push(lazy_static(input)?);
        }
        Ok(list)
    };
    parser.parse2(tokens.clone()).ok()
}

fn lazy_static(input: ParseStream<'_>) -> Result<LazyStatic> {
    let attrs = Attribute::parse_outer(input)?;
    let vis = input.parse()?;
    input.parse::<Token![static]>()?;
    input.parse::<Option<Token![ref]>>()?;
    let ident = input.parse()?;
    input.parse::<Token![:]>()?;
    let ty = input.parse()?;
    input.parse::<Token![=]>()?;
    let value = input.parse()?;
    input.parse::<Option<Token![;]>>()?;
    Ok(LazyStatic { attrs, vis, ident, ty, value })
}

impl Walker<'_> {
    /// Reads a static or constant.
    pub(super) fn global(&mut self, declared: &Declared<'_>, value: Option<&Expr>) {
        self.attribute_sites(declared.attrs);
        if let Some(generics) = declared.generics {
            self.parameters(generics);
        }
        let index = self.sites.globals.len();
        let exported = declared.vis.is_some_and(|vis| !matches!(vis, Visibility::Inherited));
        self.sites.globals.push(Global {
            name: self.word(declared.ident).into(),
            range: self.range(declared.ident.span()),
            parent: self.frame,
            frame: None,
            is_static: declared.is_static,
            mutable: declared.mutable,
            thread_local: self.thread_local,
            exported,
            types: Vec::new(),
            type_text: self.type_text(declared.ty),
        });
        let types = self.types_in(TypePlace::Global, declared.ty);
        self.sites.globals[index].types = types.into_iter().map(|(range, _)| range).collect();
        let Some(value) = value else { return };
        let open = self.open(FrameKind::Global(index as u32));
        self.sites.globals[index].frame = Some(open.id);
        let value = self.value(value);
        self.store(&value);
        self.close(open, value.range);
    }
}
