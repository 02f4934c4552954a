//! Names as numbers: equal names of all files share one [`Symbol`].

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

/// The table of names.
#[derive(Debug)]
pub(super) struct Symbols {
    by_name: FxHashMap<Box<str>, Symbol>,
    names: Vec<Box<str>>,
}

impl Symbols {
    pub(super) fn new() -> Self {
        let mut symbols = Self { by_name: FxHashMap::default(), names: Vec::new() };
        for name in KEYWORDS.iter().chain(STANDARD_PRELUDE) {
            symbols.intern(name);
        }
        symbols
    }

    /// The symbol of a name; `r#type` is `type`.
    pub(super) fn intern(&mut self, name: &str) -> Symbol {
        let name = name.strip_prefix("r#").unwrap_or(name);
        if let Some(symbol) = self.by_name.get(name) {
            return *symbol;
        }
        let symbol = Symbol(self.names.len() as u32);
        self.names.push(name.into());
        self.by_name.insert(name.into(), symbol);
        symbol
    }

    /// The symbols of a file's names, by [`crate::extract::Name`].
    pub(super) fn of_file(&mut self, facts: &FileFacts) -> Vec<Symbol> {
        facts.names.iter().map(|name| self.intern(name)).collect()
    }

    pub(super) fn name(&self, symbol: Symbol) -> &str {
        &self.names[symbol.0 as usize]
    }
}
