//! The lists that macros take: arguments with labels, arms, a value and its pattern.

use super::super::paths::Usage;
use super::expressions::{Said, Sort};
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads expressions with what macros like to put before them: `name = `, `name: `, `%`, `?`.
    pub(super) fn arguments(&mut self) -> Read {
        while !self.at_end() {
            self.label();
            let said = self.argument(Self::expression)?;
            if said.sort == Sort::Let {
                return Err(No);
            }
            if self.at_end() {
                break;
            }
            if self.is_arrow() {
                self.advance(2);
            } else if !self.take(Kind::Semi) {
                self.expect(Kind::Comma)?;
            }
        }
        Ok(())
    }

    fn label(&mut self) {
        if let Some(behind) = self.key() {
            let sign = |signs: &[Kind]| self.sees_at(behind, signs);
            let assigned =
                sign(&[Kind::Eq]) && !sign(&[Kind::Eq, Kind::Eq]) && !sign(&[Kind::Eq, Kind::Gt]);
            if assigned || sign(&[Kind::Colon]) && !self.is_separator_at(behind) {
                self.at = behind + 1;
            }
        }
        if matches!(self.next(), Kind::Percent | Kind::Question) {
            self.advance(1);
        }
    }

    /// Behind a literal or `a.b`.
    fn key(&self) -> Option<usize> {
        if self.is_literal() {
            return Some(self.at + if self.is(Kind::Minus) { 2 } else { 1 });
        }
        let mut index = self.at;
        loop {
            if !self.kind_at(index).is_word() {
                return None;
            }
            index += 1;
            let dot = self.kind_at(index) == Kind::Dot;
            if !dot || self.sees_at(index, &[Kind::Dot, Kind::Dot]) {
                return Some(index);
            }
            index += 1;
        }
    }

    /// Reads an argument. A path alone may be a type, a module, a new name: anything.
    fn argument(&mut self, read: fn(&mut Self) -> Read<Said>) -> Read<Said> {
        self.skip_attributes_of_path(read)?;
        let (from, known) = (self.at, self.out.paths.len());
        let said = read(self)?;
        if self.silent || said.sort != Sort::Path {
            return Ok(said);
        }
        let first = if self.is_separator_at(from) { from + 2 } else { from };
        let start = self.range(first, first).start;
        let paths = self.out.paths.get_mut(known..).unwrap_or_default();
        if let Some(path) = paths.last_mut().filter(|path| path.range.start == start) {
            path.certainty = Usage::VALUE.if_resolved().certainty;
        }
        Ok(said)
    }

    /// What stands before a path alone says nothing.
    fn skip_attributes_of_path(&mut self, read: fn(&mut Self) -> Read<Said>) -> Read {
        let attributes = matches!(self.next(), Kind::Pound | Kind::DocOuter);
        if !self.silent && attributes && self.ahead(read)?.sort == Sort::Path {
            self.outer_attributes()?;
        }
        Ok(())
    }

    /// Reads arms as in a `match`; a leading `word;` is let pass.
    pub(super) fn macro_arms(&mut self) -> Read {
        if self.is(Kind::Ident) && self.second() == Kind::Semi {
            self.advance(2);
        }
        while !self.at_end() {
            self.outer_attributes()?;
            let mark = self.out.locals.mark();
            self.deeper(Self::macro_arm)?;
            self.out.locals.forget(mark);
            self.take(Kind::Comma);
        }
        Ok(())
    }

    fn macro_arm(&mut self) -> Read {
        self.subject()?;
        if self.is(Kind::Comma) && self.second() == Kind::If {
            self.advance(1);
        }
        self.guard()?;
        self.expect_signs(&[Kind::Eq, Kind::Gt])?;
        self.argument(Self::bounded_expression).map(drop)
    }

    /// Reads `pattern`, `pattern = expression`, `expression -> pattern`, `else`.
    fn subject(&mut self) -> Read {
        if self.take(Kind::Else) {
            return Ok(());
        }
        let value_first = self.ahead(|stream| {
            stream.expression()?;
            if stream.is_result() { Ok(()) } else { Err(No) }
        });
        if value_first.is_ok() {
            self.expression()?;
            self.advance(2);
            return self.pattern().map(drop);
        }
        let pattern = self.at;
        self.at = self.ahead(|stream| stream.patterns().map(|_| stream.at))?;
        if self.is(Kind::Eq) && !self.is_arrow() {
            self.advance(1);
            self.expression()?;
        }
        self.aloud_at(pattern, |stream| stream.patterns().map(drop))
    }

    fn guard(&mut self) -> Read {
        if self.take(Kind::If) {
            self.expression()?;
        }
        Ok(())
    }

    /// Reads `value, pattern if guard`.
    pub(super) fn value_and_pattern(&mut self) -> Read {
        self.argument(Self::expression)?;
        self.expect(Kind::Comma)?;
        self.patterns()?;
        self.guard()?;
        self.take(Kind::Comma);
        Ok(())
    }
}
