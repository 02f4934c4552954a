//! A truth file, one JSON object a line → [`Truth`].
//!
//! `file` lines say which module a file is and which of its lines are tests or left out by a `cfg`;
//! `module` and `crate` lines are edges, each with the number of places by the way of naming. An
//! edge leads to where an item is defined in the view `def`, to where it was named in the others.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use serde::Deserialize;

use super::root;

/// `from` and `to`.
pub(crate) type Ends = (String, String);

/// What the front end found.
#[derive(Default)]
pub(crate) struct Truth {
    /// By path from the workspace's root.
    pub files: BTreeMap<String, FileRow>,
    /// Between modules, to where things are defined.
    pub modules: BTreeMap<Ends, EdgeRow>,
    /// Between members of the workspace, likewise.
    pub crates: BTreeMap<Ends, EdgeRow>,
    /// Every module that some line speaks of, with those above it.
    known: BTreeSet<String>,
}

/// A source file.
#[derive(Deserialize)]
pub(crate) struct FileRow {
    file: String,
    pub module: String,
    /// The other modules that it is.
    pub also: Vec<String>,
    /// The kind of target that it belongs to.
    kind: String,
    /// First and last lines of what is left out by a `cfg`.
    inactive: Vec<(u32, u32)>,
    /// First and last lines of tests.
    test: Vec<(u32, u32)>,
}

/// An edge, and at how many places it is made outside of tests.
#[derive(Deserialize)]
pub(crate) struct EdgeRow {
    view: String,
    from: String,
    to: String,
    /// `to` is a member of the workspace.
    member: bool,
    /// By a path.
    path: u32,
    /// By a path in a macro's argument.
    macro_arg: u32,
    /// One of the places.
    pub sample: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "level", rename_all = "lowercase")]
enum Row {
    Meta,
    File(FileRow),
    Module(EdgeRow),
    Crate(EdgeRow),
}

impl Truth {
    pub(crate) fn read(lines: impl BufRead) -> anyhow::Result<Self> {
        let mut truth = Self::default();
        for line in lines.lines() {
            truth.add(serde_json::from_str(&line?)?);
        }
        Ok(truth)
    }

    fn add(&mut self, row: Row) {
        match row {
            Row::File(row) => {
                self.know(&row.module);
                self.files.insert(row.file.clone(), row);
            }
            Row::Module(row) => {
                self.know(&row.from);
                self.know(&row.to);
                row.put(&mut self.modules);
            }
            Row::Crate(row) if row.member => row.put(&mut self.crates),
            Row::Crate(_) | Row::Meta => {}
        }
    }

    fn know(&mut self, module: &str) {
        let mut path = module;
        while self.known.insert(path.to_owned()) {
            let Some((above, _)) = path.rsplit_once("::") else { return };
            path = above;
        }
    }

    /// The nearest module that the truth knows, itself or above; none in crates of which it does
    /// not speak.
    pub(crate) fn module<'p>(&self, path: &'p str) -> Option<&'p str> {
        let above = |path: &&'p str| path.rsplit_once("::").map(|(above, _)| above);
        let known = std::iter::successors(Some(path), above);
        known.filter(|_| self.known.contains(root(path))).find(|path| self.known.contains(*path))
    }
}

impl FileRow {
    /// Whether a line is code of a plain build.
    pub(crate) fn judges(&self, line: u32) -> bool {
        let tests = ["test", "bench", "example"].contains(&self.kind.as_str());
        let mut left_out = self.inactive.iter().chain(&self.test);
        !tests && !left_out.any(|(first, last)| (*first..=*last).contains(&line))
    }
}

impl EdgeRow {
    /// Whether somebody wrote it down in code of a plain build.
    pub(crate) fn is_written(&self) -> bool {
        self.path + self.macro_arg > 0
    }

    fn put(self, edges: &mut BTreeMap<Ends, EdgeRow>) {
        if self.view == "def" {
            edges.insert((self.from.clone(), self.to.clone()), self);
        }
    }
}
