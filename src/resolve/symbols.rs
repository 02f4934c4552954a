//! Names as numbers: equal names of all files share one [`Symbol`].

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::prelude::STANDARD_PRELUDE;
use crate::extract::FileFacts;

/// A name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Symbol(pub(super) u32);

/// Names with a meaning of their own, interned first, in this order; those of the standard prelude
/// follow.
const KEYWORDS: [&str; 8] = ["crate", "$crate", "self", "super", "Self", "std", "core", "_"];

impl Symbol {
    pub(super) const CRATE: Symbol = Symbol(0);
    pub(super) const DOLLAR_CRATE: Symbol = Symbol(1);
    pub(super) const SELF: Symbol = Symbol(2);
    pub(super) const SUPER: Symbol = Symbol(3);

    /// Whether the standard library puts this name into scope everywhere.
    pub(super) fn is_standard(self) -> bool {
        let first = KEYWORDS.len();
        (first..first + STANDARD_PRELUDE.len()).contains(&(self.0 as usize))
    }
}

/// The table of names; those of files stay where they are.
#[derive(Debug)]
pub(super) struct Symbols<'a> {
    by_name: FxHashMap<Cow<'a, str>, Symbol>,
    names: Vec<Cow<'a, str>>,
}

impl<'a> Symbols<'a> {
    pub(super) fn new() -> Self {
        let mut symbols = Self { by_name: FxHashMap::default(), names: Vec::new() };
        for name in KEYWORDS.iter().chain(STANDARD_PRELUDE) {
            symbols.take(Cow::Borrowed(name));
        }
        symbols
    }

    /// The symbol of a name; `r#type` is `type`.
    pub(super) fn intern(&mut self, name: &str) -> Symbol {
        let name = name.strip_prefix("r#").unwrap_or(name);
        let known = self.by_name.get(name).copied();
        known.unwrap_or_else(|| self.take(Cow::Owned(name.to_owned())))
    }

    /// The symbols of each file's names, by [`crate::extract::Name`].
    ///
    /// Several files at a time number their names among themselves; only what is left of them then
    /// is numbered among all, in the order in which names first stand in the files.
    pub(super) fn of_files(&mut self, files: &[&'a FileFacts]) -> Vec<Vec<Symbol>> {
        let parts: Vec<Part<'a>> = files.par_chunks(FILES_AT_A_TIME).map(Part::of).collect();
        let among_all = parts.iter().map(|part| {
            let own = part.names.iter();
            own.map(|name| match self.by_name.get(*name) {
                Some(known) => *known,
                None => self.take(Cow::Borrowed(name)),
            })
            .collect()
        });
        let among_all: Vec<Vec<Symbol>> = among_all.collect();
        let parts = parts.into_par_iter().zip(among_all);
        parts.flat_map_iter(|(part, among_all)| part.renumbered(among_all)).collect()
    }

    /// Gives a new name its number.
    fn take(&mut self, name: Cow<'a, str>) -> Symbol {
        let symbol = Symbol(self.names.len() as u32);
        self.names.push(name.clone());
        self.by_name.insert(name, symbol);
        symbol
    }

    pub(super) fn name(&self, symbol: Symbol) -> &str {
        &self.names[symbol.0 as usize]
    }
}

/// So many files number their names among themselves.
const FILES_AT_A_TIME: usize = 128;

/// The names of some files, numbered among themselves.
struct Part<'a> {
    names: Vec<&'a str>,
    /// Of each file, its names.
    files: Vec<Vec<Symbol>>,
}

impl<'a> Part<'a> {
    fn of(files: &[&'a FileFacts]) -> Self {
        let mut names: Vec<&'a str> = Vec::new();
        let mut known: FxHashMap<&'a str, Symbol> = FxHashMap::default();
        let of_file = |facts: &&'a FileFacts| {
            let bare = facts.names.iter().map(|name| name.strip_prefix("r#").unwrap_or(name));
            let numbered = bare.map(|name| {
                *known.entry(name).or_insert_with(|| {
                    names.push(name);
                    Symbol(names.len() as u32 - 1)
                })
            });
            numbered.collect()
        };
        let files = files.iter().map(of_file).collect();
        Self { names, files }
    }

    /// The files' names by the numbers that their own ones have among all.
    fn renumbered(self, among_all: Vec<Symbol>) -> impl Iterator<Item = Vec<Symbol>> {
        self.files.into_iter().map(move |mut names| {
            for name in &mut names {
                *name = among_all[name.0 as usize];
            }
            names
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    #[test]
    fn equal_names_of_all_files_share_a_number() {
        let text =
            |at: usize| format!("use std::r#shared::own_{at};\nuse shared::every_{};", at % 7);
        let facts: Vec<FileFacts> = (0..3 * FILES_AT_A_TIME).map(|at| extract(&text(at))).collect();
        let mut symbols = Symbols::new();
        let known = symbols.intern("shared");
        let of_files = symbols.of_files(&facts.iter().collect::<Vec<_>>());
        let (mut seen, mut shared) = (FxHashMap::default(), 0);
        for (facts, numbers) in facts.iter().zip(&of_files) {
            assert_eq!(numbers.len(), facts.names.iter().count());
            for (name, number) in facts.names.iter().zip(numbers) {
                let bare = name.strip_prefix("r#").unwrap_or(name);
                assert_eq!(symbols.name(*number), bare);
                assert_eq!(*seen.entry(bare.to_owned()).or_insert(*number), *number);
                shared += usize::from(*number == known);
            }
        }
        assert!(shared >= facts.len());
        // One number a name, in the order in which they first stand in the files.
        let count = symbols.names.len();
        assert_eq!(symbols.intern("one more"), Symbol(count as u32));
        let first = |name: &str| seen[name];
        assert!(first("own_0") < first("own_1") && first("own_1") < first("own_300"));
    }
}
