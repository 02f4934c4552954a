//! Expressions, operators apart.

use super::tokens::Kind;
use super::{No, Read, Stream};

/// What matters to the expression or statement around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) sort: Sort,
    /// Ends with the `}` of a block or the like.
    pub(super) brace: bool,
}

/// The kinds of expression that are treated apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A path, `<T>::` apart.
    Path,
    /// Ends a statement or an arm by itself.
    Block,
    Range,
    Comparison,
    Let,
    Macro,
    Other,
}

impl Said {
    pub(super) const OTHER: Self = Self { sort: Sort::Other, brace: false };
    pub(super) const BRACE: Self = Self { sort: Sort::Other, brace: true };
    pub(super) const BLOCK: Self = Self { sort: Sort::Block, brace: true };

    /// A prefix or an operator before it.
    pub(super) fn behind(self) -> Self {
        Self { sort: Sort::Other, ..self }
    }
}

impl Stream<'_> {
    /// Reads an expression.
    pub(super) fn expression(&mut self) -> Read<Said> {
        self.expression_with(true)
    }

    /// Reads an expression before a block, in which no struct literal may stand.
    pub(super) fn condition(&mut self) -> Read<Said> {
        self.expression_with(false)
    }

    /// Reads an operand with what stands before and behind it.
    pub(super) fn operand(&mut self, structs: bool) -> Read<Said> {
        self.deeper(|stream| {
            let cfg = stream.out.at.cfg;
            let attributed = stream.expression_attributes()?;
            let said = match stream.next() {
                Kind::And => stream.reference(structs)?,
                Kind::Star | Kind::Bang | Kind::Minus => {
                    stream.advance(1);
                    stream.operand(structs)?.behind()
                }
                _ => {
                    let atom = stream.atom(structs)?;
                    let said = stream.trailers(atom)?;
                    if attributed && said.sort == Sort::Range {
                        return Err(No);
                    }
                    said
                }
            };
            stream.out.at.cfg = cfg;
            Ok(said)
        })
    }

    fn reference(&mut self, structs: bool) -> Read<Said> {
        self.advance(1);
        let raw = self.is_weak("raw") && matches!(self.second(), Kind::Mut | Kind::Const);
        if raw {
            self.advance(2);
        } else {
            self.take(Kind::Mut);
        }
        Ok(self.operand(structs)?.behind())
    }

    /// Reads calls, fields, indices and `?` behind an expression.
    pub(super) fn trailers(&mut self, mut said: Said) -> Read<Said> {
        loop {
            let range = said.sort == Sort::Range;
            match self.next() {
                Kind::OpenParen => self.group(Kind::OpenParen, Self::list)?,
                Kind::OpenBracket => {
                    self.group(Kind::OpenBracket, |stream| stream.expression().map(drop))?;
                }
                Kind::Dot if !range && !self.is_dots() => self.member()?,
                Kind::Question if !range => self.advance(1),
                _ => return Ok(said),
            }
            said = Said::OTHER;
        }
    }

    /// Reads expressions between commas.
    pub(super) fn list(&mut self) -> Read {
        self.commas(|stream| stream.expression().map(drop))
    }

    /// Reads `.await`, `.0`, `.0.1`, `.name`, `.name::<T>(..)`.
    fn member(&mut self) -> Read {
        self.advance(1);
        if self.is(Kind::Float) {
            let text = self.text_of(self.at);
            let digits = text.strip_suffix('.').unwrap_or(text);
            if !digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
                return Err(No);
            }
            self.advance(1);
            if digits.len() == text.len() {
                return Ok(());
            }
        }
        match self.next() {
            Kind::Await => self.advance(1),
            Kind::Int => {
                if !self.text_of(self.at).bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(No);
                }
                self.advance(1);
            }
            Kind::Ident => {
                self.advance(1);
                let turbofish = self.is_separator();
                if turbofish {
                    self.advance(2);
                    self.angle_arguments()?;
                }
                if turbofish || self.is(Kind::OpenParen) {
                    self.group(Kind::OpenParen, Self::list)?;
                }
            }
            _ => return Err(No),
        }
        Ok(())
    }

    pub(super) fn closure(&mut self, structs: bool) -> Read<Said> {
        let mark = self.out.locals.mark();
        if self.is(Kind::For) {
            self.bound_lifetimes()?;
        }
        self.take(Kind::Const);
        self.take(Kind::Async);
        self.take(Kind::Move);
        self.expect(Kind::Or)?;
        while !self.is(Kind::Or) {
            self.attributed(|stream| {
                stream.pattern()?;
                if stream.take(Kind::Colon) {
                    stream.ty()?;
                }
                Ok(())
            })?;
            if self.is(Kind::Or) {
                break;
            }
            self.expect(Kind::Comma)?;
        }
        self.advance(1);
        let said = if self.is_result() {
            self.result(true)?;
            self.block(false)?;
            Said::BRACE
        } else {
            self.deeper(|stream| stream.expression_with(structs))?.behind()
        };
        self.out.locals.forget(mark);
        Ok(said)
    }

    /// Reads again what stands before, aloud, and goes on where it was.
    pub(super) fn aloud_at(&mut self, at: usize, run: impl FnOnce(&mut Self) -> Read) -> Read {
        if self.silent {
            return Ok(());
        }
        let here = std::mem::replace(&mut self.at, at);
        run(self)?;
        self.at = here;
        Ok(())
    }
}
