//! Names as numbers: equal names of all files share one [`Symbol`].

use std::borrow::Cow;

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

    /// The symbols of a file's names, by [`crate::extract::Name`].
    pub(super) fn of_file(&mut self, facts: &'a FileFacts) -> Vec<Symbol> {
        let bare = facts.names.iter().map(|name| name.strip_prefix("r#").unwrap_or(name));
        bare.map(|name| {
            let known = self.by_name.get(name).copied();
            known.unwrap_or_else(|| self.take(Cow::Borrowed(name)))
        })
        .collect()
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
