//! Patterns → variables.

use syn::Pat;

use super::variables::Source;
use super::walker::Walker;
use super::{FrameId, Receiver};
use crate::extract::Range;
use crate::extract::paths::starts_upper;

impl Walker<'_> {
    /// Adds the variables of a pattern to a binding.
    pub(super) fn bind_more(
        &mut self,
        pattern: &Pat,
        binding: usize,
        depends_on: FrameId,
        (root, subject): (Receiver, Option<Range>),
    ) {
        let root = subject.map_or(root, Receiver::Type);
        let source = Source { binding, depends_on, root };
        let before = self.variables.bound(binding).names;
        self.names(pattern, &source);
        let bound = self.variables.bound(binding);
        if bound.names > before {
            let links = bound.links.clone();
            // Variables that hold a result hold what it is the result of, from a name or not.
            self.becomes(&links, |fate| fate.bound = true);
        }
    }

    fn names(&mut self, pattern: &Pat, source: &Source) {
        match pattern {
            Pat::Ident(node) => {
                let word = self.word(&node.ident);
                let plain =
                    node.by_ref.is_none() && node.mutability.is_none() && node.subpat.is_none();
                if !plain || !starts_upper(word) {
                    self.declare(word, node.mutability.is_some(), source);
                }
                if let Some((_, inner)) = &node.subpat {
                    self.names(inner, source);
                }
            }
            Pat::Guard(node) => {
                self.names(&node.pat, source);
                self.read(&node.guard);
            }
            Pat::Paren(node) => self.names(&node.pat, source),
            Pat::Reference(node) => self.names(&node.pat, source),
            Pat::Type(node) => self.names(&node.pat, source),
            Pat::Or(node) => self.all_names(node.cases.iter(), source),
            Pat::Slice(node) => self.all_names(node.elems.iter(), source),
            Pat::Tuple(node) => self.all_names(node.elems.iter(), source),
            Pat::TupleStruct(node) => self.all_names(node.elems.iter(), source),
            Pat::Struct(node) => {
                self.all_names(node.fields.iter().map(|field| &*field.pat), source);
            }
            _ => {}
        }
    }

    fn all_names<'a>(&mut self, patterns: impl Iterator<Item = &'a Pat>, source: &Source) {
        patterns.for_each(|pattern| self.names(pattern, source));
    }
}
