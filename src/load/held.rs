//! Workspace + files that are held in memory → the same as [`super::load`], without reading them anew.
//!
//! For whoever judges a workspace again and again: what was read stays in memory with its facts, and
//! a text that has changed is extracted alone. Text that an editor has not saved stands in the
//! place of the file on disk.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{File, content_of, file, text_of};
use crate::cache::{Cache, Shelf};
use crate::discover::Workspace;
use crate::extract::{FileFacts, extract};
use crate::model::Sources;
use crate::resolve::{FactsByFile, Tree};

/// A file with its facts.
#[derive(Debug)]
pub struct Held {
    /// Its text.
    pub text: String,
    /// What the text says.
    pub facts: FileFacts,
}

impl Held {
    fn new(text: String, facts: FileFacts) -> Self {
        Self { text, facts }
    }
}

/// Files by their path, as a [`Workspace`] names them.
pub type HeldFiles = BTreeMap<Utf8PathBuf, Held>;

/// Texts by the absolute path of the file that they replace.
pub type Unsaved = BTreeMap<Utf8PathBuf, String>;

/// Takes every file that a crate reaches out of `held`, or reads it where it is not there, and grows
/// the module tree; [`give_back`] is the way back.
pub fn load_held<'a>(
    workspace: &'a Workspace,
    sources: &mut Sources,
    held: &mut HeldFiles,
    unsaved: &Unsaved,
) -> (Tree<'a>, FactsByFile) {
    let mut tree = Tree::plant(workspace);
    let mut files = FactsByFile::default();
    loop {
        let wanted = tree.wanted(&files);
        if wanted.is_empty() {
            break;
        }
        let taken: Vec<_> =
            wanted.into_iter().map(|file| (held.remove(&file.path), file.path)).collect();
        let taken = taken.into_par_iter().map(|(known, path)| {
            let unsaved = unsaved.get(&workspace.root.join(&path));
            (current(known, unsaved, || read(&workspace.root, &path)), path)
        });
        let taken: Vec<(Option<Held>, Utf8PathBuf)> = taken.collect();
        for (file, path) in taken {
            let file = file.map(|Held { text, facts }| {
                let file = sources.add(path.clone(), text);
                files.facts.insert(file, facts);
                file
            });
            files.by_path.insert(path, file);
        }
        tree.grow(&files);
    }
    (tree, files)
}

/// Puts the files of a workspace into `held`, where the next judgement finds them.
pub fn give_back(mut sources: Sources, mut files: FactsByFile, held: &mut HeldFiles) {
    let mut by_path: Vec<_> = files.by_path.into_iter().collect();
    by_path.sort_unstable();
    for (path, file) in by_path {
        let Some(file) = file else { continue };
        let text = std::mem::take(&mut sources.files[file.0 as usize].text);
        if let Some(facts) = files.facts.remove(&file) {
            held.insert(path, Held { text, facts });
        }
    }
}

/// Forgets the files whose text on disk is another one today.
pub fn forget_changed(root: &Utf8Path, held: &mut HeldFiles) {
    let changed = held.par_iter().filter(|(path, file)| !is_on_disk(root, path, file));
    for path in changed.map(|(path, _)| path.clone()).collect::<Vec<_>>() {
        held.remove(&path);
    }
}

/// Whether the file on disk has the text that is held.
pub fn is_on_disk(root: &Utf8Path, path: &Utf8Path, file: &Held) -> bool {
    content_of(root, path).is_some_and(|content| text_of(content.bytes) == file.text)
}

/// The file as it is now: the editor's text before what is known, what is known before the disk.
fn current(
    known: Option<Held>,
    unsaved: Option<&String>,
    read: impl FnOnce() -> Option<Held>,
) -> Option<Held> {
    match (known, unsaved) {
        (Some(known), Some(text)) if known.text == *text => Some(known),
        (_, Some(text)) => Some(Held::new(text.clone(), extract(text))),
        (Some(known), None) => Some(known),
        (None, None) => read(),
    }
}

fn read(root: &Utf8Path, path: &Utf8Path) -> Option<Held> {
    let shelf = Shelf::open(&Cache::NONE, "facts", env!("ARCHLINT_EXTRACT"));
    let File { text, facts, .. } = file(content_of(root, path)?, None, &shelf);
    Some(Held::new(text, facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> Held {
        Held::new(text.to_owned(), FileFacts::empty())
    }

    /// What counts, and whether the facts are those that were known (which know of no item).
    fn text(known: Option<&str>, unsaved: Option<&str>, disk: Option<&str>) -> (String, bool) {
        let unsaved = unsaved.map(str::to_owned);
        let file = current(known.map(held), unsaved.as_ref(), || disk.map(held)).unwrap();
        (file.text, file.facts.items.is_empty())
    }

    #[test]
    fn the_editor_goes_before_what_is_known_and_that_before_the_disk() {
        let item = "fn f() {}";
        assert_eq!(text(Some(item), Some(item), None), (item.to_owned(), true));
        assert_eq!(text(Some("mod x;"), Some(item), Some("")), (item.to_owned(), false));
        assert_eq!(text(None, Some(item), Some("")), (item.to_owned(), false));
        assert_eq!(text(Some(item), None, Some("")), (item.to_owned(), true));
        assert_eq!(text(None, None, Some("mod x;")), ("mod x;".to_owned(), true));
        assert!(current(None, None, || None).is_none());
    }
}
