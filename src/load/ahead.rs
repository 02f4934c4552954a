//! Files that are read before it is known which there are.
//!
//! While cargo says what the workspace is made of, nobody here has anything to do. Most of what lies
//! in a folder `src` below the manifest will be asked for: it is read in the meantime. What is not,
//! is forgotten.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use walkdir::{DirEntry, WalkDir};

use super::{Content, content_of};
use crate::extract::{FileFacts, extract};

/// So many bytes a file may have: whoever waits for the end should not wait for a large file that
/// perhaps nobody asks for.
const MOST: u64 = 1 << 20;

/// What has been read, by absolute path.
pub type ReadAhead = FxHashMap<Utf8PathBuf, (Content, FileFacts)>;

/// Those who read ahead: the threads that share all work, but for the one that waits.
#[derive(Debug)]
pub struct Ahead {
    enough: Arc<AtomicBool>,
    read: Receiver<ReadAhead>,
}

impl Ahead {
    /// Begins to read what lies below a folder; nothing where nobody else is there to do it.
    pub fn begin(folder: &Utf8Path) -> Option<Self> {
        if rayon::current_num_threads() < 2 {
            return None;
        }
        let enough = Arc::new(AtomicBool::new(false));
        let (told, folder) = (Arc::clone(&enough), folder.to_owned());
        let (send, receive) = sync_channel(1);
        rayon::spawn(move || {
            let _nobody_waits = send.send(read(&folder, || told.load(Ordering::Relaxed)));
        });
        Some(Self { enough, read: receive })
    }

    /// Ends with the files at hand.
    pub fn end(self) -> ReadAhead {
        self.enough.store(true, Ordering::Relaxed);
        self.read.recv().expect("who extracts facts does not panic")
    }
}

fn read(folder: &Utf8Path, enough: impl Fn() -> bool + Sync) -> ReadAhead {
    let found = Mutex::new(ReadAhead::default());
    let entries = WalkDir::new(folder).into_iter().filter_entry(may_be_ours);
    let files = entries.take_while(|_| !enough()).filter_map(|entry| source(&entry.ok()?));
    let read = |path: Utf8PathBuf| {
        let content = content_of(Utf8Path::new(""), &path)?;
        let facts = extract(str::from_utf8(&content.bytes).ok()?);
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(path, (content, facts))
    };
    rayon::in_place_scope(|scope| {
        for path in files {
            scope.spawn(|_| {
                if !enough() {
                    read(path);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn may_be_ours(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    // Packages that lie among tests are mostly what tests are made with.
    let is_foreign = name.starts_with('.') || name == "node_modules" || name == "tests";
    let is_build = || entry.path().join("CACHEDIR.TAG").is_file();
    entry.depth() == 0 || !(is_foreign || entry.file_type().is_dir() && is_build())
}

/// A Rust file in or below a folder `src`, if it is not large.
fn source(entry: &DirEntry) -> Option<Utf8PathBuf> {
    let path = Utf8Path::from_path(entry.path())?;
    let is_source = path.extension() == Some("rs") && path.iter().any(|folder| folder == "src");
    let is_small = || entry.metadata().is_ok_and(|it| it.is_file() && it.len() <= MOST);
    (is_source && is_small()).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_until_it_is_enough() {
        let here = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acmetrade/0-tangled");
        let all = read(&here, || false);
        let lib = here.join("accounts/src/lib.rs");
        let (content, facts) = &all[&lib];
        assert_eq!(content.bytes, std::fs::read(&lib).unwrap());
        assert_eq!(*facts, extract(str::from_utf8(&content.bytes).unwrap()));
        assert!(all.keys().all(|path| path.extension() == Some("rs")));
        assert!(read(&here, || true).is_empty());
    }

    #[test]
    fn nobody_waits_for_large_files() {
        let home = std::env::temp_dir().join(format!("archlint-ahead-{}", std::process::id()));
        let home = Utf8PathBuf::try_from(home).unwrap();
        std::fs::create_dir_all(home.join("src")).unwrap();
        std::fs::write(home.join("src/small.rs"), "").unwrap();
        std::fs::write(home.join("src/large.rs"), " ".repeat(MOST as usize + 1)).unwrap();
        let found: Vec<_> = read(&home, || false).into_keys().collect();
        std::fs::remove_dir_all(&home).unwrap();
        assert_eq!(found, [home.join("src/small.rs")]);
    }
}
