//! Texts → where words stand in them, told without their syntax.
//!
//! Comments and strings are texts like any other, unless it is said that code is meant: what is
//! found here is where it is worth looking.

use std::fmt;
use std::sync::OnceLock;

use memchr::memmem;
use regex::Regex;
use rustc_hash::FxHashMap;

use crate::boundaries::flag::pattern::fits;
use crate::extract::Range;
use crate::extract::sites::any_in_code;

/// What must stand in a text.
pub(super) enum Spelling {
    /// One of these words.
    Words(Vec<Word>),
    /// What this matches.
    Matches(Regex),
    /// What one of these says.
    Any(Vec<Spelling>),
}

impl Spelling {
    /// One of these words, in which `*` stands for letters; none if there is none, or one that
    /// cannot be looked for.
    pub(super) fn words<W: AsRef<str>>(words: &[W], behind_dot: bool) -> Option<Self> {
        let words: Option<Vec<Word>> =
            words.iter().map(|word| Word::new(word.as_ref(), behind_dot)).collect();
        words.filter(|words| !words.is_empty()).map(Self::Words)
    }

    pub(super) fn matches(pattern: &str) -> Option<Self> {
        Regex::new(pattern).ok().map(Self::Matches)
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Words(words) => words.iter().any(|word| word.is_in(text)),
            Self::Matches(regex) => regex.is_match(text),
            Self::Any(all) => all.iter().any(|one| one.is_in(text)),
        }
    }

    /// Whether it stands in a part of a text that begins in code. Words must be code, too; what a
    /// regex matches may begin in a comment and be code further on.
    pub(super) fn is_in_code(&self, text: &str, part: Range) -> bool {
        let Range { start, end } = part;
        let own = text.get(start as usize..end as usize).unwrap_or_default();
        match self {
            Self::Words(words) => words
                .iter()
                .any(|word| any_in_code(text, start, word.places(own).map(|at| start + at as u32))),
            Self::Matches(regex) => regex.is_match(own),
            Self::Any(all) => all.iter().any(|one| one.is_in_code(text, part)),
        }
    }
}

/// As text, by which two may be told apart.
impl fmt::Display for Spelling {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => words.iter().try_for_each(|word| write!(to, "{word} ")),
            Self::Matches(regex) => write!(to, "/{regex}/"),
            Self::Any(all) => all.iter().try_for_each(|one| write!(to, "({one})")),
        }
    }
}

impl PartialEq for Spelling {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Words(one), Self::Words(two)) => one == two,
            (Self::Matches(one), Self::Matches(two)) => one.as_str() == two.as_str(),
            (Self::Any(one), Self::Any(two)) => one == two,
            _ => false,
        }
    }
}

/// A word, in which `*` stands for letters, by itself or behind a dot.
pub(super) struct Word {
    written: String,
    /// Its longest part without `*`.
    part: memmem::Finder<'static>,
    behind_dot: bool,
}

impl Word {
    /// None if it is more than a word, or less.
    pub(super) fn new(word: &str, behind_dot: bool) -> Option<Self> {
        let part = word.split('*').max_by_key(|part| part.len())?;
        let plain = word.bytes().all(|byte| is_letter(byte) || byte == b'*');
        let part = memmem::Finder::new(part).into_owned();
        (plain && !part.needle().is_empty()).then(|| Self {
            written: word.to_owned(),
            part,
            behind_dot,
        })
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// Where it stands, in order; more than once for one place if its part does.
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.part.find_iter(text.as_bytes()).filter_map(move |at| {
            let (start, word) = word_at(text, at);
            (self.is(word) && self.stands(text, start)).then_some(start)
        })
    }

    /// Whether it stands before arguments in the code of a part that begins in code.
    pub(super) fn is_called_in(&self, text: &str, part: Range) -> bool {
        let own = text.get(part.start as usize..part.end as usize).unwrap_or_default();
        let called = self.places(own).filter(|start| {
            let behind = own[start + self.written.len()..].trim_start();
            // What stands in a comment may be followed by the arguments.
            behind.starts_with(['(', ':', '/'])
        });
        any_in_code(text, part.start, called.map(|at| part.start + at as u32))
    }

    fn is(&self, word: &str) -> bool {
        if self.is_plain() { self.written == word } else { fits(&self.written, word) }
    }

    fn is_plain(&self) -> bool {
        self.part.needle().len() == self.written.len()
    }

    /// Whether what it asks for stands before a place.
    fn stands(&self, text: &str, start: usize) -> bool {
        let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
        let mut before = text.as_bytes()[..start].iter().rev();
        !self.behind_dot || before.find(|byte| !is_blank(byte)) == Some(&b'.')
    }
}

impl fmt::Display for Word {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}{}", if self.behind_dot { "." } else { "" }, self.written)
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        (&self.written, self.behind_dot) == (&other.written, other.behind_dot)
    }
}

/// Whether a byte is part of a word: all that is not ASCII is.
fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// The word around a letter, and where it begins.
fn word_at(text: &str, at: usize) -> (usize, &str) {
    let bytes = text.as_bytes();
    let before = bytes[..at].iter().rev().take_while(|byte| is_letter(**byte)).count();
    let behind = bytes[at..].iter().take_while(|byte| is_letter(**byte)).count();
    (at - before, &text[at - before..at + behind])
}

/// Many words, each with who asks for it, looked for at once.
pub(super) struct Sieve {
    words: Vec<(Word, usize)>,
    /// Matches a part of each of them; made when it is first needed.
    parts: OnceLock<Option<Regex>>,
    plain: FxHashMap<String, Vec<usize>>,
    starred: Vec<usize>,
}

impl Sieve {
    pub(super) fn new(words: Vec<(Word, usize)>) -> Self {
        let (mut plain, mut starred) = (FxHashMap::<String, Vec<usize>>::default(), Vec::new());
        for (at, (word, _)) in words.iter().enumerate() {
            if word.is_plain() {
                plain.entry(word.written.clone()).or_default().push(at);
            } else {
                starred.push(at);
            }
        }
        Self { words, parts: OnceLock::new(), plain, starred }
    }

    /// What is looked for, as text.
    pub(super) fn spelled(&self) -> String {
        let words = self.words.iter().map(|(word, asker)| format!("{word} {asker}"));
        words.collect::<Vec<_>>().join("\n")
    }

    /// Who asks for what stands in a text, and where that is, by who asks.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, u32)> {
        let parts = self.parts.get_or_init(|| any_part(&self.words));
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(part) = parts.as_ref().and_then(|parts| parts.find_at(text, at)) {
            let (start, word) = word_at(text, part.start());
            let plain = self.plain.get(word).into_iter().flatten();
            let starred = self.starred.iter().filter(|at| self.words[**at].0.is(word));
            let asked = plain.chain(starred).map(|at| &self.words[*at]);
            let asked = asked.filter(|(wanted, _)| wanted.stands(text, start));
            found.extend(asked.map(|(_, asker)| (*asker, start as u32)));
            at = start + word.len();
        }
        found.sort_unstable();
        found
    }
}

/// What is part of another part stands wherever that one does.
fn any_part(words: &[(Word, usize)]) -> Option<Regex> {
    let parts = words.iter().filter_map(|(word, _)| str::from_utf8(word.part.needle()).ok());
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_by_key(|part| (part.len(), *part));
    let mut kept: Vec<&str> = Vec::new();
    for part in parts {
        if !kept.iter().any(|one| part.contains(one)) {
            kept.push(part);
        }
    }
    (!kept.is_empty()).then(|| Regex::new(&kept.join("|")).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[(&str, bool)], text: &str, found: &[(usize, u32)]) {
        let asked = || words.iter().map(|(word, dot)| Word::new(word, *dot).unwrap()).zip(0..);
        assert_eq!(Sieve::new(asked().collect()).find(text), found, "{text}");
        for (word, asker) in asked() {
            let is_in = found.iter().any(|(who, _)| *who == asker);
            assert_eq!(word.is_in(text), is_in, "{} {text}", word.written);
        }
    }

    #[test]
    fn a_word_stands_by_itself() {
        check(&[("read", false)], "read_exact(read); spread reads", &[(0, 11)]);
        check(&[("read", false), ("read_exact", false)], "read_exact read", &[(0, 11), (1, 0)]);
        check(&[("fn", false), ("größe", false)], "ßfn größe", &[(1, 5)]);
    }

    #[test]
    fn a_star_stands_for_letters() {
        check(&[("*64_counter", false)], "u64_counter u64_counters", &[(0, 0)]);
        check(&[("a*_b", false), ("*", false)][..1], "ax_b a_bc", &[(0, 0)]);
        assert!(Word::new("*", false).is_none() && Word::new("a b", false).is_none());
    }

    #[test]
    fn a_method_stands_behind_a_dot() {
        check(
            &[("lock", true)],
            "lock a.lock() a\n  .\n  lock() a.locks b.try_lock",
            &[(0, 7), (0, 22)],
        );
        check(&[("lock", true), ("lock", false)], "lock.lock", &[(0, 5), (1, 0), (1, 5)]);
    }
}
