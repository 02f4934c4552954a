//! Types: a site for each path in them.

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{
    AngleBracketedGenericArguments, Attribute, Expr, GenericArgument, GenericParam, Generics, Path,
    PathArguments, Type, TypeParamBound, TypePath, VisRestricted,
};

use super::walker::Walker;
use super::{SiteKind, TypePlace};
use crate::extract::Range;
use crate::extract::macros::Position;
use crate::extract::paths::is_behind_a_type;

impl<'ast> Visit<'ast> for Walker<'_> {
    fn visit_path(&mut self, node: &'ast Path) {
        self.type_path(node);
    }

    fn visit_type_path(&mut self, node: &'ast TypePath) {
        let Some(qself) = &node.qself else { return self.type_path(&node.path) };
        self.visit_type(&qself.ty);
        if is_behind_a_type(Some(qself)) {
            return self.path_types(&node.path);
        }
        self.type_path(&node.path);
    }

    fn visit_type(&mut self, node: &'ast Type) {
        match node {
            Type::Macro(call) => drop(self.macro_call(&call.mac, Position::Type)),
            other => visit::visit_type(self, other),
        }
    }

    fn visit_expr(&mut self, node: &'ast Expr) {
        self.read(node);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_token_stream(&mut self, _: &'ast TokenStream) {}

    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

impl Walker<'_> {
    /// Reads a type that stands in this kind of place; the paths in it.
    pub(super) fn types_in(&mut self, place: TypePlace, ty: &Type) -> Vec<(Range, bool)> {
        let outer = std::mem::replace(&mut self.place, place);
        let first = self.type_paths.len();
        self.visit_type(ty);
        self.place = outer;
        self.type_paths.split_off(first)
    }

    /// Reads a type in a body.
    pub(super) fn body_type(&mut self, ty: &Type) {
        self.types_in(TypePlace::Body, ty);
    }

    /// Reads a type in the present kind of place, which notes its paths.
    pub(super) fn visit_place_type(&mut self, ty: &Type) {
        self.visit_type(ty);
    }

    /// Reads bounds.
    pub(super) fn bounds<'a>(&mut self, bounds: impl IntoIterator<Item = &'a TypeParamBound>) {
        let outer = std::mem::replace(&mut self.place, TypePlace::Bound);
        let first = self.type_paths.len();
        bounds.into_iter().for_each(|bound| self.visit_type_param_bound(bound));
        self.type_paths.truncate(first);
        self.place = outer;
    }

    /// Reads generic parameters, which from here on are no paths.
    pub(super) fn parameters(&mut self, generics: &Generics) {
        self.bind_generics(generics);
        self.bounds_of_parameters(generics);
    }

    /// Makes generic parameters shadow what has their names.
    pub(super) fn bind_generics(&mut self, generics: &Generics) {
        for param in &generics.params {
            match param {
                GenericParam::Type(param) => {
                    self.generics.bind_generic(self.word(&param.ident), false);
                }
                GenericParam::Const(param) => {
                    self.generics.bind_generic(self.word(&param.ident), true);
                }
                GenericParam::Lifetime(_) => {}
            }
        }
    }

    /// Reads what generic parameters must be.
    pub(super) fn bounds_of_parameters(&mut self, generics: &Generics) {
        let outer = std::mem::replace(&mut self.place, TypePlace::Bound);
        let first = self.type_paths.len();
        generics.params.iter().for_each(|param| self.visit_generic_param(param));
        self.type_paths.truncate(first);
        self.place = outer;
    }

    /// Reads a `where` clause.
    pub(super) fn conditions(&mut self, generics: &Generics) {
        let Some(clause) = &generics.where_clause else { return };
        let outer = std::mem::replace(&mut self.place, TypePlace::Bound);
        let first = self.type_paths.len();
        self.visit_where_clause(clause);
        self.type_paths.truncate(first);
        self.place = outer;
    }

    /// Reads the types in a path's angle brackets.
    pub(super) fn path_types(&mut self, path: &Path) {
        for segment in &path.segments {
            if !segment.arguments.is_none() {
                self.visit_path_arguments(&segment.arguments);
            }
        }
    }

    /// Reads `::<..>` behind a method.
    pub(super) fn generic_arguments(&mut self, arguments: &AngleBracketedGenericArguments) {
        self.visit_angle_bracketed_generic_arguments(arguments);
    }

    fn type_path(&mut self, path: &Path) {
        let range = self.path_range(path);
        let Some(first) = path.segments.first() else { return };
        let last = path.segments.last().unwrap_or(first);
        self.type_paths.push((range, is_wrapper(self.word(&last.ident))));
        if !self.is_nameless(path) {
            self.site(SiteKind::Type(self.place), range, range);
        }
        self.path_types(path);
    }

    /// The path in a type that is neither a reference nor a wrapper.
    pub(super) fn subject(&self, mut ty: &Type) -> Option<Range> {
        loop {
            ty = match ty {
                Type::Reference(inner) => &inner.elem,
                Type::Ptr(inner) => &inner.elem,
                Type::Paren(inner) => &inner.elem,
                Type::Group(inner) => &inner.elem,
                Type::ImplTrait(node) => return self.first_trait(node.bounds.iter()),
                Type::TraitObject(node) => return self.first_trait(node.bounds.iter()),
                Type::Path(node) if is_behind_a_type(node.qself.as_ref()) => return None,
                Type::Path(node) => match wrapped(&node.path) {
                    Some(inner) => inner,
                    None => return Some(self.path_range(&node.path)),
                },
                _ => return None,
            }
        }
    }

    fn first_trait<'a>(&self, bounds: impl Iterator<Item = &'a TypeParamBound>) -> Option<Range> {
        let mut paths = bounds.filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => Some(&bound.path),
            _ => None,
        });
        paths.next().map(|path| self.path_range(path))
    }
}

/// Types of the standard library through which their content is used.
fn is_wrapper(name: &str) -> bool {
    matches!(name, "Arc" | "Box" | "Option" | "Pin" | "Rc")
}

fn wrapped(path: &Path) -> Option<&Type> {
    let last = path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    if !is_wrapper(&last.ident.to_string()) {
        return None;
    }
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
