//! Where the file of a `mod x;` is looked for (Rust Reference, "Modules: module source filenames").

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::extract::ModuleDeclaration;

/// Where a scope's `mod` declarations are looked for.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    /// `mod x;` → `x.rs` in here.
    pub(super) plain: Utf8PathBuf,
    /// `#[path = ".."]` starts from here.
    pub(super) attribute: Utf8PathBuf,
}

/// The folders of a file: those of `mod.rs` and crate roots are their own, others have one of
/// their name.
pub(super) fn folders_of(path: &Utf8Path, owns_folder: bool) -> Folders {
    let parent = path.parent().unwrap_or(Utf8Path::new("")).to_owned();
    let plain = match path.file_stem() {
        Some(stem) if !owns_folder && stem != "mod" => parent.join(stem),
        _ => parent.clone(),
    };
    Folders { plain, attribute: parent }
}

/// The folders of an inline module.
pub(super) fn inline_folders(
    outer: &Folders,
    declaration: &ModuleDeclaration,
    name: &str,
) -> Folders {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let folder = match declaration.paths.first() {
        Some(path) => join(&outer.attribute, path),
        None => outer.plain.join(name),
    };
    Folders { plain: folder.clone(), attribute: folder }
}

/// Joins and resolves `.` and `..` by their words; links are not followed.
pub(super) fn join(folder: &Utf8Path, path: &str) -> Utf8PathBuf {
    let mut joined = Utf8PathBuf::new();
    for component in folder.join(path.replace('\\', "/")).components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if joined.file_name().is_some() => {
                joined.pop();
            }
            other => joined.push(other),
        }
    }
    joined
}
