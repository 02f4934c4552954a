//! What `flag` rules have read of files' syntax, kept from run to run.

use std::collections::BTreeMap;
use std::thread::{self, JoinHandle};

use crate::cache::{Cache, Key, Shelf};
use crate::flag::Sheets;
use crate::load::{Contents, Keeping};
use crate::model::FileId;
use crate::resolve::FactsByFile;

/// The shelf while it is opened, which somebody else does in the meantime.
pub(super) struct Opening(Option<JoinHandle<Shelf>>);

/// What is kept of the files of this run.
pub(super) struct Syntax {
    shelf: Shelf,
    keys: BTreeMap<FileId, Key>,
}

impl Opening {
    pub(super) fn begin(cache: &Cache) -> Self {
        let kept = cache.folder.is_some().then(|| cache.clone());
        let open = |cache| Shelf::open(&cache, "syntax", env!("ARCHLINT_SOURCES"));
        Self(kept.map(|cache| thread::spawn(move || open(cache))))
    }

    /// None where nothing is kept.
    pub(super) fn finish(self, contents: &Contents, files: &FactsByFile) -> Option<Syntax> {
        let opened = self.0?.join().expect("who reads bytes does not panic");
        let keys = contents.iter().filter_map(|(path, key)| {
            let file = files.by_path.get(path).copied().flatten()?;
            Some((file, (*key)?))
        });
        Some(Syntax { shelf: opened, keys: keys.collect() })
    }
}

impl Syntax {
    pub(super) fn sheets(&self) -> Sheets<'_> {
        let known = self.keys.iter();
        known.filter_map(|(file, key)| Some((*file, self.shelf.get(*key)?))).collect()
    }

    /// Keeps the sheets of this run for the next, while it goes on.
    pub(super) fn keep(self, sheets: Vec<(FileId, Vec<u8>)>) -> Keeping {
        let Self { shelf: mut kept, mut keys } = self;
        for (file, bytes) in sheets {
            if let Some(key) = keys.remove(&file) {
                kept.put(key, bytes);
            }
        }
        for key in keys.into_values() {
            kept.keep(key);
        }
        Keeping::begin(kept)
    }
}
