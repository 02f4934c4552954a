//! Dependency tables → references from crate to crate.

use super::modules::CrateRoot;
use super::names::Names;
use super::{NodeId, NodeKind, Reference, ReferenceKind, Row, TextId};
use crate::discover::{DependencyKind, PackageId, Resolved, TargetKind};
use crate::model::CodeScope;

/// A reference for each dependency entry that is found in a manifest.
pub(super) fn collect(names: &Names<'_>) -> Vec<Reference> {
    let externals = external_nodes(names);
    let mut references = Vec::new();
    for (at, package) in names.workspace.packages.iter().enumerate() {
        let Some(from) = face(names, PackageId(at as u32)) else { continue };
        for dependency in &package.dependencies {
            let to = match dependency.resolved {
                Resolved::Member(member) => face(names, member),
                Resolved::External(external) => externals.get(external as usize).copied().flatten(),
            };
            let (Some(to), Some(span)) = (to, dependency.span) else { continue };
            references.push(Reference {
                from,
                to,
                written_to: to,
                span,
                kind: ReferenceKind::Manifest(dependency.kind),
                scope: scope(dependency.kind),
                in_macro: false,
                alternative: false,
                cfg: TextId(0),
                written: TextId(0),
                through: Row::default(),
                imports: Row::default(),
            });
        }
    }
    references
}

fn scope(kind: DependencyKind) -> CodeScope {
    match kind {
        DependencyKind::Normal => CodeScope::Normal,
        DependencyKind::Build => CodeScope::Build,
        DependencyKind::Dev => CodeScope::Dev,
    }
}

/// The crate that stands for a package: its library, or else its first target.
fn face(names: &Names<'_>, package: PackageId) -> Option<NodeId> {
    let own = |root: &&CrateRoot| root.package == package;
    let library = |root: &&CrateRoot| own(root) && root.target == TargetKind::Lib;
    let crates = &names.tree.crates;
    let root = crates.iter().find(library).or_else(|| crates.iter().find(own))?;
    Some(NodeId(root.root.0))
}

/// The nodes of external crates, by index into the workspace's externals.
fn external_nodes(names: &Names<'_>) -> Vec<Option<NodeId>> {
    let mut nodes = vec![None; names.workspace.externals.len()];
    for (id, kind) in (0..).map(NodeId).zip(names.nodes.kinds()) {
        if let NodeKind::ExternalCrate(Some(external)) = kind {
            nodes[external as usize].get_or_insert(id);
        }
    }
    nodes
}
