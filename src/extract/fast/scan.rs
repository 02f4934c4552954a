//! Tokens that parse as nothing: the paths in them are picked out, each only if it resolves.

use super::super::attributes::namespaced_key;
use super::super::macros::{Position, Understood, is_opaque};
use super::super::paths::{Usage, Written, starts_upper};
use super::super::reader::Reader;
use super::super::scan::Mode;
use super::super::tokens::{DECLARE, is_keyword};
use super::cursor::Span;
use super::tokens::Kind;
use super::{No, Stream};

/// A path among tokens.
struct Found<'t> {
    words: Written<'t>,
    /// The index behind it.
    next: usize,
}

impl<'t> Stream<'t> {
    /// Picks the paths out of tokens.
    pub(super) fn scan(&mut self, span: Span, mode: Mode) -> Understood {
        let read =
            self.deeper(|stream| Ok(stream.within(span, |stream| stream.scan_list(span, mode))));
        read.unwrap_or(Understood::NotAll)
    }

    fn scan_list(&mut self, span: Span, mode: Mode) -> Understood {
        let mut understood = Understood::AsCode;
        let mut index = span.from;
        while index < span.to {
            if let Some(behind) = self.no_path(span, index) {
                index = behind;
                continue;
            }
            if let Some(found) = self.found(index) {
                let (next, part) = self.found_path(span, index, found, mode);
                understood = understood.min(part);
                index = next;
                continue;
            }
            match self.kind_at(index) {
                kind if kind.opens() => {
                    understood = understood.min(self.scan_group(span, index, mode));
                }
                Kind::Int | Kind::Float | Kind::Str | Kind::Letter if mode == Mode::Attribute => {
                    self.keyed_string(span, index);
                }
                _ => {}
            }
            index = self.behind(index);
        }
        understood
    }

    /// The kind of a token some tokens before an index, in the list.
    fn before(&self, span: Span, index: usize, back: usize) -> Kind {
        match index.checked_sub(back) {
            Some(index) if index >= span.from => self.tokens[index].kind,
            _ => Kind::End,
        }
    }

    /// Behind what looks like a path and is none.
    fn no_path(&self, span: Span, index: usize) -> Option<usize> {
        match self.kind_at(index) {
            Kind::Lifetime => Some(self.skip_path(index + 1)),
            Kind::Dollar
                if self.kind_at(index + 1).is_word() && self.text_of(index + 1) != "crate" =>
            {
                Some(self.skip_path(index + 2))
            }
            Kind::Colon
                if self.is_separator_at(index) && self.before(span, index, 1) == Kind::Gt =>
            {
                Some(self.skip_path(index).max(index + 2))
            }
            _ => None,
        }
    }

    /// Behind the `::a::b` that continue what is no path.
    fn skip_path(&self, mut index: usize) -> usize {
        while self.is_separator_at(index) && self.kind_at(index + 2).is_word() {
            index += 3;
        }
        index
    }

    /// The path that begins at an index, if one does.
    fn found(&self, index: usize) -> Option<Found<'t>> {
        let global = self.is_separator_at(index);
        let start = if global { index + 2 } else { index };
        let (first, mut last) = match self.kind_at(start) {
            Kind::Dollar if self.text_of(start + 1) == "crate" && start + 1 < self.end => {
                ("$crate", start + 1)
            }
            kind if kind.is_word() && self.begins_word(start) => (self.word_of(start), start),
            _ => return None,
        };
        let mut words = vec![first];
        while self.is_separator_at(last + 1) && self.kind_at(last + 3).is_word() {
            last += 3;
            words.push(self.word_of(last));
        }
        let range = self.range(start, last);
        Some(Found { words: Written { global, words, range }, next: last + 1 })
    }

    fn begins_word(&self, index: usize) -> bool {
        match self.kind_at(index) {
            Kind::Ident => {
                !self.text_of(index).starts_with("r#") || !is_keyword(self.word_of(index))
            }
            kind => matches!(
                kind,
                Kind::Underscore | Kind::Crate | Kind::SelfValue | Kind::Super | Kind::SelfType
            ),
        }
    }

    fn scan_group(&mut self, span: Span, index: usize, mode: Mode) -> Understood {
        let contents = Span { from: index + 1, to: self.behind(index) - 1 };
        let open = self.kind_at(index);
        match mode {
            Mode::Call(_) if open == Kind::OpenBracket && self.is_attribute(span, index) => {
                self.scanned_meta(contents);
                Understood::AsCode
            }
            Mode::Call(Position::Item) if open == Kind::OpenBrace => {
                self.nested(contents, Position::Item)
            }
            Mode::Call(_) => self.nested(contents, Position::Expression),
            Mode::Definition | Mode::Attribute => self.scan(contents, mode),
        }
    }

    fn nested(&mut self, contents: Span, position: Position) -> Understood {
        let read = self.deeper(|stream| Ok(stream.macro_tokens(contents, position)));
        read.unwrap_or(Understood::NotAll).min(Understood::AsCode)
    }

    fn is_attribute(&self, span: Span, index: usize) -> bool {
        match self.before(span, index, 1) {
            Kind::Pound => true,
            Kind::Bang => self.before(span, index, 2) == Kind::Pound,
            _ => false,
        }
    }

    fn scanned_meta(&mut self, contents: Span) {
        let meta = self.within(contents, Self::lone_meta);
        if let Some(meta) = meta {
            self.say_meta(&meta);
        }
    }

    /// Records a path that was found, with the macro call that it may begin.
    fn found_path(
        &mut self,
        span: Span,
        index: usize,
        found: Found<'t>,
        mode: Mode,
    ) -> (usize, Understood) {
        let Found { words, next } = found;
        let last = words.words[words.words.len() - 1];
        let behind = self.kind_at(next);
        if behind == Kind::Bang && self.kind_at(next + 1).opens() {
            let end = self.behind(next + 1);
            let arguments = Span { from: next + 2, to: end - 1 };
            return (end, self.found_call(&words, arguments, mode));
        }
        if self.is_separator_at(next) && self.kind_at(next + 2) == Kind::OpenBrace {
            let end = self.behind(next + 2);
            self.use_group(&words, Span { from: next + 3, to: end - 1 });
            return (end, Understood::AsCode);
        }
        let called = behind == Kind::OpenParen;
        let usage = match mode {
            Mode::Attribute => Reader::attribute_usage(last),
            _ if called || !starts_upper(last) => Usage::VALUE.if_resolved(),
            _ => Usage::TYPE.if_resolved(),
        };
        let recorded = match (mode, words.words.as_slice()) {
            (Mode::Call(_), [word]) => self.lone_word(span, index, word, next),
            (_, [_]) => Some(false),
            (Mode::Definition, [first, ..]) => Some(!matches!(*first, "Self" | "self" | "super")),
            _ => Some(true),
        };
        if recorded == Some(true) {
            self.out.record(&words, usage);
        }
        let understood = if recorded.is_some() { Understood::AsCode } else { Understood::NotAll };
        (next, understood)
    }

    /// A macro call among tokens.
    fn found_call(&mut self, name: &Written<'t>, arguments: Span, mode: Mode) -> Understood {
        let last = name.words[name.words.len() - 1];
        if last != "macro_rules" && mode != Mode::Attribute {
            self.out.record(name, Usage::MACRO.if_resolved());
        }
        match mode {
            _ if is_opaque(last) => Understood::AsCode,
            Mode::Call(_) => {
                let run = |stream: &mut Self| {
                    Ok(stream.arguments_of(last, arguments, Position::Expression))
                };
                self.deeper(run).unwrap_or(Understood::NotAll)
            }
            other => self.scan(arguments, other),
        }
    }

    /// `a::{b, c::d}`, as in a `use` that could not be parsed.
    fn use_group(&mut self, prefix: &Written<'t>, leaves: Span) {
        for leaf in self.parts(leaves) {
            let inner = self.deeper(|stream| {
                stream.within(leaf, |stream| stream.use_group_leaf(prefix, leaf));
                Ok(())
            });
            self.unsure |= matches!(inner, Err(No));
        }
    }

    fn use_group_leaf(&mut self, prefix: &Written<'t>, leaf: Span) {
        let Some(found) = self.found(leaf.from) else { return };
        let mut words = prefix.clone();
        words.words.extend(found.words.words.iter().filter(|word| **word != "self"));
        words.range = found.words.range;
        let next = found.next;
        if self.is_separator_at(next) && self.kind_at(next + 2) == Kind::OpenBrace {
            let end = self.behind(next + 2);
            self.use_group(&words, Span { from: next + 3, to: end - 1 });
        } else {
            self.out.record(&words, Usage::TYPE.if_resolved());
        }
    }

    /// Whether a word alone is worth recording; none if nobody knows what it is.
    fn lone_word(&self, span: Span, index: usize, word: &str, next: usize) -> Option<bool> {
        let nameless = is_keyword(word) && word != "Self";
        let member =
            self.before(span, index, 1) == Kind::Dot && self.before(span, index, 2) != Kind::Dot;
        if nameless || self.out.locals.shadows_value(word) || member {
            return Some(false);
        }
        let declared =
            self.before(span, index, 1).is_word() && DECLARE.contains(&self.text_of(index - 1));
        if declared {
            return None;
        }
        let behind = self.kind_at(next);
        let separator = self.is_separator_at(next);
        if starts_upper(word) || behind == Kind::OpenParen || separator {
            return Some(true);
        }
        let label = match behind {
            Kind::Colon => !separator,
            Kind::Eq => !matches!(self.kind_at(next + 1), Kind::Eq | Kind::Gt),
            _ => false,
        };
        label.then_some(false)
    }

    /// The string of `key = "a::b"`.
    fn keyed_string(&mut self, span: Span, index: usize) {
        if self.before(span, index, 1) != Kind::Eq || !self.before(span, index, 2).is_word() {
            return;
        }
        let key = self.text_of(index - 2);
        if namespaced_key(key) {
            let range = self.range(index, index);
            self.out.path_string(key, range);
        }
    }
}
