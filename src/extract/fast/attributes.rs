//! Attributes: the shape of their insides, and what they say.

use super::super::attributes::{is_builtin, marks_a_test};
use super::cursor::Span;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// The inside of an attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meta {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) global: bool,
    pub(super) body: Body,
}

/// What follows an attribute's path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body {
    Nothing,
    /// `(..)`.
    List(Span),
    /// `= ..`.
    Value(Span),
}

impl Stream<'_> {
    /// Reads `#[a] /// b`.
    pub(super) fn outer_attributes(&mut self) -> Read<Span> {
        let from = self.at;
        loop {
            match self.next() {
                Kind::DocOuter => self.advance(1),
                Kind::Pound => {
                    self.advance(1);
                    self.attribute()?;
                }
                Kind::DocInner => return Err(No),
                _ => return Ok(Span { from, to: self.at }),
            }
        }
    }

    /// Reads `#![a] //! b`.
    pub(super) fn inner_attributes(&mut self) -> Read<Span> {
        let from = self.at;
        loop {
            match self.next() {
                Kind::DocInner => self.advance(1),
                Kind::Pound if self.second() == Kind::Bang => {
                    self.advance(2);
                    self.attribute()?;
                }
                _ => return Ok(Span { from, to: self.at }),
            }
        }
    }

    /// Reads inner attributes that say nothing about what holds them.
    pub(super) fn idle_inner_attributes(&mut self) -> Read {
        let span = self.inner_attributes()?;
        if self.are_idle(span) { Ok(()) } else { self.doubt() }
    }

    /// Whether attributes say nothing.
    pub(super) fn are_idle(&self, span: Span) -> bool {
        self.metas(span).iter().all(|meta| self.is_idle(meta))
    }

    fn is_idle(&self, meta: &Meta) -> bool {
        let first = self.word_of(meta.first);
        is_builtin(first)
            && !matches!(first, "cfg" | "cfg_attr")
            && !marks_a_test(self.word_of(meta.last))
    }

    fn attribute(&mut self) -> Read {
        self.group(Kind::OpenBracket, Self::meta)
    }

    /// Reads the inside of an attribute, without a word.
    pub(super) fn meta(&mut self) -> Read {
        if !self.take(Kind::Unsafe) {
            self.plain_path()?;
        }
        if self.next().opens() {
            self.contents()?;
        } else if self.is(Kind::Eq) && !self.sees(&[Kind::Eq, Kind::Eq]) && !self.is_arrow() {
            self.advance(1);
            if self.is_literal() && self.kind_at(self.at + 1).ends() {
                self.advance(1);
            } else if self.is(Kind::Pound) {
                return Err(No);
            } else {
                self.at = self.ahead(|stream| stream.expression().map(|_| stream.at))?;
            }
        }
        Ok(())
    }

    /// Reads a path without arguments, and says nothing.
    pub(super) fn plain_path(&mut self) -> Read {
        if self.is_separator() {
            self.advance(2);
        }
        loop {
            match self.next() {
                Kind::Ident | Kind::Super | Kind::SelfValue | Kind::SelfType | Kind::Crate => {
                    self.advance(1);
                }
                _ => return Err(No),
            }
            if !self.is_separator() {
                return Ok(());
            }
            self.advance(2);
        }
    }

    /// Reads attributes and what they stand on, for which alone their conditions hold.
    pub(super) fn attributed<T>(&mut self, run: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let cfg = self.out.at.cfg;
        self.expression_attributes()?;
        let read = run(self)?;
        self.out.at.cfg = cfg;
        Ok(read)
    }

    /// Reads attributes aloud; whether there were any.
    pub(super) fn expression_attributes(&mut self) -> Read<bool> {
        if !matches!(self.next(), Kind::Pound | Kind::DocOuter | Kind::DocInner) {
            return Ok(false);
        }
        let span = self.outer_attributes()?;
        self.say_attributes(span);
        Ok(true)
    }

    /// What attributes say.
    pub(super) fn say_attributes(&mut self, span: Span) {
        if !span.is_empty() {
            self.say_conditions(span);
            self.say_names(span);
        }
    }

    /// The attributes among tokens that were read as such.
    pub(super) fn metas(&self, span: Span) -> Vec<Meta> {
        let mut metas = Vec::new();
        let mut index = span.from;
        while index < span.to {
            if self.tokens[index].kind == Kind::OpenBracket {
                let to = self.tokens[index].partner as usize;
                metas.push(self.meta_of(Span { from: index + 1, to }));
            }
            index = self.behind(index);
        }
        metas
    }

    pub(super) fn meta_of(&self, span: Span) -> Meta {
        let global = self.tokens[span.from].kind == Kind::Colon;
        let first = if global { span.from + 2 } else { span.from };
        let mut last = first;
        while last + 3 < span.to
            && self.tokens[last + 1].kind == Kind::Colon
            && self.tokens[last + 3].kind.is_word()
        {
            last += 3;
        }
        let behind = last + 1;
        let body = match self.tokens.get(behind).filter(|_| behind < span.to) {
            Some(token) if token.kind.opens() => {
                Body::List(Span { from: behind + 1, to: token.partner as usize })
            }
            Some(token) if token.kind == Kind::Eq => {
                Body::Value(Span { from: behind + 1, to: span.to })
            }
            _ => Body::Nothing,
        };
        Meta { first, last, global, body }
    }

    /// The attribute that the whole list is, if it is one.
    pub(super) fn lone_meta(&mut self) -> Option<Meta> {
        let span = Span { from: self.at, to: self.end };
        let read = self.ahead(|stream| {
            stream.meta()?;
            if stream.at == stream.end { Ok(()) } else { Err(No) }
        });
        read.ok().map(|()| self.meta_of(span))
    }

    /// Whether an attribute's path is this word.
    pub(super) fn is_alone(&self, meta: &Meta, word: &str) -> bool {
        !meta.global && meta.first == meta.last && self.text_of(meta.first) == word
    }
}
