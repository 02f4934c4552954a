//! What a text answers to who looks for words ↔ bytes: it depends on the text and the words alone.

use serde::{Deserialize, Serialize};

use crate::cache::Key;

/// Which lists have a word in a text, and where, in order.
pub(super) type Listed = Vec<(usize, u32)>;

/// Where the words of one list stand.
pub(super) fn of_list(listed: &[(usize, u32)], list: usize) -> &[(usize, u32)] {
    let behind = &listed[listed.partition_point(|(of, _)| *of < list)..];
    &behind[..behind.partition_point(|(of, _)| *of == list)]
}

/// What is known of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notes {
    /// The name of what was looked for.
    sought: Key,
    /// Which lists have a word in it, and where, in order; none: nobody has looked.
    pub(super) listed: Option<Listed>,
    /// Whether each demand is met; none: nobody has asked.
    pub(super) answers: Vec<Option<bool>>,
}

impl Notes {
    /// Nothing is known.
    pub(super) fn new(sought: Key, demands: usize) -> Self {
        Self { sought, listed: None, answers: vec![None; demands] }
    }

    /// What was written down; nothing if something else was looked for.
    pub(super) fn open(bytes: &[u8], sought: Key, demands: usize) -> Self {
        let kept: Option<Self> = postcard::from_bytes(bytes).ok();
        let kept = kept.filter(|kept| kept.sought == sought && kept.answers.len() == demands);
        kept.unwrap_or_else(|| Self::new(sought, demands))
    }

    /// How much is known.
    pub(super) fn known(&self) -> usize {
        self.answers.iter().flatten().count() + usize::from(self.listed.is_some())
    }

    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }
}
