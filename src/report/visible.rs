//! Text of the workspace → text that cannot steer a terminal.

use std::borrow::Cow;

/// Whether a terminal might act on the character rather than show it: control characters (tabs
/// apart) and those that turn the direction of writing.
pub(super) fn is_hidden(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && character != '\t')
}

/// One line, hidden characters spelled out as `\u{1b}`, line ends as spaces.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", " ").replace(['\r', '\n'], " ");
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// As [`visible`], lines kept.
pub(super) fn visible_lines(text: &str) -> String {
    text.trim().lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// The character as an excerpt shows it: one for one, so that columns stay.
pub(super) fn shown(character: char) -> char {
    if is_hidden(character) { char::REPLACEMENT_CHARACTER } else { character }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_spelled_out() {
        assert_eq!(visible("a\tb é 🦀"), "a\tb é 🦀");
        assert_eq!(visible("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(visible("\u{9b}31m\u{7f}"), "\\u{9b}31m\\u{7f}");
        assert_eq!(visible("a\u{202e}b\u{2066}"), "a\\u{202e}b\\u{2066}");
        assert_eq!(visible("one\r\ntwo\nthree\r"), "one two three ");
        assert_eq!(visible_lines("one\u{0}\r\n two\n"), "one\\u{0}\n two");
    }
}
