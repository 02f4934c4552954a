//! Types.

use super::super::macros::Position;
use super::super::paths::Usage;
use super::paths::{Arguments, Path, Prefix};
use super::tokens::Kind;
use super::{No, Read, Stream};

impl<'t> Stream<'t> {
    /// Reads a type.
    pub(super) fn ty(&mut self) -> Read {
        self.type_with(true)
    }

    /// Reads a type, of which `+` is a part or not.
    pub(super) fn type_with(&mut self, plus: bool) -> Read {
        self.deeper(|stream| stream.any_type(plus))
    }

    fn any_type(&mut self, plus: bool) -> Read {
        match self.next() {
            Kind::OpenParen => self.type_in_parentheses(plus),
            Kind::OpenBracket => self.group(Kind::OpenBracket, Self::array),
            Kind::And => {
                self.advance(1);
                self.take(Kind::Lifetime);
                self.take(Kind::Mut);
                self.type_with(false)
            }
            Kind::Star => {
                self.advance(1);
                if !self.take(Kind::Const) {
                    self.expect(Kind::Mut)?;
                }
                self.type_with(false)
            }
            Kind::Bang | Kind::Underscore => {
                self.advance(1);
                Ok(())
            }
            Kind::Impl => {
                self.advance(1);
                self.trait_bounds(plus, true)
            }
            Kind::Dyn => {
                self.advance(1);
                if self.is(Kind::Star) {
                    return self.doubt();
                }
                self.trait_bounds(plus, false)
            }
            Kind::Lifetime => self.trait_bounds(true, false),
            _ => self.function_or_path(plus),
        }
    }

    fn array(&mut self) -> Read {
        self.ty()?;
        if self.take(Kind::Semi) {
            self.expression()?;
        }
        Ok(())
    }

    fn type_in_parentheses(&mut self, plus: bool) -> Read {
        let lone = self.group(Kind::OpenParen, |stream| {
            match stream.next() {
                kind if kind.ends() => return Ok(false),
                Kind::Lifetime => stream.trait_bounds(true, false)?,
                Kind::Question => return stream.doubt(),
                _ => stream.ty()?,
            }
            if !stream.take(Kind::Comma) {
                return Ok(true);
            }
            stream.commas(Self::ty)?;
            Ok(false)
        })?;
        if lone && plus && self.is(Kind::Plus) {
            return self.doubt();
        }
        Ok(())
    }

    fn function_or_path(&mut self, plus: bool) -> Read {
        let bound = self.is(Kind::For);
        if bound {
            self.bound_lifetimes()?;
        }
        match self.next() {
            Kind::Fn | Kind::Unsafe | Kind::Extern => self.function_pointer(),
            Kind::Ident if self.is_weak("builtin") && self.second() == Kind::Pound => self.doubt(),
            Kind::Ident | Kind::Super | Kind::SelfValue | Kind::SelfType | Kind::Crate => {
                let path = self.path(false)?;
                self.rest_of_type(path, plus || bound)
            }
            Kind::Lt | Kind::Colon if !bound => {
                let path = self.qualified_path(false)?;
                if path.prefix != Prefix::Nothing {
                    self.say(path, Usage::TYPE);
                    return Ok(());
                }
                self.rest_of_type(path, plus)
            }
            _ => Err(No),
        }
    }

    /// What may follow a path to make another type of it: `!(..)`, `+ Bound`.
    pub(super) fn rest_of_type(&mut self, path: Path<'t>, plus: bool) -> Read {
        if self.is_call() && path.arguments == Arguments::Nowhere {
            return self.call(path, Position::Type);
        }
        self.say(path, Usage::TYPE);
        if plus {
            while self.take(Kind::Plus) {
                if !self.begins_bound() {
                    break;
                }
                self.bound(false)?;
            }
        }
        Ok(())
    }

    fn function_pointer(&mut self) -> Read {
        if self.take(Kind::Unsafe) && self.is(Kind::Lt) {
            return self.doubt();
        }
        self.abi();
        self.expect(Kind::Fn)?;
        self.group(Kind::OpenParen, |stream| {
            stream.commas(|stream| stream.attributed(Self::function_pointer_argument))
        })?;
        self.result(false)
    }

    /// Reads `extern "C"`, if it is there.
    pub(super) fn abi(&mut self) {
        if self.take(Kind::Extern) {
            self.take(Kind::Str);
        }
    }

    fn function_pointer_argument(&mut self) -> Read {
        let dots = [Kind::Dot, Kind::Dot, Kind::Dot];
        let named = matches!(self.next(), Kind::Ident | Kind::Underscore)
            && self.second() == Kind::Colon
            && !self.is_separator_at(self.at + 1);
        if named {
            self.advance(2);
        }
        if self.sees(&dots) {
            self.advance(3);
            return if self.at_end() { Ok(()) } else { self.doubt() };
        }
        if matches!(self.next(), Kind::Mut | Kind::SelfValue) {
            return self.doubt();
        }
        self.ty()
    }
}
