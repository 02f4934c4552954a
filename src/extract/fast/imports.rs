//! `use` trees, one [`Import`] per leaf, and `extern crate`.

use super::super::{Import, ImportKind, Name, Visibility};
use super::items::Head;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// What all leaves of one `use` share, and the path so far.
struct Tree {
    global: bool,
    visibility: Visibility,
    prefix: Vec<Name>,
}

impl Stream<'_> {
    pub(super) fn use_item(&mut self, head: Head) -> Read {
        self.advance(1);
        self.say_conditions(head.attributes);
        let visibility = self.heard_visibility(head);
        let global = self.is_separator();
        if global {
            self.advance(2);
        }
        let mut tree = Tree { global, visibility, prefix: Vec::new() };
        self.use_tree(&mut tree, None)?;
        self.expect(Kind::Semi)?;
        self.say_names(head.attributes);
        Ok(())
    }

    fn heard_visibility(&mut self, head: Head) -> Visibility {
        if self.silent { Visibility::Private } else { self.say_visibility(head.visibility) }
    }

    /// `start` is the first segment that belongs to the leaf alone.
    fn use_tree(&mut self, tree: &mut Tree, start: Option<usize>) -> Read {
        let at = self.at;
        match self.next() {
            Kind::Star => {
                self.advance(1);
                self.import(tree, ImportKind::Glob, start.unwrap_or(at), at);
                Ok(())
            }
            Kind::OpenBrace => self.group(Kind::OpenBrace, |stream| {
                stream.commas(|stream| {
                    if stream.is_separator() {
                        return stream.doubt();
                    }
                    stream.use_tree(tree, None)
                })
            }),
            Kind::Ident | Kind::SelfValue | Kind::Super | Kind::Crate | Kind::Try => {
                self.advance(1);
                if !self.is_separator() {
                    return self.use_leaf(tree, at, start);
                }
                self.advance(2);
                let depth = tree.prefix.len();
                if !self.silent {
                    tree.prefix.push(self.interned(at));
                }
                let read = self.deeper(|stream| stream.use_tree(tree, start.or(Some(at))));
                tree.prefix.truncate(depth);
                read
            }
            _ => Err(No),
        }
    }

    fn use_leaf(&mut self, tree: &mut Tree, leaf: usize, start: Option<usize>) -> Read {
        let mut alias = leaf;
        if self.take(Kind::As) {
            alias = self.at;
            if !self.take(Kind::Underscore) {
                self.expect(Kind::Ident)?;
            }
        }
        if self.silent {
            return Ok(());
        }
        let first = start.unwrap_or(leaf);
        let of_self = |stream: &Self, index: usize| stream.tokens[index].kind == Kind::SelfValue;
        if of_self(self, leaf) && !tree.prefix.is_empty() {
            let name =
                if of_self(self, alias) { tree.prefix.last().copied() } else { self.alias(alias) };
            self.import(tree, ImportKind::SelfName(name), first, leaf);
            return Ok(());
        }
        let segment = self.interned(leaf);
        let name = self.alias(alias);
        tree.prefix.push(segment);
        self.import(tree, ImportKind::Name(name), first, leaf);
        tree.prefix.pop();
        Ok(())
    }

    /// None for `_`.
    fn alias(&mut self, index: usize) -> Option<Name> {
        let named = self.tokens[index].kind != Kind::Underscore;
        named.then(|| self.interned(index))
    }

    fn import(&mut self, tree: &Tree, kind: ImportKind, first: usize, last: usize) {
        if self.silent {
            return;
        }
        let import = Import {
            segments: self.out.facts.push_path(&tree.prefix),
            global: tree.global,
            kind,
            range: self.range(first, last),
            scope: self.out.at.scope,
            owner: self.out.at.owner,
            in_macro: self.out.at.in_macro,
            visibility: tree.visibility.clone(),
            cfg: self.out.at.cfg,
        };
        self.out.facts.imports.push(import);
    }

    /// Reads `extern crate a as b;`.
    pub(super) fn extern_crate(&mut self, head: Head) -> Read {
        self.advance(2);
        let name = self.at;
        if !self.take(Kind::SelfValue) {
            self.expect(Kind::Ident)?;
        }
        let mut alias = name;
        if self.take(Kind::As) {
            alias = self.at;
            if !self.take(Kind::Underscore) {
                self.expect(Kind::Ident)?;
            }
        }
        self.expect(Kind::Semi)?;
        if self.silent {
            return Ok(());
        }
        self.say_conditions(head.attributes);
        let visibility = self.say_visibility(head.visibility);
        let macro_use = self.has_attribute(head.attributes, "macro_use");
        let kind = ImportKind::ExternCrate { name: self.alias(alias), macro_use };
        let prefix = vec![self.interned(name)];
        let tree = Tree { global: false, visibility, prefix };
        self.import(&tree, kind, name, name);
        self.say_names(head.attributes);
        Ok(())
    }
}
