//! Addresses of files ↔ their paths.
//!
//! Editors differ in what they escape, so an address is never compared, only its path.

use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};

/// The file that an address means; none where it is no file of this machine.
pub(super) fn path(uri: &str) -> Option<Utf8PathBuf> {
    let (scheme, rest) = uri.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?;
    let path = &rest[rest.find('/')?..];
    let host = &rest[..rest.len() - path.len()];
    if !scheme.eq_ignore_ascii_case("file") || !(host.is_empty() || host == "localhost") {
        return None;
    }
    let path = unescaped(path)?;
    // `/c:/shop` is `C:/shop`, as the compiler and cargo spell it.
    Some(match drive(&path) {
        Some(letter) => format!("{}{}", letter.to_ascii_uppercase(), &path[2..]).into(),
        None => path.into(),
    })
}

/// The address of a file.
pub(super) fn uri(path: &Utf8Path) -> String {
    let mut uri = String::from("file://");
    if !path.as_str().starts_with('/') {
        uri.push('/');
    }
    for byte in path.as_str().bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                uri.push(char::from(byte));
            }
            _ => write!(uri, "%{byte:02X}").expect("memory suffices"),
        }
    }
    uri
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The letter of `/c:/…`, where drives have letters.
fn drive(path: &str) -> Option<char> {
    let mut letters = path.chars().skip(1);
    let (letter, colon) = (letters.next()?, letters.next()?);
    (cfg!(windows) && letter.is_ascii_alphabetic() && colon == ':').then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_its_path() {
        for (address, file) in [
            ("file:///shop/src/lib.rs", "/shop/src/lib.rs"),
            ("file:///a%20b/%C3%A9%23.rs", "/a b/é#.rs"),
        ] {
            assert_eq!(path(address).as_deref(), Some(Utf8Path::new(file)));
            assert_eq!(uri(file.into()), address);
        }
    }

    #[test]
    fn other_spellings_of_an_address() {
        for address in ["FILE:///a/b.rs", "file://localhost/a/b.rs", "file:///%61/b%2ers#L3"] {
            assert_eq!(path(address).as_deref(), Some(Utf8Path::new("/a/b.rs")), "{address}");
        }
    }

    #[test]
    fn what_is_no_file_of_this_machine() {
        for address in [
            "",
            "a",
            "untitled:Untitled-1",
            "git:///a.rs",
            "file://server/a.rs",
            "file:",
            "file://",
        ] {
            assert_eq!(path(address), None, "{address}");
        }
        assert_eq!(path("file:///a%"), None);
        assert_eq!(path("file:///a%zz"), None);
        assert_eq!(path("file:///%ff"), None);
    }
}
