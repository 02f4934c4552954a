//! `mod` declarations + files → the module tree.
//!
//! Which file a `mod x;` means depends on the file that says it, so the tree grows in rounds: it
//! says which files it wants, is given their facts, and wants the next ones. A file may be several
//! modules, and a module may have several bodies (`#[cfg(unix)] mod imp;` beside
//! `#[cfg(windows)] mod imp;`): all bodies of one canonical path are one module.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use super::wants::{Asked, Group, Wants};
use crate::discover::{PackageId, TargetKind, Workspace, path_order};
use crate::extract::{CfgId, FileFacts, Range, ScopeId, ScopeKind};
use crate::model::FileId;

/// The facts of the files read so far.
#[derive(Debug, Default)]
pub struct FactsByFile {
    /// Every path that was asked for; none where the file cannot be read.
    pub by_path: FxHashMap<Utf8PathBuf, Option<FileId>>,
    /// The facts of those that can.
    pub facts: BTreeMap<FileId, FileFacts>,
    /// What a file asks for that owns its folder, or does not: where that has been found out already.
    pub wants: FxHashMap<(FileId, bool), Wants>,
}

/// The module tree of all crates of a workspace.
#[derive(Debug)]
pub struct Tree<'a> {
    workspace: &'a Workspace,
    pub(super) crates: Vec<CrateRoot>,
    pub(super) modules: Vec<Module>,
    pub(super) bodies: Vec<Body>,
    pub(super) missing: Vec<MissingFile>,
    /// The modules below each module.
    children: Vec<FxHashMap<Box<str>, ModuleIndex>>,
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
    groups: SmallVec<[Group; 1]>,
    declared: Option<Declared>,
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
            children: Vec::new(),
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
                    groups: smallvec![Group::owner(target.root.clone())],
                    declared: None,
                });
            }
        }
        tree
    }

    /// The files whose facts the tree needs next: sorted, none twice; empty when it is grown.
    pub fn wanted(&self, files: &FactsByFile) -> Vec<Asked> {
        let all = self.pending.iter().flat_map(|pending| &pending.groups).flat_map(Group::files);
        let mut wanted: Vec<Asked> =
            all.filter(|file| !files.by_path.contains_key(&file.path)).collect();
        wanted.sort_by(|one, two| path_order(&one.path, &two.path));
        wanted.dedup_by(|one, two| one.path == two.path);
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
            let found_out = files.wants.get(&(file, group.owns_folder)).cloned();
            let wants = found_out.unwrap_or_else(|| {
                let file = Asked { path: path.clone(), owns_folder: group.owns_folder };
                Wants::of(&file, facts, &self.workspace.files)
            });
            self.add_body(pending, file, facts, wants);
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

    fn add_body(&mut self, pending: &Pending, file: FileId, facts: &FileFacts, wants: Wants) {
        let body = self.bodies.len();
        let mut modules: Vec<ModuleIndex> = Vec::with_capacity(facts.scopes.len());
        for scope in &facts.scopes {
            let parent = scope.parent.0 as usize;
            modules.push(match scope.kind {
                ScopeKind::File => pending.module,
                ScopeKind::Block => modules[parent],
                ScopeKind::Module(declaration) => {
                    let declaration = &facts.modules[declaration as usize];
                    self.child(modules[parent], &facts.names[declaration.name.0 as usize])
                }
            });
        }
        self.body_of.entry((file, modules[0])).or_insert(body);
        let outside = facts.modules.iter().filter(|declaration| declaration.body.is_none());
        for (declaration, groups) in outside.zip(wants.modules) {
            let parent = modules[declaration.scope.0 as usize];
            let module = self.child(parent, &facts.names[declaration.name.0 as usize]);
            let declared = Declared {
                body,
                scope: declaration.scope,
                cfg: declaration.cfg,
                range: declaration.range,
                macro_use: declaration.macro_use,
                include: false,
            };
            self.pending.push(Pending { module, groups, declared: Some(declared) });
        }
        for (include, group) in facts.includes.iter().zip(wants.includes) {
            let module = modules[include.scope.0 as usize];
            let declared = Declared {
                body,
                scope: include.scope,
                cfg: include.cfg,
                range: include.range,
                macro_use: false,
                include: true,
            };
            let groups = smallvec![group];
            self.pending.push(Pending { module, groups, declared: Some(declared) });
        }
        let (declared, declared_again) = (pending.declared, Vec::new());
        self.bodies.push(Body { file, modules, declared, declared_again });
    }

    fn add_root(&mut self, name: &str) -> ModuleIndex {
        self.add(Module { krate: self.crates.len() as u32, parent: None, name: name.into() })
    }

    fn child(&mut self, parent: ModuleIndex, name: &str) -> ModuleIndex {
        let name = name.strip_prefix("r#").unwrap_or(name);
        let at = parent.0 as usize;
        if let Some(known) = self.children[at].get(name) {
            return *known;
        }
        let krate = self.modules[at].krate;
        let index = self.add(Module { krate, parent: Some(parent), name: name.into() });
        self.children[at].insert(name.into(), index);
        index
    }

    fn add(&mut self, module: Module) -> ModuleIndex {
        self.modules.push(module);
        self.children.push(FxHashMap::default());
        ModuleIndex(self.modules.len() as u32 - 1)
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
