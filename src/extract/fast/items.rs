//! Items.

use super::super::macros::Position;
use super::cursor::Span;
use super::paths::Arguments;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// What stands before an item's keyword.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Head {
    pub(super) attributes: Span,
    pub(super) visibility: Span,
}

impl Stream<'_> {
    /// Reads items up to the end.
    pub(super) fn items(&mut self) -> Read {
        while !self.at_end() {
            self.item()?;
        }
        Ok(())
    }

    /// Reads an item; whether the grammar gives it a meaning.
    pub(super) fn item(&mut self) -> Read<bool> {
        let attributes = self.outer_attributes()?;
        self.item_with(attributes)
    }

    /// Reads an item behind its attributes. It sees nothing of the function around it.
    pub(super) fn item_with(&mut self, attributes: Span) -> Read<bool> {
        if self.silent {
            return self.deeper(|stream| stream.any_item(attributes));
        }
        let outside = self.out.enter_item();
        let read = self.deeper(|stream| stream.any_item(attributes));
        self.out.leave_item(outside);
        read
    }

    fn any_item(&mut self, attributes: Span) -> Read<bool> {
        let visibility = self.visibility()?;
        let head = Head { attributes, visibility };
        if self.is_function() {
            return self.function_item(head);
        }
        let public = !visibility.is_empty();
        let read = match self.next() {
            Kind::Use => self.use_item(head),
            Kind::Struct => self.struct_item(head),
            Kind::Enum => self.enum_item(head),
            Kind::Mod => self.mod_item(head),
            Kind::Trait => self.trait_item_whole(head),
            Kind::Impl if !public => self.impl_item_whole(head),
            Kind::Const => return self.const_item(head),
            Kind::Static => return self.static_item(head),
            Kind::Type => return self.type_item(head),
            Kind::Extern if self.second() == Kind::Crate => self.extern_crate(head),
            Kind::Extern if !public => self.extern_block(head),
            Kind::Macro => return self.macro_item(head).map(|()| false),
            Kind::Unsafe => self.unsafe_item(head, public),
            Kind::Ident if self.is_weak("union") && self.second() == Kind::Ident => {
                self.union_item(head)
            }
            Kind::Ident if self.is_weak("auto") && self.second() == Kind::Trait => self.doubt(),
            Kind::Ident if self.is_weak("default") && self.second() != Kind::Bang => {
                match self.second() {
                    Kind::Impl | Kind::Const | Kind::Unsafe => self.doubt(),
                    _ => Err(No),
                }
            }
            _ if !public => self.call_item(head),
            _ => Err(No),
        };
        read.map(|()| true)
    }

    fn unsafe_item(&mut self, head: Head, public: bool) -> Read {
        match self.second() {
            Kind::Trait => {
                self.advance(1);
                self.trait_item_whole(head)
            }
            Kind::Impl if !public => {
                self.advance(1);
                self.impl_item_whole(head)
            }
            Kind::Extern if !public => {
                self.advance(1);
                self.extern_block(head)
            }
            Kind::Mod => self.doubt(),
            Kind::Ident if self.is_weak_at(self.at + 1, "auto") => self.doubt(),
            _ => Err(No),
        }
    }

    fn extern_block(&mut self, head: Head) -> Read {
        self.abi();
        if !self.is(Kind::OpenBrace) {
            return Err(No);
        }
        self.say_attributes(head.attributes);
        self.group(Kind::OpenBrace, |stream| {
            let inner = stream.inner_attributes()?;
            stream.say_attributes(inner);
            while !stream.at_end() {
                stream.foreign_item()?;
            }
            Ok(())
        })
    }

    fn call_item(&mut self, head: Head) -> Read {
        let rules = self.is_weak("macro_rules") && self.second() == Kind::Bang;
        let path = self.path(true)?;
        if path.arguments != Arguments::Nowhere || !self.is(Kind::Bang) {
            return Err(No);
        }
        let named = matches!(self.second(), Kind::Ident | Kind::Try);
        self.say_conditions(head.attributes);
        if named && rules {
            self.drop_path(path);
            self.advance(1);
            self.macro_rules_item(head.attributes)?;
        } else if named {
            return self.doubt();
        } else {
            self.say_names(head.attributes);
            self.call(path, Position::Item)?;
        }
        self.semicolon_behind_call()
    }

    /// Reads the `;` that a call without braces needs.
    pub(super) fn semicolon_behind_call(&mut self) -> Read {
        if self.tokens[self.at - 1].kind == Kind::CloseBrace {
            Ok(())
        } else {
            self.expect(Kind::Semi)
        }
    }
}
