//! Files → those and all that they ask for, read and extracted.
//!
//! A file tells which files its modules are in; they are read as soon as it has been, several files
//! at a time. What is read this way is nearly always what the module tree will want, in its own
//! order.

use std::sync::{Mutex, PoisonError};

use camino::Utf8PathBuf;
use rayon::Scope;
use rustc_hash::{FxHashMap, FxHashSet};

use super::ahead::ReadAhead;
use super::{Content, File, content_of, file};
use crate::cache::Shelf;
use crate::discover::Workspace;
use crate::resolve::{Asked, Wants};

/// What there is to read from.
pub(super) struct Reading<'r> {
    workspace: &'r Workspace,
    shelf: &'r Shelf,
    progress: Mutex<Progress>,
}

/// By path, how far it is.
struct Progress {
    /// Contents that have been read already.
    read: FxHashMap<Utf8PathBuf, Content>,
    /// What has been read ahead, with its facts.
    ahead: ReadAhead,
    asked: FxHashSet<Utf8PathBuf>,
    done: FxHashMap<Utf8PathBuf, Option<Extracted>>,
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
        Self { workspace, shelf, progress }
    }

    /// What came of each of these, in their order; what they ask for will be there, too.
    pub(super) fn read(
        &self,
        wanted: Vec<Asked>,
    ) -> impl Iterator<Item = (Utf8PathBuf, Option<Extracted>)> {
        rayon::in_place_scope(|scope| self.begin(wanted.iter().cloned(), scope));
        wanted.into_iter().map(|file| {
            let extracted = self.locked(|progress| progress.done.remove(&file.path)).flatten();
            (file.path, extracted)
        })
    }

    /// Begins with the files that nobody has asked for yet.
    fn begin<'s>(&'s self, files: impl Iterator<Item = Asked>, scope: &Scope<'s>) {
        for file in files {
            if self.locked(|progress| progress.asked.insert(file.path.clone())) {
                scope.spawn(move |scope| self.extract(file, scope));
            }
        }
    }

    fn extract<'s>(&'s self, asked: Asked, scope: &Scope<'s>) {
        let Workspace { root, files, .. } = self.workspace;
        let known = self.locked(|progress| {
            let read = progress.read.remove(&asked.path).map(|content| (content, None));
            read.or_else(|| {
                let (content, facts) = progress.ahead.remove(&root.join(&asked.path))?;
                Some((content, Some(facts)))
            })
        });
        let known = known.or_else(|| Some((content_of(root, &asked.path)?, None)));
        let extracted = known.map(|(content, facts)| {
            let file = file(content, facts, self.shelf);
            let wants = Wants::of(&asked, &file.facts, files);
            self.begin(wants.files(), scope);
            Extracted { file, wants, owns_folder: asked.owns_folder }
        });
        self.locked(|progress| progress.done.insert(asked.path, extracted));
    }

    fn locked<T>(&self, look: impl FnOnce(&mut Progress) -> T) -> T {
        // Nobody leaves it half done.
        look(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
