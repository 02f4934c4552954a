//! The [`Resolution`] of an earlier run, for as long as all files say what they said then.
//!
//! Kept under the name of the workspace and of the files that are read beside its sources, with the
//! paths of the sources and the names of their contents. A file with another content counts as
//! the same if its facts are the same in other places; that is told from the facts that are kept
//! of its old content.

use camino::Utf8PathBuf;

use super::{Contents, Keeping};
use crate::cache::{Cache, Key, Shelf};
use crate::discover::Workspace;
use crate::extract::{FileFacts, moved};
use crate::model::FileId;
use crate::resolve::{FactsByFile, MovedByFile, Resolution, Tree};

/// What an earlier run found out of a workspace, if it kept anything.
#[derive(Debug)]
pub struct Earlier {
    shelf: Shelf,
    /// Under which the contents are kept.
    contents_key: Key,
    /// Under which the resolution is kept.
    resolution_key: Key,
    /// Every path that was asked for then, with its content.
    contents: Contents,
}

impl Earlier {
    /// Looks for an earlier run; `sources` are the files that are read before the Rust files.
    /// Nothing where nothing is kept.
    pub fn open(cache: &Cache, workspace: &Workspace, sources: &[Utf8PathBuf]) -> Option<Self> {
        cache.folder.as_ref()?;
        let shelf = Shelf::open(cache, "names", env!("ARCHLINT_SOURCES"));
        let workspace = postcard::to_allocvec(workspace).ok()?;
        let paths = sources.iter().map(|path| path.as_str().as_bytes());
        let asked: Vec<&[u8]> = paths.chain([&workspace[..]]).collect();
        let [contents_key, resolution_key] = ["contents", "resolution"]
            .map(|what| Key::of_all(asked.iter().copied().chain([what.as_bytes()])));
        let contents = shelf.get(contents_key).and_then(|bytes| postcard::from_bytes(bytes).ok());
        Some(Self { contents_key, resolution_key, contents: contents.unwrap_or_default(), shelf })
    }

    /// The names of the contents that were read then.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.contents.iter().filter_map(|(_, key)| *key)
    }

    /// In which files something has moved since; none if some file says something else, or is new
    /// or gone. `before` tells the facts of an old content.
    pub(super) fn moved(
        &self,
        contents: &Contents,
        files: &FactsByFile,
        before: impl Fn(Key) -> Option<FileFacts>,
    ) -> Option<MovedByFile> {
        let same_paths = contents.iter().map(|(path, _)| path);
        if contents.is_empty() || !same_paths.eq(self.contents.iter().map(|(path, _)| path)) {
            return None;
        }
        let mut all = MovedByFile::new();
        for ((path, now), (_, then)) in contents.iter().zip(&self.contents) {
            if now == then {
                continue;
            }
            let file: FileId = files.by_path.get(path).copied().flatten()?;
            all.insert(file, moved(&before((*then)?)?, &files.facts[&file])?);
        }
        Some(all)
    }

    /// The resolution of then, with everything in the place of today.
    pub fn resolution(
        &self,
        moved: &MovedByFile,
        tree: &Tree<'_>,
        files: &FactsByFile,
    ) -> Option<Resolution> {
        let kept = self.shelf.get(self.resolution_key)?;
        postcard::from_bytes::<Resolution>(kept).ok()?.moved(moved, tree, files)
    }

    /// Keeps a resolution for the next run, while this one goes on.
    pub fn keep(mut self, contents: &Contents, resolution: &Resolution) -> Keeping {
        if let Ok(contents) = postcard::to_allocvec(contents)
            && let Ok(resolution) = postcard::to_allocvec(resolution)
        {
            self.shelf.put(self.contents_key, contents);
            self.shelf.put(self.resolution_key, resolution);
        }
        Keeping::begin(self.shelf)
    }
}
