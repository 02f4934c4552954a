//! What the tokens of a macro call look like. Shape alone decides, never the macro's name.

use super::super::macros::Position;
use super::super::shapes::FIRST;
use super::cursor::Span;
use super::tokens::Kind;
use super::{Read, Stream};

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
