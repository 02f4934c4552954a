//! What becomes of a variable, as far as expressions tell.

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, ExprReference};

/// Counts the uses of a variable that only borrow it.
pub(super) struct Uses<'u> {
    pub(super) name: &'u Ident,
    pub(super) borrows: &'u [String],
    pub(super) count: usize,
    /// The `&`s before it.
    pub(super) signs: Vec<Span>,
}

impl Uses<'_> {
    fn is_it(&self, expression: &Expr) -> bool {
        matches!(expression, Expr::Path(path) if path.attrs.is_empty() && path.path.is_ident(self.name))
    }
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_expr_method_call(&mut self, call: &'a ExprMethodCall) {
        let borrows = self.borrows.iter().any(|method| call.method == method);
        self.count += usize::from(borrows && self.is_it(&call.receiver));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_reference(&mut self, reference: &'a ExprReference) {
        if reference.mutability.is_none() && self.is_it(&reference.expr) {
            self.count += 1;
            self.signs.push(reference.and_token.span);
        }
        visit::visit_expr_reference(self, reference);
    }
}

/// How often a name stands in a text, comments and literals included: tokens of macros, and names
/// in format strings, are uses that no expression shows.
pub(super) fn words(text: &str, name: &str) -> usize {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.split(|letter| !part_of_name(letter)).filter(|word| *word == name).count()
}
