//! Operators between expressions, by precedence.

use super::expressions::{Said, Sort};
use super::tokens::Kind;
use super::{No, Read, Stream};

/// How strongly an operator binds.
type Precedence = u8;

const LOWEST: Precedence = 0;
const ASSIGNMENT: Precedence = 1;
const RANGE: Precedence = 2;
const OR: Precedence = 3;
const AND: Precedence = 4;
pub(super) const COMPARISON: Precedence = 5;
const BIT_OR: Precedence = 6;
const BIT_XOR: Precedence = 7;
const BIT_AND: Precedence = 8;
const SHIFT: Precedence = 9;
const SUM: Precedence = 10;
const PRODUCT: Precedence = 11;
const CAST: Precedence = 12;

impl Stream<'_> {
    pub(super) fn expression_with(&mut self, structs: bool) -> Read<Said> {
        let said = self.operand(structs)?;
        self.operators(said, structs, LOWEST)
    }

    /// Reads an expression where it ends with its block: as a statement, or behind `=>`.
    pub(super) fn bounded_expression(&mut self) -> Read<Said> {
        let cfg = self.out.at.cfg;
        self.expression_attributes()?;
        let said = self.bounded_operand()?;
        if self.out.at.cfg != cfg && self.operator_ahead() > LOWEST {
            return self.doubt();
        }
        let goes_on = said.sort != Sort::Block;
        let said = if goes_on {
            self.operators(said, true, LOWEST)?
        } else if self.is(Kind::Dot) && !self.is_dots() || self.is(Kind::Question) {
            let said = self.trailers(said)?;
            self.operators(said, true, LOWEST)?
        } else {
            said
        };
        self.out.at.cfg = cfg;
        Ok(said)
    }

    fn bounded_operand(&mut self) -> Read<Said> {
        let second = self.second();
        let block = match self.next() {
            Kind::If
            | Kind::While
            | Kind::Loop
            | Kind::Match
            | Kind::Unsafe
            | Kind::OpenBrace
            | Kind::Lifetime => true,
            Kind::For => !self.is_generics_at(self.at + 1),
            Kind::Try | Kind::Const => second == Kind::OpenBrace,
            _ => false,
        };
        if block { self.deeper(Self::block_like) } else { self.operand(true) }
    }

    /// Reads operators that bind at least so strongly, and what stands behind them.
    pub(super) fn operators(
        &mut self,
        mut said: Said,
        structs: bool,
        base: Precedence,
    ) -> Read<Said> {
        while said.sort != Sort::Range {
            if let Some((length, precedence)) = self.operator() {
                if precedence < base {
                    break;
                }
                let comparison = precedence == COMPARISON;
                if comparison && said.sort == Sort::Comparison {
                    return Err(No);
                }
                self.advance(length);
                let sort = if comparison { Sort::Comparison } else { Sort::Other };
                said = Said { sort, ..self.right(structs, precedence)? };
            } else if ASSIGNMENT >= base && self.is(Kind::Eq) && !self.is_arrow() {
                self.advance(1);
                said = self.right(structs, ASSIGNMENT)?.behind();
            } else if RANGE >= base && self.is_dots() {
                said = self.range_expression(structs)?;
            } else if CAST >= base && self.is(Kind::As) {
                self.advance(1);
                self.type_with(false)?;
                self.check_cast()?;
                said = Said::OTHER;
            } else if self.sees(&[Kind::Lt, Kind::Minus]) {
                return Err(No);
            } else {
                break;
            }
        }
        Ok(said)
    }

    fn right(&mut self, structs: bool, precedence: Precedence) -> Read<Said> {
        let mut said = self.operand(structs)?;
        loop {
            let next = self.operator_ahead();
            let binds = next > precedence || next == precedence && precedence == ASSIGNMENT;
            if !binds {
                return Ok(said);
            }
            let at = self.at;
            said = self.deeper(|stream| stream.operators(said, structs, next))?;
            if at == self.at {
                return Ok(said);
            }
        }
    }

    /// The precedence of the operator that comes next; the lowest if none does.
    fn operator_ahead(&self) -> Precedence {
        match self.operator() {
            Some((_, precedence)) => precedence,
            None if self.is(Kind::Eq) && !self.is_arrow() => ASSIGNMENT,
            None if self.is_dots() => RANGE,
            None if self.is(Kind::As) => CAST,
            None => LOWEST,
        }
    }

    /// The length in signs and the precedence of the operator that comes next.
    fn operator(&self) -> Option<(usize, Precedence)> {
        let first = self.next();
        if !first.is_sign() {
            return None;
        }
        let followed = |sign| self.sees(&[first, sign]);
        let arithmetic =
            |precedence| Some(if followed(Kind::Eq) { (2, ASSIGNMENT) } else { (1, precedence) });
        match first {
            Kind::Minus if followed(Kind::Gt) => None,
            Kind::Plus | Kind::Minus => arithmetic(SUM),
            Kind::Star | Kind::Slash | Kind::Percent => arithmetic(PRODUCT),
            Kind::Caret => arithmetic(BIT_XOR),
            Kind::And if followed(Kind::And) => Some((2, AND)),
            Kind::And => arithmetic(BIT_AND),
            Kind::Or if followed(Kind::Or) => Some((2, OR)),
            Kind::Or => arithmetic(BIT_OR),
            Kind::Lt | Kind::Gt => self.angle_operator(first),
            Kind::Eq | Kind::Bang if followed(Kind::Eq) => Some((2, COMPARISON)),
            _ => None,
        }
    }

    fn angle_operator(&self, first: Kind) -> Option<(usize, Precedence)> {
        if self.sees(&[first, first, Kind::Eq]) {
            Some((3, ASSIGNMENT))
        } else if self.sees(&[first, first]) {
            Some((2, SHIFT))
        } else if self.sees(&[first, Kind::Eq]) {
            Some((2, COMPARISON))
        } else if self.sees(&[Kind::Lt, Kind::Minus]) {
            None
        } else {
            Some((1, COMPARISON))
        }
    }

    /// Reads `..`, `..b`, `..=b`.
    pub(super) fn range_expression(&mut self, structs: bool) -> Read<Said> {
        if self.sees(&[Kind::Dot, Kind::Dot, Kind::Dot]) {
            return Err(No);
        }
        let closed = self.sees(&[Kind::Dot, Kind::Dot, Kind::Eq]);
        self.advance(if closed { 3 } else { 2 });
        let brace = if !closed && self.ends_range(structs) {
            false
        } else {
            self.right(structs, RANGE)?.brace
        };
        Ok(Said { sort: Sort::Range, brace })
    }

    fn ends_range(&self, structs: bool) -> bool {
        let followed = |sign| self.sees(&[self.next(), sign]);
        match self.next() {
            Kind::Comma
            | Kind::Semi
            | Kind::Question
            | Kind::Eq
            | Kind::Plus
            | Kind::Slash
            | Kind::Percent
            | Kind::Caret
            | Kind::Gt
            | Kind::As => true,
            Kind::Dot => !self.is_dots(),
            Kind::OpenBrace => !structs,
            Kind::Lt => followed(Kind::Eq) || self.sees(&[Kind::Lt, Kind::Lt, Kind::Eq]),
            Kind::Bang | Kind::Minus | Kind::Star | Kind::And | Kind::Or => followed(Kind::Eq),
            kind => kind.ends(),
        }
    }

    fn check_cast(&self) -> Read {
        match self.next() {
            Kind::Dot if !self.is_dots() => Err(No),
            Kind::Question | Kind::OpenBracket | Kind::OpenParen => Err(No),
            _ => Ok(()),
        }
    }
}
