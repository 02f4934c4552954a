//! Items: where functions, types and globals are found.

use proc_macro2::TokenStream;
use syn::visit::Visit;
use syn::{ForeignItem, ImplItem, Item, ItemImpl, ItemMod, ItemTrait, TraitItem, Type};

use super::functions::Head;
use super::globals::Declared;
use super::walker::Walker;
use super::{FrameKind, TypePlace, tokens};
use crate::extract::Range;
use crate::extract::macros::Position;
use crate::extract::paths::{is_behind_a_type, path_of};

impl Walker<'_> {
    /// Reads an item, which sees nothing of the function around it.
    pub(super) fn item(&mut self, item: &Item) {
        let variables = self.variables.enter_item();
        let generics = std::mem::take(&mut self.generics);
        let implementation = self.implementation.take();
        let self_has_path = std::mem::take(&mut self.self_has_path);
        let place = std::mem::replace(&mut self.place, TypePlace::Body);
        let condition = self.condition.take();
        let mark = self.variables.mark();
        self.item_itself(item);
        self.forget(mark);
        self.condition = condition;
        self.place = place;
        self.self_has_path = self_has_path;
        self.implementation = implementation;
        self.generics = generics;
        self.variables.leave_item(variables);
    }

    fn item_itself(&mut self, item: &Item) {
        match item {
            Item::Fn(node) => {
                let head = Head { attrs: &node.attrs, vis: Some(&node.vis), sig: &node.sig };
                self.function(&head, Some(&node.block));
            }
            Item::Mod(node) => self.module(node),
            Item::Impl(node) => self.implementation(node),
            Item::Trait(node) => self.trait_(node),
            Item::Static(node) => self.global(&Declared::of_static(node), Some(&node.expr)),
            Item::Const(node) => self.global(&Declared::of_const(node), Some(&node.expr)),
            Item::Macro(node) => {
                self.attribute_sites(&node.attrs);
                if node.ident.is_none() {
                    self.macro_call(&node.mac, Position::Item);
                }
            }
            Item::ForeignMod(node) => {
                self.attribute_sites(&node.attrs);
                for item in &node.items {
                    self.foreign_item(item);
                }
            }
            Item::Type(node) => {
                self.attribute_sites(&node.attrs);
                self.parameters(&node.generics);
                self.types_in(TypePlace::Body, &node.ty);
                self.conditions(&node.generics);
            }
            Item::TraitAlias(node) => {
                self.self_has_path = true;
                self.parameters(&node.generics);
                self.bounds(&node.bounds);
            }
            Item::Verbatim(tokens) => self.verbatim(tokens),
            other => self.type_item(other),
        }
    }

    fn verbatim(&mut self, tokens: &TokenStream) {
        self.unread(&tokens::list(tokens.clone()));
    }

    fn module(&mut self, node: &ItemMod) {
        self.attribute_sites(&node.attrs);
        let Some((brace, items)) = &node.content else { return };
        let open = self.open(FrameKind::Module);
        for item in items {
            self.item(item);
        }
        let range = self.between(brace.span.open(), brace.span.close());
        self.close(open, range);
    }

    fn implementation(&mut self, node: &ItemImpl) {
        self.outer_attribute_sites(&node.attrs);
        self.bind_generics(&node.generics);
        self.self_has_path = path_of(&node.self_ty).is_some_and(|path| !self.is_nameless(path));
        self.bounds_of_parameters(&node.generics);
        self.place = TypePlace::Bound;
        if let Some((path, _)) = &node.trait_ {
            self.visit_path(path);
        }
        self.visit_type(&node.self_ty);
        self.place = TypePlace::Body;
        self.conditions(&node.generics);
        let of_trait = node.trait_.as_ref().map(|(path, _)| self.path_range(path));
        self.implementation = Some((self.type_path_of(&node.self_ty), of_trait));
        self.inner_attribute_sites(&node.attrs);
        for item in &node.items {
            self.impl_item(item);
        }
    }

    fn type_path_of(&self, ty: &Type) -> Option<Range> {
        match ty {
            Type::Path(path) if is_behind_a_type(path.qself.as_ref()) => None,
            Type::Path(path) => Some(self.path_range(&path.path)),
            other => self.subject(other),
        }
    }

    fn trait_(&mut self, node: &ItemTrait) {
        self.attribute_sites(&node.attrs);
        self.self_has_path = true;
        self.parameters(&node.generics);
        self.bounds(&node.supertraits);
        self.conditions(&node.generics);
        for item in &node.items {
            self.trait_item(item);
        }
    }

    /// Reads an item of an `impl`.
    pub(super) fn impl_item(&mut self, item: &ImplItem) {
        let (mark, generics) = (self.variables.mark(), self.generics.mark());
        match item {
            ImplItem::Fn(node) => {
                let head = Head { attrs: &node.attrs, vis: Some(&node.vis), sig: &node.sig };
                self.function(&head, Some(&node.block));
            }
            ImplItem::Const(node) => self.global(&Declared::of_impl(node), Some(&node.expr)),
            ImplItem::Type(node) => {
                self.attribute_sites(&node.attrs);
                self.parameters(&node.generics);
                self.body_type(&node.ty);
                self.conditions(&node.generics);
            }
            ImplItem::Macro(node) => {
                self.attribute_sites(&node.attrs);
                self.macro_call(&node.mac, Position::ImplItem);
            }
            ImplItem::Verbatim(tokens) => self.verbatim(tokens),
            _ => {}
        }
        self.forget(mark);
        self.generics.forget(generics);
    }

    /// Reads an item of a trait.
    pub(super) fn trait_item(&mut self, item: &TraitItem) {
        let (mark, generics) = (self.variables.mark(), self.generics.mark());
        match item {
            TraitItem::Fn(node) => {
                let head = Head { attrs: &node.attrs, vis: None, sig: &node.sig };
                self.function(&head, node.default.as_ref());
            }
            TraitItem::Const(node) => {
                let value = node.default.as_ref().map(|(_, value)| value);
                self.global(&Declared::of_trait(node), value);
            }
            TraitItem::Type(node) => {
                self.attribute_sites(&node.attrs);
                self.parameters(&node.generics);
                self.bounds(&node.bounds);
                if let Some((_, ty)) = &node.default {
                    self.body_type(ty);
                }
                self.conditions(&node.generics);
            }
            TraitItem::Macro(node) => {
                self.attribute_sites(&node.attrs);
                self.macro_call(&node.mac, Position::TraitItem);
            }
            TraitItem::Verbatim(tokens) => self.verbatim(tokens),
            _ => {}
        }
        self.forget(mark);
        self.generics.forget(generics);
    }

    /// Reads an item of an `extern` block.
    pub(super) fn foreign_item(&mut self, item: &ForeignItem) {
        let (mark, generics) = (self.variables.mark(), self.generics.mark());
        match item {
            ForeignItem::Fn(node) => {
                let head = Head { attrs: &node.attrs, vis: Some(&node.vis), sig: &node.sig };
                self.function(&head, None);
            }
            ForeignItem::Static(node) => self.global(&Declared::of_foreign(node), None),
            ForeignItem::Type(node) => self.attribute_sites(&node.attrs),
            ForeignItem::Macro(node) => {
                self.attribute_sites(&node.attrs);
                self.macro_call(&node.mac, Position::ForeignItem);
            }
            ForeignItem::Verbatim(tokens) => self.verbatim(tokens),
            _ => {}
        }
        self.forget(mark);
        self.generics.forget(generics);
    }
}
