//! Path → the form in which a [`super::Workspace`] holds it.

use std::path::MAIN_SEPARATOR;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// `path` without `.` and `..`, with `/`.
///
/// By its letters only: through a symbolic link, the path by which cargo came is the one that
/// the compiler will take.
pub(super) fn normal(path: &Utf8Path) -> Utf8PathBuf {
    if is_normal(path) {
        return path.to_owned();
    }
    let mut normal = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    with_slashes(normal)
}

/// Whether a path is in its normal form for sure: it need not be taken apart.
fn is_normal(path: &Utf8Path) -> bool {
    let text = path.as_str().as_bytes();
    let odd = |pair: &[u8]| pair[0] == b'/' && matches!(pair[1], b'/' | b'.');
    let ends = [text.first(), text.last()].map(|end| matches!(end, None | Some(b'.' | b'/')));
    let rooted = text.first() == Some(&b'/');
    MAIN_SEPARATOR == '/' && (rooted || !ends[0]) && !ends[1] && !text.windows(2).any(odd)
}

/// `path` in its normal form, relative to `root` if it lies below.
pub(super) fn relative(path: &Utf8Path, root: &Utf8Path) -> Utf8PathBuf {
    let path = normal(path);
    match path.strip_prefix(root) {
        Ok(below) => with_slashes(below.to_owned()),
        Err(_) => path,
    }
}

fn with_slashes(path: Utf8PathBuf) -> Utf8PathBuf {
    if MAIN_SEPARATOR == '/' {
        return path;
    }
    path.as_str().replace(MAIN_SEPARATOR, "/").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_normal_for_sure_is_normal() {
        let texts = ["/", ".", "a", ".."];
        let two = texts.iter().flat_map(|one| texts.map(|two| format!("{one}{two}")));
        let two: Vec<String> = two.collect();
        for path in two.iter().flat_map(|one| two.iter().map(move |two| format!("{one}{two}"))) {
            let path = Utf8Path::new(&path);
            let by_parts: Vec<_> = normal(path).components().map(|it| it.to_string()).collect();
            let mut expected: Vec<String> = Vec::new();
            for part in path.components() {
                match part {
                    Utf8Component::CurDir => {}
                    Utf8Component::ParentDir if expected.last().is_none_or(|it| it == "/") => {}
                    Utf8Component::ParentDir => drop(expected.pop()),
                    other => expected.push(other.to_string()),
                }
            }
            assert_eq!(by_parts, expected, "{path:?}");
            assert!(!is_normal(path) || normal(path).as_str() == path.as_str());
        }
        assert!(is_normal("/a/b.rs".into()) && !is_normal("a/../b".into()));
    }

    #[test]
    fn a_path_below_the_root_is_relative_and_any_other_absolute() {
        let relative = |path: &str| relative(path.into(), "/work/shop".into());
        assert_eq!(relative("/work/shop/a/src/../b.rs"), "a/b.rs");
        assert_eq!(relative("/work/shop/./a/../../shop/b.rs"), "b.rs");
        assert_eq!(relative("/work/shop"), "");
        assert_eq!(relative("/work/shop/../x/lib.rs"), "/work/x/lib.rs");
        assert_eq!(relative("/work/shopping/lib.rs"), "/work/shopping/lib.rs");
    }
}
