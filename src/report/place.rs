//! Files → the paths and addresses that other software knows them by.

use camino::{Utf8Component, Utf8Path};

use crate::model::FileId;
use crate::report::Outcome;

/// The path from the outcome's base, with `/`; absolute for a file that lies outside of it.
pub(super) fn path(outcome: &Outcome<'_>, file: FileId) -> String {
    let absolute = outcome.workspace.root.join(&outcome.sources.file(file).path);
    let path = absolute.strip_prefix(outcome.base).unwrap_or(&absolute);
    slashed(path)
}

/// With `/`, whatever the machine's habit.
pub(super) fn slashed(path: &Utf8Path) -> String {
    let rooted = path.has_root().then_some("/");
    let names = path.components().filter_map(|component| match component {
        Utf8Component::RootDir | Utf8Component::CurDir => None,
        Utf8Component::Prefix(prefix) => Some(prefix.as_str()),
        Utf8Component::ParentDir => Some(".."),
        Utf8Component::Normal(name) => Some(name),
    });
    rooted.unwrap_or_default().to_owned() + &names.collect::<Vec<_>>().join("/")
}

/// A path as a reference of RFC 3986: relative, or `file:` and all.
pub(super) fn uri(path: &str) -> String {
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let encode = |byte: u8| {
        let is_plain = byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
        if is_plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    scheme.to_owned() + &path.bytes().map(encode).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_letters_digits_and_little_else() {
        assert_eq!(uri("src/lib.rs"), "src/lib.rs");
        assert_eq!(uri("src/é a#b?.rs"), "src/%C3%A9%20a%23b%3F.rs");
        assert_eq!(uri("a:b/c%d"), "a%3Ab/c%25d");
        assert_eq!(uri("/tmp/x.rs"), "file:///tmp/x.rs");
        assert_eq!(uri("\u{1b}"), "%1B");
    }

    #[test]
    fn paths_have_slashes() {
        assert_eq!(slashed("./a/../b//c.rs".into()), "a/../b/c.rs");
        assert_eq!(slashed("/a/b".into()), "/a/b");
        assert_eq!(slashed("".into()), "");
    }
}
