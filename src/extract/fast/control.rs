//! Conditions, matches and loops: what they bind is forgotten behind them.

use super::expressions::{Said, Sort};
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads `if a {..} else if b {..} else {..}`.
    pub(super) fn if_(&mut self) -> Read {
        loop {
            self.expect(Kind::If)?;
            let mark = self.out.locals.mark();
            self.condition()?;
            self.block(false)?;
            self.out.locals.forget(mark);
            if !self.take(Kind::Else) {
                return Ok(());
            }
            if !self.is(Kind::If) {
                return self.block(false);
            }
        }
    }

    /// Reads `match a {..}`.
    pub(super) fn match_(&mut self) -> Read {
        self.expect(Kind::Match)?;
        self.condition()?;
        self.group(Kind::OpenBrace, |stream| {
            stream.idle_inner_attributes()?;
            while !stream.at_end() {
                stream.deeper(Self::arm)?;
            }
            Ok(())
        })
    }

    pub(super) fn arm(&mut self) -> Read {
        let mark = self.out.locals.mark();
        let said = self.attributed(|stream| {
            stream.patterns()?;
            if stream.take(Kind::If) {
                stream.expression()?;
            }
            stream.expect_signs(&[Kind::Eq, Kind::Gt])?;
            stream.bounded_expression()
        })?;
        self.out.locals.forget(mark);
        if !self.take(Kind::Comma) && needs_comma(said) && !self.at_end() {
            return Err(No);
        }
        Ok(())
    }

    /// Reads `while`, `for` and `loop`.
    pub(super) fn loop_(&mut self) -> Read {
        let mark = self.out.locals.mark();
        match self.next() {
            Kind::While => {
                self.advance(1);
                self.condition()?;
            }
            Kind::For => {
                self.advance(1);
                let pattern = self.at;
                self.at = self.ahead(|stream| stream.patterns().map(|_| stream.at))?;
                self.expect(Kind::In)?;
                self.condition()?;
                self.aloud_at(pattern, |stream| stream.patterns().map(drop))?;
            }
            _ => self.expect(Kind::Loop)?,
        }
        self.block(true)?;
        self.out.locals.forget(mark);
        Ok(())
    }
}

fn needs_comma(said: Said) -> bool {
    said.sort != Sort::Block
}
