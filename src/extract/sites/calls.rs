//! Calls and struct literals.

use syn::{Expr, ExprCall, ExprPath, ExprStruct, Path, PathArguments, QSelf};

use super::SiteKind;
use super::fates::{Link, inside, join};
use super::walker::{Value, Walker};
use crate::extract::Range;
use crate::extract::paths::{is_behind_a_type, is_primitive, starts_upper};

/// How a called path treats its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Callee {
    /// `Ok`, `Some`: the argument in other words.
    Passes,
    /// A tuple struct or variant.
    Holds,
    /// `Type::new`: makes something that may hold them.
    Makes,
    /// `drop`.
    Drops,
    /// Anything else.
    Takes,
}

impl Walker<'_> {
    /// `callee(..)`.
    pub(super) fn call(&mut self, node: &ExprCall) -> Value {
        match without_parentheses(&node.func) {
            Expr::Path(path) if self.variable_of(path).is_none() => self.call_path(path, node),
            callee => {
                let start = self.value(callee).range.start;
                for argument in self.arguments(None, node.args.iter()) {
                    self.hand_over(&argument);
                }
                let end = self.range(node.paren_token.span.close()).end;
                Value::plain(Range { start, end })
            }
        }
    }

    fn call_path(&mut self, path: &ExprPath, node: &ExprCall) -> Value {
        let start = self.path_whole(path.qself.as_ref(), &path.path).start;
        let whole = Range { start, end: self.range(node.paren_token.span.close()).end };
        let site = self.path_site(SiteKind::Call, path.qself.as_ref(), &path.path, whole);
        if node.args.is_empty() {
            let frame = self.function_frame();
            self.variables.mention(frame);
        }
        let arguments = self.arguments(Some(site), node.args.iter());
        let links = self.pass(callee(path), &arguments);
        Value::result(whole, site, links)
    }

    /// What becomes of arguments; those that the result holds.
    fn pass(&mut self, callee: Callee, arguments: &[Value]) -> Vec<Link> {
        let mut held = Vec::new();
        for argument in arguments {
            match callee {
                Callee::Passes => self.take(argument),
                Callee::Holds => self.store(argument),
                Callee::Makes | Callee::Takes => self.hand_over(argument),
                Callee::Drops => {
                    self.discard(argument);
                    self.take(argument);
                }
            }
            if !matches!(callee, Callee::Takes | Callee::Drops) {
                join(&mut held, inside(&argument.links));
            }
        }
        held
    }

    /// `path { .. }`.
    pub(super) fn struct_literal(&mut self, node: &ExprStruct) -> Value {
        let start = self.path_whole(node.qself.as_ref(), &node.path).start;
        let whole = Range { start, end: self.range(node.brace_token.span.close()).end };
        let qself = node.qself.as_ref();
        let site = self.path_site(SiteKind::StructLiteral, qself, &node.path, whole);
        let fields = self.arguments(Some(site), node.fields.iter().map(|field| &field.expr));
        let mut held = Vec::new();
        for field in &fields {
            self.store(field);
            join(&mut held, inside(&field.links));
        }
        if let Some(rest) = &node.rest {
            let rest = self.value(rest);
            self.hand_over(&rest);
        }
        Value::result(whole, site, held)
    }

    /// A path that is neither called nor a variable.
    pub(super) fn path_value(&mut self, node: &ExprPath) -> Value {
        if let Some(variable) = self.variable_of(node) {
            return self.use_variable(variable, self.path_range(&node.path));
        }
        let whole = self.path_whole(node.qself.as_ref(), &node.path);
        if self.is_constant_parameter(node) {
            return Value::plain(whole);
        }
        let site = self.path_site(SiteKind::Path, node.qself.as_ref(), &node.path, whole);
        Value::result(whole, site, Vec::new())
    }

    fn path_site(
        &mut self,
        kind: SiteKind,
        qself: Option<&QSelf>,
        path: &Path,
        whole: Range,
    ) -> super::SiteId {
        if let Some(qself) = qself {
            self.body_type(&qself.ty);
        }
        let site = self.site(kind, self.path_range(path), whole);
        self.site_mut(site).nameless = is_behind_a_type(qself) || self.is_nameless(path);
        self.path_types(path);
        site
    }

    /// Whether a path begins with what has none, so that it names no item.
    pub(super) fn is_nameless(&self, path: &Path) -> bool {
        let mut words = path.segments.iter().map(|segment| self.word(&segment.ident));
        let first = words.next().unwrap_or_default();
        path.leading_colon.is_none() && self.has_no_path(first, words.next().is_none())
    }

    /// Whether a path's first word, which may be all of it, means what has no path.
    pub(super) fn has_no_path(&self, first: &str, alone: bool) -> bool {
        match first {
            // Alone it names nothing that the item's head has not named.
            "Self" => alone || !self.self_has_path,
            _ => self.generics.shadows_type(first) || is_primitive(first),
        }
    }

    /// The variable that a path is.
    pub(super) fn variable_of(&self, node: &ExprPath) -> Option<usize> {
        self.variables.find(self.lone_word(node)?)
    }

    fn is_constant_parameter(&self, node: &ExprPath) -> bool {
        self.lone_word(node).is_some_and(|word| self.generics.shadows_value(word))
    }

    fn lone_word(&self, node: &ExprPath) -> Option<&str> {
        let mut segments = node.path.segments.iter();
        let (Some(only), None) = (segments.next(), segments.next()) else { return None };
        let alone = node.qself.is_none() && node.path.leading_colon.is_none();
        (alone && only.arguments.is_none()).then(|| self.word(&only.ident))
    }

    /// A path as resolution knows it: generic arguments at its end left out.
    pub(super) fn path_range(&self, path: &Path) -> Range {
        let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) else {
            return Range::default();
        };
        self.between(first.ident.span(), last.ident.span())
    }

    /// A path with all that belongs to it.
    pub(super) fn path_whole(&self, qself: Option<&QSelf>, path: &Path) -> Range {
        let mut range = self.path_range(path);
        if let Some(colon) = &path.leading_colon {
            range.start = self.range(colon.spans[0]).start;
        }
        if let Some(qself) = qself {
            range.start = self.range(qself.lt_token.span).start;
        }
        match path.segments.last().map(|segment| &segment.arguments) {
            Some(PathArguments::AngleBracketed(arguments)) => {
                range.end = self.range(arguments.gt_token.span).end;
            }
            Some(PathArguments::Parenthesized(arguments)) => range.end = self.span(arguments).end,
            _ => {}
        }
        range
    }
}

fn callee(node: &ExprPath) -> Callee {
    let mut words = node.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let last = words.next().unwrap_or_default();
    match last.as_str() {
        "Ok" | "Some" | "Err" => Callee::Passes,
        "drop" => Callee::Drops,
        last if starts_upper(last) => Callee::Holds,
        _ if is_behind_a_type(node.qself.as_ref()) => Callee::Makes,
        _ if words.next().is_some_and(|word| starts_upper(&word)) => Callee::Makes,
        _ => Callee::Takes,
    }
}

fn without_parentheses(mut node: &Expr) -> &Expr {
    loop {
        node = match node {
            Expr::Paren(inner) => &inner.expr,
            Expr::Group(inner) => &inner.expr,
            other => return other,
        }
    }
}
