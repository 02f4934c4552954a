//! Comments `archlint: allow(rule-id, reason = "…")` → [`Suppression`].

use memchr::memmem;
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::{Range, Suppression};

/// The word that makes a comment ours.
const MARKER: &str = "archlint:";

/// What a comment lets pass, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// The rule ids as written.
    pub rules: Vec<String>,
    /// The reason, if there is one.
    pub reason: Option<String>,
}

/// Reads a comment's text, its `//` or `#` taken off. None if it does not begin with `archlint:`;
/// what is wrong with it, if something is.
pub fn parse_allow(comment: &str) -> Option<Result<Allow, String>> {
    let rest = comment.trim().strip_prefix(MARKER)?;
    Some(allow(rest.trim()))
}

/// Every such comment of a file. Doc comments and strings are none.
pub(super) fn read(text: &str) -> Vec<Suppression> {
    if memmem::find(text.as_bytes(), MARKER.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found: Vec<Suppression> = Vec::new();
    let (mut waiting, mut line, mut last_code_line) = (0, 1_u32, 0_u32);
    let mut start = 0;
    for token in tokenize(text, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        let word = &text[start..end];
        match token.kind {
            TokenKind::Whitespace => {}
            TokenKind::LineComment { doc_style } | TokenKind::BlockComment { doc_style, .. } => {
                let allow = doc_style.is_none().then(|| parse_allow(body(word))).flatten();
                if let Some(allow) = allow {
                    found.push(suppression(allow, start, end, line));
                    if last_code_line == line {
                        waiting = found.len();
                    }
                }
            }
            _ => {
                found[waiting..].iter_mut().for_each(|suppression| suppression.line = line);
                waiting = found.len();
                last_code_line = line + newlines(word);
            }
        }
        line += newlines(word);
        start = end;
    }
    found
}

/// Excuses its own line, until code is found behind it.
fn suppression(allow: Result<Allow, String>, start: usize, end: usize, line: u32) -> Suppression {
    let (allow, malformed) = match allow {
        Ok(allow) => (allow, None),
        Err(message) => (Allow::default(), Some(message)),
    };
    let range = Range { start: start as u32, end: end as u32 };
    Suppression { rules: allow.rules, reason: allow.reason, malformed, range, line }
}

fn newlines(text: &str) -> u32 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u32
}

/// A comment without its marks.
fn body(comment: &str) -> &str {
    match comment.strip_prefix("/*") {
        Some(rest) => rest.strip_suffix("*/").unwrap_or(rest),
        None => comment.strip_prefix("//").unwrap_or(comment),
    }
}

/// `allow(a, b, reason = "…")`.
fn allow(text: &str) -> Result<Allow, String> {
    let word_end = text.find(|letter: char| !is_rule_letter(letter)).unwrap_or(text.len());
    let (word, rest) = text.split_at(word_end);
    if word != "allow" {
        return Err(format!(
            "expected `allow(..)`, found `{}`",
            if word.is_empty() { text } else { word }
        ));
    }
    let Some(mut rest) = rest.trim_start().strip_prefix('(') else {
        return Err("expected `(` after `allow`".to_owned());
    };
    let mut allow = Allow::default();
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix(')') {
            return finish(allow, behind);
        }
        rest = entry(rest, &mut allow)?.trim_start();
        rest = match rest.strip_prefix(',') {
            Some(behind) => behind,
            None if rest.starts_with(')') => rest,
            None if rest.is_empty() => return Err("missing `)`".to_owned()),
            None => return Err(format!("expected `,` or `)` before `{rest}`")),
        };
    }
}

fn finish(allow: Allow, behind: &str) -> Result<Allow, String> {
    if allow.rules.is_empty() {
        return Err("no rule is named: `allow(rule-id, reason = \"…\")`".to_owned());
    }
    if !behind.trim().is_empty() {
        return Err(format!("unexpected `{}` after `)`", behind.trim()));
    }
    Ok(allow)
}

/// One rule id, or the reason; returns what is left.
fn entry<'a>(text: &'a str, allow: &mut Allow) -> Result<&'a str, String> {
    let end = text.find(|letter: char| !is_rule_letter(letter)).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let value = rest.trim_start().strip_prefix('=');
    match (word, value) {
        ("", _) if text.is_empty() => Err("missing `)`".to_owned()),
        ("", _) => Err(format!("expected a rule id before `{text}`")),
        ("reason", Some(value)) => {
            if allow.reason.is_some() {
                return Err("`reason` is given twice".to_owned());
            }
            let (reason, rest) = quoted(value.trim_start())?;
            allow.reason = Some(reason);
            Ok(rest)
        }
        (word, Some(_)) => Err(format!("`{word}` is no key: only `reason` is")),
        (_, None) if allow.reason.is_some() => Err("rule ids come before `reason`".to_owned()),
        (word, None) => {
            allow.rules.push(word.to_owned());
            Ok(rest)
        }
    }
}

/// A string in quotes, and what stands behind it.
fn quoted(text: &str) -> Result<(String, &str), String> {
    let Some(inner) = text.strip_prefix('"') else {
        return Err("expected a string after `reason =`".to_owned());
    };
    let mut value = String::new();
    let mut letters = inner.char_indices();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return Ok((value, &inner[index + 1..])),
            '\\' => value.extend(letters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    Err("the reason's closing quote is missing".to_owned())
}

fn is_rule_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':' | '/')
}
