//! What is known of a file's text and syntax ↔ bytes, for the cache.

use serde::{Deserialize, Serialize};

use super::{Pieces, Sites};

/// What is known of one file: it depends on the file's text alone, and on what is asked of it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Sheet<'b> {
    /// What was found out without syntax, in the bytes of who did.
    pub notes: &'b [u8],
    /// The pieces, in bytes; none where the file has not been cut.
    pieces: &'b [u8],
    /// What each of them does, in bytes; none where a piece has not been read.
    #[serde(borrow)]
    sites: Vec<&'b [u8]>,
}

impl<'b> Sheet<'b> {
    /// A sheet that was written; none if these bytes are none.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// The pieces, if they are known.
    pub fn pieces(&self) -> Option<Pieces> {
        let pieces: Pieces = postcard::from_bytes(self.pieces).ok()?;
        (pieces.list.len() == self.sites.len()).then_some(pieces)
    }

    /// What a piece does, if that is known.
    pub fn sites(&self, piece: usize) -> Option<Sites> {
        postcard::from_bytes(self.known(piece)).ok()
    }

    fn known(&self, piece: usize) -> &'b [u8] {
        self.sites.get(piece).copied().unwrap_or_default()
    }

    /// Whether all that is known of pieces stands here.
    pub fn knows<'s>(&self, read: impl Iterator<Item = Option<&'s Sites>>) -> bool {
        let mut new = read
            .enumerate()
            .filter(|(piece, read)| read.is_some() && self.known(*piece).is_empty());
        !self.pieces.is_empty() && new.next().is_none()
    }

    /// In bytes, with other notes.
    pub fn with_notes(&self, notes: &[u8]) -> Option<Vec<u8>> {
        let Self { pieces, sites, .. } = self;
        postcard::to_allocvec(&Sheet { notes, pieces, sites: sites.clone() }).ok()
    }

    /// In bytes, with other notes and what has been read of each piece.
    pub fn with<'s>(
        &self,
        notes: &[u8],
        pieces: &Pieces,
        read: impl Iterator<Item = Option<&'s Sites>>,
    ) -> Option<Vec<u8>> {
        let new = read.enumerate().map(|(piece, read)| match read {
            Some(sites) if self.known(piece).is_empty() => postcard::to_allocvec(sites).ok(),
            _ => None,
        });
        let new: Vec<Option<Vec<u8>>> = new.collect();
        let sites = new.iter().enumerate();
        let sites = sites.map(|(piece, new)| new.as_deref().unwrap_or(self.known(piece))).collect();
        let pieces = &*postcard::to_allocvec(pieces).ok()?;
        postcard::to_allocvec(&Sheet { notes, pieces, sites }).ok()
    }
}
