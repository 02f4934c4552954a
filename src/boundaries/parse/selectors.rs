//! `ext:tokio::fs::**` → [`Selector`].

use crate::boundaries::Problem;
use crate::boundaries::selector::{Pattern, Segment, Selector};
use crate::model::Span;

use super::text::Slice;

/// Reads one selector; a fault is noted at the letters that are wrong.
pub(super) fn parse(slice: Slice<'_>, problems: &mut Vec<Problem>) -> Option<Selector> {
    let before = problems.len();
    let (removes, rest) = strip(slice, "!");
    let (exact, rest) = strip(rest, "=");
    let (external, path) = strip(rest, "ext:");
    let text = if removes { slice.from(1) } else { slice };
    let segments = segments(path, external, problems);
    let selector = Selector {
        text: text.value.to_owned(),
        span: slice.span(),
        removes,
        exact,
        external,
        segments,
    };
    check_whole(&selector, problems);
    (problems.len() == before).then_some(selector)
}

/// Reads `a | b`.
pub(super) fn parse_union(slice: Slice<'_>, problems: &mut Vec<Problem>) -> Option<Vec<Selector>> {
    let parts: Vec<Option<Selector>> =
        slice.split("|").into_iter().map(|part| parse(part, problems)).collect();
    parts.into_iter().collect()
}

fn strip<'t>(slice: Slice<'t>, prefix: &str) -> (bool, Slice<'t>) {
    if slice.value.starts_with(prefix) { (true, slice.from(prefix.len())) } else { (false, slice) }
}

fn bad(span: Span, message: impl Into<String>) -> Problem {
    Problem::fatal("config/bad-selector", span, message)
}

fn segments(path: Slice<'_>, external: bool, problems: &mut Vec<Problem>) -> Vec<Segment> {
    if path.value.is_empty() {
        problems.push(bad(path.span(), "a name is missing"));
        return Vec::new();
    }
    path.split("::")
        .into_iter()
        .enumerate()
        .filter_map(|(at, part)| {
            let span = if part.value.is_empty() { path.span() } else { part.span() };
            let pattern = pattern(part, path, at == 0, external, problems)?;
            Some(Segment { pattern, span })
        })
        .collect()
}

fn pattern(
    part: Slice<'_>,
    path: Slice<'_>,
    first: bool,
    external: bool,
    problems: &mut Vec<Problem>,
) -> Option<Pattern> {
    let text = part.value;
    match text {
        "" => {
            let message = format!("a name is missing beside `::` in `{}`", path.value);
            problems.push(bad(path.span(), message));
            None
        }
        "**" => Some(Pattern::Rest),
        _ if text.contains("**") => {
            let message = format!("`**` stands for whole names, so `{text}` means nothing");
            let help = "write `*` for any letters of one name, `::**` for everything below";
            problems.push(bad(part.span(), message).with_help(help));
            None
        }
        _ if text.contains(['{', '}']) => capture(part, problems),
        _ => name(part, first, external, problems),
    }
}

fn capture(part: Slice<'_>, problems: &mut Vec<Problem>) -> Option<Pattern> {
    let inner = part.value.strip_prefix('!').unwrap_or(part.value);
    let name = inner.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let valid = |name: &&str| !name.is_empty() && name.chars().all(is_word);
    match name.filter(valid) {
        Some(name) if inner.len() == part.value.len() => Some(Pattern::Capture(name.to_owned())),
        Some(name) => Some(Pattern::Other(name.to_owned())),
        None => {
            let message = format!("`{}` is no capture", part.value);
            let help = "a capture is a word in braces and a whole name: `a::{f}`, `a::!{f}`";
            problems.push(bad(part.span(), message).with_help(help));
            None
        }
    }
}

fn name(
    part: Slice<'_>,
    first: bool,
    external: bool,
    problems: &mut Vec<Problem>,
) -> Option<Pattern> {
    let (_, part) = strip(part, "r#");
    let text = part.value;
    let fits = |letter: char| {
        is_word(letter) || letter == '*' || first && (letter == '-' || letter == '/' && !external)
    };
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| !fits(*letter)) {
        problems.push(stray(part, at, letter));
        return None;
    }
    if !target_shape(text) {
        let message = format!("`{text}` is no target");
        let help =
            "write `package/kind/name`, where kind is lib, bin, test, bench, example or build";
        problems.push(bad(part.span(), message).with_help(help));
        return None;
    }
    let text = if first { text.replace('-', "_") } else { text.to_owned() };
    Some(if text.contains('*') { Pattern::Glob(text) } else { Pattern::Name(text) })
}

/// A name without `/`, or three of them: `package/kind/name`.
fn target_shape(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let kinds = ["lib", "bin", "test", "bench", "example", "build", "*"];
    parts.len() == 1
        || parts.len() == 3
            && kinds.contains(&parts[1])
            && parts.iter().all(|part| !part.is_empty())
}

fn stray(part: Slice<'_>, at: usize, letter: char) -> Problem {
    let span = part.part(at..at + letter.len_utf8());
    let problem = bad(span, format!("`{letter}` cannot stand in a name"));
    match letter {
        ':' => problem.with_help("names are joined by `::`; only `ext:` has a single colon"),
        '-' => problem.with_help("only packages have `-` in their names; modules have `_`"),
        ',' => problem.with_help("join selectors by ` | `, or write a list of strings"),
        '!' => problem.with_help("`!` stands before a whole selector, or before a capture: `!{f}`"),
        ' ' => problem.with_help("join selectors by ` | `, the two sides of an edge by ` -> `"),
        '?' => {
            problem.with_help("only layers are optional by `?`; elsewhere say `optional = true`")
        }
        _ => problem,
    }
}

fn check_whole(selector: &Selector, problems: &mut Vec<Problem>) {
    let patterns: Vec<&Pattern> =
        selector.segments.iter().map(|segment| &segment.pattern).collect();
    let wild = |pattern: &Pattern| match pattern {
        Pattern::Rest => true,
        Pattern::Glob(text) => text == "*",
        _ => false,
    };
    for (at, pair) in patterns.windows(2).enumerate() {
        let rest = pair.contains(&&Pattern::Rest);
        if rest && wild(pair[0]) && wild(pair[1]) {
            let span = selector.segments[at].span;
            let span = Span { end: selector.segments[at + 1].span.end, ..span };
            let message = "`**` cannot stand beside another `*` or `**`";
            let help = "`::*` is everything one level below, `::**` everything below";
            problems.push(bad(span, message).with_help(help));
        }
    }
    if selector.exact && patterns.last() == Some(&&Pattern::Rest) {
        let message = format!("`{}` contradicts itself", selector.text);
        let help = "`=` means the module alone, `**` everything below";
        problems.push(bad(selector.span, message).with_help(help));
    }
    let most = if patterns.contains(&&Pattern::Rest) { 1 } else { 3 };
    if selector.captures().count() > most {
        let message = "more captures than can be followed in one selector";
        let help = "up to three stand beside plain names and `*`, one beside `**`";
        problems.push(bad(selector.span, message).with_help(help));
    }
    if selector.removes && selector.has_captures() {
        let message = format!("`!{}` takes out, and a capture has no place in that", selector.text);
        let help = "`!{f}` cannot be the first name of a path";
        problems.push(bad(selector.span, message).with_help(help));
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
