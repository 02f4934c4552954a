//! Attributes: the shape of their insides, and what they say.

use super::super::attributes::{DERIVE, is_builtin, marks_a_test};
use super::super::cfg::Predicate;
use super::super::paths::{Usage, Written};
use super::super::scan::Mode;
use super::cursor::Span;
use super::paths::Arguments;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// The inside of an attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meta {
    first: usize,
    last: usize,
    global: bool,
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
    fn meta(&mut self) -> Read {
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

    /// Narrows the present `cfg` by what attributes say.
    pub(super) fn say_conditions(&mut self, span: Span) {
        if self.silent {
            return;
        }
        for meta in self.metas(span) {
            match meta.body {
                Body::List(list) if self.is_alone(&meta, "cfg") => {
                    let predicate = self.predicate(list);
                    self.out.require(&predicate);
                }
                _ if marks_a_test(self.word_of(meta.last)) => {
                    self.out.require(&Predicate::test());
                }
                _ => {}
            }
        }
    }

    /// What attributes name.
    pub(super) fn say_names(&mut self, span: Span) {
        if self.silent {
            return;
        }
        for meta in self.metas(span) {
            self.say_meta(&meta);
        }
    }

    pub(super) fn say_meta(&mut self, meta: &Meta) {
        let alone = meta.first == meta.last;
        let text = self.text_of(meta.first);
        match meta.body {
            Body::List(list) if alone && text == "derive" => self.derive(list),
            Body::List(list) if alone && text == "cfg_attr" => self.conditional(list),
            _ if is_builtin(self.word_of(meta.first)) => {}
            _ => {
                let usage = if alone { DERIVE.if_resolved() } else { DERIVE };
                self.say_plain_path(meta.first, meta.last, meta.global, usage);
                if let Body::List(list) = meta.body {
                    self.scan(list, Mode::Attribute);
                }
            }
        }
    }

    /// Records a path without arguments, from its first word to its last.
    fn say_plain_path(&mut self, first: usize, last: usize, global: bool, usage: Usage) {
        let words = (first..=last).step_by(3).map(|index| self.word_of(index)).collect();
        let range = self.range(first, last);
        self.out.record(&Written { global, words, range }, usage);
    }

    fn derive(&mut self, list: Span) {
        let paths = self.within(list, |stream| {
            let read = stream.ahead(|stream| {
                let mut bare = true;
                stream.commas(|stream| {
                    stream.path(false).map(|path| bare &= path.arguments == Arguments::Nowhere)
                })?;
                if stream.at_end() { Ok(bare) } else { Err(No) }
            });
            let Ok(bare) = read else { return Ok(()) };
            if !bare {
                return stream.doubt();
            }
            stream.commas(|stream| {
                let path = stream.path(false)?;
                let alone = path.segments == 1;
                stream.say(path, if alone { DERIVE.if_resolved() } else { DERIVE });
                Ok(())
            })
        });
        self.unsure |= paths.is_err();
    }

    /// `cfg_attr(predicate, attribute, ..)`.
    fn conditional(&mut self, list: Span) {
        let cfg = self.out.at.cfg;
        if let Some((predicate, metas)) = self.cfg_attr(list) {
            let predicate = self.predicate(predicate);
            self.out.require(&predicate);
            for meta in &metas {
                self.say_meta(meta);
            }
        }
        self.out.at.cfg = cfg;
    }

    /// The predicate and the attributes of `cfg_attr(..)`.
    fn cfg_attr(&mut self, list: Span) -> Option<(Span, Vec<Meta>)> {
        self.within(list, |stream| {
            while !stream.at_end() && !stream.is(Kind::Comma) {
                stream.at = stream.behind(stream.at);
            }
            let predicate = Span { from: list.from, to: stream.at };
            stream.take(Kind::Comma);
            let mut metas = Vec::new();
            let read = stream.commas(|stream| {
                let from = stream.at;
                stream.meta()?;
                metas.push(stream.meta_of(Span { from, to: stream.at }));
                Ok(())
            });
            (read.is_ok() && stream.at_end()).then_some((predicate, metas))
        })
    }

    /// The attributes among tokens that were read as such.
    fn metas(&self, span: Span) -> Vec<Meta> {
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

    fn meta_of(&self, span: Span) -> Meta {
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

    /// Calls `found` for every attribute, also inside `cfg_attr`: whether it is conditional.
    pub(super) fn each_meta(&mut self, span: Span, found: &mut dyn FnMut(&Self, bool, &Meta)) {
        for meta in self.metas(span) {
            self.each_inner_meta(&meta, false, found);
        }
    }

    fn each_inner_meta(
        &mut self,
        meta: &Meta,
        conditional: bool,
        found: &mut dyn FnMut(&Self, bool, &Meta),
    ) {
        match meta.body {
            Body::List(list) if self.is_alone(meta, "cfg_attr") => {
                for inner in self.cfg_attr(list).map(|(_, metas)| metas).unwrap_or_default() {
                    self.each_inner_meta(&inner, true, found);
                }
            }
            _ => found(self, conditional, meta),
        }
    }

    /// Whether an attribute of this name is there.
    pub(super) fn has_attribute(&mut self, span: Span, name: &str) -> bool {
        let mut has = false;
        self.each_meta(span, &mut |stream, _, meta| has |= stream.is_alone(meta, name));
        has
    }
}
