//! Path → the form in which a [`super::Workspace`] holds it.

use std::path::MAIN_SEPARATOR;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// `path` without `.` and `..`, with `/`.
///
/// By its letters only: through a symbolic link, the path by which cargo came is the one that
/// the compiler will take.
pub(super) fn normal(path: &Utf8Path) -> Utf8PathBuf {
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
    fn a_path_below_the_root_is_relative_and_any_other_absolute() {
        let relative = |path: &str| relative(path.into(), "/work/shop".into());
        assert_eq!(relative("/work/shop/a/src/../b.rs"), "a/b.rs");
        assert_eq!(relative("/work/shop/./a/../../shop/b.rs"), "b.rs");
        assert_eq!(relative("/work/shop"), "");
        assert_eq!(relative("/work/shop/../x/lib.rs"), "/work/x/lib.rs");
        assert_eq!(relative("/work/shopping/lib.rs"), "/work/shopping/lib.rs");
    }
}
