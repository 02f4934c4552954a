//! What the tokens of a macro call look like. Shape alone decides, never the macro's name.

use super::super::macros::Position;
use super::super::shapes::FIRST;
use super::cursor::Span;
use super::tokens::Kind;
use super::{No, Read, Stream};

/// What tokens are, with nothing or a `;` beyond them.
pub(super) struct Shaped {
    pub(super) shape: Shape,
    pub(super) beyond: Kind,
}

/// What tokens are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Items,
    ImplItems,
    TraitItems,
    ForeignItems,
    /// `if #[cfg(..)] {..} else {..}`, or `predicate => {..}`.
    Branches(Vec<Branch>),
    /// Expressions between `,`, `;` or `=>`.
    Arguments,
    /// `pattern => expression`, as in a `match`.
    Arms,
    Statements,
    Types,
    Pattern,
    /// `expression, pattern if guard`.
    Match,
    /// Items among other tokens.
    Mixed(Vec<Piece>),
    /// Nothing that is known.
    Unknown,
}

/// One way through a `cfg` choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Branch {
    pub(super) condition: Condition,
    pub(super) body: Span,
}

/// When a branch is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// If this `cfg` predicate holds.
    Cfg(Span),
    /// If none of the earlier ones does.
    Otherwise,
    /// Something that is no `cfg`.
    Other(Span),
}

/// A part of a token list in which items were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) item: bool,
}

impl Stream<'_> {
    /// Reads the tokens of a macro call that stands in this position.
    pub(super) fn shape(&mut self, span: Span, position: Position) -> Shaped {
        let shape = self.shape_before(span, position, Kind::End);
        if matches!(shape, Shape::Unknown | Shape::Mixed(_))
            && self.begins_an_item(span)
            && let ended @ (Shape::Items | Shape::Statements) =
                self.shape_before(span, position, Kind::Semi)
        {
            return Shaped { shape: ended, beyond: Kind::Semi };
        }
        Shaped { shape, beyond: Kind::End }
    }

    fn shape_before(&mut self, span: Span, position: Position, beyond: Kind) -> Shape {
        let left_over = std::mem::take(&mut self.left_over);
        let silent = std::mem::replace(&mut self.silent, true);
        let shape = self.within(span, |stream| {
            stream.beyond = beyond;
            stream.find_shape(span, position)
        });
        self.silent = silent;
        let left_over = std::mem::replace(&mut self.left_over, left_over);
        if left_over { Shape::Unknown } else { shape.unwrap_or(Shape::Unknown) }
    }

    fn find_shape(&mut self, span: Span, position: Position) -> Option<Shape> {
        let arrows = self.has_arrow(span);
        if let Some(shape) = self.by_position(position, arrows) {
            return Some(shape);
        }
        if let Some(shape) = self.anywhere(arrows) {
            return Some(shape);
        }
        if position == Position::Item {
            return Some(Shape::Mixed(self.mixed()));
        }
        None
    }

    /// What makes sense in this position only, or before all else.
    fn by_position(&mut self, position: Position, arrows: bool) -> Option<Shape> {
        if self.is(Kind::If) && matches!(self.second(), Kind::Pound | Kind::DocOuter) {
            return self.attempt(Self::chain).map(Shape::Branches);
        }
        let anything = matches!(position, Position::Expression | Position::Statement);
        if arrows && let Some(branches) = self.attempt(|stream| stream.selection(!anything)) {
            return Some(Shape::Branches(branches));
        }
        match position {
            Position::Item => self.fits(Shape::Items, |stream| {
                stream.inner_attributes()?;
                stream.items()
            }),
            Position::ImplItem => self.fits(Shape::ImplItems, |stream| {
                stream.inner_attributes()?;
                stream.impl_items()
            }),
            Position::TraitItem => self.fits(Shape::TraitItems, |stream| {
                stream.inner_attributes()?;
                stream.trait_items().map(drop)
            }),
            Position::ForeignItem => self.fits(Shape::ForeignItems, |stream| {
                stream.inner_attributes()?;
                while !stream.at_end() {
                    stream.foreign_item()?;
                }
                Ok(())
            }),
            Position::Type => self.fits(Shape::Types, |stream| stream.commas(Self::ty)),
            Position::Pattern => self.fits(Shape::Pattern, |stream| stream.patterns().map(drop)),
            Position::Statement | Position::Expression => None,
        }
    }

    /// What makes sense everywhere.
    fn anywhere(&mut self, arrows: bool) -> Option<Shape> {
        if arrows && let Some(arms) = self.fits(Shape::Arms, Self::macro_arms) {
            return Some(arms);
        }
        self.fits(Shape::Arguments, Self::arguments)
            .or_else(|| self.fits(Shape::Statements, Self::statements))
            .or_else(|| self.fits(Shape::Types, |stream| stream.commas(Self::ty)))
            .or_else(|| self.fits(Shape::Match, Self::value_and_pattern))
    }

    fn fits(&mut self, shape: Shape, run: impl FnOnce(&mut Self) -> Read) -> Option<Shape> {
        self.attempt(run).map(|()| shape)
    }

    /// Reads all of the list in one way, or stays where it is.
    fn attempt<T>(&mut self, run: impl FnOnce(&mut Self) -> Read<T>) -> Option<T> {
        let (at, left_over) = (self.at, std::mem::take(&mut self.left_over));
        let read =
            run(self).ok().filter(|_| self.at >= self.end + usize::from(self.beyond != Kind::End));
        if read.is_some() {
            self.left_over |= left_over;
        } else {
            (self.at, self.left_over) = (at, left_over);
        }
        read
    }

    /// `if #[cfg(a)] {..} else if #[cfg(b)] {..} else {..}`.
    fn chain(&mut self) -> Read<Vec<Branch>> {
        let mut branches = Vec::new();
        loop {
            self.expect(Kind::If)?;
            let condition = Condition::Cfg(self.cfg_attribute()?);
            branches.push(Branch { condition, body: self.braces()? });
            if !self.take(Kind::Else) {
                return Ok(branches);
            }
            if !self.is(Kind::If) {
                branches.push(Branch { condition: Condition::Otherwise, body: self.braces()? });
                return Ok(branches);
            }
        }
    }

    fn cfg_attribute(&mut self) -> Read<Span> {
        self.expect(Kind::Pound)?;
        self.group(Kind::OpenBracket, |stream| {
            if !stream.is_weak("cfg") || stream.second() != Kind::OpenParen {
                return Err(No);
            }
            stream.advance(1);
            stream.contents()
        })
    }

    fn braces(&mut self) -> Read<Span> {
        if self.is(Kind::OpenBrace) { self.contents() } else { Err(No) }
    }

    /// `predicate => {..} _ => {..}`; other conditions too, where `any_condition`.
    fn selection(&mut self, any_condition: bool) -> Read<Vec<Branch>> {
        let mut branches = Vec::new();
        let mut certain = false;
        while !self.at_end() {
            let words = self.until(Self::is_arrow);
            self.expect_signs(&[Kind::Eq, Kind::Gt])?;
            let condition = self.branch_condition(words);
            certain |= matches!(condition, Condition::Cfg(_)) && self.is_certainly_cfg(words);
            let body = match self.next() {
                Kind::OpenBrace => self.braces()?,
                _ => self.until(|stream| stream.is(Kind::Comma)),
            };
            self.take(Kind::Comma);
            branches.push(Branch { condition, body });
        }
        let cfgs = branches.iter().all(|branch| !matches!(branch.condition, Condition::Other(_)));
        if certain && cfgs {
            return Ok(branches);
        }
        if !any_condition {
            return Err(No);
        }
        for branch in &mut branches {
            if let Condition::Cfg(words) = branch.condition {
                branch.condition = Condition::Other(words);
            }
        }
        Ok(branches)
    }

    /// Tokens up to where one stops.
    fn until(&mut self, stop: fn(&Self) -> bool) -> Span {
        let from = self.at;
        while !self.at_end() && !stop(self) {
            self.at = self.behind(self.at);
        }
        Span { from, to: self.at }
    }

    fn branch_condition(&self, words: Span) -> Condition {
        let length = words.to - words.from;
        let kind = |offset: usize| self.tokens[words.from + offset].kind;
        if length == 0 || !kind(0).is_word() {
            return Condition::Other(words);
        }
        let group = length > 1 && kind(1) == Kind::OpenParen;
        let literal = |kind| matches!(kind, Kind::Int | Kind::Float | Kind::Str | Kind::Letter);
        if length == 1 && kind(0) == Kind::Underscore {
            Condition::Otherwise
        } else if length == 1
            || group && self.behind(words.from + 1) == words.to
            || length == 3 && kind(1) == Kind::Eq && literal(kind(2))
        {
            Condition::Cfg(words)
        } else {
            Condition::Other(words)
        }
    }

    /// Whether this can hardly be anything but a `cfg` predicate.
    fn is_certainly_cfg(&self, words: Span) -> bool {
        let name = self.text_of(words.from);
        let sure = ["unix", "windows", "test", "debug_assertions", "doc", "miri"];
        match words.to - words.from {
            1 => sure.contains(&name),
            _ if self.tokens[words.from + 1].kind.opens() => ["all", "any", "not"].contains(&name),
            _ => true,
        }
    }

    /// Items wherever one parses, and the tokens between them.
    fn mixed(&mut self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        while !self.at_end() {
            let (from, left_over) = (self.at, std::mem::take(&mut self.left_over));
            let item = self.item().unwrap_or(false);
            if item {
                self.left_over |= left_over;
                pieces.push(Piece { span: Span { from, to: self.at }, item });
                continue;
            }
            self.left_over = left_over;
            self.at = self.behind(from);
            match pieces.last_mut() {
                Some(piece) if !piece.item => piece.span.to = self.at,
                _ => pieces.push(Piece { span: Span { from, to: self.at }, item }),
            }
        }
        pieces
    }

    /// Whether `=>` stands among the tokens.
    fn has_arrow(&self, span: Span) -> bool {
        let mut index = span.from;
        while index + 1 < span.to {
            let touch = self.tokens[index].end == self.tokens[index + 1].start;
            if self.tokens[index].kind == Kind::Eq
                && self.tokens[index + 1].kind == Kind::Gt
                && touch
            {
                return true;
            }
            index = self.behind(index);
        }
        false
    }

    /// Whether the tokens of a statement's macro look like items: the block around needs a scope.
    pub(super) fn may_declare(&self, span: Span) -> bool {
        self.begins_an_item(span) || self.has_arrow(span)
    }

    /// Whether the first token may begin an item, or a `cfg` chain of items.
    fn begins_an_item(&self, span: Span) -> bool {
        if span.is_empty() {
            return false;
        }
        match self.tokens[span.from].kind {
            Kind::Pound | Kind::DocOuter | Kind::DocInner => true,
            kind if kind.is_word() => FIRST.contains(&self.text_of(span.from)),
            _ => false,
        }
    }
}
