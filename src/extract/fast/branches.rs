//! The ways through a `cfg` choice: `if #[cfg(..)] {..} else {..}`, `predicate => {..}`.

use super::cursor::Span;
use super::shapes::{Branch, Condition};
use super::tokens::Kind;
use super::{No, Read, Stream};

impl Stream<'_> {
    /// `if #[cfg(a)] {..} else if #[cfg(b)] {..} else {..}`.
    pub(super) fn chain(&mut self) -> Read<Vec<Branch>> {
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

    pub(super) fn cfg_attribute(&mut self) -> Read<Span> {
        self.expect(Kind::Pound)?;
        self.group(Kind::OpenBracket, |stream| {
            if !stream.is_weak("cfg") || stream.second() != Kind::OpenParen {
                return Err(No);
            }
            stream.advance(1);
            stream.contents()
        })
    }

    pub(super) fn braces(&mut self) -> Read<Span> {
        if self.is(Kind::OpenBrace) { self.contents() } else { Err(No) }
    }

    /// `predicate => {..} _ => {..}`; other conditions too, where `any_condition`.
    pub(super) fn selection(&mut self, any_condition: bool) -> Read<Vec<Branch>> {
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
    pub(super) fn until(&mut self, stop: fn(&Self) -> bool) -> Span {
        let from = self.at;
        while !self.at_end() && !stop(self) {
            self.at = self.behind(self.at);
        }
        Span { from, to: self.at }
    }

    pub(super) fn branch_condition(&self, words: Span) -> Condition {
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
    pub(super) fn is_certainly_cfg(&self, words: Span) -> bool {
        let name = self.text_of(words.from);
        let sure = ["unix", "windows", "test", "debug_assertions", "doc", "miri"];
        match words.to - words.from {
            1 => sure.contains(&name),
            _ if self.tokens[words.from + 1].kind.opens() => ["all", "any", "not"].contains(&name),
            _ => true,
        }
    }
}
