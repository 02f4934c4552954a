//! Where text goes: standard output, buffered, with colours if it is a terminal.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use super::arguments::Color;

/// Standard output behind a buffer.
pub(super) fn stdout() -> impl Write {
    BufWriter::new(io::stdout().lock())
}

/// Whether to colour: the flag, else `NO_COLOR`, `CLICOLOR_FORCE`, else whether somebody watches.
pub(super) fn colored(choice: Color) -> bool {
    let is_set =
        |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") => false,
        Color::Auto if is_set("CLICOLOR_FORCE") => true,
        Color::Auto => io::stdout().is_terminal(),
    }
}

/// Whether frames and arrows must be ASCII: cargo's own switch, else the locale.
pub(super) fn ascii() -> bool {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(unicode) = read("CARGO_TERM_UNICODE") {
        return unicode == "false";
    }
    let locale = read("LC_ALL").or_else(|| read("LC_CTYPE")).or_else(|| read("LANG"));
    let is_utf8 = |locale: &str| locale.to_ascii_lowercase().replace('-', "").contains("utf8");
    locale.is_some_and(|locale| !is_utf8(&locale))
}
