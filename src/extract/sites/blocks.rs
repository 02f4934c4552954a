//! Blocks and their statements.

use syn::{Block, Expr, Local, Pat, Stmt};

use super::FrameKind;
use super::variables::Binding;
use super::walker::{Value, Walker};
use crate::extract::macros::Position;

impl Walker<'_> {
    /// A block; the frame around it is the caller's.
    pub(super) fn block(&mut self, node: &Block) -> Value {
        let braces = node.brace_token.span;
        let value = self.statements(&node.stmts);
        Value { range: self.between(braces.open(), braces.close()), ..value }
    }

    /// A block in a frame of its own.
    pub(super) fn framed(&mut self, node: &Block) -> Value {
        let open = self.open(FrameKind::Block);
        let value = self.block(node);
        self.close(open, value.range);
        value
    }

    /// Statements; the value of the last one.
    pub(super) fn statements(&mut self, statements: &[Stmt]) -> Value {
        let mark = self.variables.mark();
        let mut last = Value::plain(crate::extract::Range::default());
        for (index, statement) in statements.iter().enumerate() {
            let value = self.statement(statement, index + 1 == statements.len());
            last = value.unwrap_or(last);
        }
        // The variable at its root ends here.
        last.direct = false;
        last.variable = last.variable.filter(|variable| *variable < mark);
        self.forget(mark);
        last
    }

    /// A statement; its value, if it is what the block says.
    pub(super) fn statement(&mut self, node: &Stmt, is_last: bool) -> Option<Value> {
        let (value, ended) = match node {
            Stmt::Local(node) => {
                self.local(node);
                return None;
            }
            Stmt::Item(item) => {
                self.item(item);
                let nested = self.span(item);
                self.sites.nested.push(nested);
                return None;
            }
            Stmt::Expr(node, semicolon) => (self.value(node), semicolon.is_some()),
            Stmt::Macro(node) => {
                let value = self.macro_call(&node.mac, Position::Statement);
                (value, node.semi_token.is_some())
            }
        };
        if is_last && !ended {
            self.take(&value);
            return Some(value);
        }
        self.discard(&value);
        None
    }

    /// `let pattern = value else { .. };`
    fn local(&mut self, node: &Local) {
        let subject = self.pattern_sites(&node.pat);
        let (since, limit) = (self.variables.listen(), self.next_frame());
        let value = node.init.as_ref().map(|init| self.value(&init.expr));
        let depends_on = match &value {
            Some(_) => self.variables.mentioned(since, limit),
            None => self.frame,
        };
        if let Some((_, diverge)) = node.init.as_ref().and_then(|init| init.diverge.as_ref()) {
            self.diverge(diverge);
        }
        let range = crate::extract::Range::default();
        let value = value.unwrap_or_else(|| Value::plain(range));
        if is_wild(&node.pat) {
            return self.discard(&value);
        }
        self.bind(&node.pat, value, depends_on, subject);
    }

    fn diverge(&mut self, node: &Expr) {
        let branch = self.variables.branch();
        match node {
            Expr::Block(node) => drop(self.framed(&node.block)),
            other => drop(self.read(other)),
        }
        self.variables.end_branch(branch);
    }

    /// Binds what a `let`, a `match` arm or the like takes apart.
    pub(super) fn bind(
        &mut self,
        pattern: &Pat,
        value: Value,
        depends_on: super::FrameId,
        subject: Option<crate::extract::Range>,
    ) {
        self.take(&value);
        let binding = Binding { links: value.links, ..Binding::default() };
        let binding = self.variables.binding(binding);
        self.bind_more(pattern, binding, depends_on, (value.root, subject));
    }
}

fn is_wild(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Type(typed) => is_wild(&typed.pat),
        Pat::Paren(inner) => is_wild(&inner.pat),
        _ => false,
    }
}
