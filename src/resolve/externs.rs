//! The crates that a crate may name: its dependencies, its package's library, `std`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::modules::{CrateRoot, Tree};
use super::nodes::Nodes;
use super::symbols::{Symbol, Symbols};
use super::{NodeId, NodeKind};
use crate::discover::{Dependency, DependencyKind, PackageId, Resolved, TargetKind, Workspace};

/// The crates that come with the compiler.
const BUILT_IN: [&str; 5] = ["std", "core", "alloc", "proc_macro", "test"];

/// A crate's extern prelude.
#[derive(Debug, Default)]
pub(super) struct Prelude {
    /// Root nodes by the name that code uses; several where target `cfg`s choose.
    pub(super) crates: FxHashMap<Symbol, Vec<NodeId>>,
    /// In scope only after `extern crate`: `alloc`, `test`.
    pub(super) on_request: FxHashMap<Symbol, NodeId>,
}

/// The nodes of all crates outside the workspace, and those of the libraries of members.
pub(super) struct Externs {
    /// By index into [`Workspace::externals`].
    pub(super) external: Vec<NodeId>,
    /// By [`PackageId`].
    pub(super) library: Vec<Option<NodeId>>,
}

/// The extern prelude of each crate, by the order of [`Tree::crates`].
pub(super) fn preludes(
    workspace: &Workspace,
    tree: &Tree<'_>,
    nodes: &mut Nodes,
    symbols: &mut Symbols<'_>,
) -> Vec<Prelude> {
    let externs = externs(workspace, tree, nodes);
    let built_in = BUILT_IN
        .map(|name| (symbols.intern(name), nodes.add_crate(name, NodeKind::ExternalCrate(None))));
    let crates = tree.crates.iter();
    crates.map(|root| prelude(root, workspace, &externs, &built_in, symbols)).collect()
}

/// Nodes for the external crates; one that shares its name with a member's target keeps `ext:`.
fn externs(workspace: &Workspace, tree: &Tree<'_>, nodes: &mut Nodes) -> Externs {
    let library = (0..workspace.packages.len()).map(|package| library_of(tree, package)).collect();
    let short = |root: &CrateRoot| root.name.rsplit('/').next().map(|name| name.replace('-', "_"));
    let taken: FxHashSet<String> = tree.crates.iter().filter_map(short).collect();
    let external = workspace.externals.iter().enumerate().map(|(at, external)| {
        let name = if taken.contains(&external.library) {
            format!("ext:{}", external.library)
        } else {
            external.library.clone()
        };
        nodes.add_crate(&name, NodeKind::ExternalCrate(Some(at as u32)))
    });
    Externs { external: external.collect(), library }
}

/// The root node of a package's library: crates' root modules are the first nodes of their trees.
fn library_of(tree: &Tree<'_>, package: usize) -> Option<NodeId> {
    let package = PackageId(package as u32);
    let is_library = |root: &&CrateRoot| root.package == package && root.target == TargetKind::Lib;
    // Modules are numbered as nodes are: they are the first nodes of all.
    tree.crates.iter().find(is_library).map(|root| NodeId(root.root.0))
}

fn prelude(
    root: &CrateRoot,
    workspace: &Workspace,
    externs: &Externs,
    built_in: &[(Symbol, NodeId); 5],
    symbols: &mut Symbols<'_>,
) -> Prelude {
    let mut prelude = Prelude::default();
    let package = &workspace.packages[root.package.0 as usize];
    if !matches!(root.target, TargetKind::Lib | TargetKind::Build)
        && let Some(library) = externs.library[root.package.0 as usize]
    {
        let name = package.targets.iter().find(|target| target.kind == TargetKind::Lib);
        let name = name.expect("a package with a library node has a library target");
        let name = symbols.intern(&name.name.replace('-', "_"));
        prelude.crates.insert(name, vec![library]);
    }
    // A normal entry comes before a dev entry of the same name.
    for kind in kinds_for(root.target) {
        let mut found: Vec<(Symbol, NodeId)> = Vec::new();
        for dependency in package.dependencies.iter().filter(|entry| entry.kind == *kind) {
            let name = symbols.intern(&dependency.code_name);
            found.extend(node_of(dependency, externs).map(|node| (name, node)));
        }
        found.retain(|(name, _)| !prelude.crates.contains_key(name));
        for (name, node) in found {
            let nodes = prelude.crates.entry(name).or_default();
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
    }
    for (name, node) in built_in {
        let always = matches!(symbols.name(*name), "std" | "core" | "proc_macro");
        if always {
            prelude.crates.entry(*name).or_insert_with(|| vec![*node]);
        } else {
            prelude.on_request.insert(*name, *node);
        }
    }
    prelude
}

fn node_of(dependency: &Dependency, externs: &Externs) -> Option<NodeId> {
    match dependency.resolved {
        Resolved::Member(package) => externs.library[package.0 as usize],
        Resolved::External(at) => externs.external.get(at as usize).copied(),
    }
}

/// The dependency tables that a target sees. Library and binary code sees dev-dependencies too:
/// under `#[cfg(test)]`.
fn kinds_for(target: TargetKind) -> &'static [DependencyKind] {
    match target {
        TargetKind::Build => &[DependencyKind::Build],
        _ => &[DependencyKind::Normal, DependencyKind::Dev],
    }
}
