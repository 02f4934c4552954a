//! Generic parameters and `where` clauses.

use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads `<'a, T: A, const N: B>`, if it is there; what it names shadows, itself included.
    pub(super) fn generics(&mut self) -> Read {
        if !self.is(Kind::Lt) {
            return Ok(());
        }
        self.bind_generics()?;
        self.parameters(false)
    }

    /// Makes the parameters that come next shadow what has their names.
    pub(super) fn bind_generics(&mut self) -> Read {
        if self.silent || !self.is(Kind::Lt) {
            return Ok(());
        }
        self.ahead(|stream| stream.parameters(true))
    }

    /// Reads the parameters; only binds them, or only says what they say.
    pub(super) fn parameters(&mut self, bind: bool) -> Read {
        self.expect(Kind::Lt)?;
        while !self.is(Kind::Gt) {
            self.parameter(bind)?;
            if self.is(Kind::Gt) {
                break;
            }
            self.expect(Kind::Comma)?;
        }
        self.expect(Kind::Gt)
    }

    pub(super) fn parameter(&mut self, bind: bool) -> Read {
        self.attributed(|stream| match stream.next() {
            Kind::Lifetime => {
                stream.lifetime_parameter();
                Ok(())
            }
            Kind::Ident => {
                let name = stream.name()?;
                if bind {
                    stream.out.locals.bind_generic(stream.word_of(name), false);
                }
                stream.type_parameter()
            }
            Kind::Const => {
                stream.advance(1);
                let name = stream.name()?;
                if bind {
                    stream.out.locals.bind_generic(stream.word_of(name), true);
                }
                stream.expect(Kind::Colon)?;
                stream.ty()?;
                if stream.take(Kind::Eq) {
                    stream.constant_argument()?;
                }
                Ok(())
            }
            Kind::Underscore => stream.doubt(),
            _ => Err(No),
        })
    }

    fn lifetime_parameter(&mut self) {
        self.advance(1);
        if self.take(Kind::Colon) {
            self.lifetimes();
        }
    }

    /// Reads `'a + 'b`.
    fn lifetimes(&mut self) {
        while self.take(Kind::Lifetime) && self.take(Kind::Plus) {}
    }

    fn type_parameter(&mut self) -> Read {
        if self.take(Kind::Colon) {
            self.bounds(|stream| {
                stream.at_end() || matches!(stream.next(), Kind::Comma | Kind::Gt | Kind::Eq)
            })?;
        }
        if self.take(Kind::Eq) {
            self.ty()?;
        }
        Ok(())
    }

    /// Reads a `where` clause, if it is there.
    pub(super) fn where_clause(&mut self) -> Read {
        if !self.take(Kind::Where) {
            return Ok(());
        }
        if self.is_generics() {
            return Err(No);
        }
        while !self.ends_where() {
            self.attributed(Self::where_predicate)?;
            if !self.take(Kind::Comma) {
                break;
            }
        }
        Ok(())
    }

    fn ends_where(&self) -> bool {
        let ends = matches!(
            self.next(),
            Kind::OpenBrace | Kind::Comma | Kind::Semi | Kind::Colon | Kind::Eq
        );
        self.at_end() || ends && !self.is_separator()
    }

    fn where_predicate(&mut self) -> Read {
        if self.is(Kind::Lifetime) && self.second() == Kind::Colon {
            self.advance(2);
            self.lifetimes();
            return Ok(());
        }
        if self.is(Kind::For) {
            self.bound_lifetimes()?;
        }
        self.ty()?;
        self.expect(Kind::Colon)?;
        self.bounds(Self::ends_where)
    }

    /// Whether a `<` begins parameters rather than `<T>::path`.
    pub(super) fn is_generics(&self) -> bool {
        self.is_generics_at(self.at)
    }

    pub(super) fn is_generics_at(&self, index: usize) -> bool {
        let third = || match self.kind_at(index + 2) {
            Kind::Gt | Kind::Comma | Kind::Eq => true,
            Kind::Colon => !self.is_separator_at(index + 2),
            _ => false,
        };
        self.kind_at(index) == Kind::Lt
            && match self.kind_at(index + 1) {
                Kind::Gt | Kind::Pound | Kind::DocOuter | Kind::DocInner | Kind::Const => true,
                Kind::Lifetime | Kind::Ident => third(),
                _ => false,
            }
    }
}
