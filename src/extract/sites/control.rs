//! `if`, `match`, and blocks that are expressions.

use syn::{Arm, Expr, ExprIf, ExprLet, ExprMatch};

use super::fates::{Link, join};
use super::variables::Binding;
use super::walker::{Target, Value, Walker};
use super::{FrameId, FrameKind};
use crate::extract::Range;

impl<'t> Walker<'t> {
    /// Reads a block-like expression.
    pub(super) fn branching(&mut self, node: &Expr) -> Value {
        let (keyword, block) = match node {
            Expr::If(node) => return self.conditional(node),
            Expr::Match(node) => return self.matching(node),
            Expr::Block(node) => {
                let label = node.label.as_ref().map(|label| self.word(&label.name.ident));
                return self.labelled(label, &node.block);
            }
            Expr::Unsafe(node) => (node.unsafe_token.span, &node.block),
            Expr::Const(node) => (node.const_token.span, &node.block),
            Expr::TryBlock(node) => (node.try_token.span, &node.block),
            other => return Value::plain(self.span(other)),
        };
        let value = self.framed(block);
        let start = self.range(keyword).start;
        Value { range: Range { start, ..value.range }, ..value }
    }

    fn labelled(&mut self, label: Option<&'t str>, block: &syn::Block) -> Value {
        if label.is_none() {
            return self.framed(block);
        }
        let open = self.open(FrameKind::Block);
        let (frame, body) = (open.id, self.body);
        self.targets.push(Target { label, frame, body, is_loop: false, values: Vec::new() });
        let mut value = self.block(block);
        self.close(open, value.range);
        let target = self.targets.pop().expect("pushed above");
        join(&mut value.links, target.values);
        value
    }

    fn conditional(&mut self, node: &ExprIf) -> Value {
        let mark = self.variables.mark();
        self.read(&node.cond);
        let branch = self.variables.branch();
        let then = self.framed(&node.then_branch);
        self.forget(mark);
        let mut branches = vec![self.variables.end_branch(branch)];
        let start = self.range(node.if_token.span).start;
        let (mut links, mut end) = (then.links, then.range.end);
        let branch = self.variables.branch();
        if let Some((_, otherwise)) = &node.else_branch {
            let otherwise = match &**otherwise {
                Expr::Block(node) => self.framed(&node.block),
                other => self.value(other),
            };
            end = otherwise.range.end;
            join(&mut links, otherwise.links);
        }
        branches.push(self.variables.end_branch(branch));
        self.variables.join_branches(&branches);
        Value::of(Range { start, end }, links)
    }

    /// `let pattern = value` in a condition.
    pub(super) fn condition_let(&mut self, node: &ExprLet) -> Value {
        let start = self.range(node.let_token.span).start;
        let subject = self.pattern_sites(&node.pat);
        let (since, limit) = (self.variables.listen(), self.next_frame());
        let value = self.value(&node.expr);
        let mut depends_on = self.variables.mentioned(since, limit);
        if let Some(looping) = self.condition.filter(|looping| *looping == self.frame) {
            depends_on = looping;
        }
        let range = Range { start, ..value.range };
        self.bind(&node.pat, value, depends_on, subject);
        Value::plain(range)
    }

    fn matching(&mut self, node: &ExprMatch) -> Value {
        let (since, limit) = (self.variables.listen(), self.next_frame());
        let value = self.value(&node.expr);
        self.take(&value);
        let depends_on = self.variables.mentioned(since, limit);
        let binding = Binding { links: value.links, shared: true, ..Binding::default() };
        let binding = self.variables.binding(binding);
        let (mut links, mut branches) = (Vec::new(), Vec::new());
        for arm in &node.arms {
            let branch = self.variables.branch();
            let said = self.arm(arm, binding, depends_on, value.root.clone());
            join(&mut links, said);
            branches.push(self.variables.end_branch(branch));
        }
        self.variables.join_branches(&branches);
        self.end_binding(binding);
        let range = self.between(node.match_token.span, node.brace_token.span.close());
        Value::of(range, links)
    }

    fn arm(
        &mut self,
        arm: &Arm,
        binding: usize,
        depends_on: FrameId,
        root: super::Receiver,
    ) -> Vec<Link> {
        let mark = self.variables.mark();
        let open = self.open(FrameKind::Block);
        let start = self.span(&arm.pat).start;
        let subject = self.pattern_sites(&arm.pat);
        self.bind_more(&arm.pat, binding, depends_on, (root, subject));
        let value = match &*arm.body {
            Expr::Block(node) if node.label.is_none() => self.block(&node.block),
            body => self.value(body),
        };
        self.take(&value);
        self.close(open, Range { start, end: value.range.end });
        self.forget(mark);
        value.links
    }
}
