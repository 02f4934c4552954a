//! Items → [`Item`], [`ModuleDeclaration`], [`MacroDefinition`], and the owners that stand for them.

use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{
    Attribute, Expr, ExprLit, Fields, Item as Node, ItemFn, ItemImpl, ItemMacro, ItemMod,
    ItemTrait, Lit, Meta, Signature,
};

use super::macros::Position;
use super::members::associated_name;
use super::reader::{Reader, SelfType};
use super::{
    Item, ItemKind, MacroDefinition, ModuleDeclaration, Name, OwnerId, Range, ScopeKind,
    Visibility, attributes,
};

/// The head of an item: what it is called, and what stands on it.
pub(super) struct Head<'a> {
    attrs: &'a [Attribute],
    vis: &'a syn::Visibility,
    ident: &'a Ident,
}

impl<'a> Head<'a> {
    pub(super) fn new(attrs: &'a [Attribute], vis: &'a syn::Visibility, ident: &'a Ident) -> Self {
        Self { attrs, vis, ident }
    }
}

impl Reader<'_> {
    /// Reads an item that sees nothing of the function around it.
    pub(super) fn item(&mut self, item: &Node) {
        let outside = self.enter_item();
        match item {
            Node::Use(item) => self.item_use(item),
            Node::ExternCrate(item) => self.item_extern_crate(item),
            Node::Mod(item) => self.item_mod(item),
            Node::Fn(item) => self.item_fn(item),
            Node::Impl(item) => self.item_impl(item),
            Node::Trait(item) => self.item_trait(item),
            Node::Macro(item) => self.item_macro(item),
            Node::ForeignMod(item) => {
                self.attributes(&item.attrs);
                for item in &item.items {
                    self.visit_foreign_item(item);
                }
            }
            Node::Verbatim(tokens) => self.item_verbatim(tokens),
            other => self.plain_item(other),
        }
        self.leave_item(outside);
    }

    /// Types that are defined in one piece.
    fn plain_item(&mut self, item: &Node) {
        match item {
            Node::Struct(item) => {
                let named = matches!(item.fields, Fields::Named(_));
                let kind = if named { ItemKind::Struct } else { ItemKind::TupleStruct };
                self.declare_type(&Head::new(&item.attrs, &item.vis, &item.ident), kind);
                self.parameters(&item.generics);
                if named {
                    self.conditions(&item.generics);
                }
                self.visit_fields(&item.fields);
                if !named {
                    self.conditions(&item.generics);
                }
            }
            Node::Enum(item) => {
                let index = self.facts.items.len();
                self.declare_type(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::Enum);
                self.visit_generics(&item.generics);
                for variant in &item.variants {
                    self.visit_variant(variant);
                }
                let variants = item.variants.iter().map(|variant| self.ident(&variant.ident));
                self.facts.items[index].members = variants.collect();
            }
            Node::Union(item) => {
                self.declare_type(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::Union);
                self.visit_generics(&item.generics);
                self.visit_fields_named(&item.fields);
            }
            Node::TraitAlias(item) => {
                self.declare_type(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::Trait);
                self.visit_generics(&item.generics);
                for bound in &item.bounds {
                    self.visit_type_param_bound(bound);
                }
            }
            other => self.plain_value(other),
        }
    }

    /// Type aliases, constants and statics.
    fn plain_value(&mut self, item: &Node) {
        match item {
            Node::Type(item) => {
                self.declare(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::TypeAlias);
                self.visit_generics(&item.generics);
                self.visit_type(&item.ty);
            }
            Node::Const(item) => {
                if item.ident == "_" {
                    self.attributes(&item.attrs);
                } else {
                    self.declare(
                        &Head::new(&item.attrs, &item.vis, &item.ident),
                        ItemKind::Constant,
                    );
                }
                self.visit_generics(&item.generics);
                self.visit_type(&item.ty);
                self.visit_expr(&item.expr);
            }
            Node::Static(item) => {
                self.declare(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::Static);
                self.visit_type(&item.ty);
                self.visit_expr(&item.expr);
            }
            _ => {}
        }
    }

    /// Records an item; from here on it is the owner, and its `cfg` holds.
    pub(super) fn declare(&mut self, head: &Head<'_>, kind: ItemKind) {
        self.cfg_attributes(head.attrs);
        let visibility = self.visibility(head.vis);
        let (name, range) = self.placed_name(head.ident);
        self.push_item(Item {
            name,
            range,
            kind,
            scope: self.at.scope,
            members: Box::default(),
            visibility,
            cfg: self.at.cfg,
        });
        self.own(name, None);
        self.other_attributes(head.attrs);
    }

    fn declare_type(&mut self, head: &Head<'_>, kind: ItemKind) {
        let name = self.ident(head.ident);
        self.self_type = SelfType::Path { global: false, segments: Box::new([name]) };
        self.declare(head, kind);
    }

    fn push_item(&mut self, item: Item) {
        self.facts.items.push(item);
    }

    fn placed_name(&mut self, ident: &Ident) -> (Name, Range) {
        let (word, range) = self.placed_word(ident);
        (self.name(word), range)
    }

    fn item_fn(&mut self, item: &ItemFn) {
        let head = Head::new(&item.attrs, &item.vis, &item.sig.ident);
        self.declare(&head, ItemKind::Function);
        self.proc_macro(item);
        self.function(&item.sig, Some(&item.block));
    }

    /// A procedural macro's function also defines the macro.
    fn proc_macro(&mut self, item: &ItemFn) {
        let mut ident = None;
        attributes::each(&item.attrs, &mut |_, meta| match meta {
            Meta::Path(path) if path.is_ident("proc_macro") => ident = Some(item.sig.ident.clone()),
            Meta::Path(path) if path.is_ident("proc_macro_attribute") => {
                ident = Some(item.sig.ident.clone());
            }
            Meta::List(list) if list.path.is_ident("proc_macro_derive") => {
                ident = syn::parse::Parser::parse2(
                    |input: syn::parse::ParseStream<'_>| {
                        let ident = input.parse::<Ident>()?;
                        input.parse::<proc_macro2::TokenStream>()?;
                        Ok(ident)
                    },
                    list.tokens.clone(),
                )
                .ok();
            }
            _ => {}
        });
        let Some(ident) = ident else { return };
        let (name, range) = self.placed_name(&ident);
        self.push_item(Item {
            name,
            range,
            kind: ItemKind::ProcMacro,
            scope: self.at.scope,
            members: Box::default(),
            visibility: Visibility::Public,
            cfg: self.at.cfg,
        });
    }

    /// Reads a signature and the body that sees its parameters; the caller forgets them.
    pub(super) fn function(&mut self, signature: &Signature, body: Option<&syn::Block>) {
        self.visit_signature(signature);
        if let Some(body) = body {
            self.visit_block(body);
        }
    }

    fn item_mod(&mut self, item: &ItemMod) {
        self.cfg_attributes(&item.attrs);
        let visibility = self.visibility(&item.vis);
        let (name, range) = self.placed_name(&item.ident);
        let (paths, path_always) = module_paths(&item.attrs);
        let index = self.facts.modules.len();
        self.facts.modules.push(ModuleDeclaration {
            name,
            range,
            scope: self.at.scope,
            body: None,
            paths,
            path_always,
            macro_use: attributes::has(&item.attrs, "macro_use"),
            visibility,
            cfg: self.at.cfg,
        });
        self.at.owner = OwnerId::default();
        self.other_attributes(&item.attrs);
        let Some((brace, items)) = &item.content else { return };
        let start = self.range(brace.span.open()).start;
        let body = self.open_scope(ScopeKind::Module(index as u32), start);
        self.facts.modules[index].body = Some(body);
        self.at.scope = body;
        for item in items {
            self.item(item);
        }
    }

    fn item_impl(&mut self, item: &ItemImpl) {
        self.cfg_attributes(&item.attrs);
        let name = self.type_name(&item.self_ty);
        let of_trait = item.trait_.as_ref().map(|(path, _)| self.last_name(path));
        self.own(name, of_trait);
        self.other_attributes(&item.attrs);
        self.bind_generics(&item.generics);
        self.self_type = self.self_type_of(&item.self_ty);
        for param in &item.generics.params {
            self.visit_generic_param(param);
        }
        if let Some((path, _)) = &item.trait_ {
            self.visit_path(path);
        }
        self.visit_type(&item.self_ty);
        self.conditions(&item.generics);
        for item in &item.items {
            self.visit_impl_item(item);
        }
    }

    fn item_trait(&mut self, item: &ItemTrait) {
        let index = self.facts.items.len();
        self.declare_type(&Head::new(&item.attrs, &item.vis, &item.ident), ItemKind::Trait);
        self.parameters(&item.generics);
        for bound in &item.supertraits {
            self.visit_type_param_bound(bound);
        }
        self.conditions(&item.generics);
        for item in &item.items {
            self.visit_trait_item(item);
        }
        let members = item.items.iter().filter_map(associated_name);
        self.facts.items[index].members = members.map(|ident| self.ident(ident)).collect();
    }

    fn item_macro(&mut self, item: &ItemMacro) {
        self.cfg_attributes(&item.attrs);
        match &item.ident {
            Some(ident) if item.mac.path.is_ident("macro_rules") => {
                let exported = attributes::has(&item.attrs, "macro_export");
                self.define_macro(ident, exported, None);
                self.other_attributes(&item.attrs);
                self.macro_rules(item.mac.tokens.clone());
            }
            _ => {
                self.other_attributes(&item.attrs);
                self.macro_call(&item.mac, Position::Item);
            }
        }
    }

    /// Records a macro's definition, which is the owner from here on.
    pub(super) fn define_macro(&mut self, ident: &Ident, exported: bool, vis: Option<Visibility>) {
        let (name, range) = self.placed_name(ident);
        self.note_macro(name, range, exported, vis);
    }

    /// Records a macro's definition, which is the owner from here on.
    pub(super) fn note_macro(
        &mut self,
        name: Name,
        range: Range,
        exported: bool,
        vis: Option<Visibility>,
    ) {
        self.facts.macros.push(MacroDefinition {
            name,
            range,
            scope: self.at.scope,
            exported,
            by_path: vis,
            adds: None,
            exports: false,
            declares: Box::default(),
            cfg: self.at.cfg,
        });
        self.own(name, None);
    }

    /// Translates a visibility.
    pub(super) fn visibility(&mut self, vis: &syn::Visibility) -> Visibility {
        let path = match vis {
            syn::Visibility::Inherited => return Visibility::Private,
            syn::Visibility::Public(_) => return Visibility::Public,
            syn::Visibility::Restricted(restricted) => &restricted.path,
        };
        if path.is_ident("crate") {
            Visibility::Crate
        } else if path.is_ident("self") {
            Visibility::Private
        } else {
            Visibility::In(path.segments.iter().map(|segment| self.ident(&segment.ident)).collect())
        }
    }
}

/// The files that `#[path]` gives a module, and whether one of them is unconditional.
fn module_paths(attrs: &[Attribute]) -> (Vec<Box<str>>, bool) {
    let (mut paths, mut always) = (Vec::new(), false);
    attributes::each(attrs, &mut |conditional, meta| {
        if let Meta::NameValue(pair) = meta
            && pair.path.is_ident("path")
            && let Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) = &pair.value
        {
            paths.push(path.value().into_boxed_str());
            always |= !conditional;
        }
    });
    (paths, always)
}
