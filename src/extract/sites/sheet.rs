//! The pieces of a file and what was read of them ↔ bytes, for the cache.

use serde::{Deserialize, Serialize};

use super::{Pieces, Sites};

/// What is known of one file's syntax: it depends on the file's text alone.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Sheet<'b> {
    /// The pieces of the file.
    pub pieces: Pieces,
    /// What each of them does, in bytes; none where a piece has not been read.
    #[serde(borrow)]
    sites: Vec<&'b [u8]>,
}

impl<'b> Sheet<'b> {
    /// Nothing has been read of these pieces.
    pub fn new(pieces: Pieces) -> Self {
        let sites = vec![&[][..]; pieces.list.len()];
        Self { pieces, sites }
    }

    /// A sheet that was written; none if these bytes are none.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let sheet: Self = postcard::from_bytes(bytes).ok()?;
        (sheet.sites.len() == sheet.pieces.list.len()).then_some(sheet)
    }

    /// What a piece does, if that is known.
    pub fn sites(&self, piece: usize) -> Option<Sites> {
        let bytes = self.sites.get(piece).filter(|bytes| !bytes.is_empty())?;
        postcard::from_bytes(bytes).ok()
    }

    /// Whether it is known what a piece does.
    pub fn knows(&self, piece: usize) -> bool {
        self.sites.get(piece).is_some_and(|bytes| !bytes.is_empty())
    }

    /// The sheet in bytes, with what has been read of each piece.
    pub fn with<'s>(&self, read: impl Iterator<Item = Option<&'s Sites>>) -> Option<Vec<u8>> {
        let known = self.sites.iter().zip(read);
        let new = known.map(|(known, read)| match read {
            Some(sites) if known.is_empty() => postcard::to_allocvec(sites).ok(),
            _ => None,
        });
        let new: Vec<Option<Vec<u8>>> = new.collect();
        let sites = self.sites.iter().zip(&new);
        let sites = sites.map(|(known, new)| new.as_deref().unwrap_or(known)).collect();
        postcard::to_allocvec(&Sheet { pieces: self.pieces.clone(), sites }).ok()
    }
}
