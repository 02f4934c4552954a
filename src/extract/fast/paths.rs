//! Paths, and the arguments of their segments.

use super::super::Range;
use super::super::paths::{Usage, Written, is_constant};
use super::tokens::Kind;
use super::{No, Read, Stream};

/// A path that was read past and is still to be recorded.
pub(super) struct Path<'t> {
    pub(super) global: bool,
    pub(super) words: Vec<&'t str>,
    pub(super) range: Range,
    pub(super) segments: usize,
    pub(super) arguments: Arguments,
    pub(super) prefix: Prefix,
}

/// Which segments of a path have arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arguments {
    Nowhere,
    Before,
    Last,
}

/// What a path begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Nothing,
    /// `<T>::`, behind which it names nothing.
    Type,
    /// `<T as Trait>::`.
    Trait,
}

impl<'t> Stream<'t> {
    fn begin_path(&mut self) -> Path<'t> {
        let words = if self.silent { Vec::new() } else { self.spare.pop().unwrap_or_default() };
        Path {
            global: false,
            words,
            range: Range::default(),
            segments: 0,
            arguments: Arguments::Nowhere,
            prefix: Prefix::Nothing,
        }
    }

    /// Reads a path; in expressions, arguments stand behind `::` only.
    pub(super) fn path(&mut self, in_expression: bool) -> Read<Path<'t>> {
        let mut path = self.begin_path();
        path.global = self.is_separator();
        if path.global {
            self.advance(2);
        }
        self.segment(&mut path, in_expression)?;
        while self.is_separator() && self.kind_at(self.at + 2) != Kind::OpenParen {
            self.advance(2);
            self.segment(&mut path, in_expression)?;
        }
        Ok(path)
    }

    /// Reads `<T as a::Trait>::X` or a path.
    pub(super) fn qualified_path(&mut self, in_expression: bool) -> Read<Path<'t>> {
        if !self.take(Kind::Lt) {
            return self.path(in_expression);
        }
        self.deeper(|stream| {
            stream.ty()?;
            let with_trait = stream.take(Kind::As);
            let mut path = if with_trait { stream.path(false)? } else { stream.begin_path() };
            path.prefix = if with_trait { Prefix::Trait } else { Prefix::Type };
            stream.expect(Kind::Gt)?;
            loop {
                stream.expect_signs(&[Kind::Colon, Kind::Colon])?;
                stream.segment(&mut path, in_expression)?;
                if !stream.is_separator() {
                    return Ok(path);
                }
            }
        })
    }

    fn segment(&mut self, path: &mut Path<'t>, in_expression: bool) -> Read {
        let index = self.at;
        let plain = match self.next() {
            Kind::Super | Kind::SelfValue | Kind::Crate | Kind::Try => true,
            Kind::SelfType | Kind::Ident => false,
            _ => return Err(No),
        };
        self.advance(1);
        path.segments += 1;
        if path.arguments == Arguments::Last {
            path.arguments = Arguments::Before;
        }
        if !self.silent {
            let place = self.range(index, index);
            if path.words.is_empty() {
                path.range = place;
            }
            path.range.end = place.end;
            path.words.push(self.word_of(index));
        }
        if plain {
            return Ok(());
        }
        let bare = !in_expression
            && self.is(Kind::Lt)
            && !self.sees(&[Kind::Lt, Kind::Eq])
            && !self.sees(&[Kind::Lt, Kind::Lt, Kind::Eq]);
        if bare || self.is_separator() && self.kind_at(self.at + 2) == Kind::Lt {
            path.arguments = Arguments::Last;
            if self.is_separator() {
                self.advance(2);
            }
            self.angle_arguments()?;
        }
        Ok(())
    }

    /// Reads `<A, 'b, 3, C = D>`.
    pub(super) fn angle_arguments(&mut self) -> Read {
        self.expect(Kind::Lt)?;
        while !self.is(Kind::Gt) {
            self.deeper(Self::generic_argument)?;
            if self.is(Kind::Gt) {
                break;
            }
            self.expect(Kind::Comma)?;
        }
        self.expect(Kind::Gt)
    }

    fn generic_argument(&mut self) -> Read {
        if self.is(Kind::Lifetime) && self.second() != Kind::Plus {
            self.advance(1);
            return Ok(());
        }
        if self.is_literal() || self.is(Kind::OpenBrace) {
            return self.constant_argument();
        }
        match self.next() {
            Kind::Ident | Kind::SelfType | Kind::SelfValue | Kind::Super | Kind::Crate => {}
            Kind::Colon if self.is_separator() => {}
            _ => return self.ty(),
        }
        if self.is_weak("builtin") && self.second() == Kind::Pound {
            return self.doubt();
        }
        let path = self.path(false)?;
        if path.segments == 1 && !path.global {
            if self.take(Kind::Eq) {
                self.drop_path(path);
                if self.is_literal() || self.is(Kind::OpenBrace) {
                    return self.constant_argument();
                }
                return self.ty();
            }
            if self.take(Kind::Colon) {
                self.drop_path(path);
                return self.bounds(|stream| matches!(stream.next(), Kind::Comma | Kind::Gt));
            }
        }
        let lone = !self.is(Kind::Plus) && !self.is_call();
        if lone && path.words.last().is_some_and(|last| is_constant(last)) {
            self.say(path, Usage::VALUE.if_resolved());
            return Ok(());
        }
        self.rest_of_type(path, true)
    }

    /// `!(..)` behind a path.
    pub(super) fn is_call(&self) -> bool {
        self.is(Kind::Bang) && !self.sees(&[Kind::Bang, Kind::Eq])
    }

    /// Reads a literal, a name or a block, as constant arguments are.
    pub(super) fn constant_argument(&mut self) -> Read {
        if self.is_literal() {
            return self.literal();
        }
        if self.is(Kind::OpenBrace) {
            return self.block(true);
        }
        let name = self.name()?;
        self.say_word(name, Usage::VALUE);
        Ok(())
    }

    /// Records a path.
    pub(super) fn say(&mut self, path: Path<'t>, usage: Usage) {
        if self.silent {
            return;
        }
        if path.prefix == Prefix::Type {
            return self.drop_path(path);
        }
        let written = Written { global: path.global, words: path.words, range: path.range };
        self.out.record(&written, usage);
        self.give_back(written.words);
    }

    /// Does not record it.
    pub(super) fn drop_path(&mut self, path: Path<'t>) {
        self.give_back(path.words);
    }

    fn give_back(&mut self, mut words: Vec<&'t str>) {
        if words.capacity() > 0 {
            words.clear();
            self.spare.push(words);
        }
    }

    /// Records a name alone.
    pub(super) fn say_word(&mut self, index: usize, usage: Usage) {
        if self.silent {
            return;
        }
        let mut path = self.begin_path();
        path.range = self.range(index, index);
        path.words.push(self.word_of(index));
        self.say(path, usage);
    }
}
