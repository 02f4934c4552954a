//! Expressions that no operator joins.

use super::super::macros::Position;
use super::super::paths::Usage;
use super::expressions::{Said, Sort};
use super::paths::{Arguments, Path, Prefix};
use super::tokens::Kind;
use super::{No, Read, Stream};

impl<'t> Stream<'t> {
    pub(super) fn atom(&mut self, structs: bool) -> Read<Said> {
        match self.next() {
            Kind::Underscore
            | Kind::Int
            | Kind::Float
            | Kind::Str
            | Kind::Letter
            | Kind::True
            | Kind::False => {
                self.advance(1);
                Ok(Said::OTHER)
            }
            Kind::Ident
            | Kind::SelfValue
            | Kind::SelfType
            | Kind::Super
            | Kind::Crate
            | Kind::Lt => self.path_expression(structs),
            Kind::Colon if self.is_separator() => self.path_expression(structs),
            Kind::OpenParen => {
                self.group(Kind::OpenParen, Self::list)?;
                Ok(Said::OTHER)
            }
            Kind::OpenBracket => {
                self.group(Kind::OpenBracket, Self::array_or_repeat)?;
                Ok(Said::OTHER)
            }
            Kind::Or | Kind::Move | Kind::Static => self.closure(structs),
            Kind::Dot if self.is_dots() => self.range_expression(structs),
            Kind::Break => self.break_(structs),
            Kind::Continue => {
                self.advance(1);
                self.take(Kind::Lifetime);
                Ok(Said::OTHER)
            }
            Kind::Return | Kind::Yield => {
                self.advance(1);
                self.perhaps(true)
            }
            Kind::Let => self.let_(structs),
            _ => self.block_or_closure(structs),
        }
    }

    pub(super) fn block_or_closure(&mut self, structs: bool) -> Read<Said> {
        let second = self.second();
        match self.next() {
            Kind::Async => {
                let braced = second == Kind::Move && self.kind_at(self.at + 2) == Kind::OpenBrace;
                if second == Kind::OpenBrace || braced {
                    self.advance(if braced { 2 } else { 1 });
                    self.block(false)?;
                    return Ok(Said::BRACE);
                }
                if matches!(second, Kind::Or | Kind::Move) {
                    return self.closure(structs);
                }
                Err(No)
            }
            Kind::Const if second != Kind::OpenBrace => self.closure(structs),
            Kind::For if self.is_generics_at(self.at + 1) => self.closure(structs),
            Kind::Try if second == Kind::Bang || self.is_separator_at(self.at + 1) => {
                self.path_expression(structs)
            }
            Kind::Become => {
                self.advance(1);
                self.expression()?;
                self.doubt()
            }
            _ => self.block_like(),
        }
    }

    /// Reads what ends a statement by itself.
    pub(super) fn block_like(&mut self) -> Read<Said> {
        match self.next() {
            Kind::If => self.if_()?,
            Kind::Match => self.match_()?,
            Kind::OpenBrace => self.block(true)?,
            Kind::Unsafe | Kind::Const => {
                self.advance(1);
                self.block(true)?;
            }
            Kind::Try if self.second() == Kind::OpenBrace => {
                self.advance(1);
                self.block(false)?;
            }
            Kind::While | Kind::For | Kind::Loop => self.loop_()?,
            Kind::Lifetime => {
                self.advance(1);
                self.expect(Kind::Colon)?;
                match self.next() {
                    Kind::While | Kind::For | Kind::Loop => self.loop_()?,
                    _ => self.block(true)?,
                }
            }
            _ => return Err(No),
        }
        Ok(Said::BLOCK)
    }

    pub(super) fn path_expression(&mut self, structs: bool) -> Read<Said> {
        if self.is_weak("builtin") && self.second() == Kind::Pound {
            return self.doubt();
        }
        let path = self.qualified_path(true)?;
        if path.prefix == Prefix::Nothing && path.arguments == Arguments::Nowhere && self.is_call()
        {
            let brace = self.second() == Kind::OpenBrace;
            self.call(path, Position::Expression)?;
            return Ok(Said { sort: Sort::Macro, brace });
        }
        if structs && self.is(Kind::OpenBrace) {
            self.struct_(path)?;
            return Ok(Said::BRACE);
        }
        let sort = if path.prefix == Prefix::Nothing { Sort::Path } else { Sort::Other };
        self.say(path, Usage::VALUE);
        Ok(Said { sort, brace: false })
    }

    pub(super) fn struct_(&mut self, path: Path<'t>) -> Read {
        self.say(path, Usage::TYPE);
        self.group(Kind::OpenBrace, |stream| {
            while !stream.at_end() {
                if stream.is_dots() {
                    stream.advance(2);
                    if !stream.at_end() {
                        stream.expression()?;
                    }
                    return Ok(());
                }
                stream.attributed(Self::field_value)?;
                if stream.at_end() {
                    break;
                }
                stream.expect(Kind::Comma)?;
            }
            Ok(())
        })
    }

    pub(super) fn field_value(&mut self) -> Read {
        let field = self.at;
        let named = self.is(Kind::Ident);
        if !named && !self.is(Kind::Int) {
            return Err(No);
        }
        self.advance(1);
        if self.is(Kind::Colon) || !named {
            self.expect(Kind::Colon)?;
            return self.expression().map(drop);
        }
        self.say_word(field, Usage::VALUE.if_resolved());
        Ok(())
    }

    pub(super) fn array_or_repeat(&mut self) -> Read {
        if self.at_end() {
            return Ok(());
        }
        self.expression()?;
        if self.take(Kind::Semi) {
            return self.expression().map(drop);
        }
        if self.at_end() {
            return Ok(());
        }
        self.expect(Kind::Comma)?;
        self.list()
    }

    pub(super) fn break_(&mut self, structs: bool) -> Read<Said> {
        self.advance(1);
        if self.take(Kind::Lifetime) && self.is(Kind::Colon) && !self.is_separator() {
            return Err(No);
        }
        self.perhaps(structs || !self.is(Kind::OpenBrace))
    }

    /// Reads an expression, if one may follow and does.
    pub(super) fn perhaps(&mut self, may: bool) -> Read<Said> {
        if may && self.begins_expression() {
            return Ok(self.expression()?.behind());
        }
        Ok(Said::OTHER)
    }

    pub(super) fn begins_expression(&self) -> bool {
        let followed = |sign| self.sees(&[self.next(), sign]);
        match self.next() {
            Kind::As => false,
            Kind::Lifetime | Kind::Pound | Kind::DocOuter | Kind::DocInner => true,
            kind if kind.opens() => true,
            Kind::Bang | Kind::Star | Kind::Or | Kind::And => !followed(Kind::Eq),
            Kind::Minus => !followed(Kind::Eq) && !followed(Kind::Gt) || self.is_literal(),
            Kind::Lt => !followed(Kind::Eq) && !self.sees(&[Kind::Lt, Kind::Lt, Kind::Eq]),
            Kind::Dot => self.is_dots(),
            Kind::Colon => self.is_separator(),
            kind => kind.is_word() || self.is_literal(),
        }
    }

    /// Reads `let pattern = value`; the value does not see what the pattern binds.
    pub(super) fn let_(&mut self, structs: bool) -> Read<Said> {
        self.advance(1);
        let pattern = self.at;
        self.at = self.ahead(|stream| stream.patterns().map(|_| stream.at))?;
        self.expect(Kind::Eq)?;
        let said = self.operand(structs)?;
        let said = self.operators(said, structs, super::operators::COMPARISON)?;
        self.aloud_at(pattern, |stream| stream.patterns().map(drop))?;
        Ok(Said { sort: Sort::Let, ..said })
    }
}
