//! Strings that many references share: paths as written, conditions.

use rustc_hash::FxHashMap;

use super::TextId;

/// Strings, each once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) all: Vec<Box<str>>,
    by_text: FxHashMap<Box<str>, TextId>,
}

impl Texts {
    /// The number of a text.
    pub(super) fn intern(&mut self, text: &str) -> TextId {
        if self.all.is_empty() {
            self.all.push("".into());
            self.by_text.insert("".into(), TextId(0));
        }
        if let Some(id) = self.by_text.get(text) {
            return *id;
        }
        let id = TextId(self.all.len() as u32);
        self.all.push(text.into());
        self.by_text.insert(text.into(), id);
        id
    }

    /// The number of a text that need not be copied.
    pub(super) fn take(&mut self, text: Box<str>) -> TextId {
        if let Some(id) = self.by_text.get(&text) {
            return *id;
        }
        let id = TextId(self.all.len() as u32);
        self.by_text.insert(text.clone(), id);
        self.all.push(text);
        id
    }
}
