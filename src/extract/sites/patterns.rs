//! What patterns mention: types and strings.

use syn::{Expr, Pat};

use super::walker::Walker;
use crate::extract::Range;

impl Walker<'_> {
    /// Reads the types and strings of a pattern; the type of all of it, if one is written.
    pub(super) fn pattern_sites(&mut self, pattern: &Pat) -> Option<Range> {
        match pattern {
            Pat::Type(node) => {
                self.pattern_sites(&node.pat);
                self.visit_place_type(&node.ty);
                return self.subject(&node.ty);
            }
            Pat::Lit(node) => drop(self.lit(&node.lit)),
            Pat::Range(node) => {
                for end in [&node.start, &node.end].into_iter().flatten() {
                    if let Expr::Lit(literal) = &**end {
                        self.lit(&literal.lit);
                    }
                }
            }
            Pat::Ident(node) => {
                if let Some((_, inner)) = &node.subpat {
                    self.pattern_sites(inner);
                }
            }
            Pat::Guard(node) => return self.pattern_sites(&node.pat),
            Pat::Paren(node) => return self.pattern_sites(&node.pat),
            Pat::Reference(node) => drop(self.pattern_sites(&node.pat)),
            Pat::Or(node) => self.patterns(node.cases.iter()),
            Pat::Slice(node) => self.patterns(node.elems.iter()),
            Pat::Tuple(node) => self.patterns(node.elems.iter()),
            Pat::TupleStruct(node) => self.patterns(node.elems.iter()),
            Pat::Struct(node) => self.patterns(node.fields.iter().map(|field| &*field.pat)),
            _ => {}
        }
        None
    }

    fn patterns<'a>(&mut self, patterns: impl Iterator<Item = &'a Pat>) {
        for pattern in patterns {
            self.pattern_sites(pattern);
        }
    }
}
