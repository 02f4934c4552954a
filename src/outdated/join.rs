//! Requirements + lock file → the packages of registries, each with those who want it.

use std::collections::BTreeMap;

use semver::{Version, VersionReq};

use crate::discover::{PackageId, Workspace};
use crate::model::Span;

use super::lock::{Lock, Locked, Source};
use super::manifest::{Entry, Manifests, Origin};
use super::registry::Registry;
use super::release::Rust;

/// A package of a registry.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its registry.
    pub registry: Registry,
    /// Its name.
    pub name: String,
    /// The requirements, in the order of the files.
    pub wants: Vec<Want>,
    /// All its versions in the lock file: indices into its packages.
    pub locked: Vec<usize>,
    /// The oldest Rust that the workspace supports.
    pub rust: Option<Rust>,
}

/// A requirement.
#[derive(Clone, Debug)]
pub struct Want {
    /// Index into [`Manifests::entries`].
    pub entry: usize,
    /// What is asked for.
    pub requirement: VersionReq,
    /// What the lock file makes of it: index into [`Lock::packages`].
    pub locked: Option<usize>,
    /// The oldest Rust that must do.
    pub rust: Option<Rust>,
}

/// An entry of which nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// The package.
    pub name: String,
    /// Where it is asked for.
    pub span: Span,
    /// Why nothing can be said.
    pub reason: String,
}

/// What is joined.
#[derive(Clone, Copy)]
pub(super) struct Join<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Its requirements.
    pub manifests: &'a Manifests,
    /// Its lock file; none: there is none.
    pub lock: Option<&'a Lock>,
    /// The index of a registry that cargo's configuration names.
    pub index_of: &'a dyn Fn(&str) -> Option<String>,
    /// Also what nobody asks for by a requirement.
    pub all: bool,
}

/// Finds the package of every requirement; sorted by registry and name.
pub(super) fn join(join: Join<'_>) -> (Vec<Package>, Vec<Unchecked>) {
    let mut wants: BTreeMap<(Registry, String), Vec<Want>> = BTreeMap::new();
    let mut unchecked = Vec::new();
    for (number, entry) in join.manifests.entries.iter().enumerate() {
        if is_member(join.workspace, entry) {
            continue;
        }
        match want(join, number, entry) {
            Ok((registry, want)) => {
                wants.entry((registry, entry.package.clone())).or_default().push(want);
            }
            Err(reason) => {
                unchecked.push(Unchecked {
                    name: entry.package.clone(),
                    span: place(entry),
                    reason,
                });
            }
        }
    }
    let locked = join.lock.into_iter().flat_map(|lock| &lock.packages);
    for package in locked.filter(|_| join.all) {
        if let Source::Registry(registry) = &package.source {
            wants.entry((registry.clone(), package.name.clone())).or_default();
        }
    }
    let rust = join.manifests.rusts.iter().flatten().min().copied();
    let package = |((registry, name), wants): ((Registry, String), Vec<Want>)| {
        let locked = of_registry(join.lock, &name, &registry).map(|(at, _)| at).collect();
        Package { registry, name, wants, locked, rust }
    };
    (wants.into_iter().map(package).collect(), unchecked)
}

/// Where an entry is pointed at: its version, else its key.
pub(super) fn place(entry: &Entry) -> Span {
    entry.requirement.as_ref().map_or(entry.span, |written| written.span)
}

fn is_member(workspace: &Workspace, entry: &Entry) -> bool {
    let named = || workspace.packages.iter().any(|package| package.name == entry.package);
    matches!(entry.origin, Origin::Folder(_)) && named()
}

fn want(join: Join<'_>, number: usize, entry: &Entry) -> Result<(Registry, Want), String> {
    let registry = registry(join, &entry.origin)?;
    let written = entry.requirement.as_ref().ok_or("it has no version requirement")?;
    let requirement: VersionReq =
        written.text.parse().map_err(|error| format!("`{}`: {error}", written.text))?;
    let members = users(join.manifests, entry);
    let locked = locked(join, entry, &registry, &requirement, &members)?;
    let rusts = members.iter().filter_map(|member| join.manifests.rusts[member.0 as usize]);
    let want = Want { entry: number, requirement, locked, rust: rusts.min() };
    Ok((registry, want))
}

fn registry(join: Join<'_>, origin: &Origin) -> Result<Registry, String> {
    match origin {
        Origin::Registry(None) => Ok(Registry::CratesIo),
        Origin::Registry(Some(name)) if name == "crates-io" => Ok(Registry::CratesIo),
        Origin::Registry(Some(name)) => match (join.index_of)(name) {
            Some(index) => Ok(Registry::of_index(&index)),
            None => Err(format!("cargo's configuration knows no registry `{name}`")),
        },
        Origin::Index(index) => Ok(Registry::of_index(index)),
        Origin::Git => Err("it comes from git".to_owned()),
        Origin::Folder(_) => Err("it comes from a folder".to_owned()),
    }
}

/// The members for which an entry speaks.
fn users(manifests: &Manifests, entry: &Entry) -> Vec<PackageId> {
    match (entry.member, entry.path.last()) {
        (Some(member), _) => vec![member],
        (None, Some(key)) => manifests.heirs.get(key).cloned().unwrap_or_default(),
        (None, None) => Vec::new(),
    }
}

/// What the lock file makes of a requirement; an error if it takes it from elsewhere.
fn locked(
    join: Join<'_>,
    entry: &Entry,
    registry: &Registry,
    requirement: &VersionReq,
    members: &[PackageId],
) -> Result<Option<usize>, String> {
    let fits = |version: &Version| requirement.matches(version);
    let mut candidates: Vec<(usize, &Locked)> =
        of_registry(join.lock, &entry.package, registry).filter(|it| fits(&it.1.version)).collect();
    if candidates.is_empty() {
        let mut others = of_name(join.lock, &entry.package).filter(|it| fits(&it.1.version));
        return match others.next().map(|(_, other)| &other.source) {
            None => Ok(None),
            Some(Source::Folder) => Err("the lock file takes it from a folder".to_owned()),
            Some(Source::Other(source)) => Err(format!("the lock file takes it from `{source}`")),
            Some(Source::Registry(other)) => Err(format!("the lock file takes it from {other}")),
        };
    }
    let used = |locked: &Locked| members.iter().any(|member| needs(join, *member, locked));
    if candidates.iter().any(|(_, locked)| used(locked)) {
        candidates.retain(|(_, locked)| used(locked));
    }
    let newest = candidates.into_iter().max_by(|a, b| a.1.version.cmp(&b.1.version));
    Ok(newest.map(|(at, _)| at))
}

/// Whether the lock file says that a member needs this very version.
fn needs(join: Join<'_>, member: PackageId, locked: &Locked) -> bool {
    let name = &join.workspace.packages[member.0 as usize].name;
    let mut entries = of_name(join.lock, name).filter(|it| it.1.source == Source::Folder);
    entries.any(|(_, entry)| {
        entry.needs.iter().any(|(name, version)| {
            let same = |version: &String| *version == locked.version.to_string();
            *name == locked.name && version.as_ref().is_none_or(same)
        })
    })
}

fn of_registry<'a>(
    lock: Option<&'a Lock>,
    name: &'a str,
    registry: &'a Registry,
) -> impl Iterator<Item = (usize, &'a Locked)> {
    of_name(lock, name).filter(
        move |(_, locked)| matches!(&locked.source, Source::Registry(other) if other == registry),
    )
}

fn of_name<'a>(lock: Option<&'a Lock>, name: &'a str) -> impl Iterator<Item = (usize, &'a Locked)> {
    let packages = lock.into_iter().flat_map(|lock| &lock.packages).enumerate();
    packages.filter(move |(_, locked)| locked.name == name)
}
