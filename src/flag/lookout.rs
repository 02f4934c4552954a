//! [`Lookout`]: all that is looked for in texts, by a name of its own.

use super::demands::Demands;
use super::spelling::{Sieve, Word};
use crate::cache::Key;

/// What rules look for in texts.
pub(super) struct Lookout {
    pub(super) sieve: Sieve,
    pub(super) demands: Demands,
    /// The name of all of it.
    pub(super) sought: Key,
}

impl Lookout {
    pub(super) fn new(words: Vec<(Word, usize)>, demands: Demands) -> Self {
        let sieve = Sieve::new(words);
        let sought = Key::of_all([sieve.spelled().as_bytes(), demands.spelled().as_bytes()]);
        Self { sieve, demands, sought }
    }
}
