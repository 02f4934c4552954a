//! Functions and methods.

use syn::{Attribute, Block, FnArg, ReceiverKind, ReturnType, Signature, Type, Visibility};

use super::variables::{Binding, Source};
use super::walker::Walker;
use super::{FrameKind, Function, FunctionId, Receiver, SelfKind, TypePlace};
use crate::extract::Range;

/// What stands before a function's body.
pub(super) struct Head<'a> {
    pub(super) attrs: &'a [Attribute],
    /// A trait's methods have none.
    pub(super) vis: Option<&'a Visibility>,
    pub(super) sig: &'a Signature,
}

impl Walker<'_> {
    /// Reads a function; its caller forgets its parameters.
    pub(super) fn function(&mut self, head: &Head<'_>, body: Option<&Block>) {
        self.outer_attribute_sites(head.attrs);
        let id = self.sites.functions.len();
        let function = self.declared(head);
        self.sites.functions.push(function);
        let sig = head.sig;
        self.parameters(&sig.generics);
        let mut types = Vec::new();
        for input in &sig.inputs {
            types.extend(self.input_types(input));
        }
        types.retain(|(_, wrapper)| !wrapper);
        self.sites.functions[id].parameters = types.into_iter().map(|(range, _)| range).collect();
        self.output(id, &sig.output);
        self.conditions(&sig.generics);
        if let Some(body) = body {
            self.inner_attribute_sites(head.attrs);
            self.function_body(id, sig, body);
        }
    }

    fn declared(&self, head: &Head<'_>) -> Function {
        let sig = head.sig;
        let (self_type, of_trait) = self.implementation.unwrap_or_default();
        let (attributes, attribute_texts) = self.attribute_paths(head.attrs);
        Function {
            name: self.word(&sig.ident).into(),
            range: self.range(sig.ident.span()),
            frame: None,
            parent: self.frame,
            is_async: sig.asyncness.is_some(),
            takes_self: sig.inputs.first().and_then(self_kind),
            exported: head.vis.is_some_and(|vis| !matches!(vis, Visibility::Inherited)),
            public: head.vis.is_some_and(|vis| matches!(vis, Visibility::Public(_))),
            parameters: Vec::new(),
            returns: Vec::new(),
            returns_self: false,
            never_returns: false,
            returns_bool: false,
            self_type,
            of_trait,
            attributes,
            attribute_texts,
        }
    }

    fn input_types(&mut self, input: &FnArg) -> Vec<(Range, bool)> {
        match input {
            FnArg::Typed(typed) => self.types_in(TypePlace::Parameter, &typed.ty),
            FnArg::Receiver(receiver) => match &receiver.kind {
                ReceiverKind::Typed(_, ty) => {
                    self.types_in(TypePlace::Parameter, ty);
                    Vec::new()
                }
                _ => Vec::new(),
            },
        }
    }

    fn output(&mut self, id: usize, output: &ReturnType) {
        let ReturnType::Type(_, ty) = output else { return };
        let paths = self.types_in(TypePlace::Return, ty);
        let of_self = |walker: &Self, (range, _): &(Range, bool)| {
            let text = walker.text(*range);
            text == "Self" || text.starts_with("Self:")
        };
        let returns_self = paths.iter().any(|path| of_self(self, path));
        let function = &mut self.sites.functions[id];
        function.returns = paths.into_iter().map(|(range, _)| range).collect();
        function.returns_self = returns_self;
        function.never_returns = matches!(**ty, Type::Never(_));
        function.returns_bool =
            matches!(&**ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident("bool"));
    }

    fn function_body(&mut self, id: usize, sig: &Signature, body: &Block) {
        let open = self.open(FrameKind::Function(FunctionId(id as u32)));
        self.sites.functions[id].frame = Some(open.id);
        for input in &sig.inputs {
            self.bind_input(input);
        }
        let value = self.block(body);
        if returns_something(&sig.output) {
            self.give_back(&value);
        }
        self.close(open, value.range);
    }

    fn bind_input(&mut self, input: &FnArg) {
        let binding = self.variables.binding(Binding::default());
        match input {
            FnArg::Receiver(_) => {
                let source = Source { binding, depends_on: self.frame, root: Receiver::Own };
                self.declare("self", false, &source);
            }
            FnArg::Typed(typed) => {
                let subject = self.subject(&typed.ty);
                let parameter = (Receiver::Unknown, subject);
                self.bind_more(&typed.pat, binding, self.frame, parameter);
            }
        }
    }
}

fn self_kind(input: &FnArg) -> Option<SelfKind> {
    let FnArg::Receiver(receiver) = input else { return None };
    Some(match &receiver.kind {
        ReceiverKind::Reference(_, _, Some(_)) => SelfKind::Exclusive,
        ReceiverKind::Reference(_, _, None) => SelfKind::Shared,
        ReceiverKind::Typed(_, ty) => match &**ty {
            Type::Reference(reference) if reference.mutability.is_some() => SelfKind::Exclusive,
            Type::Reference(_) => SelfKind::Shared,
            _ => SelfKind::Value,
        },
        _ => SelfKind::Value,
    })
}

fn returns_something(output: &ReturnType) -> bool {
    match output {
        ReturnType::Default => false,
        ReturnType::Type(_, ty) => !matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty()),
    }
}
