//! Texts → where words stand in them, told without their syntax.
//!
//! Comments and strings are texts
//! like any other: what is found here is where it is worth looking.

use memchr::memmem;
use regex::Regex;
use rustc_hash::FxHashMap;

use crate::boundaries::flag::pattern::fits;

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
}

/// A word, in which `*` stands for letters, by itself or behind a dot.
pub(super) struct Word {
    word: String,
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
            word: word.to_owned(),
            part,
            behind_dot,
        })
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// Where it stands; a word with `*` may be told twice.
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.part.find_iter(text.as_bytes()).filter_map(|at| {
            let (start, word) = word_at(text, at);
            (self.is(word) && self.stands(text, start)).then_some(start)
        })
    }

    fn is(&self, word: &str) -> bool {
        if self.is_plain() { self.word == word } else { fits(&self.word, word) }
    }

    fn is_plain(&self) -> bool {
        self.part.needle().len() == self.word.len()
    }

    /// Whether what it asks for stands before a place.
    fn stands(&self, text: &str, start: usize) -> bool {
        let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
        let mut before = text.as_bytes()[..start].iter().rev();
        !self.behind_dot || before.find(|byte| !is_blank(byte)) == Some(&b'.')
    }
}

/// Whether a byte is part of a word.
const LETTER: [bool; 256] = letters();

const fn letters() -> [bool; 256] {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < letters.len() {
        letters[byte] = is_letter(byte as u8);
        byte += 1;
    }
    letters
}

/// All that is not ASCII is.
const fn is_letter(byte: u8) -> bool {
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
    plain: FxHashMap<String, Vec<usize>>,
    /// How long the words are that begin with a byte: a bit for each length.
    lengths: [u64; 256],
}

impl Sieve {
    pub(super) fn new(words: Vec<(Word, usize)>) -> Self {
        let mut plain: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut lengths = [0; 256];
        for (at, (word, _)) in words.iter().enumerate().filter(|(_, (word, _))| word.is_plain()) {
            plain.entry(word.word.clone()).or_default().push(at);
            lengths[word.word.as_bytes()[0] as usize] |= bit(word.word.len());
        }
        Self { words, plain, lengths }
    }

    /// Who asks for what stands in a text, and where that is.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, u32)> {
        let mut found = Vec::new();
        let bytes = text.as_bytes();
        let run = |start: usize, of_letters: bool| {
            let mut rest = bytes[start..].iter();
            rest.position(|byte| LETTER[*byte as usize] != of_letters)
        };
        let mut next = run(0, false);
        while let Some(start) = next {
            let end = run(start, true).map_or(bytes.len(), |length| start + length);
            if self.lengths[bytes[start] as usize] & bit(end - start) != 0 {
                self.take(text, start, end, &mut found);
            }
            next = run(end, false).map(|length| end + length);
        }
        for (word, asker) in self.words.iter().filter(|(word, _)| !word.is_plain()) {
            found.extend(word.places(text).map(|at| (*asker, at as u32)));
        }
        found
    }

    fn take(&self, text: &str, start: usize, end: usize, found: &mut Vec<(usize, u32)>) {
        let asked = self.plain.get(&text[start..end]).into_iter().flatten();
        let asked = asked.map(|at| &self.words[*at]).filter(|(word, _)| word.stands(text, start));
        found.extend(asked.map(|(_, asker)| (*asker, start as u32)));
    }
}

/// The bit of a length; all great ones have the same.
fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[(&str, bool)], text: &str, found: &[(usize, u32)]) {
        let asked = || words.iter().map(|(word, dot)| Word::new(word, *dot).unwrap()).zip(0..);
        let mut told = Sieve::new(asked().collect()).find(text);
        told.sort_unstable_by_key(|(asker, at)| (*at, *asker));
        assert_eq!(told, found, "{text}");
        for (word, asker) in asked() {
            let is_in = found.iter().any(|(who, _)| *who == asker);
            assert_eq!(word.is_in(text), is_in, "{} {text}", word.word);
        }
    }

    #[test]
    fn a_word_stands_by_itself() {
        check(&[("read", false)], "read_exact(read); spread reads", &[(0, 11)]);
        check(&[("read", false), ("read_exact", false)], "read_exact read", &[(1, 0), (0, 11)]);
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
        check(&[("lock", true), ("lock", false)], "lock.lock", &[(1, 0), (0, 5), (1, 5)]);
    }
}
