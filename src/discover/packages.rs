//! Members and where their dependencies lead → [`Package`]s.

use camino::Utf8Path;
use cargo_metadata::{DependencyKind as Table, TargetKind as Kind};

use super::evidence::{Lead, Leads};
use super::manifest::{self, Entry, Manifests};
use super::members::{self, Members};
use super::{Dependency, DependencyKind, Package, Target, TargetKind, paths};

/// The packages of the workspace, by [`super::PackageId`].
pub(super) fn packages(
    members: &Members<'_>,
    manifests: &Manifests,
    leads: &Leads,
) -> Vec<Package> {
    let rows = members.packages.iter().zip(&manifests.members).zip(&leads.by_member);
    rows.map(|((member, entries), leads)| Package {
        id: member.id.repr.clone(),
        name: member.name.to_string(),
        manifest: paths::relative(&member.manifest_path, &members.root),
        folder: paths::relative(&members::folder(member), &members.root),
        targets: member.targets.iter().map(|it| target(it, &members.root)).collect(),
        dependencies: dependencies(member, leads, entries),
    })
    .collect()
}

/// What kind of target it is: whatever is no program is a library.
pub(super) fn kind(target: &cargo_metadata::Target) -> TargetKind {
    match target.kind.first() {
        Some(Kind::Bin) => TargetKind::Bin,
        Some(Kind::Test) => TargetKind::Test,
        Some(Kind::Bench) => TargetKind::Bench,
        Some(Kind::Example) => TargetKind::Example,
        Some(Kind::CustomBuild) => TargetKind::Build,
        _ => TargetKind::Lib,
    }
}

fn target(target: &cargo_metadata::Target, root: &Utf8Path) -> Target {
    Target {
        kind: kind(target),
        name: target.name.clone(),
        root: paths::relative(&target.src_path, root),
        edition: target.edition.as_str().parse().expect("an edition is a year"),
        proc_macro: target.is_proc_macro(),
    }
}

fn dependencies(
    member: &cargo_metadata::Package,
    leads: &[Lead],
    entries: &[Entry],
) -> Vec<Dependency> {
    let declared = member.dependencies.iter().zip(leads);
    let mut dependencies: Vec<Dependency> =
        declared.map(|(declared, lead)| dependency(declared, lead, entries)).collect();
    dependencies.sort_by_key(|it| it.span.map_or(u32::MAX, |span| span.start));
    dependencies
}

fn dependency(declared: &cargo_metadata::Dependency, lead: &Lead, entries: &[Entry]) -> Dependency {
    let rename = declared.rename.as_deref().map(members::crate_name);
    Dependency {
        package: declared.name.clone(),
        code_name: rename.unwrap_or_else(|| lead.library.clone()),
        kind: declared.kind.into(),
        optional: declared.optional,
        target: declared.target.as_ref().map(ToString::to_string),
        resolved: lead.to.clone(),
        span: manifest::span(entries, declared),
    }
}

impl From<Table> for DependencyKind {
    fn from(table: Table) -> Self {
        match table {
            Table::Development => Self::Dev,
            Table::Build => Self::Build,
            _ => Self::Normal,
        }
    }
}
