//! Method calls: each belongs to the chain of whatever its receiver goes back to.

use syn::{Expr, ExprAwait, ExprMethodCall};

use super::fates::{How, Link, join};
use super::frames::Exit;
use super::walker::{Value, Walker};
use super::{Receiver, SiteKind};

impl Walker<'_> {
    /// `receiver.name(..)`.
    pub(super) fn method_call(&mut self, node: &ExprMethodCall) -> Value {
        let receiver = self.value(&node.receiver);
        let name = self.word(&node.method);
        for link in receiver.links.iter().filter(|link| link.how != How::Inside) {
            self.site_mut(link.site).chain.push(name.into());
        }
        let end = self.range(node.paren_token.span.close()).end;
        let whole = crate::extract::Range { start: receiver.range.start, end };
        let kind = SiteKind::Method { name: name.into(), receiver: receiver.root.clone() };
        let site = self.site(kind, self.range(node.method.span()), whole);
        if let Some(turbofish) = &node.turbofish {
            self.generic_arguments(turbofish);
        }
        for argument in self.arguments(Some(site), node.args.iter()) {
            self.hand_over(&argument);
        }
        let mut links = receiver.links;
        links.retain(|link| link.how != How::Inside);
        join(&mut links, [Link::own(site)]);
        let root = match receiver.root {
            Receiver::Own => Receiver::Unknown,
            root => root,
        };
        Value { range: whole, links, root, direct: false, borrowed: false, ..receiver }
    }

    /// `base.await`.
    pub(super) fn awaited(&mut self, node: &ExprAwait) -> Value {
        let mut value = self.value(&node.base);
        value.range.end = self.range(node.await_token.span).end;
        self.exit(Exit::Await);
        self.pause(value.variable, value.range);
        for link in value.links.iter().filter(|link| link.how != How::Inside) {
            self.site_mut(link.site).awaited = true;
        }
        // What a variable's method sends for is no longer the variable.
        if !value.direct {
            value.links.retain(|link| link.how != How::Variable);
        }
        self.take(&value);
        Value { direct: false, borrowed: false, ..value }
    }
}

/// The methods called on an expression in order, and on what the first one is.
pub(super) fn chain_of(mut expression: &Expr) -> (Vec<&syn::Ident>, &Expr) {
    let mut methods = Vec::new();
    loop {
        expression = match expression {
            Expr::MethodCall(call) => {
                methods.push(&call.method);
                &call.receiver
            }
            Expr::Await(node) => &node.base,
            Expr::Try(node) => &node.expr,
            Expr::Paren(node) => &node.expr,
            Expr::Group(node) => &node.expr,
            Expr::Reference(node) => &node.expr,
            root => {
                methods.reverse();
                return (methods, root);
            }
        };
    }
}
