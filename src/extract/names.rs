//! The words of one file, each kept once, and the paths that are made of them.

use std::ops::Index;

use serde::{Deserialize, Serialize};

use super::{FileFacts, Name};

/// Words by number, one behind the other in a single text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    text: String,
    /// Where each word ends; it begins where the one before it does.
    ends: Vec<u32>,
}

impl Names {
    /// Adds a word, and says its number.
    pub fn push(&mut self, word: &str) -> Name {
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        Name(self.ends.len() as u32 - 1)
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|index| &self[index])
    }

    /// Gives back the memory that no word needs.
    pub(super) fn fit(&mut self) {
        self.text = self.text.as_str().to_owned();
        self.ends = self.ends.as_slice().to_vec();
    }
}

impl Index<usize> for Names {
    type Output = str;

    fn index(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[index] as usize]
    }
}

/// The segments of a path: a part of [`FileFacts::segments`], to be had by [`FileFacts::path`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segments {
    /// The first.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl FileFacts {
    /// The names of these segments.
    pub fn path(&self, segments: Segments) -> &[Name] {
        &self.segments[segments.start as usize..segments.end as usize]
    }

    /// Adds the segments of a path.
    pub(super) fn push_path(&mut self, path: &[Name]) -> Segments {
        let start = self.segments.len();
        self.segments.extend_from_slice(path);
        self.segments_since(start)
    }

    /// What was added to the segments since there were so many.
    pub(super) fn segments_since(&self, start: usize) -> Segments {
        Segments { start: start as u32, end: self.segments.len() as u32 }
    }

    /// Gives back the memory that no fact needs: facts are kept as long as the run lasts.
    pub(super) fn fit(mut self) -> Self {
        self.names.fit();
        fit(&mut self.cfgs);
        fit(&mut self.owners);
        fit(&mut self.scopes);
        fit(&mut self.modules);
        fit(&mut self.items);
        fit(&mut self.imports);
        fit(&mut self.segments);
        self
    }
}

/// Moves to a list of just this length. To shrink it in its place is left to the allocator, and may
/// not be worth it to that one.
fn fit<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() {
        let mut exact = Vec::with_capacity(list.len());
        exact.append(list);
        *list = exact;
    }
}
