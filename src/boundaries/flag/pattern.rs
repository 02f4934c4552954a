//! Patterns over resolved paths and over words, matched as text.

/// `reqwest::Client::{new,builder}` has been taken apart: one pattern for each alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// As written, alternatives resolved.
    pub text: String,
    /// Never empty.
    pub segments: Vec<Segment>,
}

/// What stands between two `::`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// This name.
    Name(String),
    /// `*` for any letters.
    Glob(String),
    /// `**`: any number of names.
    Rest,
}

/// Names, with `*` for any letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl Words {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them is this word.
    pub fn fit(&self, word: &str) -> bool {
        self.0.iter().any(|one| fits(one, word))
    }
}

impl PathPattern {
    /// Reads one alternative; none where it is no path.
    pub fn parse(text: &str) -> Option<Self> {
        let names: Vec<&str> = text.split("::").map(str::trim).collect();
        let segments: Option<Vec<Segment>> = names.iter().map(|name| segment(name)).collect();
        let mut segments = segments.filter(|all| !all.is_empty())?;
        if let Segment::Name(first) = &mut segments[0] {
            *first = plain_root(first).replace('-', "_");
        }
        Some(Self { text: names.join("::"), segments })
    }

    /// Whether a path is spelled by it.
    pub fn fits(&self, path: &str) -> bool {
        self.fits_between(Ends::of(path))
    }

    /// Most paths differ from it in the first name or the last one, and need not be taken apart.
    fn fits_between(&self, Ends { path, first, has_one }: Ends<'_>) -> bool {
        let is_first = || match self.segments.first() {
            Some(Segment::Name(wanted)) => first == wanted,
            _ => true,
        };
        let is_last = |wanted| has_one || path.ends_with(wanted);
        self.last_name().is_none_or(is_last)
            && is_first()
            && follow(&self.segments, &names(path).collect::<Vec<_>>())
    }

    /// Whether a path is spelled by it, or lies below one that is.
    pub fn covers(&self, path: &str) -> bool {
        let names: Vec<&str> = names(path).collect();
        (1..=names.len()).any(|end| follow(&self.segments, &names[..end]))
    }

    /// The last name, if it is a plain one: a place where nothing bears it need not be looked at.
    pub fn last_name(&self) -> Option<&str> {
        match self.segments.last() {
            Some(Segment::Name(name)) => Some(name),
            _ => None,
        }
    }
}

/// Whether one of the patterns spells the path.
pub fn any_fits(patterns: &[PathPattern], path: &str) -> bool {
    let ends = Ends::of(path);
    patterns.iter().any(|pattern| pattern.fits_between(ends))
}

/// A path, and how it begins.
#[derive(Clone, Copy)]
struct Ends<'p> {
    path: &'p str,
    /// As patterns spell it.
    first: &'p str,
    /// There is no other name.
    has_one: bool,
}

impl<'p> Ends<'p> {
    fn of(path: &'p str) -> Self {
        let path = path.strip_prefix("ext:").unwrap_or(path);
        let first = path.split(':').next().unwrap_or_default();
        Self { path, first: root(first), has_one: first.len() == path.len() }
    }
}

/// Whether a word is spelled by a word with `*`.
pub fn fits(pattern: &str, word: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = word.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// The alternatives of a text with braces: `a::{b,c::{d,e}}` has three. None where braces do not
/// match, or where there are too many alternatives to mean anything.
pub fn alternatives(text: &str) -> Option<Vec<String>> {
    const MOST: usize = 1000;
    let Some(open) = text.find('{') else {
        return (!text.contains('}')).then(|| vec![text.to_owned()]);
    };
    let (inner, after) = braces(&text[open..])?;
    let before = &text[..open];
    let mut all = Vec::new();
    for part in inner {
        for end in alternatives(&format!("{}{after}", part.trim()))? {
            all.push(format!("{before}{end}"));
        }
        if all.len() > MOST {
            return None;
        }
    }
    (!before.contains('}')).then_some(all)
}

/// `{a,b{c,d}}e` → the parts of the outermost braces, and what follows them.
fn braces(text: &str) -> Option<(Vec<&str>, &str)> {
    let mut depth = 0;
    let mut start = 1;
    let mut parts = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            ',' if depth == 1 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            '}' if depth == 1 => {
                parts.push(&text[start..at]);
                return Some((parts, &text[at + 1..]));
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn segment(name: &str) -> Option<Segment> {
    let fits = |letter: char| letter.is_alphanumeric() || "_*-/.#".contains(letter);
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    Some(match name {
        "**" => Segment::Rest,
        _ if name.contains('*') => Segment::Glob(name.to_owned()),
        _ => Segment::Name(name.to_owned()),
    })
}

/// The names of a path as patterns spell them.
fn names(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix("ext:").unwrap_or(path);
    let names = path.split("::").enumerate();
    names.map(|(at, name)| if at == 0 { root(name) } else { plain(name) })
}

/// The first name of a path.
fn root(name: &str) -> &str {
    plain_root(plain(name))
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// `core` and `alloc` are parts of `std`.
fn plain_root(name: &str) -> &str {
    if matches!(name, "core" | "alloc") { "std" } else { name }
}

fn follow(segments: &[Segment], names: &[&str]) -> bool {
    match (segments.split_first(), names.split_first()) {
        (None, None) => true,
        (Some((Segment::Rest, rest)), _) => {
            (0..=names.len()).any(|skipped| follow(rest, &names[skipped..]))
        }
        (Some((segment, rest)), Some((name, more))) => one(segment, name) && follow(rest, more),
        _ => false,
    }
}

fn one(segment: &Segment, name: &str) -> bool {
    match segment {
        Segment::Name(wanted) => wanted == name || is_alike(wanted, name),
        Segment::Glob(pattern) => fits(pattern, name),
        Segment::Rest => true,
    }
}

/// Whether two names are one to Cargo, to which `-` and `_` are the same.
fn is_alike(one: &str, two: &str) -> bool {
    let letter = |byte| if byte == b'-' { b'_' } else { byte };
    one.len() == two.len() && one.bytes().zip(two.bytes()).all(|(a, b)| letter(a) == letter(b))
}

#[cfg(test)]
mod tests {
    use super::{PathPattern, alternatives, fits};

    #[test]
    fn a_pattern_means_the_paths_that_it_spells() {
        for (pattern, path, fits) in [
            ("reqwest::Client::new", "reqwest::Client::new", true),
            ("reqwest::Client", "reqwest::Client::new", false),
            ("core::mem::swap", "std::mem::swap", true),
            ("std::mem::swap", "core::mem::swap", true),
            ("shop-db::open", "shop_db::open", true),
            ("tracing::*_span", "tracing::info_span", true),
            ("tracing::*_span", "tracing::span", false),
            ("ureq::**", "ureq::agent::Agent::new", true),
            ("**::*Client::connect", "a::b::FooClient::connect", true),
            ("**::*Client::connect", "a::b::FooClient::close", false),
            ("a::**::z", "a::z", true),
            ("a::**::z", "a::b::c::z", true),
            ("reqwest::get", "ext:reqwest::get", true),
        ] {
            let pattern = PathPattern::parse(pattern).unwrap();
            assert_eq!(pattern.fits(path), fits, "{} {path}", pattern.text);
        }
    }

    #[test]
    fn a_place_covers_what_lies_below_it() {
        let pattern = PathPattern::parse("shop::*config*").unwrap();
        assert!(pattern.covers("shop::my_config::Reader::new"));
        assert!(!pattern.covers("shop::cart::Config"));
    }

    #[test]
    fn braces_are_alternatives() {
        let all = |text| alternatives(text).map(|all| all.join(" "));
        assert_eq!(all("a::b").as_deref(), Some("a::b"));
        assert_eq!(all("a::{b, c::{d,e}}::f").as_deref(), Some("a::b::f a::c::d::f a::c::e::f"));
        assert_eq!(all("{a,b}_c").as_deref(), Some("a_c b_c"));
        assert_eq!(all("a::{b"), None);
        assert_eq!(all("a::b}"), None);
    }

    #[test]
    fn a_star_stands_for_letters() {
        assert!(fits("*shutdown*", "is_shutdown_now") && fits("*", "x") && fits("a*b*c", "axbyc"));
        assert!(!fits("a*b", "abc") && !fits("a", "ab"));
    }
}
