//! Functions, constants, statics and type aliases.

use super::super::{ItemKind, Visibility};
use super::attributes::Body;
use super::cursor::Span;
use super::items::Head;
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Whether `fn` comes next, or what may stand before it.
    pub(super) fn is_function(&self) -> bool {
        let mut index = self.at;
        for before in [Kind::Const, Kind::Async, Kind::Unsafe] {
            index += usize::from(self.kind_at(index) == before);
        }
        if self.kind_at(index) == Kind::Extern {
            index += 1;
            index += usize::from(self.kind_at(index) == Kind::Str);
        }
        self.kind_at(index) == Kind::Fn
    }

    /// Reads up to a function's name.
    pub(super) fn function_name(&mut self) -> Read<usize> {
        while !self.take(Kind::Fn) {
            self.advance(1);
        }
        self.name()
    }

    /// Whether `{..}` rather than `;` ends what is being read.
    pub(super) fn has_body(&mut self) -> bool {
        let (mut index, mut conditions) = (self.at, false);
        loop {
            let argument = match self.kind_at(index.saturating_sub(1)) {
                Kind::Lt | Kind::Eq => true,
                Kind::Comma => !conditions,
                _ => false,
            };
            match self.kind_at(index) {
                Kind::Semi => return false,
                Kind::OpenBrace if !argument => return true,
                kind if kind.ends() => return false,
                kind => conditions |= kind == Kind::Where,
            }
            index = self.looked_past(index);
        }
    }

    /// Whether a `=` stands before the `;`.
    pub(super) fn has_value(&mut self) -> bool {
        let mut index = self.at;
        loop {
            match self.kind_at(index) {
                Kind::Eq => return true,
                Kind::Semi => return false,
                kind if kind.ends() => return false,
                _ => index = self.looked_past(index),
            }
        }
    }

    /// Behind a token at which somebody looked who will not read it.
    fn looked_past(&mut self, index: usize) -> usize {
        self.fuel = self.fuel.saturating_sub(1);
        self.behind(index)
    }

    pub(super) fn function_item(&mut self, head: Head) -> Read<bool> {
        let name = self.function_name()?;
        if !self.has_body() {
            self.bodyless_function(head.attributes, name)?;
            return Ok(false);
        }
        self.declare(head, name, ItemKind::Function);
        self.procedural_macro(head.attributes, name);
        self.signature()?;
        self.block(true)?;
        Ok(true)
    }

    /// A procedural macro's function also defines the macro.
    pub(super) fn procedural_macro(&mut self, attributes: Span, function: usize) {
        if self.silent {
            return;
        }
        let mut name = None;
        self.each_meta(attributes, &mut |stream, _, meta| match meta.body {
            Body::Nothing
                if stream.is_alone(meta, "proc_macro")
                    || stream.is_alone(meta, "proc_macro_attribute") =>
            {
                name = Some(function);
            }
            Body::List(list) if stream.is_alone(meta, "proc_macro_derive") => {
                let named = !list.is_empty() && stream.tokens[list.from].kind == Kind::Ident;
                name = named.then_some(list.from);
            }
            _ => {}
        });
        let Some(name) = name else { return };
        let (index, range) = (self.interned(name), self.range(name, name));
        self.push_item(index, range, ItemKind::ProcMacro, Visibility::Public);
    }

    pub(super) fn const_item(&mut self, head: Head) -> Read<bool> {
        self.advance(1);
        let name = self.at;
        match self.next() {
            Kind::Ident if self.is_weak("auto") && self.second() == Kind::Trait => {
                return self.doubt();
            }
            Kind::Ident | Kind::Underscore => {}
            Kind::Trait | Kind::Unsafe | Kind::Impl => return self.doubt(),
            _ => return Err(No),
        }
        let nameless = self.take(Kind::Underscore);
        self.take(Kind::Ident);
        if self.is(Kind::Lt) {
            return self.doubt();
        }
        let whole = self.has_value();
        if !whole {
            self.bodyless(head.attributes, name);
        } else if nameless {
            self.say_attributes(head.attributes);
        } else {
            self.declare(head, name, ItemKind::Constant);
        }
        self.typed_value(whole)?;
        Ok(whole)
    }

    /// Reads `: type = value;`.
    pub(super) fn typed_value(&mut self, whole: bool) -> Read {
        self.expect(Kind::Colon)?;
        self.ty()?;
        if whole {
            self.expect(Kind::Eq)?;
            self.expression()?;
        }
        if self.is(Kind::Where) {
            return self.doubt();
        }
        self.expect(Kind::Semi)
    }

    pub(super) fn static_item(&mut self, head: Head) -> Read<bool> {
        self.advance(1);
        self.take(Kind::Mut);
        let name = self.name()?;
        if self.take(Kind::Eq) {
            self.expression()?;
            self.expect(Kind::Semi)?;
            return self.doubt();
        }
        let whole = self.has_value();
        self.declare(head, name, ItemKind::Static);
        self.typed_value(whole)?;
        Ok(whole)
    }

    pub(super) fn type_item(&mut self, head: Head) -> Read<bool> {
        self.advance(1);
        let name = self.name()?;
        if !self.has_value() {
            self.bodyless(head.attributes, name);
            self.rest_of_associated_type()?;
            return Ok(false);
        }
        self.declare(head, name, ItemKind::TypeAlias);
        self.generics()?;
        if self.is(Kind::Colon) {
            return self.doubt();
        }
        self.where_clause()?;
        self.expect(Kind::Eq)?;
        self.ty()?;
        if self.is(Kind::Where) {
            return self.doubt();
        }
        self.expect(Kind::Semi)?;
        Ok(true)
    }
}
