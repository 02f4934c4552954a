//! Expressions by kind.

use syn::{Expr, ExprLit, Lit};

use super::SiteKind;
use super::arguments::string;
use super::frames::Exit;
use super::walker::{Value, Walker};

impl Walker<'_> {
    /// Reads an expression; says what it is, so that whoever takes it can say what becomes of it.
    pub(super) fn value(&mut self, node: &Expr) -> Value {
        match node {
            Expr::Path(node) => self.path_value(node),
            Expr::Call(node) => self.call(node),
            Expr::MethodCall(node) => self.method_call(node),
            Expr::Struct(node) => self.struct_literal(node),
            Expr::Lit(node) => self.literal(node),
            Expr::Macro(node) => self.macro_value(&node.mac),
            Expr::Await(node) => self.awaited(node),
            Expr::Closure(node) => self.closure(node, None),
            Expr::Async(node) => self.async_block(node, None),
            Expr::Let(node) => self.condition_let(node),
            Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::Const(_)
            | Expr::TryBlock(_) => self.branching(node),
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => self.looping(node),
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Yield(_) => {
                self.leaving(node)
            }
            other => self.operation(other),
        }
    }

    /// Reads an expression whose value nobody can keep: an operand, a condition.
    pub(super) fn read(&mut self, node: &Expr) -> Value {
        let value = self.value(node);
        Value::plain(value.range)
    }

    /// A literal: a site if it is a string.
    pub(super) fn literal(&mut self, node: &ExprLit) -> Value {
        Value::plain(self.lit(&node.lit))
    }

    /// A literal in any place.
    pub(super) fn lit(&mut self, lit: &Lit) -> crate::extract::Range {
        let range = self.range(lit.span());
        if let Some(text) = string(lit) {
            self.site(SiteKind::Literal(text.into()), range, range);
        }
        range
    }

    /// `return`, `break`, `continue`, `yield`.
    fn leaving(&mut self, node: &Expr) -> Value {
        let (keyword, value) = match node {
            Expr::Return(node) => (node.return_token.span, node.expr.as_deref()),
            Expr::Break(node) => (node.break_token.span, node.expr.as_deref()),
            Expr::Yield(node) => (node.yield_token.span, node.expr.as_deref()),
            other => return Value::plain(self.span(other)),
        };
        let mut range = self.range(keyword);
        let given = value.map(|value| self.value(value));
        range.end = given.as_ref().map_or(range.end, |given| given.range.end);
        match node {
            Expr::Return(_) => {
                self.exit(Exit::Return);
                if let Some(given) = &given {
                    self.give_back(given);
                }
            }
            Expr::Break(node) => {
                let label = node.label.as_ref().map(|label| self.word(&label.ident));
                let left = self.break_out(label);
                if let (Some(given), Some(left)) = (given, left) {
                    super::fates::join(&mut self.targets[left].values, given.links);
                }
            }
            _ => {
                if let Some(given) = &given {
                    self.give_back(given);
                }
            }
        }
        Value::plain(range)
    }
}
