//! `use` trees, one [`Import`] per leaf, and `extern crate`.

use proc_macro2::{Ident, Span};
use syn::{ItemExternCrate, ItemUse, UseTree};

use super::reader::Reader;
use super::{Import, ImportKind, Name, Visibility};

/// What all leaves of one `use` share, and the path so far.
struct Tree<'a> {
    global: bool,
    visibility: &'a Visibility,
    prefix: Vec<Name>,
}

impl Reader<'_> {
    /// Reads `use a::{b, c as d, e::*};`.
    pub(super) fn item_use(&mut self, item: &ItemUse) {
        self.cfg_attributes(&item.attrs);
        let visibility = self.visibility(&item.vis);
        let global = item.leading_colon.is_some();
        let mut tree = Tree { global, visibility: &visibility, prefix: Vec::new() };
        self.use_tree(&mut tree, &item.tree, None);
        self.other_attributes(&item.attrs);
    }

    /// `start` is the first segment that belongs to the leaf alone.
    fn use_tree(&mut self, tree: &mut Tree<'_>, node: &UseTree, start: Option<Span>) {
        match node {
            UseTree::Path(path) => {
                let segment = self.ident(&path.ident);
                tree.prefix.push(segment);
                self.use_tree(tree, &path.tree, start.or(Some(path.ident.span())));
                tree.prefix.pop();
            }
            UseTree::Group(group) => {
                for leaf in &group.items {
                    self.use_tree(tree, leaf, None);
                }
            }
            UseTree::Name(leaf) => self.use_leaf(tree, &leaf.ident, &leaf.ident, start),
            UseTree::Rename(leaf) => self.use_leaf(tree, &leaf.ident, &leaf.rename, start),
            UseTree::Glob(glob) => {
                let star = glob.star_token.span;
                self.import(tree, ImportKind::Glob, start.unwrap_or(star), star);
            }
        }
    }

    fn use_leaf(&mut self, tree: &mut Tree<'_>, leaf: &Ident, alias: &Ident, start: Option<Span>) {
        let (first, last) = (start.unwrap_or(leaf.span()), leaf.span());
        if leaf == "self" && !tree.prefix.is_empty() {
            let name =
                if alias == "self" { tree.prefix.last().copied() } else { self.alias(alias) };
            return self.import(tree, ImportKind::SelfName(name), first, last);
        }
        let segment = self.ident(leaf);
        let name = self.alias(alias);
        tree.prefix.push(segment);
        self.import(tree, ImportKind::Name(name), first, last);
        tree.prefix.pop();
    }

    /// None for `_`.
    fn alias(&mut self, alias: &Ident) -> Option<Name> {
        (alias != "_").then(|| self.ident(alias))
    }

    fn import(&mut self, tree: &Tree<'_>, kind: ImportKind, first: Span, last: Span) {
        let import = Import {
            segments: self.facts.push_path(&tree.prefix),
            global: tree.global,
            kind,
            range: self.between(first, last),
            scope: self.at.scope,
            owner: self.at.owner,
            in_macro: self.at.in_macro,
            visibility: tree.visibility.clone(),
            cfg: self.at.cfg,
        };
        self.facts.imports.push(import);
    }

    /// Reads `extern crate a as b;`.
    pub(super) fn item_extern_crate(&mut self, item: &ItemExternCrate) {
        self.cfg_attributes(&item.attrs);
        let visibility = self.visibility(&item.vis);
        let alias = item.rename.as_ref().map_or(&item.ident, |(_, alias)| alias);
        let macro_use = super::attributes::has(&item.attrs, "macro_use");
        let kind = ImportKind::ExternCrate { name: self.alias(alias), macro_use };
        let prefix = vec![self.ident(&item.ident)];
        let tree = Tree { global: false, visibility: &visibility, prefix };
        self.import(&tree, kind, item.ident.span(), item.ident.span());
        self.other_attributes(&item.attrs);
    }
}
