//! Strings that many references share: paths as written, conditions.

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::TextId;

/// Strings, each once; the first is empty.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) all: Vec<Box<str>>,
    /// By their hash, or where that is taken by another text, by one of the next numbers.
    by_hash: FxHashMap<u64, TextId>,
}

impl Texts {
    /// The empty text alone.
    pub(super) fn new() -> Self {
        let mut texts = Self { all: Vec::new(), by_hash: FxHashMap::default() };
        texts.intern("");
        texts
    }

    /// The number of a text.
    pub(super) fn intern(&mut self, text: &str) -> TextId {
        self.find(text).unwrap_or_else(|free| self.add(free, text.into()))
    }

    /// The numbers of texts that need not be copied.
    pub(super) fn take_all(&mut self, texts: Vec<Box<str>>) -> Vec<TextId> {
        texts.into_iter().map(|text| self.take(text)).collect()
    }

    fn take(&mut self, text: Box<str>) -> TextId {
        self.find(&text).unwrap_or_else(|free| self.add(free, text))
    }

    /// A text's number, or where it may be put.
    fn find(&self, text: &str) -> Result<TextId, u64> {
        let mut hash = FxBuildHasher.hash_one(text);
        while let Some(id) = self.by_hash.get(&hash) {
            if *self.all[id.0 as usize] == *text {
                return Ok(*id);
            }
            hash = hash.wrapping_add(1);
        }
        Err(hash)
    }

    fn add(&mut self, free: u64, text: Box<str>) -> TextId {
        let id = TextId(self.all.len() as u32);
        self.by_hash.insert(free, id);
        self.all.push(text);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_also_beside_one_of_its_hash() {
        let mut texts = Texts::new();
        let one = texts.intern("one");
        // As if some other text had the hash of the next one.
        texts.by_hash.insert(FxBuildHasher.hash_one("two"), one);
        let two = texts.take("two".into());
        assert_eq!(
            [texts.intern(""), texts.intern("one"), texts.intern("two")],
            [TextId(0), one, two]
        );
        assert_ne!(one, two);
        assert_eq!(texts.all.len(), 3);
    }
}
