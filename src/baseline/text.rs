//! [`Counts`] → text.

use std::fmt::Write as _;

use super::{Counts, Key};

const HEADER: &str = "\
# The debt that is known: `cargo archlint` lets pass what stands here, and only so often.
# `cargo archlint baseline` takes out what has been mended; `--grow` adds what is broken today.
version = 1

known = [
";

/// The text of a baseline: sorted by rule, from-item and to-item, one entry a line.
pub fn write(counts: &Counts) -> String {
    let mut text = HEADER.to_owned();
    for (Key { rule, from, to }, count) in counts.iter().filter(|(_, count)| **count > 0) {
        let [rule, from, to] = [rule, from, to].map(|part| quoted(part));
        writeln!(text, "    {{ rule = {rule}, from = {from}, to = {to}, count = {count} }},")
            .expect("a string takes any text");
    }
    text.push_str("]\n");
    text
}

/// A TOML string that stays on its line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                write!(quoted, "\\u{:04x}", u32::from(letter)).expect("a string takes any text");
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
