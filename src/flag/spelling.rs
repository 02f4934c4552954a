//! Texts → where words stand in them, told without their syntax.

use memchr::memmem::Finder;

/// A method that is called: its name behind a dot.
pub(super) struct Method(Finder<'static>);

impl Method {
    pub(super) fn new(name: &str) -> Self {
        Self(Finder::new(name).into_owned())
    }

    pub(super) fn is_called_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let length = self.0.needle().len();
        let mut places = self.0.find_iter(bytes);
        places.any(|at| ends_word(bytes, at + length) && is_behind_dot(bytes, at))
    }
}

/// Whether a byte is part of a word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn ends_word(text: &[u8], end: usize) -> bool {
    !text.get(end).is_some_and(|byte| is_word(*byte))
}

/// Whether a dot stands before a place, blanks apart.
fn is_behind_dot(text: &[u8], at: usize) -> bool {
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    text[..at].iter().rev().find(|byte| !is_blank(byte)) == Some(&b'.')
}
