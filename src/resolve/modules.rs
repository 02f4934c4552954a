//! `mod` declarations + files → the module tree.
//!
//! Which file a `mod x;` means depends on the file that says it, so the tree grows in rounds: it
//! says which files it wants, is given their facts, and wants the next ones. A file may be several
//! modules, and a module may have several bodies (`#[cfg(unix)] mod imp;` beside
//! `#[cfg(windows)] mod imp;`): all bodies of one canonical path are one module.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;

use super::folders::{Folders, folders_of, inline_folders, join};
use crate::discover::{PackageId, TargetKind, Workspace, path_order};
use crate::extract::{CfgId, FileFacts, ModuleDeclaration, Range, ScopeId, ScopeKind};
use crate::model::FileId;

/// The facts of the files read so far.
#[derive(Debug, Default)]
pub struct FactsByFile {
    /// Every path that was asked for; none where the file cannot be read.
    pub by_path: FxHashMap<Utf8PathBuf, Option<FileId>>,
    /// The facts of those that can.
    pub facts: BTreeMap<FileId, FileFacts>,
}

/// The module tree of all crates of a workspace.
#[derive(Debug)]
pub struct Tree<'a> {
    workspace: &'a Workspace,
    pub(super) crates: Vec<CrateRoot>,
    pub(super) modules: Vec<Module>,
    pub(super) bodies: Vec<Body>,
    pub(super) missing: Vec<MissingFile>,
    children: BTreeMap<(ModuleIndex, Box<str>), ModuleIndex>,
    /// The first body that a file is as each module: index into `bodies`.
    body_of: BTreeMap<(FileId, ModuleIndex), usize>,
    pending: Vec<Pending>,
    /// What a crate reaches, its missing files apart.
    pub(super) reached: BTreeSet<FileId>,
}

/// Index into [`Tree::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ModuleIndex(pub(super) u32);

/// One target of one member.
#[derive(Debug)]
pub(super) struct CrateRoot {
    pub(super) package: PackageId,
    pub(super) target: TargetKind,
    pub(super) edition: u16,
    /// Canonical name.
    pub(super) name: String,
    pub(super) root: ModuleIndex,
}

/// A module.
#[derive(Debug)]
pub(super) struct Module {
    /// Index into [`Tree::crates`].
    pub(super) krate: u32,
    pub(super) parent: Option<ModuleIndex>,
    pub(super) name: Box<str>,
}

/// A file's text as (part of) a module.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) file: FileId,
    /// The module of each of the file's scopes.
    pub(super) modules: Vec<ModuleIndex>,
    /// Where it was declared or included; none for a crate's root.
    pub(super) declared: Option<Declared>,
    /// Where the same file is declared as the same module once more, under another `cfg`.
    pub(super) declared_again: Vec<Declared>,
}

/// The place that made a file part of the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    /// Index into [`Tree::bodies`].
    pub(super) body: usize,
    pub(super) scope: ScopeId,
    /// The condition of the declaration within its file.
    pub(super) cfg: CfgId,
    /// The `mod`'s name or the `include!`.
    pub(super) range: Range,
    /// `#[macro_use]`.
    pub(super) macro_use: bool,
    /// `include!`: its names belong to the scope itself.
    pub(super) include: bool,
}

/// A `mod x;` without a file.
#[derive(Debug)]
pub(super) struct MissingFile {
    pub(super) module: ModuleIndex,
    pub(super) file: FileId,
    pub(super) range: Range,
}

/// A file that waits to be read.
#[derive(Debug)]
struct Pending {
    module: ModuleIndex,
    /// Of each group the first that exists counts; every group may count.
    groups: Vec<Group>,
    declared: Option<Declared>,
}

/// Places where a file may be.
#[derive(Debug)]
struct Group {
    candidates: Vec<Utf8PathBuf>,
    /// A `mod y;` in it is looked for beside it, not in a folder of its name.
    owns_folder: bool,
}

impl<'a> Tree<'a> {
    /// The roots of all crates, whose files are wanted first.
    pub fn plant(workspace: &'a Workspace) -> Self {
        let mut tree = Tree {
            workspace,
            crates: Vec::new(),
            modules: Vec::new(),
            bodies: Vec::new(),
            missing: Vec::new(),
            children: BTreeMap::new(),
            body_of: BTreeMap::new(),
            pending: Vec::new(),
            reached: BTreeSet::new(),
        };
        for (at, package) in workspace.packages.iter().enumerate() {
            for target in &package.targets {
                let name = crate_name(&package.name, target.kind, &target.name);
                // cargo lists a target once for each kind that a manifest spells out for it.
                if tree.crates.iter().any(|known| known.name == name) {
                    continue;
                }
                let root = tree.add_root(&name);
                tree.crates.push(CrateRoot {
                    package: PackageId(at as u32),
                    target: target.kind,
                    edition: target.edition,
                    name,
                    root,
                });
                tree.pending.push(Pending {
                    module: root,
                    groups: vec![Group {
                        candidates: vec![target.root.clone()],
                        owns_folder: true,
                    }],
                    declared: None,
                });
            }
        }
        tree
    }

    /// The files whose facts the tree needs next: sorted, none twice; empty when it is grown.
    pub fn wanted(&self, files: &FactsByFile) -> Vec<Utf8PathBuf> {
        let candidates = self.pending.iter().flat_map(|pending| &pending.groups);
        let paths = candidates.flat_map(|group| &group.candidates);
        let mut wanted: Vec<Utf8PathBuf> =
            paths.filter(|path| !files.by_path.contains_key(*path)).cloned().collect();
        wanted.sort_unstable_by(|one, two| path_order(one, two));
        wanted.dedup();
        wanted
    }

    /// Takes in every pending file that has been read.
    pub fn grow(&mut self, files: &FactsByFile) {
        let mut unread = Vec::new();
        while !self.pending.is_empty() {
            for pending in std::mem::take(&mut self.pending) {
                let mut candidates = pending.groups.iter().flat_map(|group| &group.candidates);
                if candidates.all(|path| files.by_path.contains_key(path)) {
                    self.take_in(&pending, files);
                } else {
                    unread.push(pending);
                }
            }
        }
        self.pending = unread;
    }

    fn take_in(&mut self, pending: &Pending, files: &FactsByFile) {
        let mut found = false;
        for group in &pending.groups {
            let read = |path: &Utf8PathBuf| files.by_path.get(path).copied().flatten();
            let Some((path, file)) =
                group.candidates.iter().find_map(|path| read(path).map(|file| (path, file)))
            else {
                continue;
            };
            found = true;
            if self.contains_itself(pending.declared, file) {
                continue;
            }
            if self.is_declared_again(pending, file) {
                continue;
            }
            self.reached.insert(file);
            let facts = &files.facts[&file];
            self.add_body(pending, file, facts, &folders_of(path, group.owns_folder));
        }
        if let (false, Some(declared)) = (found, pending.declared) {
            let file = self.bodies[declared.body].file;
            self.missing.push(MissingFile { module: pending.module, file, range: declared.range });
        }
    }

    /// Whether the file is this module already; if so, takes note of the declaration.
    fn is_declared_again(&mut self, pending: &Pending, file: FileId) -> bool {
        let Some(declared) = pending.declared.filter(|declared| !declared.include) else {
            return false;
        };
        let Some(body) = self.body_of.get(&(file, pending.module)) else { return false };
        self.bodies[*body].declared_again.push(declared);
        true
    }

    /// A file that declares itself as its own submodule would make an endless tree.
    fn contains_itself(&self, mut declared: Option<Declared>, file: FileId) -> bool {
        while let Some(place) = declared {
            let body = &self.bodies[place.body];
            if body.file == file {
                return true;
            }
            declared = body.declared;
        }
        false
    }

    fn add_body(
        &mut self,
        pending: &Pending,
        file: FileId,
        facts: &FileFacts,
        file_folders: &Folders,
    ) {
        let body = self.bodies.len();
        let mut modules: Vec<ModuleIndex> = Vec::with_capacity(facts.scopes.len());
        let mut folders: Vec<Folders> = Vec::with_capacity(facts.scopes.len());
        for scope in &facts.scopes {
            let parent = scope.parent.0 as usize;
            let (module, folder) = match scope.kind {
                ScopeKind::File => (pending.module, file_folders.clone()),
                ScopeKind::Block => (modules[parent], folders[parent].clone()),
                ScopeKind::Module(declaration) => {
                    let declaration = &facts.modules[declaration as usize];
                    let name = &facts.names[declaration.name.0 as usize];
                    let module = self.child(modules[parent], name);
                    (module, inline_folders(&folders[parent], declaration, name))
                }
            };
            modules.push(module);
            folders.push(folder);
        }
        self.body_of.entry((file, modules[0])).or_insert(body);
        self.bodies.push(Body {
            file,
            modules: modules.clone(),
            declared: pending.declared,
            declared_again: Vec::new(),
        });
        for declaration in facts.modules.iter().filter(|declared| declared.body.is_none()) {
            let module_of = modules[declaration.scope.0 as usize];
            let folder = &folders[declaration.scope.0 as usize];
            self.want_module(body, facts, declaration, module_of, folder);
        }
        for include in &facts.includes {
            let scope = include.scope.0 as usize;
            let path = join(&file_folders.attribute, &include.path);
            self.pending.push(Pending {
                module: modules[scope],
                groups: vec![Group { candidates: vec![path], owns_folder: true }],
                declared: Some(Declared {
                    body,
                    scope: include.scope,
                    cfg: include.cfg,
                    range: include.range,
                    macro_use: false,
                    include: true,
                }),
            });
        }
    }

    fn want_module(
        &mut self,
        body: usize,
        facts: &FileFacts,
        declaration: &ModuleDeclaration,
        parent: ModuleIndex,
        folders: &Folders,
    ) {
        let name = &facts.names[declaration.name.0 as usize];
        let plain = name.strip_prefix("r#").unwrap_or(name);
        let module = self.child(parent, name);
        let mut groups: Vec<Group> = Vec::new();
        for path in &declaration.paths {
            let candidates = vec![join(&folders.attribute, path)];
            groups.push(Group { candidates, owns_folder: true });
        }
        if !declaration.path_always {
            let beside = folders.plain.join(format!("{plain}.rs"));
            let inside = folders.plain.join(plain).join("mod.rs");
            groups.push(self.usual_places(beside, inside));
        }
        self.pending.push(Pending {
            module,
            groups,
            declared: Some(Declared {
                body,
                scope: declaration.scope,
                cfg: declaration.cfg,
                range: declaration.range,
                macro_use: declaration.macro_use,
                include: false,
            }),
        });
    }

    /// `x.rs` or `x/mod.rs`: the one that is listed, or both where the listing does not reach.
    fn usual_places(&self, beside: Utf8PathBuf, inside: Utf8PathBuf) -> Group {
        let owns_folder = false;
        let listed = &self.workspace.files;
        if listed.contains(&beside) {
            return Group { candidates: vec![beside], owns_folder };
        }
        if listed.contains(&inside) {
            return Group { candidates: vec![inside], owns_folder };
        }
        Group { candidates: vec![beside, inside], owns_folder }
    }

    fn add_root(&mut self, name: &str) -> ModuleIndex {
        let index = ModuleIndex(self.modules.len() as u32);
        let krate = self.crates.len() as u32;
        self.modules.push(Module { krate, parent: None, name: name.into() });
        index
    }

    fn child(&mut self, parent: ModuleIndex, name: &str) -> ModuleIndex {
        let name = name.strip_prefix("r#").unwrap_or(name);
        if let Some(index) = self.children.get(&(parent, name.into())) {
            return *index;
        }
        let index = ModuleIndex(self.modules.len() as u32);
        let krate = self.modules[parent.0 as usize].krate;
        self.modules.push(Module { krate, parent: Some(parent), name: name.into() });
        self.children.insert((parent, name.into()), index);
        index
    }
}

/// `accounts`, `accounts/bin/server`.
fn crate_name(package: &str, kind: TargetKind, target: &str) -> String {
    match kind {
        TargetKind::Lib => target.replace('-', "_"),
        TargetKind::Build => format!("{package}/build/build"),
        _ => format!("{package}/{}/{target}", kind.name()),
    }
}
