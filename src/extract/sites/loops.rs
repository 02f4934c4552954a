//! Loops.

use proc_macro2::Span;
use syn::{Block, Expr, ExprForLoop, ExprWhile, Label};

use super::arguments::is_literal;
use super::chains::chain_of;
use super::variables::Binding;
use super::walker::{Target, Value, Walker};
use super::{FrameKind, LoopKind, SiteId, SiteKind};
use crate::extract::Range;

impl Walker<'_> {
    /// Reads a loop.
    pub(super) fn looping(&mut self, node: &Expr) -> Value {
        match node {
            Expr::ForLoop(node) => self.for_loop(node),
            Expr::While(node) => self.while_loop(node),
            Expr::Loop(node) => {
                let site = self.loop_site(node.loop_token.span);
                let kind = frame_kind(LoopKind::Endless, None);
                self.loop_body(site, kind, node.label.as_ref(), |walker| {
                    (walker.range(node.body.brace_token.span.open()).start, &node.body)
                })
            }
            other => Value::plain(self.span(other)),
        }
    }

    fn for_loop(&mut self, node: &ExprForLoop) -> Value {
        let site = self.loop_site(node.for_token.span);
        let subject = self.pattern_sites(&node.pat);
        let over = self.value(&node.expr);
        self.take(&over);
        let (methods, root) = chain_of(&node.expr);
        let kind = FrameKind::Loop {
            kind: LoopKind::For,
            over: Some(over.range),
            chain: methods.into_iter().map(|method| self.word(method).into()).collect(),
            constant: is_constant(root),
        };
        self.loop_body(site, kind, node.label.as_ref(), |walker| {
            let binding = walker.variables.binding(Binding::default());
            let element = (super::Receiver::Unknown, subject);
            walker.bind_more(&node.pat, binding, walker.frame, element);
            (walker.range(node.body.brace_token.span.open()).start, &node.body)
        })
    }

    fn while_loop(&mut self, node: &ExprWhile) -> Value {
        let site = self.loop_site(node.while_token.span);
        let kind = frame_kind(LoopKind::While, None);
        self.loop_body(site, kind, node.label.as_ref(), |walker| {
            let outer = walker.condition.replace(walker.frame);
            let condition = walker.read(&node.cond);
            walker.condition = outer;
            let frame = &mut walker.sites.frames[walker.frame.0 as usize];
            frame.kind = frame_kind(LoopKind::While, Some(condition.range));
            (condition.range.start, &node.body)
        })
    }

    fn loop_site(&mut self, keyword: Span) -> SiteId {
        let range = self.range(keyword);
        self.site(SiteKind::Loop(super::FrameId(0)), range, range)
    }

    /// Reads the part that is repeated: `head` reads what comes before the body, and says where
    /// the frame begins.
    fn loop_body<'a>(
        &mut self,
        site: SiteId,
        kind: FrameKind,
        label: Option<&Label>,
        head: impl FnOnce(&mut Self) -> (u32, &'a Block),
    ) -> Value {
        let (mark, branch) = (self.variables.mark(), self.variables.branch());
        let open = self.open(kind);
        let label = label.map(|label| self.word(&label.name.ident));
        let (frame, body) = (open.id, self.body);
        self.targets.push(Target { label, frame, body, is_loop: true, values: Vec::new() });
        let (start, block) = head(self);
        let end = self.block(block).range.end;
        self.close(open, Range { start, end });
        let target = self.targets.pop().expect("pushed above");
        self.forget(mark);
        self.variables.end_branch(branch);
        let whole = &mut self.site_mut(site).whole;
        whole.end = end;
        let whole = *whole;
        self.site_mut(site).kind = SiteKind::Loop(frame);
        Value::of(whole, target.values)
    }
}

fn frame_kind(kind: LoopKind, over: Option<Range>) -> FrameKind {
    FrameKind::Loop { kind, over, chain: Vec::new(), constant: false }
}

/// An array literal, or a range between literals.
fn is_constant(root: &Expr) -> bool {
    match root {
        Expr::Array(_) | Expr::Repeat(_) => true,
        Expr::Range(range) => {
            let end = |end: &Option<Box<Expr>>| end.as_ref().is_some_and(|end| is_literal(end));
            end(&range.start) && end(&range.end)
        }
        _ => false,
    }
}
