//! Blocks, their statements, and the expressions that hold them.

use super::super::ScopeKind;
use super::super::macros::Position;
use super::cursor::Span;
use super::expressions::Sort;
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads `{..}`, with attributes of its own inside or not.
    pub(super) fn block(&mut self, attributes: bool) -> Read {
        self.group(Kind::OpenBrace, |stream| {
            let open = stream.at - 1;
            if attributes {
                stream.idle_inner_attributes()?;
            }
            stream.statements_from(open)
        })
    }

    /// Reads statements up to the end, as a block of their own that begins with this token.
    pub(super) fn statements_from(&mut self, open: usize) -> Read {
        if self.silent {
            return self.statements();
        }
        let (at, mark) = (self.out.at, self.out.locals.mark());
        if self.declares() {
            let start = self.range(open, open).start;
            self.out.at.scope = self.out.open_scope(ScopeKind::Block, start);
        }
        self.statements()?;
        self.out.locals.forget(mark);
        self.out.at = at;
        Ok(())
    }

    /// Reads statements up to the end.
    pub(super) fn statements(&mut self) -> Read {
        loop {
            while self.take(Kind::Semi) {}
            if self.at_end() {
                return Ok(());
            }
            let cfg = self.out.at.cfg;
            let wants_semicolon = self.deeper(Self::statement)?;
            self.out.at.cfg = cfg;
            if wants_semicolon && !self.at_end() {
                return Err(No);
            }
        }
    }

    /// Reads a statement; whether a `;` should have followed.
    fn statement(&mut self) -> Read<bool> {
        let attributes = self.outer_attributes()?;
        if let Some(call) = self.called_at(self.at)
            && self.is_statement_call(call)
        {
            self.say_attributes(attributes);
            let path = self.path(true)?;
            self.call(path, Position::Statement)?;
            self.take(Kind::Semi);
            return Ok(false);
        }
        if self.is(Kind::Let) {
            self.say_attributes(attributes);
            self.local()?;
            return Ok(false);
        }
        if self.begins_item(self.at) {
            self.item_with(attributes)?;
            return Ok(false);
        }
        self.expression_statement(attributes)
    }

    fn expression_statement(&mut self, attributes: Span) -> Read<bool> {
        self.say_attributes(attributes);
        let said = self.bounded_expression()?;
        if self.take(Kind::Semi) {
            return Ok(false);
        }
        Ok(match said.sort {
            Sort::Block => false,
            Sort::Macro => !said.brace,
            _ => true,
        })
    }

    /// Reads `let pattern: type = value else {..};`; the value does not see what it binds.
    fn local(&mut self) -> Read {
        self.advance(1);
        let pattern = self.at;
        self.at = self.ahead(|stream| stream.typed_pattern().map(|()| stream.at))?;
        if self.take(Kind::Eq) {
            let value = self.expression()?;
            if !value.brace && self.take(Kind::Else) {
                self.block(false)?;
            }
        }
        self.aloud_at(pattern, Self::typed_pattern)?;
        self.expect(Kind::Semi)
    }

    fn typed_pattern(&mut self) -> Read {
        self.pattern()?;
        if self.take(Kind::Colon) {
            self.ty()?;
        }
        Ok(())
    }

    /// Behind the path at an index, if a `!` follows it.
    pub(super) fn called_at(&self, index: usize) -> Option<usize> {
        let mut index = if self.is_separator_at(index) { index + 2 } else { index };
        loop {
            match self.kind_at(index) {
                Kind::Ident
                | Kind::Super
                | Kind::SelfValue
                | Kind::SelfType
                | Kind::Crate
                | Kind::Try => index += 1,
                _ => return None,
            }
            if !self.is_separator_at(index) {
                return (self.kind_at(index) == Kind::Bang).then_some(index);
            }
            index += 2;
        }
    }

    /// Whether the call whose `!` stands here is a statement by itself.
    fn is_statement_call(&self, bang: usize) -> bool {
        let open = self.kind_at(bang + 1);
        if !open.opens() {
            return false;
        }
        let behind = self.behind(bang + 1);
        match open {
            Kind::OpenBrace => match self.kind_at(behind) {
                Kind::Dot => self.sees_at(behind, &[Kind::Dot, Kind::Dot]),
                Kind::Question => false,
                _ => true,
            },
            _ => self.kind_at(behind) == Kind::Semi,
        }
    }

    /// Whether a statement that begins here is an item.
    fn begins_item(&self, at: usize) -> bool {
        let (second, third) = (self.kind_at(at + 1), self.kind_at(at + 2));
        match self.kind_at(at) {
            Kind::Pub
            | Kind::Extern
            | Kind::Use
            | Kind::Fn
            | Kind::Mod
            | Kind::Type
            | Kind::Struct
            | Kind::Enum
            | Kind::Trait
            | Kind::Impl
            | Kind::Macro => true,
            Kind::Static => matches!(second, Kind::Mut | Kind::Ident),
            Kind::Const => match second {
                Kind::OpenBrace | Kind::Static | Kind::Move | Kind::Or => false,
                Kind::Async => matches!(third, Kind::Unsafe | Kind::Extern | Kind::Fn),
                _ => true,
            },
            Kind::Unsafe => second != Kind::OpenBrace,
            Kind::Async => matches!(second, Kind::Unsafe | Kind::Extern | Kind::Fn),
            Kind::Ident => self.begins_weak_item(at, second) || self.is_item_call(at),
            Kind::Crate | Kind::Super | Kind::SelfValue | Kind::SelfType | Kind::Colon => {
                self.is_item_call(at)
            }
            _ => false,
        }
    }

    fn begins_weak_item(&self, at: usize, second: Kind) -> bool {
        match self.text_of(at) {
            "union" => second == Kind::Ident,
            "auto" => second == Kind::Trait,
            "default" => matches!(second, Kind::Unsafe | Kind::Impl),
            _ => false,
        }
    }

    /// `macro_rules! name`.
    fn is_item_call(&self, at: usize) -> bool {
        self.called_at(at)
            .is_some_and(|bang| matches!(self.kind_at(bang + 1), Kind::Ident | Kind::Try))
    }

    /// Whether one of the statements up to the end may declare an item, itself or in the
    /// arguments of its macro.
    fn declares(&self) -> bool {
        let (mut index, mut begins) = (self.at, true);
        loop {
            while begins && matches!(self.kind_at(index), Kind::Pound | Kind::DocOuter) {
                let bracket = self.kind_at(index) == Kind::Pound;
                index = if bracket { self.behind(index + 1) } else { index + 1 };
            }
            let kind = self.kind_at(index);
            if kind.ends() {
                return false;
            }
            if begins && (self.begins_item(index) || self.calls_for_items(index)) {
                return true;
            }
            begins = matches!(kind, Kind::Semi | Kind::OpenBrace);
            index = self.behind(index);
        }
    }

    fn calls_for_items(&self, index: usize) -> bool {
        let Some(bang) = self.called_at(index).filter(|bang| self.is_statement_call(*bang)) else {
            return false;
        };
        let to = self.behind(bang + 1) - 1;
        self.may_declare(Span { from: bang + 2, to })
    }
}
