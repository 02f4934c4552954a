//! Source text → its items, each with the heads of what it stands in: what can be read by itself.
//!
//! Only brackets, semicolons and the first words of an item are looked at; where that is not enough
//! (brackets that do not match, say) the file is one piece. A body is never looked into: what stands
//! in a function belongs to the function's piece.

use serde::{Deserialize, Serialize};

use super::outline::outline;
use super::tokens::{Kind, Token};
use crate::extract::{Range, parse};

/// The items of a file, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// The items, and the heads of modules, `impl`s and traits, which are pieces themselves.
    pub list: Vec<Piece>,
    shells: Vec<Shell>,
}

/// An item, or the head of something that holds items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// From its first attribute to its last token.
    pub range: Range,
    /// It may declare a struct, enum or union: it is one, or a macro call.
    pub holds_types: bool,
    /// What it stands in: index into [`Pieces::shells`]; none: nothing is known of that.
    shell: Option<u32>,
}

/// The file, a module, an `impl` or a trait: what stands around items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Shell {
    parent: Option<u32>,
    /// From the first attribute to the opening brace, inner attributes, the closing brace.
    ranges: Vec<Range>,
}

/// Parts a file; `text` is the whole of it, and parses.
pub fn pieces(text: &str) -> Pieces {
    let start = parse::preamble(text);
    let Some(tokens) = outline(&text[start..]) else {
        let range = Range { start: start as u32, end: text.len() as u32 };
        let whole = Piece { range, holds_types: true, shell: None };
        return Pieces { list: vec![whole], shells: Vec::new() };
    };
    let mut cutter =
        Cutter { text, tokens: &tokens, offset: start as u32, pieces: Pieces::default() };
    let mut shell = Shell { parent: None, ranges: Vec::new() };
    let first = cutter.inner_attributes(0, &mut shell);
    cutter.inside(shell, first, tokens.len());
    cutter.pieces
}

impl Pieces {
    /// The index of the piece in which a byte of the file stands.
    pub fn at(&self, place: u32) -> Option<usize> {
        let behind = self.list.partition_point(|piece| piece.range.start <= place);
        let at = behind.checked_sub(1)?;
        (place < self.list[at].range.end).then_some(at)
    }

    /// What must be kept of a file so that these pieces can be read, in order, nothing twice.
    pub(in crate::extract) fn kept<'p>(
        &self,
        pieces: impl IntoIterator<Item = &'p Piece>,
    ) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::new();
        for piece in pieces {
            ranges.push(piece.range);
            let mut shell = piece.shell;
            while let Some(at) = shell {
                let Shell { parent, ranges: own } = &self.shells[at as usize];
                ranges.extend(own);
                shell = *parent;
            }
        }
        ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        ranges.dedup_by(|later, kept| later.end <= kept.end);
        ranges
    }
}

/// Goes through the tokens of a file, item by item.
struct Cutter<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// Where the first token's text begins in the file.
    offset: u32,
    pieces: Pieces,
}

/// Where an item ends.
struct End {
    /// One past its last token.
    at: usize,
    /// The brace at its end, if it ends with one.
    brace: Option<usize>,
}

impl Cutter<'_> {
    fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::End, |token| token.kind)
    }

    /// One past the bracket that closes this one.
    fn behind(&self, open: usize) -> usize {
        self.tokens[open].partner as usize + 1
    }

    /// From one token to the one before another.
    fn range(&self, first: usize, end: usize) -> Range {
        let (first, last) = (self.tokens[first], self.tokens[end - 1]);
        Range { start: self.offset + first.start, end: self.offset + last.end }
    }

    /// Reads past `#![..]` and `//!`, keeping the former.
    fn inner_attributes(&self, mut at: usize, shell: &mut Shell) -> usize {
        loop {
            let is = [self.kind(at), self.kind(at + 1), self.kind(at + 2)];
            if is[0] == Kind::DocInner {
                at += 1;
            } else if is == [Kind::Pound, Kind::Bang, Kind::OpenBracket] {
                let end = self.behind(at + 2);
                shell.ranges.push(self.range(at, end));
                at = end;
            } else {
                return at;
            }
        }
    }

    /// Cuts what stands in a shell, the shell's own ranges first.
    fn inside(&mut self, shell: Shell, first: usize, end: usize) {
        let number = self.pieces.shells.len() as u32;
        let closing = usize::from(shell.parent.is_some());
        for range in &shell.ranges[..shell.ranges.len() - closing] {
            let head = Piece { range: *range, holds_types: false, shell: Some(number) };
            self.pieces.list.push(head);
        }
        self.pieces.shells.push(shell);
        let mut at = first;
        while at < end {
            at = self.item(at, end, number);
        }
    }

    /// Cuts one item; where the next one begins.
    fn item(&mut self, first: usize, end: usize, shell: u32) -> usize {
        let head = self.behind_attributes(first);
        if self.kind(head) == Kind::Semi {
            return head + 1;
        }
        let word = self.behind_modifiers(head);
        let item = self.end_of_item(head, self.ends_with_semicolon(word), end);
        let holds_items = matches!(self.kind(word), Kind::Mod | Kind::Impl | Kind::Trait);
        if let Some(brace) = item.brace.filter(|_| holds_items) {
            let mut inner = Shell { parent: Some(shell), ranges: Vec::new() };
            inner.ranges.push(self.range(first, brace + 1));
            let from = self.inner_attributes(brace + 1, &mut inner);
            inner.ranges.push(self.range(item.at - 1, item.at));
            self.inside(inner, from, item.at - 1);
        } else {
            let range = self.range(first, item.at);
            let holds_types = self.holds_types(word);
            self.pieces.list.push(Piece { range, holds_types, shell: Some(shell) });
        }
        item.at
    }

    fn behind_attributes(&self, mut at: usize) -> usize {
        loop {
            match (self.kind(at), self.kind(at + 1)) {
                (Kind::DocOuter | Kind::DocInner, _) => at += 1,
                (Kind::Pound, Kind::OpenBracket) => at = self.behind(at + 1),
                _ => return at,
            }
        }
    }

    /// The word that tells what an item is: behind `pub(crate)`, `default`, `unsafe`, `auto`.
    fn behind_modifiers(&self, mut at: usize) -> usize {
        loop {
            match (self.kind(at), self.kind(at + 1)) {
                (Kind::Pub, Kind::OpenParen) => at = self.behind(at + 1),
                (Kind::Pub | Kind::Unsafe, _) => at += 1,
                (Kind::Ident, next) if tells_an_item(next) && !self.is_word(at, "union") => at += 1,
                _ => return at,
            }
        }
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        let Range { start, end } = self.range(at, at + 1);
        self.text.get(start as usize..end as usize) == Some(word)
    }

    /// `union` and what begins a macro's path are plain words.
    fn holds_types(&self, word: usize) -> bool {
        let path = [Kind::Ident, Kind::Crate, Kind::SelfValue, Kind::Super, Kind::Colon];
        matches!(self.kind(word), Kind::Struct | Kind::Enum) || path.contains(&self.kind(word))
    }

    /// Whether an item may have braces before its end.
    fn ends_with_semicolon(&self, word: usize) -> bool {
        let next = self.kind(word + 1);
        match self.kind(word) {
            Kind::Use | Kind::Type | Kind::Static => true,
            Kind::Const => !matches!(next, Kind::Fn | Kind::Unsafe | Kind::Async | Kind::Extern),
            Kind::Extern => next == Kind::Crate,
            _ => false,
        }
    }

    fn end_of_item(&self, first: usize, with_semicolon: bool, end: usize) -> End {
        let mut at = first;
        while at < end {
            let kind = self.kind(at);
            if kind == Kind::Semi {
                return End { at: at + 1, brace: None };
            }
            if !kind.opens() {
                at += 1;
                continue;
            }
            let behind = self.behind(at);
            // `impl Grid<{ 2 }> for X` goes on.
            let goes_on = with_semicolon || matches!(self.kind(behind), Kind::Gt | Kind::Comma);
            if kind == Kind::OpenBrace && !goes_on {
                return End { at: behind, brace: Some(at) };
            }
            at = behind;
        }
        End { at: end, brace: None }
    }
}

/// A keyword that may follow a modifier which is a plain word elsewhere.
fn tells_an_item(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Fn
            | Kind::Unsafe
            | Kind::Const
            | Kind::Async
            | Kind::Type
            | Kind::Impl
            | Kind::Trait
            | Kind::Static
            | Kind::Extern
    )
}
