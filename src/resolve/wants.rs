//! A file's facts → where the files may be that it asks for: with `mod x;` and `include!`.
//!
//! Depends on nothing but the file, its path and the listing, so that it can be found out for many
//! files at a time, before the tree is there.

use camino::{Utf8Path, Utf8PathBuf};
use smallvec::{SmallVec, smallvec};

use super::folders::{Folders, folders_of, inline_folders, join};
use crate::discover::PathSet;
use crate::extract::{FileFacts, ModuleDeclaration, ScopeKind};

/// A file to be read, and how it takes a `mod y;` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As the workspace names it.
    pub path: Utf8PathBuf,
    /// A `mod y;` in it is looked for beside it, not in a folder of its name.
    pub owns_folder: bool,
}

/// The files that a file asks for, if there are such files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wants {
    /// By `mod x;`, in their order: every group may count.
    pub(super) modules: Vec<SmallVec<[Group; 1]>>,
    /// By `include!`.
    pub(super) includes: Vec<Group>,
}

/// Places where a file may be; the first that exists counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) candidates: SmallVec<[Utf8PathBuf; 1]>,
    pub(super) owns_folder: bool,
}

impl Wants {
    /// Finds out; `listed` are all files of the workspace, as far as the listing reaches.
    pub fn of(file: &Asked, facts: &FileFacts, listed: &PathSet) -> Self {
        let file_folders = folders_of(&file.path, file.owns_folder);
        let mut folders: Vec<Folders> = Vec::with_capacity(facts.scopes.len());
        for scope in &facts.scopes {
            folders.push(match scope.kind {
                ScopeKind::File => file_folders.clone(),
                ScopeKind::Block => folders[scope.parent.0 as usize].clone(),
                ScopeKind::Module(declaration) => {
                    let declaration = &facts.modules[declaration as usize];
                    let name = &facts.names[declaration.name.0 as usize];
                    inline_folders(&folders[scope.parent.0 as usize], declaration, name)
                }
            });
        }
        let outside = facts.modules.iter().filter(|declaration| declaration.body.is_none());
        let modules = outside.map(|declaration| {
            let name = &facts.names[declaration.name.0 as usize];
            groups(&folders[declaration.scope.0 as usize], declaration, name, listed)
        });
        let includes = facts.includes.iter();
        let includes = includes.map(|one| Group::owner(join(&file_folders.attribute, &one.path)));
        Self { modules: modules.collect(), includes: includes.collect() }
    }

    /// Every file that may be read for them.
    pub fn files(&self) -> impl Iterator<Item = Asked> {
        self.modules.iter().flatten().chain(&self.includes).flat_map(Group::files)
    }
}

impl Group {
    /// One place, for a file that owns its folder.
    pub(super) fn owner(path: Utf8PathBuf) -> Self {
        Self { candidates: smallvec![path], owns_folder: true }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = Asked> {
        let asked =
            |path: &Utf8PathBuf| Asked { path: path.clone(), owns_folder: self.owns_folder };
        self.candidates.iter().map(asked)
    }
}

/// Where the file of a `mod x;` may be.
fn groups(
    folders: &Folders,
    declaration: &ModuleDeclaration,
    name: &str,
    listed: &PathSet,
) -> SmallVec<[Group; 1]> {
    let by_attribute = declaration.paths.iter().map(|path| join(&folders.attribute, path));
    let mut groups: SmallVec<[Group; 1]> = by_attribute.map(Group::owner).collect();
    if !declaration.path_always {
        let candidates = usual_places(&folders.plain, name, listed);
        groups.push(Group { candidates, owns_folder: false });
    }
    groups
}

/// `x.rs` or `x/mod.rs`: the one that is listed, or both where the listing does not reach.
fn usual_places(folder: &Utf8Path, name: &str, listed: &PathSet) -> SmallVec<[Utf8PathBuf; 1]> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let beside = folder.join(format!("{name}.rs"));
    if listed.contains(&beside) {
        return smallvec![beside];
    }
    let inside = folder.join(name).join("mod.rs");
    if listed.contains(&inside) {
        return smallvec![inside];
    }
    smallvec![beside, inside]
}
