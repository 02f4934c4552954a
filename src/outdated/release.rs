//! One line of a registry's index → [`Release`].

use std::borrow::Cow;

use semver::Version;
use serde::Deserialize;

use super::day::Day;

/// The newest format of an index line that we understand.
const NEWEST_FORMAT: u32 = 2;

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The version.
    pub version: Version,
    /// It was withdrawn.
    pub yanked: bool,
    /// The oldest Rust that it says it needs.
    pub rust: Option<Rust>,
    /// When it was published; none: not known.
    pub published: Option<Day>,
}

/// A version of Rust: major, minor, patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rust(pub u32, pub u32, pub u32);

impl Rust {
    /// Reads `1.85` or `1.85.1`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split(['-', '+']).next().unwrap_or_default();
        let mut parts = text.trim().split('.').map(|part| part.parse().ok());
        let major = parts.next()??;
        let mut next = || parts.next().unwrap_or(Some(0));
        Some(Self(major, next()?, next()?))
    }
}

impl std::fmt::Display for Rust {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self(major, minor, 0) => write!(f, "{major}.{minor}"),
            Self(major, minor, patch) => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    vers: Cow<'a, str>,
    yanked: Option<bool>,
    #[serde(borrow)]
    rust_version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pubtime: Option<Cow<'a, str>>,
    v: Option<u32>,
}

/// Reads a line; none if it is none, or of a format that came after us: cargo passes over it too.
pub(super) fn release(line: &[u8]) -> Option<Release> {
    let line: Line<'_> = serde_json::from_slice(line).ok()?;
    if line.v.is_some_and(|format| format > NEWEST_FORMAT) {
        return None;
    }
    Some(Release {
        version: Version::parse(&line.vers).ok()?,
        yanked: line.yanked.unwrap_or_default(),
        rust: line.rust_version.as_deref().and_then(Rust::parse),
        published: line.pubtime.as_deref().and_then(Day::parse),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_say_little_or_much() {
        let little = release(br#"{"name":"a","vers":"1.2.3","deps":[],"cksum":"","features":{}}"#);
        let version = Version::new(1, 2, 3);
        let plain = Release { version, yanked: false, rust: None, published: None };
        assert_eq!(little, Some(plain.clone()));
        let much = br#"{"vers":"1.2.3","yanked":true,"rust_version":"1.85","pubtime":"2026-08-20T01:02:03Z","v":2}"#;
        let published = Day::parse("2026-08-20");
        let rust = Some(Rust(1, 85, 0));
        assert_eq!(release(much), Some(Release { yanked: true, rust, published, ..plain }));
    }

    #[test]
    fn what_is_not_understood_is_passed_over() {
        for line in ["", "{}", r#"{"vers":"x"}"#, r#"{"vers":"1.0.0","v":3}"#] {
            assert_eq!(release(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn versions_of_rust_may_be_short() {
        assert_eq!(Rust::parse("1.85"), Some(Rust(1, 85, 0)));
        assert_eq!(Rust::parse("1.85.1-nightly"), Some(Rust(1, 85, 1)));
        assert_eq!(Rust::parse("one"), None);
        assert_eq!(Rust(1, 85, 0).to_string(), "1.85");
    }
}
