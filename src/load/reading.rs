//! Files → those and all that they ask for, read and extracted.
//!
//! A file tells which files its modules are in; they are read as soon as it has been, several files
//! at a time. What is read this way is nearly always what the module tree will want, in its own
//! order.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::{Scope, Yield};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ahead::ReadAhead;
use super::{Content, File, content_of, file};
use crate::cache::Shelf;
use crate::discover::Workspace;
use crate::extract::FileFacts;
use crate::resolve::{Asked, Wants};

/// Whoever waits for a file looks this often whether there is something else to do again.
const A_WHILE: Duration = Duration::from_micros(200);

/// What there is to read from.
pub(super) struct Reading<'r> {
    workspace: &'r Workspace,
    shelf: &'r Shelf,
    progress: Mutex<Progress>,
    /// Told of every file that is done.
    done: Condvar,
}

/// By path, how far it is.
struct Progress {
    /// Contents that have been read already.
    read: FxHashMap<Utf8PathBuf, Content>,
    /// What has been read ahead, with its facts.
    ahead: ReadAhead,
    asked: FxHashSet<Utf8PathBuf>,
    done: FxHashMap<Utf8PathBuf, Option<Box<Extracted>>>,
}

/// A file as its crate will ask for it.
pub(super) struct Extracted {
    pub(super) file: File,
    pub(super) wants: Wants,
    /// The way in which that is so.
    pub(super) owns_folder: bool,
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        workspace: &'r Workspace,
        shelf: &'r Shelf,
        read: FxHashMap<Utf8PathBuf, Content>,
        ahead: ReadAhead,
    ) -> Self {
        let (asked, done) = (FxHashSet::default(), FxHashMap::default());
        let progress = Mutex::new(Progress { read, ahead, asked, done });
        Self { workspace, shelf, progress, done: Condvar::new() }
    }

    /// Begins with the files that nobody has asked for yet.
    pub(super) fn begin<'s>(&'s self, files: impl Iterator<Item = Asked>, scope: &Scope<'s>) {
        for file in files {
            if self.progress().asked.insert(file.path.clone()) {
                scope.spawn(move |scope| self.extract(&file, scope));
            }
        }
    }

    /// What came of a file that somebody has asked for; until then, does what else there is to do.
    pub(super) fn wait_for(&self, path: &Utf8Path) -> Option<Box<Extracted>> {
        loop {
            if let Some(extracted) = self.progress().done.remove(path) {
                return extracted;
            }
            if rayon::yield_now() == Some(Yield::Executed) {
                continue;
            }
            let progress = self.progress();
            if !progress.done.contains_key(path) {
                let waited = self.done.wait_timeout(progress, A_WHILE);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    fn extract<'s>(&'s self, asked: &Asked, scope: &Scope<'s>) {
        let Workspace { root, files, .. } = self.workspace;
        let mut done = Done { reading: self, path: asked.path.clone(), extracted: None };
        let known = self.progress().known(&asked.path, root);
        let known = known.or_else(|| Some((content_of(root, &asked.path)?, None)));
        done.extracted = known.map(|(content, facts)| {
            let file = file(content, facts, self.shelf);
            let wants = Wants::of(asked, &file.facts, files);
            self.begin(wants.files(), scope);
            Box::new(Extracted { file, wants, owns_folder: asked.owns_folder })
        });
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Nobody leaves it half done.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that a file is done, even where it was not to be done: a panic is told when all have ended,
/// and until then nobody shall wait for it.
struct Done<'r> {
    reading: &'r Reading<'r>,
    path: Utf8PathBuf,
    extracted: Option<Box<Extracted>>,
}

impl Drop for Done<'_> {
    fn drop(&mut self) {
        let (path, extracted) = (std::mem::take(&mut self.path), self.extracted.take());
        self.reading.progress().done.insert(path, extracted);
        self.reading.done.notify_one();
    }
}

impl Progress {
    /// What is known of a file that nobody has to read any more.
    fn known(&mut self, path: &Utf8Path, root: &Utf8Path) -> Option<(Content, Option<FileFacts>)> {
        if let Some(content) = self.read.remove(path) {
            return Some((content, None));
        }
        let (content, facts) = self.ahead.remove(&root.join(path))?;
        Some((content, Some(facts)))
    }
}
