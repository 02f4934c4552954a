//! The nouns that every stage shares: files, spans, scopes, severities.

use std::fmt;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

/// A file that was read: source, manifest or configuration. Index into [`Sources`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct FileId(pub u32);

/// A half-open range of bytes in a file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A file's name and text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the workspace root, with `/`; absolute where the file lies outside of it.
    pub path: Utf8PathBuf,
    /// The text as read.
    pub text: String,
}

/// Every file that was read, by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// In the order in which they were read.
    pub files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: Utf8PathBuf, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than four billion files"));
        self.files.push(SourceFile { path, text });
        id
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
}

/// When a piece of code, or a dependency, takes part in a build.
///
/// Ordered as printed; `dev` is for manifest edges only, whose code is `test`, `bench` or `example`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum CodeScope {
    /// Library and binary code.
    #[default]
    Normal,
    /// A build script, or a `[build-dependencies]` entry.
    Build,
    /// `tests/`, `#[cfg(test)]`, `#[test]`.
    Test,
    /// `benches/`.
    Bench,
    /// `examples/`.
    Example,
    /// A `[dev-dependencies]` entry.
    Dev,
}

impl CodeScope {
    /// All scopes, in their order.
    pub const ALL: [CodeScope; 6] =
        [Self::Normal, Self::Build, Self::Test, Self::Bench, Self::Example, Self::Dev];

    /// The word that `boundaries.toml` and the reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Build => "build",
            Self::Test => "test",
            Self::Bench => "bench",
            Self::Example => "example",
            Self::Dev => "dev",
        }
    }
}

impl fmt::Display for CodeScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much a broken rule matters.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Severity {
    /// Shown and counted apart; the run stays green.
    Info,
    /// Reported; the run stays green.
    Warn,
    /// Reported; the run fails.
    #[default]
    Deny,
}

/// A set of small numbers, one bit each: which nodes a selector matches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BitSet {
    words: Vec<u64>,
}

impl BitSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every number below `end`.
    pub fn below(end: usize) -> Self {
        let mut words = vec![u64::MAX; end.div_ceil(64)];
        if let Some(last) = words.last_mut().filter(|_| !end.is_multiple_of(64)) {
            *last = (1 << (end % 64)) - 1;
        }
        Self { words }
    }

    /// Adds `index`.
    pub fn insert(&mut self, index: usize) {
        let word = index / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (index % 64);
    }

    /// Takes `index` out.
    pub fn remove(&mut self, index: usize) {
        if let Some(word) = self.words.get_mut(index / 64) {
            *word &= !(1 << (index % 64));
        }
    }

    /// Whether `index` is in.
    pub fn contains(&self, index: usize) -> bool {
        self.words.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Whether nothing is in.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many are in.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The members, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.wrapping_sub(1);
                (bit < 64).then(|| at * 64 + bit)
            })
        })
    }

    /// Adds every member of `other`.
    pub fn union_with(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Takes every member of `other` out.
    pub fn subtract(&mut self, other: &Self) {
        for (word, less) in self.words.iter_mut().zip(&other.words) {
            *word &= !less;
        }
    }

    /// Whether every member is in `other`, too.
    pub fn is_subset(&self, other: &Self) -> bool {
        let rest = |at: usize| other.words.get(at).copied().unwrap_or(0);
        self.words.iter().enumerate().all(|(at, word)| word & !rest(at) == 0)
    }

    /// Whether some member is in both.
    pub fn intersects(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(one, two)| one & two != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::BitSet;

    #[test]
    fn all_below_an_end_are_those_that_could_be_put_in() {
        for end in [0, 1, 63, 64, 65, 200] {
            let mut one_by_one = BitSet::new();
            (0..end).for_each(|index| one_by_one.insert(index));
            assert_eq!(BitSet::below(end), one_by_one, "{end}");
        }
    }
}
