//! Arguments: their shape, and on what they depend.

use syn::{Expr, ExprPath, Lit, UnOp};

use super::walker::{Value, Walker};
use super::{Argument, Shape, SiteId};
use crate::extract::Range;

impl Walker<'_> {
    /// Reads the arguments of a site in order; of something that is none, if there is no site.
    pub(super) fn arguments<'a>(
        &mut self,
        site: Option<SiteId>,
        arguments: impl Iterator<Item = &'a Expr>,
    ) -> Vec<Value> {
        arguments.zip(0..).map(|(argument, place)| self.argument(site, place, argument)).collect()
    }

    /// Reads one argument.
    pub(super) fn argument(&mut self, site: Option<SiteId>, place: u32, node: &Expr) -> Value {
        let (since, limit) = (self.variables.listen(), self.next_frame());
        let of = site.map(|site| (site, place));
        let value = match node {
            Expr::Closure(closure) => self.closure(closure, of),
            Expr::Async(block) => self.async_block(block, of),
            other => self.value(other),
        };
        if let Some(site) = site {
            let argument = Argument {
                range: value.range,
                shape: shape(node),
                depends_on: self.variables.mentioned(since, limit),
                path: path_of(node).map(|node| self.path_range(&node.path)),
            };
            self.site_mut(site).arguments.push(argument);
        }
        value
    }

    /// Adds a literal that is not read as code.
    pub(super) fn text_argument(&mut self, site: SiteId, range: Range) {
        let (shape, depends_on) = (Shape::Literal, super::FrameId(0));
        let argument = Argument { range, shape, depends_on, path: None };
        self.site_mut(site).arguments.push(argument);
    }
}

/// What an argument looks like.
pub(super) fn shape(node: &Expr) -> Shape {
    match peel(node) {
        Expr::Closure(_) | Expr::Async(_) => Shape::Closure,
        Expr::Path(_) => Shape::Path,
        node if is_literal(node) => Shape::Literal,
        _ => Shape::Other,
    }
}

/// Whether an expression is a literal, or what the compiler makes one of literals.
pub(super) fn is_literal(node: &Expr) -> bool {
    match peel(node) {
        Expr::Lit(_) => true,
        Expr::Unary(node) => matches!(node.op, UnOp::Neg(_)) && is_literal(&node.expr),
        Expr::Macro(node) => {
            let name = node.mac.path.segments.last().map(|segment| &segment.ident);
            name.is_some_and(|name| {
                ["concat", "include_str", "include_bytes", "env"].iter().any(|text| name == text)
            })
        }
        _ => false,
    }
}

fn path_of(node: &Expr) -> Option<&ExprPath> {
    match peel(node) {
        Expr::Path(path) => Some(path),
        _ => None,
    }
}

/// Without parentheses and references.
fn peel(mut node: &Expr) -> &Expr {
    loop {
        node = match node {
            Expr::Paren(inner) => &inner.expr,
            Expr::Group(inner) => &inner.expr,
            Expr::Reference(inner) => &inner.expr,
            other => return other,
        }
    }
}

/// The value of a literal that is a string.
pub(super) fn string(literal: &Lit) -> Option<String> {
    match literal {
        Lit::Str(text) => Some(text.value()),
        Lit::ByteStr(bytes) => Some(String::from_utf8_lossy(&bytes.value()).into_owned()),
        Lit::CStr(text) => Some(text.value().to_string_lossy().into_owned()),
        _ => None,
    }
}
