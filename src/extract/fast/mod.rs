//! Source text → facts, straight from the compiler's tokens: no tree is built.
//!
//! Invariants: what is read here is what the reader of syntax trees (all around this folder) would
//! have read, fact for fact; where that is not certain, because the syntax is rare, wrong or too
//! deep, nothing is returned and the tree decides.
//!
//! The grammar is walked in two ways by the same functions: *aloud*, every fact going to the
//! [`Reader`], and *in silence*, to see whether tokens have a certain shape and where it ends.

mod atoms;
mod attributes;
mod bounds;
mod branches;
mod calls;
mod cfg;
mod control;
mod cursor;
mod data;
mod declarations;
mod definitions;
mod expressions;
mod generics;
mod headers;
mod imports;
mod items;
mod lexer;
mod lists;
mod members;
mod metas;
mod modules;
mod operators;
pub(super) mod outline;
mod paths;
mod patterns;
pub(super) mod pieces;
mod scan;
mod shapes;
mod signatures;
mod statements;
mod tokens;
mod types;
mod values;
mod words;

use super::FileFacts;
use super::reader::Reader;
use tokens::{Kind, Token, tokens};

/// How deep the grammar, and brackets, may nest: the smallest stack that threads have suffices for
/// this also without optimisation, and what people write stays far below.
const DEPTH: u32 = 72;

/// Tokens that are not what was asked for.
#[derive(Clone, Copy, Debug)]
struct No;

/// Something that was read past, or was not there.
type Read<T = ()> = Result<T, No>;

/// Reads tokens, aloud or in silence. Its methods are spread over this folder, one file for each
/// part of the grammar.
struct Stream<'t> {
    tokens: Vec<Token>,
    text: &'t str,
    out: Reader<'t>,
    /// The next token.
    at: usize,
    /// One past the last token that belongs to what is being read.
    end: usize,
    /// What is to be seen there: nothing, or the `;` that a macro did not ask for.
    beyond: Kind,
    silent: bool,
    /// Tokens were left over at the end of a group: what holds the group is not what it seemed.
    left_over: bool,
    /// Something was met that only a tree can tell.
    unsure: bool,
    /// How deep the reading is in the grammar.
    depth: u32,
    /// How much may still be read, so that reading again ends.
    fuel: u64,
    /// Lists for the words of paths, to be used again.
    spare: Vec<Vec<&'t str>>,
}

/// Reads what one file says, its comments apart. `start` is where `source` begins in the file.
pub(super) fn read(source: &str, start: u32) -> Option<FileFacts> {
    let tokens = tokens(source)?;
    let mut stream = Stream {
        at: 0,
        end: tokens.len(),
        fuel: 64 * tokens.len() as u64 + 1024,
        tokens,
        text: source,
        out: Reader::new(source, start),
        beyond: Kind::End,
        silent: false,
        left_over: false,
        unsure: false,
        depth: 0,
        spare: Vec::new(),
    };
    let read = stream.file();
    (read.is_ok() && !stream.unsure && !stream.left_over).then(|| stream.out.finish())
}

impl Stream<'_> {
    fn file(&mut self) -> Read {
        let attributes = self.inner_attributes()?;
        self.say_attributes(attributes);
        self.items()
    }

    /// Gives up: only a tree can tell.
    fn doubt<T>(&mut self) -> Read<T> {
        self.unsure = true;
        Err(No)
    }

    /// Runs what may nest.
    fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEPTH || self.fuel == 0 {
            return self.doubt();
        }
        self.depth += 1;
        self.fuel -= 1;
        let read = run(self);
        self.depth -= 1;
        read
    }

    /// Runs without a word, and comes back; what fails has not been.
    fn ahead<T>(&mut self, run: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let (at, left_over) = (self.at, self.left_over);
        let silent = std::mem::replace(&mut self.silent, true);
        let read = run(self);
        (self.at, self.silent) = (at, silent);
        if read.is_err() {
            self.left_over = left_over;
        }
        read
    }
}
