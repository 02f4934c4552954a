//! Workspace → its source files, read and extracted in rounds, until the module tree is grown.
//!
//! Only files that a crate reaches are read. The files of one round are read in parallel; they are
//! numbered in the order of their paths, so the result does not depend on the number of threads.

#![expect(clippy::disallowed_methods, reason = "reads sources, configuration and clock")]

pub mod baseline;
pub mod cargo_config;
pub mod configuration;
pub mod date;
pub mod index;
pub mod lock_file;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::discover::Workspace;
use crate::extract::{FileFacts, Range, SyntaxError, extract};
use crate::model::Sources;
use crate::resolve::{FactsByFile, Tree};

/// Reads every file that a crate of the workspace reaches, adds it to `sources`, and grows the
/// module tree on the way.
pub fn load<'a>(workspace: &'a Workspace, sources: &mut Sources) -> (Tree<'a>, FactsByFile) {
    let mut tree = Tree::plant(workspace);
    let mut files = FactsByFile::default();
    loop {
        let wanted = tree.wanted(&files);
        if wanted.is_empty() {
            return (tree, files);
        }
        let read: Vec<_> = wanted.into_par_iter().map(|path| read(&workspace.root, path)).collect();
        for (path, read) in read {
            let file = read.map(|(text, facts)| {
                let file = sources.add(path.clone(), text);
                files.facts.insert(file, facts);
                file
            });
            files.by_path.insert(path, file);
        }
        tree.grow(&files);
    }
}

/// A file's text and facts; none if it cannot be read.
fn read(root: &Utf8Path, path: Utf8PathBuf) -> (Utf8PathBuf, Option<(String, FileFacts)>) {
    let read = std::fs::read(root.join(&path)).ok().map(|bytes| match String::from_utf8(bytes) {
        Ok(text) => {
            let facts = extract(&text);
            (text, facts)
        }
        Err(broken) => {
            let start = broken.utf8_error().valid_up_to() as u32;
            let text = String::from_utf8_lossy(broken.as_bytes()).into_owned();
            (text, unreadable("is not valid UTF-8", start))
        }
    });
    (path, read)
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
