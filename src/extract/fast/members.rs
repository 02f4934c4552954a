//! What stands in `impl`s, traits and `extern` blocks, and what has no body where a macro asks for
//! none.

use super::super::ItemKind;
use super::super::macros::Position;
use super::cursor::Span;
use super::items::Head;
use super::paths::Arguments;
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Runs for one member, which the next one sees nothing of.
    fn apart<T>(&mut self, run: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let (at, mark) = (self.out.at, self.out.locals.mark());
        let read = self.deeper(run)?;
        self.out.locals.forget(mark);
        self.out.at = at;
        Ok(read)
    }

    /// An associated item is an owner, but no item of its module.
    fn member_name(&mut self, attributes: Span, name: usize) {
        if self.silent {
            return;
        }
        self.say_conditions(attributes);
        let name = self.interned(name);
        self.out.own(name, None);
        self.say_names(attributes);
    }

    /// What has no body owns what is in its head.
    pub(super) fn bodyless(&mut self, attributes: Span, name: usize) {
        if self.silent {
            return;
        }
        self.say_attributes(attributes);
        let name = self.interned(name);
        self.out.own(name, None);
    }

    /// Reads `fn name();` behind its name.
    pub(super) fn bodyless_function(&mut self, attributes: Span, name: usize) -> Read {
        self.bodyless(attributes, name);
        self.signature()?;
        self.expect(Kind::Semi)
    }

    /// Reads the members of an `impl`.
    pub(super) fn impl_items(&mut self) -> Read {
        while !self.at_end() {
            self.apart(Self::impl_item)?;
        }
        Ok(())
    }

    fn impl_item(&mut self) -> Read {
        let attributes = self.outer_attributes()?;
        let public = !self.visibility()?.is_empty();
        let default = self.is_weak("default") && self.second() != Kind::Bang;
        if default {
            self.advance(1);
        }
        if self.is_function() {
            let name = self.function_name()?;
            if !self.has_body() {
                return self.bodyless_function(attributes, name);
            }
            self.member_name(attributes, name);
            self.signature()?;
            return self.block(true);
        }
        match self.next() {
            Kind::Const => self.associated_const(attributes, false).map(drop),
            Kind::Type => self.impl_type(attributes),
            _ if !public && !default => self.call_member(attributes, Position::ImplItem),
            _ => Err(No),
        }
    }

    fn impl_type(&mut self, attributes: Span) -> Read {
        self.advance(1);
        let name = self.name()?;
        if !self.has_value() {
            self.bodyless(attributes, name);
            return self.rest_of_associated_type();
        }
        self.member_name(attributes, name);
        self.generics()?;
        if self.is(Kind::Colon) {
            return self.doubt();
        }
        self.expect(Kind::Eq)?;
        self.ty()?;
        self.where_clause()?;
        self.expect(Kind::Semi)
    }

    fn associated_const(&mut self, attributes: Span, of_trait: bool) -> Read<usize> {
        self.advance(1);
        let name = self.at;
        if !self.take(Kind::Underscore) {
            self.expect(Kind::Ident)?;
        }
        if self.is(Kind::Lt) {
            return self.doubt();
        }
        let whole = self.has_value();
        if whole || of_trait {
            self.member_name(attributes, name);
        } else {
            self.bodyless(attributes, name);
        }
        self.typed_value(whole)?;
        Ok(name)
    }

    /// Reads `<'a>: A = B where C;`.
    pub(super) fn rest_of_associated_type(&mut self) -> Read {
        self.generics()?;
        if self.take(Kind::Colon) {
            self.bounds(|stream| matches!(stream.next(), Kind::Where | Kind::Eq | Kind::Semi))?;
        }
        if self.take(Kind::Eq) {
            self.ty()?;
        }
        self.where_clause()?;
        self.expect(Kind::Semi)
    }

    /// Reads the members of a trait; where their names stand.
    pub(super) fn trait_items(&mut self) -> Read<Vec<usize>> {
        let mut names = Vec::new();
        while !self.at_end() {
            names.extend(self.apart(Self::trait_item)?);
        }
        Ok(names)
    }

    fn trait_item(&mut self) -> Read<Option<usize>> {
        let attributes = self.outer_attributes()?;
        let public = !self.visibility()?.is_empty();
        let default = self.is_weak("default") && self.second() != Kind::Bang;
        if public || default {
            return self.doubt();
        }
        if self.is_function() {
            let name = self.function_name()?;
            self.member_name(attributes, name);
            self.signature()?;
            if !self.take(Kind::Semi) {
                self.block(true)?;
            }
            return Ok(Some(name));
        }
        match self.next() {
            Kind::Const => self.associated_const(attributes, true).map(Some),
            Kind::Type => {
                self.advance(1);
                let name = self.name()?;
                self.member_name(attributes, name);
                self.rest_of_associated_type()?;
                Ok(Some(name))
            }
            _ => self.call_member(attributes, Position::TraitItem).map(|()| None),
        }
    }

    /// Reads an item of an `extern` block, which belongs to the scope around it.
    pub(super) fn foreign_item(&mut self) -> Read {
        self.apart(|stream| {
            let attributes = stream.outer_attributes()?;
            let visibility = stream.visibility()?;
            let head = Head { attributes, visibility };
            let safe = stream.is_weak("safe")
                && matches!(stream.second(), Kind::Fn | Kind::Extern | Kind::Static);
            if safe || stream.is(Kind::Unsafe) && stream.second() == Kind::Static {
                stream.advance(1);
            }
            if stream.is_function() {
                let name = stream.function_name()?;
                if stream.has_body() {
                    return stream.doubt();
                }
                stream.declare(head, name, ItemKind::Function);
                stream.signature()?;
                return stream.expect(Kind::Semi);
            }
            stream.foreign_value(head)
        })
    }

    fn foreign_value(&mut self, head: Head) -> Read {
        match self.next() {
            Kind::Static => {
                self.advance(1);
                self.take(Kind::Mut);
                let name = self.name()?;
                if self.has_value() {
                    return self.doubt();
                }
                self.declare(head, name, ItemKind::Static);
                self.typed_value(false)
            }
            Kind::Type => {
                self.advance(1);
                let name = self.name()?;
                if !self.is(Kind::Semi) {
                    return self.doubt();
                }
                self.declare(head, name, ItemKind::TypeAlias);
                self.expect(Kind::Semi)
            }
            _ if head.visibility.is_empty() => {
                self.call_member(head.attributes, Position::ForeignItem)
            }
            _ => Err(No),
        }
    }

    fn call_member(&mut self, attributes: Span, position: Position) -> Read {
        self.say_attributes(attributes);
        let path = self.path(true)?;
        if path.arguments != Arguments::Nowhere || !self.is(Kind::Bang) {
            return Err(No);
        }
        self.call(path, position)?;
        self.semicolon_behind_call()
    }
}
