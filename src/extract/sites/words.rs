//! Source text → its identifiers, to be looked up by range.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::excerpt::Excerpt;
use crate::extract::Range;
use crate::extract::tokens::is_keyword;

/// How often each identifier may be listed on average: what people write nests far less.
const TIMES: usize = 64;

/// The identifiers of what is read, in order.
#[derive(Debug)]
pub(super) struct Words<'t> {
    list: Vec<(u32, &'t str)>,
    /// How many more may be listed.
    budget: usize,
}

impl<'t> Words<'t> {
    /// Reads them all.
    pub(super) fn read(excerpt: &'t Excerpt<'_>) -> Self {
        let source = &*excerpt.source;
        let (mut list, mut start) = (Vec::new(), 0);
        for token in tokenize(source, FrontmatterAllowed::No) {
            let end = start + token.len as usize;
            let word = &source[start..end];
            match token.kind {
                TokenKind::Ident if word != "_" && !is_keyword(word) => {
                    list.push((excerpt.place(start), word));
                }
                TokenKind::RawIdent => list.push((excerpt.place(start), &word[2..])),
                _ => {}
            }
            start = end;
        }
        let budget = TIMES * (list.len() + TIMES);
        Self { list, budget }
    }

    /// Those in a range but in none of the holes, sorted, once.
    pub(super) fn within(&mut self, range: Range, holes: &[Range]) -> Vec<Box<str>> {
        let first = self.list.partition_point(|(start, _)| *start < range.start);
        let length = self.list[first..].partition_point(|(start, _)| *start < range.end);
        let Some(budget) = self.budget.checked_sub(length) else { return Vec::new() };
        self.budget = budget;
        let within = self.list[first..first + length].iter();
        let outside =
            |start: u32| !holes.iter().any(|hole| hole.start <= start && start < hole.end);
        let mut words: Vec<&str> =
            within.filter(|(start, _)| outside(*start)).map(|(_, word)| *word).collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().map(Box::from).collect()
    }
}
