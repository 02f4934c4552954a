//! Where the reading is, and what comes next.

use super::super::Range;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// Tokens from one index to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Span {
    pub(super) fn is_empty(self) -> bool {
        self.from >= self.to
    }
}

impl<'t> Stream<'t> {
    /// The kind of token at an index.
    pub(super) fn kind_at(&self, index: usize) -> Kind {
        match self.tokens.get(index) {
            Some(token) if index < self.end => token.kind,
            _ if index == self.end => self.beyond,
            _ => Kind::End,
        }
    }

    /// The kind of the next token.
    pub(super) fn next(&self) -> Kind {
        self.kind_at(self.at)
    }

    /// The kind of the token behind it.
    pub(super) fn second(&self) -> Kind {
        self.kind_at(self.at + 1)
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        self.next() == kind
    }

    /// Whether these signs come next, each touching the one before.
    pub(super) fn sees(&self, signs: &[Kind]) -> bool {
        self.sees_at(self.at, signs)
    }

    pub(super) fn sees_at(&self, index: usize, signs: &[Kind]) -> bool {
        let touch = |index: usize| self.tokens[index].end == self.tokens[index + 1].start;
        let last = signs.len() - 1;
        signs.iter().enumerate().all(|(offset, sign)| self.kind_at(index + offset) == *sign)
            && (0..last).all(|offset| index + offset + 1 < self.end && touch(index + offset))
    }

    /// `::`.
    pub(super) fn is_separator_at(&self, index: usize) -> bool {
        self.sees_at(index, &[Kind::Colon, Kind::Colon])
    }

    pub(super) fn is_separator(&self) -> bool {
        self.is_separator_at(self.at)
    }

    /// `..` and what begins so.
    pub(super) fn is_dots(&self) -> bool {
        self.sees(&[Kind::Dot, Kind::Dot])
    }

    /// `=>`.
    pub(super) fn is_arrow(&self) -> bool {
        self.sees(&[Kind::Eq, Kind::Gt])
    }

    /// `->`.
    pub(super) fn is_result(&self) -> bool {
        self.sees(&[Kind::Minus, Kind::Gt])
    }

    /// The end of the group or list that is being read.
    pub(super) fn at_end(&self) -> bool {
        self.next().ends()
    }

    /// Behind a token, or behind the group that it opens.
    pub(super) fn behind(&self, index: usize) -> usize {
        match self.tokens.get(index) {
            Some(token) if token.kind.opens() => token.partner as usize + 1,
            _ => index + 1,
        }
    }

    pub(super) fn advance(&mut self, count: usize) {
        self.at += count;
    }

    /// Reads this token, if it comes next.
    pub(super) fn take(&mut self, kind: Kind) -> bool {
        let there = self.is(kind);
        self.at += usize::from(there);
        there
    }

    /// Reads this token.
    pub(super) fn expect(&mut self, kind: Kind) -> Read {
        if self.take(kind) { Ok(()) } else { Err(No) }
    }

    /// Reads these touching signs.
    pub(super) fn expect_signs(&mut self, signs: &[Kind]) -> Read {
        if !self.sees(signs) {
            return Err(No);
        }
        self.at += signs.len();
        Ok(())
    }

    /// Reads a name that is no keyword; where it stands.
    pub(super) fn name(&mut self) -> Read<usize> {
        self.expect(Kind::Ident)?;
        Ok(self.at - 1)
    }

    /// Whether a word with this meaning in certain places only comes next.
    pub(super) fn is_weak(&self, word: &str) -> bool {
        self.is_weak_at(self.at, word)
    }

    pub(super) fn is_weak_at(&self, index: usize, word: &str) -> bool {
        self.kind_at(index) == Kind::Ident && self.text_of(index) == word
    }

    /// Whether a literal comes next.
    pub(super) fn is_literal(&self) -> bool {
        match self.next() {
            Kind::Int | Kind::Float | Kind::Str | Kind::Letter | Kind::True | Kind::False => true,
            Kind::Minus => matches!(self.second(), Kind::Int | Kind::Float),
            _ => false,
        }
    }

    /// Reads a literal.
    pub(super) fn literal(&mut self) -> Read {
        if !self.is_literal() {
            return Err(No);
        }
        self.take(Kind::Minus);
        self.at += 1;
        Ok(())
    }

    /// Reads a group, inside of which `run` reads; what `run` leaves is noted.
    pub(super) fn group<T>(
        &mut self,
        open: Kind,
        run: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        if !self.is(open) {
            return Err(No);
        }
        let close = self.tokens[self.at].partner as usize;
        self.at += 1;
        let read = self.deeper(run)?;
        self.left_over |= self.at != close;
        self.at = close + 1;
        Ok(read)
    }

    /// The tokens of the group that comes next, which is read past.
    pub(super) fn contents(&mut self) -> Read<Span> {
        if !self.next().opens() {
            return Err(No);
        }
        let close = self.tokens[self.at].partner as usize;
        let span = Span { from: self.at + 1, to: close };
        self.at = close + 1;
        Ok(span)
    }

    /// Reads things between commas up to the end of the group.
    pub(super) fn commas(&mut self, mut each: impl FnMut(&mut Self) -> Read) -> Read {
        while !self.at_end() {
            each(self)?;
            if self.at_end() {
                break;
            }
            self.expect(Kind::Comma)?;
        }
        Ok(())
    }

    /// Reads a list of tokens by themselves, and goes on where it was.
    pub(super) fn within<T>(&mut self, span: Span, run: impl FnOnce(&mut Self) -> T) -> T {
        let (at, end, beyond) = (self.at, self.end, self.beyond);
        (self.at, self.end, self.beyond) = (span.from, span.to, Kind::End);
        let result = run(self);
        (self.at, self.end, self.beyond) = (at, end, beyond);
        result
    }

    /// A token's text, as it stands.
    pub(super) fn text_of(&self, index: usize) -> &'t str {
        self.tokens
            .get(index)
            .map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// A token's word, without `r#`.
    pub(super) fn word_of(&self, index: usize) -> &'t str {
        let text = self.text_of(index);
        text.strip_prefix("r#").unwrap_or(text)
    }

    /// From one token to another, both included, in the file.
    pub(super) fn range(&self, first: usize, last: usize) -> Range {
        let place = |index: usize| self.tokens.get(index).map_or((0, 0), |t| (t.start, t.end));
        self.out.moved(Range { start: place(first).0, end: place(last).1 })
    }
}
