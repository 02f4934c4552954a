//! The verdict of an earlier run, where nothing has changed since.
//!
//! It is kept under the name of everything that was asked: the archlint, the arguments, the day, what
//! cargo says, the list of files, the texts of manifests, configuration and baseline; with it stand
//! all files that were read or looked for, and the names of their contents. Every file is read and
//! compared; times of change are not believed.

use camino::Utf8PathBuf;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::workspace::Found;
use crate::boundaries::policy::Policy;
use crate::cache::{Cache, Key, Shelf};
use crate::discover::Workspace;
use crate::load::{Content, Contents, content_of, text_of};
use crate::model::SourceFile;
use crate::settle::Verdict;

/// What a run says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) policy: Policy,
    /// The exit code.
    pub(super) code: u8,
    /// In the order of the sources.
    pub(super) contents: Contents,
}

/// The answers that are kept, and what is asked.
pub(super) struct Question {
    shelf: Shelf,
    key: Key,
}

impl Question {
    /// Asks what the run says of a workspace; `sources` are its manifests, configuration and
    /// baseline, `arguments` all else that matters. Nothing where nothing is kept.
    pub(super) fn new(
        cache: &Cache,
        workspace: &Workspace,
        sources: &[SourceFile],
        arguments: &[&str],
    ) -> Option<Self> {
        cache.folder.as_ref()?;
        let workspace = postcard::to_allocvec(workspace).ok()?;
        let texts = sources.iter();
        let texts = texts.flat_map(|file| [file.path.as_str().as_bytes(), file.text.as_bytes()]);
        let arguments = arguments.iter().map(|argument| argument.as_bytes());
        let key = Key::of_all(texts.chain(arguments).chain([&workspace[..]]));
        let shelf = Shelf::open(cache, "verdicts", env!("ARCHLINT_SOURCES"));
        Some(Self { shelf, key })
    }

    /// The answer of an earlier run, if every file is as it was; the sources get them. Else what
    /// was read in vain, which need not be read again.
    pub(super) fn recall(
        &self,
        found: &mut Found,
    ) -> Result<Answer, FxHashMap<Utf8PathBuf, Content>> {
        let kept = self.shelf.get(self.key);
        let Some(answer) = kept.and_then(|bytes| postcard::from_bytes::<Answer>(bytes).ok()) else {
            return Err(FxHashMap::default());
        };
        let read =
            answer.contents.par_iter().map(|(path, _)| content_of(&found.workspace.root, path));
        let read: Vec<Option<Content>> = read.collect();
        let paths = answer.contents.iter().zip(read);
        let same = |((_, was), is): (&(_, Option<Key>), &Option<Content>)| {
            *was == is.as_ref().map(|content| content.key)
        };
        let (paths, read): (Vec<_>, Vec<_>) = paths.unzip();
        if !paths.iter().copied().zip(&read).all(same) {
            let read = paths.into_iter().zip(read);
            return Err(read.filter_map(|((path, _), it)| Some((path.clone(), it?))).collect());
        }
        for ((path, _), content) in paths.into_iter().zip(read) {
            if let Some(content) = content {
                found.sources.add(path.clone(), text_of(content.bytes));
            }
        }
        Ok(answer)
    }

    /// Keeps an answer.
    pub(super) fn keep(mut self, answer: &Answer) -> Option<String> {
        let bytes = postcard::to_allocvec(answer).ok()?;
        self.shelf.put(self.key, bytes);
        let trouble = self.shelf.trouble.take();
        trouble.or(self.shelf.save().err())
    }
}
