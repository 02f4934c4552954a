//! The walk: which function is around, and what is done with a call's result.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    AttrStyle, Attribute, Block, Expr, ExprCall, ExprMethodCall, ExprPath, ExprReference, Lit,
    Local, Pat, Signature, Stmt,
};

use super::Hoist;
use super::uses::{self, Uses};
use crate::extract::Range;

/// Walks a file.
pub(super) struct Finder<'f> {
    text: &'f str,
    /// Where the part that was parsed begins.
    offset: usize,
    calls: &'f [Range],
    borrows: &'f [String],
    found: &'f mut [Option<Hoist>],
    /// The innermost function; none where a `static` of it would not do.
    function: Option<Function>,
}

/// A function with a body in which a `static` can be put.
#[derive(Clone, Copy)]
struct Function {
    at: u32,
    range: Range,
    /// Blocks around, the body included.
    depth: u32,
    /// A block within the body has items: names may mean something else there.
    has_own_names: bool,
}

impl<'f> Finder<'f> {
    pub(super) fn new(
        text: &'f str,
        offset: usize,
        calls: &'f [Range],
        borrows: &'f [String],
        found: &'f mut [Option<Hoist>],
    ) -> Self {
        Self { text, offset, calls, borrows, found, function: None }
    }

    fn range(&self, span: Span) -> Range {
        let bytes = span.byte_range();
        let at = |byte: usize| (self.offset + byte) as u32;
        Range { start: at(bytes.start), end: at(bytes.end) }
    }

    fn written(&self, range: Range) -> &'f str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Walks something in which the functions around do not count.
    fn apart(&mut self, function: Option<Function>, walk: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.function, function);
        walk(self);
        self.function = around;
    }

    fn body(&mut self, attributes: &[Attribute], signature: &Signature, block: &Block) {
        let open = self.range(block.brace_token.span.open()).end;
        let inner = attributes.iter().filter(|one| matches!(one.style, AttrStyle::Inner(_)));
        let inner = inner.map(|one| self.range(one.bracket_token.span.close()).end);
        let range = self.range(signature.fn_token.span);
        let range = Range { end: self.range(block.brace_token.span.close()).end, ..range };
        let text = self.written(range);
        let fits =
            signature.constness.is_none() && !text.contains("#[cfg") && !text.contains("#![cfg");
        let at = inner.fold(open, u32::max);
        let function = Function { at, range, depth: 0, has_own_names: false };
        self.apart(fits.then_some(function), |finder| finder.visit_block(block));
    }

    /// Which call this expression unwraps, and that call.
    fn unwrapped<'e>(&self, expression: &'e Expr) -> Option<(usize, &'e ExprPath)> {
        let Expr::MethodCall(unwrap) = expression else { return None };
        let is_unwrap = match unwrap.args.first() {
            None => unwrap.method == "unwrap",
            Some(reason) => {
                unwrap.method == "expect" && unwrap.args.len() == 1 && is_string(reason)
            }
        };
        let Expr::Call(ExprCall { attrs, func, args, .. }) = &*unwrap.receiver else { return None };
        let Expr::Path(path) = &**func else { return None };
        let bare = attrs.is_empty() && unwrap.attrs.is_empty() && path.attrs.is_empty();
        let fits = is_unwrap && bare && args.len() == 1 && is_string(&args[0]) && is_plain(path);
        let here = self.range(unwrap.receiver.span());
        let call = self.calls.iter().position(|call| *call == here)?;
        fits.then_some((call, path))
    }

    fn offer(&mut self, value: &Expr, sign: &'static str, borrowed: Vec<Range>) {
        let Some(function) = self.function.filter(|function| !function.has_own_names) else {
            return;
        };
        let Some((call, path)) = self.unwrapped(value) else { return };
        let last = path.path.segments.len() - 2;
        let first = self.range(path.span()).start;
        let of = Range { start: first, end: self.range(path.path.segments[last].ident.span()).end };
        self.found[call] = Some(Hoist {
            at: function.at,
            function: function.range,
            of,
            value: self.range(value.span()),
            sign,
            borrowed,
        });
    }

    /// A variable that holds the result, if all that follows only borrows it.
    fn variable(&mut self, local: &Local, rest: &[Stmt], end: u32) {
        let (Some(init), Pat::Ident(name)) = (&local.init, &local.pat) else { return };
        let plain = name.by_ref.is_none() && name.mutability.is_none() && name.subpat.is_none();
        if !plain || init.diverge.is_some() || !local.attrs.is_empty() {
            return;
        }
        let start = self.range(local.span()).end;
        let written = uses::words(self.written(Range { start, end }), &name.ident.to_string());
        let mut uses =
            Uses { name: &name.ident, borrows: self.borrows, count: 0, signs: Vec::new() };
        for statement in rest {
            uses.visit_stmt(statement);
        }
        if uses.count == written {
            let signs: Vec<Span> = uses.signs;
            let borrowed = signs.into_iter().map(|sign| self.range(sign)).collect();
            self.offer(&init.expr, "&*", borrowed);
        }
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.body(&item.attrs, &item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.body(&item.attrs, &item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(&item.attrs, &item.sig, block);
        }
    }

    fn visit_item(&mut self, item: &'a syn::Item) {
        self.apart(None, |finder| visit::visit_item(finder, item));
    }

    fn visit_expr_const(&mut self, _: &'a syn::ExprConst) {}

    fn visit_block(&mut self, block: &'a Block) {
        let around = self.function;
        if let Some(function) = &mut self.function {
            let items = block.stmts.iter().any(|one| matches!(one, Stmt::Item(_)));
            function.has_own_names |= items && function.depth > 0;
            function.depth += 1;
        }
        let end = self.range(block.brace_token.span.close()).start;
        for (at, statement) in block.stmts.iter().enumerate() {
            if let Stmt::Local(local) = statement {
                self.variable(local, &block.stmts[at + 1..], end);
            }
            self.visit_stmt(statement);
        }
        self.function = around;
    }

    fn visit_expr_method_call(&mut self, call: &'a ExprMethodCall) {
        if self.borrows.iter().any(|method| call.method == method) {
            self.offer(&call.receiver, "", Vec::new());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_reference(&mut self, reference: &'a ExprReference) {
        if reference.mutability.is_none() {
            self.offer(&reference.expr, "*", Vec::new());
        }
        visit::visit_expr_reference(self, reference);
    }
}

fn is_string(expression: &Expr) -> bool {
    matches!(expression, Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)))
}

/// A path of two names or more that means the same in an item of the function.
fn is_plain(path: &ExprPath) -> bool {
    let segments = &path.path.segments;
    path.qself.is_none()
        && segments.len() > 1
        && segments.iter().all(|segment| segment.arguments.is_none())
        && segments[0].ident != "Self"
}
