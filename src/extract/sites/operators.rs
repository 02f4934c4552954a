//! Operators, and what else is made of expressions without a scope of its own.

use proc_macro2::Span;
use proc_macro2::extra::DelimSpan;
use syn::punctuated::Punctuated;
use syn::{BinOp, Expr, ExprAssign, ExprBinary, ExprRange, ExprUnary, Token, UnOp};

use super::Receiver;
use super::fates::{How, inside, join};
use super::frames::Exit;
use super::tokens;
use super::walker::{Value, Walker};
use crate::extract::Range;

impl Walker<'_> {
    /// Reads an operation.
    pub(super) fn operation(&mut self, node: &Expr) -> Value {
        match node {
            Expr::Try(node) => {
                let value = self.value(&node.expr);
                self.exit(Exit::Question);
                let end = self.range(node.question_token.span).end;
                Value { range: Range { end, ..value.range }, ..value }
            }
            Expr::Paren(node) => {
                let value = self.value(&node.expr);
                let parentheses = node.paren_token.span;
                Value { range: self.between(parentheses.open(), parentheses.close()), ..value }
            }
            Expr::Group(node) => self.value(&node.expr),
            Expr::Reference(node) => self.borrow(node.and_token.span, &node.expr),
            Expr::RawAddr(node) => self.borrow(node.and_token.span, &node.expr),
            Expr::Field(node) => self.field(node),
            Expr::Assign(node) => self.assign(node),
            Expr::Binary(node) => self.binary(node),
            Expr::Unary(node) => self.unary(node),
            Expr::Cast(node) => {
                let value = self.read(&node.expr);
                self.body_type(&node.ty);
                let end = self.span(&node.ty).end;
                Value::plain(Range { end, ..value.range })
            }
            other => self.compound(other),
        }
    }

    /// Lists and the like.
    fn compound(&mut self, node: &Expr) -> Value {
        match node {
            Expr::Tuple(node) => self.elements(node.paren_token.span, &node.elems, false),
            Expr::Array(node) => self.elements(node.bracket_token.span, &node.elems, true),
            Expr::Repeat(node) => {
                let element = self.value(&node.expr);
                self.hand_over(&element);
                self.read(&node.len);
                let brackets = node.bracket_token.span;
                let range = self.between(brackets.open(), brackets.close());
                Value::of(range, inside(&element.links).collect())
            }
            Expr::Index(node) => {
                let of = self.value(&node.expr);
                self.read(&node.index);
                let end = self.range(node.bracket_token.span.close()).end;
                Value { variable: of.variable, ..Value::plain(Range { end, ..of.range }) }
            }
            Expr::Range(node) => self.interval(node),
            Expr::Verbatim(tokens) => {
                let range = self.span(node);
                self.unread(&tokens::list(tokens.clone()));
                Value::plain(range)
            }
            other => Value::plain(self.span(other)),
        }
    }

    fn borrow(&mut self, and: Span, of: &Expr) -> Value {
        let value = self.value(of);
        let start = self.range(and).start;
        Value { range: Range { start, ..value.range }, borrowed: true, ..value }
    }

    fn field(&mut self, node: &syn::ExprField) -> Value {
        let base = self.value(&node.base);
        let (name, end) = match &node.member {
            syn::Member::Named(name) => (self.word(name), self.range(name.span()).end),
            syn::Member::Unnamed(index) => ("", self.range(index.span).end),
        };
        let known = base.variable.is_some() && !name.is_empty();
        let of_variable = known && (base.direct || matches!(base.root, Receiver::Field(_)));
        let root = if of_variable { Receiver::Field(name.into()) } else { Receiver::Unknown };
        let range = Range { end, ..base.range };
        let links = inside(&base.links).collect();
        Value { range, links, root, direct: false, borrowed: false, ..base }
    }

    fn assign(&mut self, node: &ExprAssign) -> Value {
        let (to, new) = match &*node.left {
            Expr::Path(path) if let Some(variable) = self.variable_of(path) => {
                let to = Value::plain(self.path_range(&path.path));
                let new = self.value(&node.right);
                self.rebind(variable, &new);
                (to, new)
            }
            left => {
                let to = self.value(left);
                let new = self.value(&node.right);
                match left {
                    Expr::Infer(_) => self.discard(&new),
                    Expr::Index(_) => self.hand_over(&new),
                    Expr::Tuple(_) | Expr::Array(_) => {
                        self.becomes(&new.links, |fate| fate.bound = true);
                    }
                    _ => self.store(&new),
                }
                (to, new)
            }
        };
        Value::plain(Range { start: to.range.start, end: new.range.end })
    }

    /// A variable holds something else from here on.
    fn rebind(&mut self, variable: usize, new: &Value) {
        self.take(new);
        self.becomes(&new.links, |fate| fate.bound = true);
        self.variables.replace(variable, new.root.clone());
        let binding = self.variables.binding_of(variable);
        binding.uses += 1;
        let own = new.links.iter().map(|link| match link.how {
            How::Variable => super::fates::Link { how: How::Chain, ..*link },
            _ => *link,
        });
        join(&mut binding.links, own);
    }

    fn binary(&mut self, node: &ExprBinary) -> Value {
        let left = self.read(&node.left);
        let right = self.value(&node.right);
        // `Vec::new() += f()` aside, what is on the right of `+=` goes into the left.
        if matches!(node.op, BinOp::AddAssign(_)) {
            self.hand_over(&right);
        }
        Value::plain(Range { start: left.range.start, end: right.range.end })
    }

    fn unary(&mut self, node: &ExprUnary) -> Value {
        let value = self.value(&node.expr);
        let (start, through) = match &node.op {
            UnOp::Deref(star) => (self.range(star.span).start, true),
            UnOp::Not(not) => (self.range(not.span).start, false),
            UnOp::Neg(minus) => (self.range(minus.span).start, false),
            _ => (value.range.start, false),
        };
        let range = Range { start, ..value.range };
        if through { Value { range, borrowed: true, ..value } } else { Value::plain(range) }
    }

    fn elements(
        &mut self,
        brackets: DelimSpan,
        elements: &Punctuated<Expr, Token![,]>,
        collected: bool,
    ) -> Value {
        let mut links = Vec::new();
        for element in elements {
            let value = self.value(element);
            if collected {
                self.hand_over(&value);
            } else {
                self.take(&value);
            }
            join(&mut links, inside(&value.links));
        }
        Value::of(self.between(brackets.open(), brackets.close()), links)
    }

    fn interval(&mut self, node: &ExprRange) -> Value {
        let limits = self.span(&node.limits);
        let start = node.start.as_ref().map(|start| self.read(start));
        let end = node.end.as_ref().map(|end| self.read(end));
        Value::plain(Range {
            start: start.map_or(limits.start, |start| start.range.start),
            end: end.map_or(limits.end, |end| end.range.end),
        })
    }
}
