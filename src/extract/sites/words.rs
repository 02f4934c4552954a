//! Source text → its identifiers, to be looked up by range.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::extract::Range;
use crate::extract::tokens::is_keyword;

/// Where the identifiers of a part of a file stand, in order, without `r#`.
#[derive(Debug)]
pub struct Words(Vec<Range>);

impl Words {
    /// Reads those of a part that begins and ends between tokens; `text` is that of the whole file.
    pub fn read(text: &str, part: Range) -> Self {
        let source = text.get(part.start as usize..part.end as usize).unwrap_or_default();
        let (mut words, mut start) = (Vec::new(), part.start);
        for token in tokenize(source, FrontmatterAllowed::No) {
            let end = start + token.len;
            let word = &text[start as usize..end as usize];
            match token.kind {
                TokenKind::Ident if word != "_" && !is_keyword(word) => {
                    words.push(Range { start, end });
                }
                TokenKind::RawIdent => words.push(Range { start: start + 2, end }),
                _ => {}
            }
            start = end;
        }
        Self(words)
    }

    /// Those in a range, but in none of the ranges that are nested in it.
    pub fn within<'w>(
        &'w self,
        range: Range,
        nested: &'w [Range],
    ) -> impl Iterator<Item = Range> + 'w {
        let first = self.0.partition_point(|word| word.start < range.start);
        let within = self.0[first..].iter().take_while(move |word| word.start < range.end);
        let is_nested = move |word: &Range| {
            let around = |one: &&Range| one.start <= word.start && word.start < one.end;
            nested.iter().filter(around).any(|one| range.start <= one.start && one.end <= range.end)
        };
        within.filter(move |word| !is_nested(word)).copied()
    }
}
