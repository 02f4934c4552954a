//! `boundaries.baseline.toml` ↔ [`Baseline`]: the debt that is known.
//!
//! An entry knows its rule, the item that names and the item that is named, and how often: no line,
//! no file, so it survives both. Invariants: pure; the text of a baseline is sorted, one entry a
//! line; a text that cannot be read is told at its place and never counts as empty.

mod compare;
mod parse;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::boundaries::Problem;
use crate::check::Violation;
use crate::model::{FileId, Span};

pub use compare::{Comparison, Move, Present, compare, present};
pub use text::write;

/// A baseline that cannot be read: what is known cannot be told from what is new.
pub const CORRUPT_BASELINE: &str = "corrupt-baseline";

/// What a baseline knows a violation by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The rule's id.
    pub rule: String,
    /// The path of the item that names.
    pub from: String,
    /// The path of the item that is named.
    pub to: String,
}

impl Key {
    /// The key of a violation; none where it starts nowhere, as a fault of the configuration does.
    pub fn of(violation: &Violation) -> Option<Self> {
        let starts = !violation.from.is_empty() && !violation.owner.is_empty();
        starts.then(|| Self {
            rule: violation.rule.clone(),
            from: violation.owner.clone(),
            to: violation.item.clone(),
        })
    }
}

/// How often something is there.
pub type Counts = BTreeMap<Key, usize>;

/// The debt that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By key.
    pub entries: BTreeMap<Key, Entry>,
}

/// What is known of one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How often it may be there.
    pub count: usize,
    /// Where the entry stands.
    pub span: Span,
}

impl Baseline {
    /// How often each key may be there.
    pub fn counts(&self) -> Counts {
        self.entries.iter().map(|(key, entry)| (key.clone(), entry.count)).collect()
    }
}

/// Reads a baseline; its first fault if it has one.
pub fn parse(text: &str, file: FileId) -> Result<Baseline, Box<Problem>> {
    parse::parse(text, file)
}
