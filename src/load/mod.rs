//! Workspace → its source files, read and extracted, and the module tree grown from them.
//!
//! Only files that a crate reaches are read, several at a time. The tree takes them in in rounds, in
//! each in the order of their paths, so the result does not depend on the number of threads.

#![expect(clippy::disallowed_methods, reason = "reads sources, configuration and clock")]

pub mod ahead;
pub mod baseline;
pub mod cargo_config;
pub mod configuration;
pub mod date;
pub mod earlier;
pub mod held;
pub mod index;
pub mod lock_file;
pub mod pages;
mod reading;

use std::thread::{self, JoinHandle};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::cache::{Cache, Key, Shelf};
use crate::discover::Workspace;
use crate::extract::{FileFacts, Range, SyntaxError, extract};
use crate::model::Sources;
use crate::resolve::{Asked, FactsByFile, MovedByFile, Tree};
use ahead::ReadAhead;
use earlier::Earlier;
use reading::{Extracted, Reading};

/// Every path that was asked for, in the order of the sources, with its content if it has one.
pub type Contents = Vec<(Utf8PathBuf, Option<Key>)>;

/// A file as read.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their name.
    pub key: Key,
}

/// What was read of the files, and what comes of it.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// The grown tree.
    pub tree: Tree<'a>,
    /// The facts.
    pub files: FactsByFile,
    /// What was read.
    pub contents: Contents,
    /// Since the earlier run: in which files something has moved, if nothing else has happened.
    pub moved: Option<MovedByFile>,
    /// What is being kept for the next run.
    pub keeping: Keeping,
}

/// What is known before anything is read.
#[derive(Debug)]
pub struct Known<'k> {
    /// Where facts are kept.
    pub cache: &'k Cache,
    /// Contents that have been read already, and need not be read again.
    pub read: FxHashMap<Utf8PathBuf, Content>,
    /// What has been read ahead, with its facts.
    pub ahead: ReadAhead,
    /// What an earlier run found out.
    pub earlier: Option<&'k Earlier>,
}

impl<'k> Known<'k> {
    /// The facts of a cache alone.
    pub fn facts(cache: &'k Cache) -> Self {
        let (read, ahead) = (FxHashMap::default(), ReadAhead::default());
        Self { cache, read, ahead, earlier: None }
    }
}

/// What is written for the next run, while this one goes on.
#[derive(Debug)]
pub struct Keeping {
    trouble: Option<String>,
    written: JoinHandle<Result<(), String>>,
}

impl Keeping {
    /// Begins to write what was put on a shelf.
    pub fn begin(mut shelf: Shelf) -> Self {
        let trouble = shelf.trouble.take();
        Self { trouble, written: thread::spawn(|| shelf.save()) }
    }

    /// Waits for the end of it; says why the cache was of no use, or could not be written.
    pub fn finish(self) -> Vec<String> {
        let written = self.written.join().expect("who writes bytes does not panic");
        self.trouble.into_iter().chain(written.err()).collect()
    }
}

/// Reads every file that a crate of the workspace reaches, adds it to `sources`, and grows the
/// module tree on the way.
pub fn load<'a>(workspace: &'a Workspace, sources: &mut Sources) -> (Tree<'a>, FactsByFile) {
    let Loaded { tree, files, .. } = load_with(workspace, sources, Known::facts(&Cache::NONE));
    (tree, files)
}

/// The same, where something is known already.
pub fn load_with<'a>(
    workspace: &'a Workspace,
    sources: &mut Sources,
    known: Known<'_>,
) -> Loaded<'a> {
    let Known { cache, read, ahead, earlier } = known;
    let mut shelf = Shelf::open(cache, "facts", env!("ARCHLINT_EXTRACT"));
    let Grown { tree, files, contents, new } =
        grown(workspace, sources, &Reading::new(workspace, &shelf, read, ahead));
    for (key, new) in new {
        match new {
            Some(bytes) => shelf.put(key, bytes),
            None => shelf.keep(key),
        }
    }
    let moved = earlier.and_then(|earlier| {
        earlier.keys().for_each(|key| shelf.keep(key));
        earlier.moved(&contents, &files, |key| kept_facts(&shelf, key))
    });
    if earlier.is_some() && moved.is_none() {
        // Names will be resolved anew, and kept together with these facts.
        shelf.insist();
    }
    Loaded { tree, files, contents, moved, keeping: Keeping::begin(shelf) }
}

/// What comes of the files.
struct Grown<'a> {
    tree: Tree<'a>,
    files: FactsByFile,
    contents: Contents,
    /// For the cache: the facts of each file, where it does not have them.
    new: Vec<(Key, Option<Vec<u8>>)>,
}

/// Grows the module tree while its files are being read.
fn grown<'a>(workspace: &'a Workspace, sources: &mut Sources, reading: &Reading<'_>) -> Grown<'a> {
    let (tree, files) = (Tree::plant(workspace), FactsByFile::default());
    let mut grown = Grown { tree, files, contents: Vec::new(), new: Vec::new() };
    rayon::in_place_scope(|scope| {
        loop {
            let wanted = grown.tree.wanted(&grown.files);
            if wanted.is_empty() {
                return;
            }
            reading.begin(wanted.iter().cloned(), scope);
            for Asked { path, .. } in wanted {
                let extracted = reading.wait_for(&path);
                grown.take_in(path, extracted.map(|it| *it), sources);
            }
            grown.tree.grow(&grown.files);
        }
    });
    // The tree will want no more.
    grown.files.wants = FxHashMap::default();
    grown
}

impl Grown<'_> {
    fn take_in(&mut self, path: Utf8PathBuf, file: Option<Extracted>, sources: &mut Sources) {
        self.contents.push((path.clone(), file.as_ref().map(|it| it.file.key)));
        let id = file.map(|Extracted { file, wants, owns_folder }| {
            let File { text, facts, key, new } = file;
            self.new.push((key, new));
            let id = sources.add(path.clone(), text);
            self.files.facts.insert(id, facts);
            self.files.wants.insert((id, owns_folder), wants);
            id
        });
        self.files.by_path.insert(path, id);
    }
}

fn kept_facts(shelf: &Shelf, key: Key) -> Option<FileFacts> {
    shelf.get(key).and_then(|bytes| postcard::from_bytes(bytes).ok())
}

/// A file's content; none if it cannot be read.
pub fn content_of(root: &Utf8Path, path: &Utf8Path) -> Option<Content> {
    let bytes = std::fs::read(root.join(path)).ok()?;
    let key = Key::of(&bytes);
    Some(Content { bytes, key })
}

/// A file's text as it is shown: what is no UTF-8 in it is replaced.
pub fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
}

/// A file with its facts.
struct File {
    text: String,
    facts: FileFacts,
    key: Key,
    /// The facts for the cache, where it does not have them.
    new: Option<Vec<u8>>,
}

fn file(Content { bytes, key }: Content, facts: Option<FileFacts>, shelf: &Shelf) -> File {
    if let Err(broken) = str::from_utf8(&bytes) {
        let facts = unreadable("is not valid UTF-8", broken.valid_up_to() as u32);
        return File { text: text_of(bytes), facts, key, new: None };
    }
    let text = text_of(bytes);
    if let Some(facts) = kept_facts(shelf, key) {
        return File { text, facts, key, new: None };
    }
    let facts = facts.unwrap_or_else(|| extract(&text));
    let new = shelf.is_kept().then(|| postcard::to_allocvec(&facts).ok()).flatten();
    File { text, facts, key, new }
}

fn unreadable(message: &str, start: u32) -> FileFacts {
    FileFacts {
        syntax_error: Some(SyntaxError {
            message: message.to_owned(),
            range: Range { start, end: start },
        }),
        ..FileFacts::empty()
    }
}
