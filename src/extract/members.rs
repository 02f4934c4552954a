//! What stands in `impl`s, traits and `extern` blocks.

use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{Attribute, ForeignItem, ImplItem, TraitItem};

use super::ItemKind;
use super::items::Head;
use super::macros::Position;
use super::reader::Reader;

impl Reader<'_> {
    /// Reads an item of an `impl`.
    pub(super) fn impl_item(&mut self, item: &ImplItem) {
        let (at, mark) = (self.at, self.locals.mark());
        match item {
            ImplItem::Fn(item) => {
                self.member(&item.attrs, &item.sig.ident);
                self.function(&item.sig, Some(&item.block));
            }
            ImplItem::Const(item) => {
                self.member(&item.attrs, &item.ident);
                self.visit_generics(&item.generics);
                self.visit_type(&item.ty);
                self.visit_expr(&item.expr);
            }
            ImplItem::Type(item) => {
                self.member(&item.attrs, &item.ident);
                self.parameters(&item.generics);
                self.visit_type(&item.ty);
                self.conditions(&item.generics);
            }
            ImplItem::Macro(item) => {
                self.attributes(&item.attrs);
                self.macro_call(&item.mac, Position::ImplItem);
            }
            ImplItem::Verbatim(tokens) => self.member_without_body(tokens),
            _ => {}
        }
        self.locals.forget(mark);
        self.at = at;
    }

    /// Reads an item of a trait.
    pub(super) fn trait_item(&mut self, item: &TraitItem) {
        let (at, mark) = (self.at, self.locals.mark());
        match item {
            TraitItem::Fn(item) => {
                self.member(&item.attrs, &item.sig.ident);
                self.function(&item.sig, item.default.as_ref());
            }
            TraitItem::Const(item) => {
                self.member(&item.attrs, &item.ident);
                self.visit_generics(&item.generics);
                self.visit_type(&item.ty);
                if let Some((_, value)) = &item.default {
                    self.visit_expr(value);
                }
            }
            TraitItem::Type(item) => {
                self.member(&item.attrs, &item.ident);
                self.parameters(&item.generics);
                for bound in &item.bounds {
                    self.visit_type_param_bound(bound);
                }
                if let Some((_, ty)) = &item.default {
                    self.visit_type(ty);
                }
                self.conditions(&item.generics);
            }
            TraitItem::Macro(item) => {
                self.attributes(&item.attrs);
                self.macro_call(&item.mac, Position::TraitItem);
            }
            TraitItem::Verbatim(tokens) => self.visit_token_stream(tokens),
            _ => {}
        }
        self.locals.forget(mark);
        self.at = at;
    }

    /// Reads an item of an `extern` block, which belongs to the scope around it.
    pub(super) fn foreign_item(&mut self, item: &ForeignItem) {
        let (at, mark) = (self.at, self.locals.mark());
        match item {
            ForeignItem::Fn(item) => {
                let head = Head::new(&item.attrs, &item.vis, &item.sig.ident);
                self.declare(&head, ItemKind::Function);
                self.function(&item.sig, None);
            }
            ForeignItem::Static(item) => {
                self.declare(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::Static);
                self.visit_type(&item.ty);
            }
            ForeignItem::Type(item) => {
                self.declare(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::TypeAlias);
            }
            ForeignItem::Macro(item) => {
                self.attributes(&item.attrs);
                self.macro_call(&item.mac, Position::ForeignItem);
            }
            ForeignItem::Verbatim(tokens) => self.visit_token_stream(tokens),
            _ => {}
        }
        self.locals.forget(mark);
        self.at = at;
    }

    /// An associated item is an owner, but no item of its module.
    fn member(&mut self, attrs: &[Attribute], ident: &Ident) {
        self.cfg_attributes(attrs);
        let name = self.ident(ident);
        self.own(name, None);
        self.other_attributes(attrs);
    }
}

/// The name of a trait's item.
pub(super) fn associated_name(item: &TraitItem) -> Option<&Ident> {
    match item {
        TraitItem::Const(item) => Some(&item.ident),
        TraitItem::Fn(item) => Some(&item.sig.ident),
        TraitItem::Type(item) => Some(&item.ident),
        _ => None,
    }
}
