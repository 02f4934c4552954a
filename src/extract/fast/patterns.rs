//! Patterns: what they bind, and what they name.

use super::super::macros::Position;
use super::super::paths::{Usage, starts_upper};
use super::paths::{Arguments, Prefix};
use super::tokens::Kind;
use super::{No, Read, Stream};

/// What matters to the pattern around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A range without one of its ends.
    Open,
    Other,
}

impl Stream<'_> {
    /// Reads `| a | b`.
    pub(super) fn patterns(&mut self) -> Read<Sort> {
        let mut several = self.take(Kind::Or);
        let mut sort = self.pattern()?;
        while self.is(Kind::Or)
            && !self.sees(&[Kind::Or, Kind::Or])
            && !self.sees(&[Kind::Or, Kind::Eq])
        {
            self.advance(1);
            several = true;
            self.pattern()?;
        }
        if several {
            sort = Sort::Other;
        }
        Ok(sort)
    }

    /// Reads a pattern without `|` at its top.
    pub(super) fn pattern(&mut self) -> Read<Sort> {
        self.deeper(Self::any_pattern)
    }

    fn any_pattern(&mut self) -> Read<Sort> {
        let other = |()| Sort::Other;
        match self.next() {
            Kind::Ident if self.goes_on_as_path() => self.pattern_path(),
            Kind::SelfValue if self.is_separator_at(self.at + 1) => self.pattern_path(),
            Kind::Lt | Kind::SelfType | Kind::Super | Kind::Crate => self.pattern_path(),
            Kind::Colon if self.is_separator() => self.pattern_path(),
            Kind::Underscore => {
                self.advance(1);
                Ok(Sort::Other)
            }
            Kind::Box => self.doubt(),
            Kind::Minus | Kind::Const => self.pattern_from_bound(),
            _ if self.is_literal() => self.pattern_from_bound(),
            Kind::Ref | Kind::Mut | Kind::SelfValue | Kind::Ident => self.binding().map(other),
            Kind::And => {
                self.advance(1);
                self.take(Kind::Mut);
                self.pattern()?;
                Ok(Sort::Other)
            }
            Kind::OpenParen => self.group(Kind::OpenParen, Self::pattern_list).map(other),
            Kind::OpenBracket => self.group(Kind::OpenBracket, Self::pattern_slice).map(other),
            Kind::Dot if self.is_dots() && !self.sees(&[Kind::Dot, Kind::Dot, Kind::Dot]) => {
                self.pattern_to()
            }
            _ => Err(No),
        }
    }

    fn goes_on_as_path(&self) -> bool {
        match self.second() {
            Kind::Bang | Kind::OpenBrace | Kind::OpenParen => true,
            Kind::Colon => self.is_separator_at(self.at + 1),
            Kind::Dot => self.sees_at(self.at + 1, &[Kind::Dot, Kind::Dot]),
            _ => false,
        }
    }

    fn pattern_path(&mut self) -> Read<Sort> {
        let path = self.qualified_path(true)?;
        if self.is_call() && path.prefix == Prefix::Nothing && path.arguments == Arguments::Nowhere
        {
            self.call(path, Position::Pattern)?;
            return Ok(Sort::Other);
        }
        match self.next() {
            Kind::OpenBrace => {
                self.say(path, Usage::TYPE);
                self.group(Kind::OpenBrace, Self::pattern_fields)?;
            }
            Kind::OpenParen => {
                self.say(path, Usage::VALUE);
                self.group(Kind::OpenParen, Self::pattern_list)?;
            }
            _ => {
                self.say(path, Usage::VALUE);
                if self.is_dots() {
                    return self.pattern_end();
                }
            }
        }
        Ok(Sort::Other)
    }

    fn pattern_list(&mut self) -> Read {
        self.commas(|stream| stream.patterns().map(drop))
    }

    fn pattern_slice(&mut self) -> Read {
        self.commas(|stream| match stream.patterns()? {
            Sort::Open => Err(No),
            Sort::Other => Ok(()),
        })
    }

    fn pattern_fields(&mut self) -> Read {
        while !self.at_end() {
            let (at, _) = (self.at, self.outer_attributes()?);
            if self.is_dots() {
                self.advance(2);
                break;
            }
            self.at = at;
            self.attributed(Self::pattern_field)?;
            if self.at_end() {
                break;
            }
            self.expect(Kind::Comma)?;
        }
        Ok(())
    }

    fn pattern_field(&mut self) -> Read {
        match self.next() {
            Kind::Box => self.doubt(),
            Kind::Int => {
                self.advance(1);
                self.expect(Kind::Colon)?;
                self.patterns().map(drop)
            }
            Kind::Ident if self.second() == Kind::Colon => {
                self.advance(2);
                self.patterns().map(drop)
            }
            _ => {
                let by_reference = self.take(Kind::Ref);
                let mutable = self.take(Kind::Mut);
                let name = self.name()?;
                self.bind(name, !by_reference && !mutable);
                Ok(())
            }
        }
    }

    /// Reads `ref mut a @ b`.
    fn binding(&mut self) -> Read {
        let by_reference = self.take(Kind::Ref);
        let mutable = self.take(Kind::Mut);
        if !self.is(Kind::SelfValue) && !self.is(Kind::Ident) {
            return Err(No);
        }
        let name = self.at;
        self.advance(1);
        let plain = !by_reference && !mutable && !self.is(Kind::At);
        self.bind(name, plain);
        if self.take(Kind::At) {
            self.pattern()?;
        }
        Ok(())
    }

    /// A name in a pattern: a variable, or a constant that looks like one.
    fn bind(&mut self, name: usize, plain: bool) {
        if self.silent {
            return;
        }
        let word = self.word_of(name);
        if plain && starts_upper(word) {
            self.say_word(name, Usage::VALUE.if_resolved());
        } else {
            self.out.locals.bind_value(word);
        }
    }

    /// Reads a literal, or a range that begins with one or with `const {..}`.
    fn pattern_from_bound(&mut self) -> Read<Sort> {
        if !self.range_bound()? {
            return Err(No);
        }
        if self.is_dots() { self.pattern_end() } else { Ok(Sort::Other) }
    }

    /// Reads `..b`, `..=b` or `...b` behind the beginning of a range.
    fn pattern_end(&mut self) -> Read<Sort> {
        let closed = self.sees(&[Kind::Dot, Kind::Dot, Kind::Eq])
            || self.sees(&[Kind::Dot, Kind::Dot, Kind::Dot]);
        self.advance(if closed { 3 } else { 2 });
        match (self.range_bound()?, closed) {
            (false, true) => Err(No),
            (false, false) => Ok(Sort::Open),
            (true, _) => Ok(Sort::Other),
        }
    }

    /// Reads `..`, `..b`, `..=b`.
    fn pattern_to(&mut self) -> Read<Sort> {
        let closed = self.sees(&[Kind::Dot, Kind::Dot, Kind::Eq]);
        self.advance(if closed { 3 } else { 2 });
        match (self.range_bound()?, closed) {
            (false, true) => Err(No),
            (false, false) => Ok(Sort::Other),
            (true, _) => Ok(Sort::Open),
        }
    }

    /// Reads an end of a range; whether it is there.
    fn range_bound(&mut self) -> Read<bool> {
        match self.next() {
            Kind::Or | Kind::Eq | Kind::Comma | Kind::Semi | Kind::If => return Ok(false),
            Kind::Colon if !self.is_separator() => return Ok(false),
            kind if kind.ends() => return Ok(false),
            _ if self.is_literal() => self.literal()?,
            Kind::Const => {
                self.advance(1);
                self.block(true)?;
            }
            Kind::Ident
            | Kind::Colon
            | Kind::Lt
            | Kind::SelfValue
            | Kind::SelfType
            | Kind::Super
            | Kind::Crate => {
                let path = self.qualified_path(true)?;
                self.say(path, Usage::VALUE);
            }
            _ => return Err(No),
        }
        Ok(true)
    }
}
