//! Structs, enums, unions, and what is in them.

use proc_macro2::Ident;
use syn::{Attribute, Field, Fields, Generics, Item, Type, Variant, Visibility};

use super::walker::Walker;
use super::{FieldFact, TypeItem, TypePlace};

impl Walker<'_> {
    /// Reads a type's definition.
    pub(super) fn type_item(&mut self, item: &Item) {
        match item {
            Item::Struct(node) => {
                let index = self.type_head(&node.attrs, &node.vis, &node.ident, &node.generics);
                // A tuple struct's conditions stand behind its fields.
                let behind = !matches!(node.fields, Fields::Named(_));
                if !behind {
                    self.conditions(&node.generics);
                }
                self.fields(index, node.fields.iter());
                if behind {
                    self.conditions(&node.generics);
                }
            }
            Item::Enum(node) => {
                let index = self.type_head(&node.attrs, &node.vis, &node.ident, &node.generics);
                self.conditions(&node.generics);
                node.variants.iter().for_each(|variant| self.variant(index, variant));
            }
            Item::Union(node) => {
                let index = self.type_head(&node.attrs, &node.vis, &node.ident, &node.generics);
                self.conditions(&node.generics);
                self.fields(index, node.fields.named.iter());
            }
            _ => {}
        }
    }

    fn type_head(
        &mut self,
        attrs: &[Attribute],
        vis: &Visibility,
        ident: &Ident,
        generics: &Generics,
    ) -> usize {
        self.attribute_sites(attrs);
        self.sites.types.push(TypeItem {
            name: self.word(ident).into(),
            range: self.range(ident.span()),
            frame: self.frame,
            exported: !matches!(vis, Visibility::Inherited),
            derives: self.derives(attrs),
            attributes: self.attribute_facts(attrs),
            fields: Vec::new(),
        });
        let index = self.sites.types.len() - 1;
        self.self_has_path = true;
        self.parameters(generics);
        index
    }

    fn variant(&mut self, index: usize, node: &Variant) {
        self.attribute_sites(&node.attrs);
        let fact = FieldFact {
            name: self.word(&node.ident).into(),
            range: self.range(node.ident.span()),
            is_variant: true,
            types: Vec::new(),
            type_text: "".into(),
            attributes: self.attribute_facts(&node.attrs),
        };
        self.sites.types[index].fields.push(fact);
        self.fields(index, node.fields.iter());
        if let Some((_, value)) = &node.discriminant {
            self.read(value);
        }
    }

    fn fields<'a>(&mut self, index: usize, fields: impl Iterator<Item = &'a Field>) {
        for field in fields {
            self.attribute_sites(&field.attrs);
            let types = self.types_in(TypePlace::Field, &field.ty);
            let (name, range) = match &field.ident {
                Some(ident) => (self.word(ident), self.range(ident.span())),
                None => ("", self.span(&field.ty)),
            };
            let fact = FieldFact {
                name: name.into(),
                range,
                is_variant: false,
                types: types.into_iter().map(|(range, _)| range).collect(),
                type_text: self.type_text(&field.ty),
                attributes: self.attribute_facts(&field.attrs),
            };
            self.sites.types[index].fields.push(fact);
        }
    }

    /// A type as written, in one line.
    pub(super) fn type_text(&self, ty: &Type) -> Box<str> {
        let words: Vec<&str> = self.text(self.span(ty)).split_whitespace().collect();
        words.join(" ").into()
    }
}
