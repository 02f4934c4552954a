//! Dependency tables → references from crate to crate.

use super::modules::CrateRoot;
use super::names::Names;
use super::{NodeId, NodeKind, Reference, ReferenceKind, Row, TextId};
use crate::discover::{DependencyKind, PackageId, Resolved, TargetKind};
use crate::model::CodeScope;

/// A reference for each dependency entry that is found in a manifest.
pub(super) fn collect(names: &Names<'_>) -> Vec<Reference> {
    let mut references = Vec::new();
    for (at, package) in names.workspace.packages.iter().enumerate() {
        let Some(from) = face(names, PackageId(at as u32)) else { continue };
        for dependency in &package.dependencies {
            let to = match dependency.resolved {
                Resolved::Member(member) => face(names, member),
                Resolved::External(external) => external_node(names, external),
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

fn external_node(names: &Names<'_>, external: u32) -> Option<NodeId> {
    let nodes = names.nodes.all.iter();
    let found =
        nodes.enumerate().find(|(_, node)| node.kind == NodeKind::ExternalCrate(Some(external)));
    found.map(|(at, _)| NodeId(at as u32))
}
