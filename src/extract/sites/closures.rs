//! Closures and `async` blocks: code that somebody else runs, or runs later.

use syn::{Expr, ExprAsync, ExprClosure, ReturnType};

use super::variables::Binding;
use super::walker::{Value, Walker};
use super::{FrameKind, Receiver, SiteId};
use crate::extract::Range;

impl Walker<'_> {
    /// `|..| body`, of which call it is an argument.
    pub(super) fn closure(&mut self, node: &ExprClosure, of: Option<(SiteId, u32)>) -> Value {
        let is_async = node.asyncness.is_some() || matches!(&*node.body, Expr::Async(_));
        let start = self.closure_start(node);
        let open = self.open(FrameKind::Closure { argument_of: of, is_async });
        let mark = self.variables.mark();
        let outer = self.variables.enter_closure(node.capture.is_some());
        for input in &node.inputs {
            let subject = self.pattern_sites(input);
            let binding = self.variables.binding(Binding::default());
            self.bind_more(input, binding, self.frame, (Receiver::Unknown, subject));
        }
        if let ReturnType::Type(_, ty) = &node.output {
            self.body_type(ty);
        }
        let value = self.value(&node.body);
        self.give_back(&value);
        self.variables.leave_closure(outer);
        self.forget(mark);
        let range = Range { start, end: value.range.end };
        self.close(open, range);
        Value::plain(range)
    }

    fn closure_start(&self, node: &ExprClosure) -> u32 {
        let words = [
            node.lifetimes.as_ref().map(|lifetimes| lifetimes.for_token.span),
            node.constness.as_ref().map(|word| word.span),
            node.asyncness.as_ref().map(|word| word.span),
            node.capture.as_ref().map(|word| word.span),
            Some(node.inputs_begin.span),
        ];
        let starts = words.into_iter().flatten().map(|word| self.range(word).start);
        starts.min().unwrap_or_default()
    }

    /// `async { .. }`, of which call it is an argument.
    pub(super) fn async_block(&mut self, node: &ExprAsync, of: Option<(SiteId, u32)>) -> Value {
        let start = self.range(node.async_token.span).start;
        let open = self.open(FrameKind::Async { argument_of: of });
        let outer = self.variables.enter_closure(node.capture.is_some());
        let value = self.block(&node.block);
        self.give_back(&value);
        self.variables.leave_closure(outer);
        let range = Range { start, end: value.range.end };
        self.close(open, range);
        Value::plain(range)
    }
}
