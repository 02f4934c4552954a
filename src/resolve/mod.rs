//! Workspace + facts → [`Resolution`]: every name followed to the item it means.
//!
//! Invariants: pure; all `cfg`s at once (a name may mean several items, one reference for each);
//! what could not be followed is in [`Resolution::unresolved`] with its reason, never dropped; the
//! same input gives the same numbers in the same order.

mod cfg;
mod conditions;
mod declare;
mod externs;
mod folders;
mod globs;
mod hops;
mod imports;
mod leaves;
mod look;
mod manifests;
mod meanings;
mod modules;
mod moved;
mod names;
mod nodes;
mod order;
mod packed;
mod paths;
mod prelude;
mod references;
mod scopes;
mod spaces;
mod symbols;
mod templates;
mod texts;
mod textual;
mod track;
mod walk;
mod wants;

#[cfg(test)]
mod tests;

use camino::Utf8PathBuf;
use serde::{Deserialize, Serialize};

pub use modules::{FactsByFile, Tree};
pub use moved::MovedByFile;
pub use scopes::ScopesByFile;
pub use wants::{Asked, Wants};

use crate::discover::{DependencyKind, PackageId, TargetKind, Workspace};
use crate::model::{CodeScope, Span};

/// Index into [`Resolution::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(pub u32);

/// Index into [`Resolution::texts`]; 0 is the empty text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TextId(pub u32);

/// Index into [`Resolution::references`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReferenceId(pub u32);

/// What is where, and who names whom.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Resolution {
    /// Crates, modules, items and the external paths that something names: one tree. A parent
    /// stands before its children.
    pub nodes: Vec<Node>,
    /// Every place that names something, ordered by file, position and target.
    #[serde(with = "packed")]
    pub references: Vec<Reference>,
    /// Workspace paths that could not be followed, ordered by position.
    pub unresolved: Vec<Unresolved>,
    /// `.rs` files of the members that no crate reaches, sorted.
    pub unreached: Vec<Utf8PathBuf>,
    /// Macro calls and definitions whose tokens were not understood, ordered by position.
    pub macros_not_read: Vec<MacroNotRead>,
    /// Strings that many references share: paths as written, cfgs.
    pub texts: Vec<Box<str>>,
    /// Re-exports that many references share, for [`Reference::through`].
    pub hops: Vec<Hop>,
    /// References of imports on which others stand, for [`Reference::imports`].
    pub imports: Vec<ReferenceId>,
}

/// Several neighbours in a list that others share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The index of the first.
    pub start: u32,
    /// The index behind the last.
    pub end: u32,
}

/// A crate, module, item or external path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// The last segment: `Client`, `im`; for a crate its canonical name (`accounts`,
    /// `accounts/bin/server`, `ext:reqwest`, `std`).
    pub name: Box<str>,
    /// The module, item or path that it belongs to; none for a crate.
    pub parent: Option<NodeId>,
    /// What it is.
    pub kind: NodeKind,
    /// The nearest module above, itself included; for an external path its crate.
    pub module: NodeId,
    /// Where it is declared: a module's or item's name, or the start of a crate's root file.
    pub span: Option<Span>,
    /// Visible beyond the module that declares it (`pub`, `pub(crate)`, `pub(in ..)`).
    pub exported: bool,
}

/// The kinds of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NodeKind {
    /// The root module of one target of a member.
    Crate {
        /// The package.
        package: PackageId,
        /// Which kind of target.
        target: TargetKind,
    },
    /// A module below a crate's root.
    Module,
    /// A function, type, trait, constant, macro; also an associated item below its type, and an
    /// enum's variant.
    Item,
    /// An external crate: index into [`crate::discover::Workspace::externals`], or none for `std`,
    /// `core`, `alloc`, `proc_macro` and `test`.
    ExternalCrate(Option<u32>),
    /// A path inside an external crate, as written after its name (module or item: not known).
    ExternalPath,
}

/// A place where code (or a manifest) names an item.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The innermost item that it stands in, or the module itself.
    pub from: NodeId,
    /// The definition, every re-export followed.
    pub to: NodeId,
    /// What the path names before a re-export of another module is followed; `to` if there is none.
    pub written_to: NodeId,
    /// The path, or the leaf of a use tree.
    pub span: Span,
    /// How it is named.
    pub kind: ReferenceKind,
    /// The part of the build that it belongs to.
    pub scope: CodeScope,
    /// Written inside a macro call or a macro's definition.
    pub in_macro: bool,
    /// The `cfg` that it stands under, conjoined; empty if none.
    pub cfg: TextId,
    /// Means this only where other `cfg`s hold than in a plain build (every feature on, this
    /// platform, no custom flag), in which the same path means something else.
    pub alternative: bool,
    /// The full path as written, groups of a use tree joined: `std::process::Command`.
    pub written: TextId,
    /// The re-exports passed on the way from `written_to` to `to`, in order: [`Resolution::through`].
    pub through: Row,
    /// The imports of its own module that brought the first segment into scope (several where
    /// `cfg`s choose between them); empty where the path starts at a crate, or in place:
    /// [`Resolution::imports`].
    pub imports: Row,
}

impl Reference {
    /// Whether it is an entry in a dependency table.
    pub fn is_manifest(&self) -> bool {
        matches!(self.kind, ReferenceKind::Manifest(_))
    }
}

/// The ways of naming an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A leaf of a use tree, or `extern crate`.
    Use,
    /// A path in an expression, type, pattern, bound or visibility.
    Path,
    /// A macro's name at its call.
    Macro,
    /// A path in an attribute, a derive, or a string that an attribute reads as a path.
    Attribute,
    /// An entry in a dependency table, from the package's crate to the dependency's.
    Manifest(DependencyKind),
}

impl ReferenceKind {
    /// The word in the graph dump.
    pub fn name(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Path => "path",
            Self::Macro => "macro",
            Self::Attribute => "attr",
            Self::Manifest(_) => "manifest",
        }
    }
}

/// One re-export on the way to a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The module that re-exports.
    pub module: NodeId,
    /// The `use` leaf that does it.
    pub span: Span,
}

/// A path into the workspace that could not be followed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unresolved {
    /// The module it stands in.
    pub from: NodeId,
    /// Where.
    pub span: Span,
    /// As written.
    pub written: TextId,
    /// Why.
    pub reason: UnresolvedReason,
}

/// Why a path could not be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UnresolvedReason {
    /// `mod x;` without a file.
    MissingFile,
    /// The module exists, the name in it does not: made by a macro or a build script, perhaps.
    NotFound,
    /// The name may come from a glob import of an external crate.
    ExternalGlob,
    /// The first segment is neither in scope nor a dependency.
    UnknownRoot,
    /// A cycle of imports that never reaches a definition.
    ImportCycle,
}

impl UnresolvedReason {
    /// All reasons, in their order.
    pub const ALL: [UnresolvedReason; 5] = [
        Self::MissingFile,
        Self::NotFound,
        Self::ExternalGlob,
        Self::UnknownRoot,
        Self::ImportCycle,
    ];

    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingFile => "missing-file",
            Self::NotFound => "not-found",
            Self::ExternalGlob => "external-glob",
            Self::UnknownRoot => "unknown-root",
            Self::ImportCycle => "import-cycle",
        }
    }
}

/// A macro whose tokens were not understood: names in it may be missing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MacroNotRead {
    /// The call, or the definition.
    pub span: Span,
    /// Why.
    pub reason: MacroNotReadReason,
}

/// Why a macro's tokens were not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MacroNotReadReason {
    /// The arguments are neither items, statements, expressions nor types: only paths of two and
    /// more segments were picked out.
    OnlyPaths,
    /// `include!` of something that is not a literal path.
    ComputedInclude,
}

impl MacroNotReadReason {
    /// All reasons, in their order.
    pub const ALL: [MacroNotReadReason; 2] = [Self::OnlyPaths, Self::ComputedInclude];

    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnlyPaths => "only-paths",
            Self::ComputedInclude => "computed-include",
        }
    }
}

/// Follows every name of a grown tree.
pub fn resolve(workspace: &Workspace, tree: &Tree<'_>, files: &FactsByFile) -> Resolution {
    let mut names = names::Names::declare(workspace, tree, files);
    imports::resolve_imports(&mut names);
    let mut collected = references::collect(&mut names);
    collected.references.push(manifests::collect(&names));
    // The tables have served: what comes next finds room where they were.
    let nodes = names.into_nodes();
    let (references, imports) = order::in_order(collected.references);
    let mut resolution = Resolution {
        nodes,
        references,
        unresolved: collected.unresolved,
        unreached: unreached(workspace, tree, files),
        macros_not_read: macros_not_read(tree, files),
        texts: collected.texts.all,
        hops: collected.hops,
        imports,
    };
    let order = |one: &Unresolved| (one.span, one.from, one.written);
    resolution.unresolved.sort_by_key(order);
    resolution.unresolved.dedup_by_key(|one| order(one));
    resolution
}

fn unreached(workspace: &Workspace, tree: &Tree<'_>, files: &FactsByFile) -> Vec<Utf8PathBuf> {
    let file = |path: &Utf8PathBuf| files.by_path.get(path).copied().flatten();
    let reached = |path: &&Utf8PathBuf| file(path).is_some_and(|file| tree.reached.contains(&file));
    workspace.files.iter().filter(|path| !reached(path)).cloned().collect()
}

fn macros_not_read(tree: &Tree<'_>, files: &FactsByFile) -> Vec<MacroNotRead> {
    let mut files_read: Vec<_> = tree.bodies.iter().map(|body| body.file).collect();
    files_read.sort();
    files_read.dedup();
    let mut found = Vec::new();
    for file in files_read {
        for not_read in &files.facts[&file].macros_not_read {
            let reason = if not_read.computed_include {
                MacroNotReadReason::ComputedInclude
            } else {
                MacroNotReadReason::OnlyPaths
            };
            let (start, end) = (not_read.range.start, not_read.range.end);
            found.push(MacroNotRead { span: Span { file, start, end }, reason });
        }
    }
    found.sort_by_key(|one| one.span);
    found
}

impl Row {
    fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Adds to the list, and says where that is now.
    pub(crate) fn push<T: Clone>(list: &mut Vec<T>, more: &[T]) -> Self {
        let start = list.len() as u32;
        list.extend_from_slice(more);
        Self { start, end: list.len() as u32 }
    }

    /// Where it is now that so many stand before the list.
    fn behind(self, before: u32) -> Self {
        if self.is_empty() {
            return Self::default();
        }
        Self { start: self.start + before, end: self.end + before }
    }
}

impl Resolution {
    /// The re-exports that a reference passes, in order.
    pub fn through(&self, reference: &Reference) -> &[Hop] {
        reference.through.of(&self.hops)
    }

    /// The imports of its own module on which a reference stands.
    pub fn imports(&self, reference: &Reference) -> &[ReferenceId] {
        reference.imports.of(&self.imports)
    }

    /// The node with this id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The text with this id.
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |text| text)
    }

    /// A node's canonical path: `accounts::a::Client::new`, `accounts/bin/server::a`,
    /// `reqwest::Client`. The `ext:` of an external crate that shares its name with a member's is
    /// kept, for there the bare name would lie.
    pub fn path(&self, id: NodeId) -> String {
        let node = self.node(id);
        match node.parent {
            Some(parent) => format!("{}::{}", self.path(parent), node.name),
            None => node.name.to_string(),
        }
    }

    /// The nearest module of a node.
    pub fn module(&self, id: NodeId) -> NodeId {
        self.node(id).module
    }

    /// The crate of a node.
    pub fn crate_of(&self, mut id: NodeId) -> NodeId {
        while let Some(parent) = self.node(id).parent {
            id = parent;
        }
        id
    }
}
