//! Bounds: `A + ?B + for<'a> Fn(&'a C) -> D + 'e`.

use super::super::paths::Usage;
use super::paths::Arguments;
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads bounds between `+` up to where `stop` says so.
    pub(super) fn bounds(&mut self, stop: fn(&Self) -> bool) -> Read {
        while !stop(self) {
            self.bound(false)?;
            if !self.take(Kind::Plus) {
                break;
            }
        }
        Ok(())
    }

    /// Reads the bounds of `dyn` and `impl`, one of which is a trait.
    pub(super) fn trait_bounds(&mut self, plus: bool, of_impl: bool) -> Read {
        let mut some_trait = false;
        loop {
            some_trait |= self.bound(of_impl)?;
            if !(plus && self.take(Kind::Plus)) {
                break;
            }
            let const_bound = matches!(self.next(), Kind::OpenBracket | Kind::Const);
            if of_impl && const_bound {
                return self.doubt();
            }
            if !self.begins_bound() {
                break;
            }
        }
        if some_trait { Ok(()) } else { Err(No) }
    }

    /// Whether a bound may follow a `+`.
    pub(super) fn begins_bound(&self) -> bool {
        self.next().is_word()
            || self.is_separator()
            || matches!(self.next(), Kind::Question | Kind::Lifetime | Kind::OpenParen)
    }

    /// Reads one bound; whether it is a trait.
    pub(super) fn bound(&mut self, of_impl: bool) -> Read<bool> {
        match self.next() {
            Kind::Lifetime => {
                self.advance(1);
                Ok(false)
            }
            Kind::Use => self.captured(of_impl),
            Kind::OpenParen => self.group(Kind::OpenParen, Self::trait_bound).map(|()| true),
            _ => self.deeper(Self::trait_bound).map(|()| true),
        }
    }

    /// Reads `use<'a, T>`.
    fn captured(&mut self, allowed: bool) -> Read<bool> {
        self.advance(1);
        self.expect(Kind::Lt)?;
        while !self.is(Kind::Gt) {
            if !matches!(self.next(), Kind::Lifetime | Kind::Ident | Kind::SelfType) {
                return Err(No);
            }
            self.advance(1);
            if !self.take(Kind::Comma) {
                break;
            }
        }
        self.expect(Kind::Gt)?;
        if allowed { Ok(false) } else { Err(No) }
    }

    /// Reads `for<'a> ?a::B<C>` or `D(E) -> F`.
    fn trait_bound(&mut self) -> Read {
        let bound = self.is(Kind::For);
        if bound {
            self.bound_lifetimes()?;
        }
        if matches!(self.next(), Kind::OpenBracket | Kind::Const) {
            return self.doubt();
        }
        let maybe = self.take(Kind::Question);
        if maybe && (bound || self.is(Kind::For)) {
            return self.doubt();
        }
        let path = self.path(false)?;
        let separated = self.is_separator() && self.kind_at(self.at + 2) == Kind::OpenParen;
        if path.arguments != Arguments::Last && (self.is(Kind::OpenParen) || separated) {
            if separated {
                self.advance(2);
            }
            self.group(Kind::OpenParen, |stream| stream.commas(Self::ty))?;
            self.result(false)?;
        }
        self.say(path, Usage::TYPE);
        Ok(())
    }

    /// Reads `for<'a, 'b: 'a>`.
    pub(super) fn bound_lifetimes(&mut self) -> Read {
        self.expect(Kind::For)?;
        self.expect(Kind::Lt)?;
        while !self.is(Kind::Gt) {
            self.parameter(false)?;
            if self.is(Kind::Gt) {
                break;
            }
            self.expect(Kind::Comma)?;
        }
        self.expect(Kind::Gt)
    }

    /// Reads `-> T`, if it is there.
    pub(super) fn result(&mut self, plus: bool) -> Read {
        if !self.is_result() {
            return Ok(());
        }
        self.advance(2);
        self.type_with(plus)
    }
}
