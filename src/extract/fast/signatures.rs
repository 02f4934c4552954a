//! What stands between a function's name and its body.

use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// Reads a function's signature behind its name.
    pub(super) fn signature(&mut self) -> Read {
        self.generics()?;
        self.group(Kind::OpenParen, Self::function_parameters)?;
        self.result(true)?;
        self.where_clause()
    }

    pub(super) fn function_parameters(&mut self) -> Read {
        let mut first = true;
        self.commas(|stream| {
            let receives = stream.attributed(Self::function_parameter)?;
            if receives && !first {
                return Err(No);
            }
            first = false;
            Ok(())
        })
    }

    /// Reads a parameter; whether it is `self`.
    pub(super) fn function_parameter(&mut self) -> Read<bool> {
        let dots = [Kind::Dot, Kind::Dot, Kind::Dot];
        if self.sees(&dots) {
            self.advance(3);
            return if self.at_end() { Ok(false) } else { self.doubt() };
        }
        if let Some(behind) = self.receiver() {
            let by_reference = self.is(Kind::And);
            self.at = behind;
            if !by_reference && self.take(Kind::Colon) {
                self.ty()?;
            }
            return Ok(true);
        }
        if self.is(Kind::Ident) && self.second() == Kind::Lt {
            return self.doubt();
        }
        self.pattern()?;
        self.expect(Kind::Colon)?;
        if self.sees(&dots) {
            return self.doubt();
        }
        self.ty()?;
        Ok(false)
    }

    /// Behind `self`, `mut self`, `&'a mut self`.
    pub(super) fn receiver(&self) -> Option<usize> {
        let mut index = self.at;
        if self.kind_at(index) == Kind::And {
            index += 1;
            index += usize::from(self.kind_at(index) == Kind::Lifetime);
        }
        index += usize::from(self.kind_at(index) == Kind::Mut);
        let there = self.kind_at(index) == Kind::SelfValue && !self.is_separator_at(index + 1);
        there.then_some(index + 1)
    }
}
