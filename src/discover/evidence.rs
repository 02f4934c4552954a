//! What cargo, the lock file and the workspace's manifest say → where each dependency leads.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use cargo_metadata::{Dependency, Metadata, NodeDep, Package};

use super::lock::{Lock, LockedPackage};
use super::manifest::{self, Patch};
use super::members::{self, Members};
use super::settled::Libraries;
use super::{ExternalPackage, PackageId, Resolved};

/// All that tells where a dependency leads.
pub(super) struct Evidence<'a> {
    pub(super) members: &'a Members<'a>,
    pub(super) lock: Lock,
    pub(super) patches: Vec<Patch>,
    /// The libraries of external packages, as far as they are known.
    pub(super) libraries: Libraries,
    packages: BTreeMap<&'a cargo_metadata::PackageId, &'a Package>,
    /// What cargo resolved, by package; empty where it was not asked, or could not.
    resolved: BTreeMap<&'a cargo_metadata::PackageId, &'a [NodeDep]>,
}

/// Where the dependencies lead.
pub(super) struct Leads {
    /// For each member, where each of its dependencies leads, in cargo's order.
    pub(super) by_member: Vec<Vec<Lead>>,
    /// Every package outside of the workspace, sorted.
    pub(super) externals: Vec<ExternalPackage>,
}

impl Leads {
    /// Nowhere.
    pub(super) fn none(members: &Members<'_>) -> Self {
        let by_member = members.packages.iter().map(|_| Vec::new()).collect();
        Self { by_member, externals: Vec::new() }
    }
}

/// Where one dependency leads.
pub(super) struct Lead {
    /// The package.
    pub(super) to: Resolved,
    /// The crate name of its library.
    pub(super) library: String,
}

/// A package, while external ones have no numbers yet.
enum Goal {
    Member(PackageId),
    External(ExternalPackage),
}

impl<'a> Evidence<'a> {
    /// What there is to know without asking cargo.
    pub(super) fn gather(members: &'a Members<'a>, root_manifest: &str) -> Self {
        Self {
            members,
            lock: Lock::parse(&manifest::lock_file(&members.root).unwrap_or_default()),
            patches: manifest::patches(root_manifest, &members.root),
            libraries: Libraries::new(),
            packages: BTreeMap::new(),
            resolved: BTreeMap::new(),
        }
    }

    /// Adds what cargo resolved.
    pub(super) fn add(&mut self, answer: &'a Metadata) {
        let nodes = answer.resolve.iter().flat_map(|resolve| &resolve.nodes);
        self.resolved = nodes.map(|node| (&node.id, node.deps.as_slice())).collect();
        self.packages = answer.packages.iter().map(|package| (&package.id, package)).collect();
        let outside = answer.packages.iter().filter(|it| self.members.with_id(&it.id).is_none());
        self.libraries.extend(outside.map(|package| {
            let identity = (package.name.to_string(), package.version.to_string());
            (identity, members::library(package))
        }));
    }

    /// Follows every dependency of every member.
    pub(super) fn leads(&self) -> Leads {
        let of = |member: &Package| -> Vec<Goal> {
            member.dependencies.iter().map(|declared| self.goal(member, declared)).collect()
        };
        let goals: Vec<Vec<Goal>> = self.members.packages.iter().map(|member| of(member)).collect();
        let externals = self.externals(goals.iter().flatten());
        let by_member = goals
            .into_iter()
            .map(|goals| goals.into_iter().map(|goal| self.lead(goal, &externals)).collect());
        Leads { by_member: by_member.collect(), externals }
    }

    /// Whether some dependency is more than the path of a member, so that cargo's resolution
    /// tells more than the manifests.
    pub(super) fn needs_resolution(&self) -> bool {
        let mut declared = self.members.packages.iter().flat_map(|member| &member.dependencies);
        declared.any(|declared| !matches!(self.by_path(declared), Some(Goal::Member(_))))
    }

    /// Whether no path leads to a package that is not a member.
    pub(super) fn stays_inside(&self) -> bool {
        let is_member = |folder: &Utf8PathBuf| self.members.in_folder(folder).is_some();
        let declared = self.members.packages.iter().flat_map(|member| &member.dependencies);
        let mut folders = declared.filter_map(|declared| declared.path.as_ref());
        let mut patches = self.patches.iter().filter_map(|patch| patch.folder.as_ref());
        folders.all(is_member) && patches.all(is_member)
    }

    fn goal(&self, member: &Package, declared: &Dependency) -> Goal {
        self.by_resolution(member, declared)
            .or_else(|| self.by_path(declared))
            .or_else(|| self.by_lock(member, declared))
            .or_else(|| self.by_patch(declared))
            .unwrap_or_else(|| self.external(&declared.name))
    }

    fn lead(&self, goal: Goal, externals: &[ExternalPackage]) -> Lead {
        match goal {
            Goal::Member(id) => {
                let library = members::library(self.members.package(id));
                Lead { to: Resolved::Member(id), library }
            }
            Goal::External(package) => {
                let at = externals.binary_search(&package).expect("`externals` knows every goal");
                let number = u32::try_from(at).expect("fewer than four billion packages");
                Lead { to: Resolved::External(number), library: package.library }
            }
        }
    }

    fn externals<'g>(&self, goals: impl Iterator<Item = &'g Goal>) -> Vec<ExternalPackage> {
        let mut externals: BTreeSet<ExternalPackage> = self.known_externals().collect();
        externals.extend(goals.filter_map(|goal| match goal {
            Goal::Member(_) => None,
            Goal::External(package) => Some(package.clone()),
        }));
        let names: BTreeSet<String> = externals.iter().map(|it| it.name.clone()).collect();
        let locked = self.lock.packages().filter(|it| self.locked_member(it).is_none());
        externals.extend(locked.filter(|it| !names.contains(&it.name)).map(|it| guess(&it.name)));
        externals.into_iter().collect()
    }

    /// What cargo resolved; nothing for an optional dependency that no feature enables.
    fn by_resolution(&self, member: &Package, declared: &Dependency) -> Option<Goal> {
        let edges = self.resolved.get(&member.id)?;
        let candidates: Vec<(&NodeDep, &Package)> = edges
            .iter()
            .filter(|edge| is_for(edge, declared))
            .filter_map(|edge| Some((edge, *self.packages.get(&edge.pkg)?)))
            .filter(|(_, package)| *package.name == declared.name)
            .collect();
        // One package can be there twice, in two versions under two names.
        let called =
            |(edge, package): &&(&NodeDep, &Package)| edge.name == code_name(declared, package);
        let (_, package) = candidates.iter().find(called).or(candidates.first())?;
        Some(match self.members.with_id(&package.id) {
            Some(id) => Goal::Member(id),
            None => Goal::External(external(package)),
        })
    }

    fn by_path(&self, declared: &Dependency) -> Option<Goal> {
        let member = self.members.in_folder(declared.path.as_ref()?);
        Some(member.map_or_else(|| self.external(&declared.name), Goal::Member))
    }

    fn by_lock(&self, member: &Package, declared: &Dependency) -> Option<Goal> {
        let locked = self.lock.dependency(member, declared)?;
        Some(match self.locked_member(locked) {
            Some(member) => Goal::Member(member),
            None => self.locked_external(locked),
        })
    }

    fn by_patch(&self, declared: &Dependency) -> Option<Goal> {
        let mut patches = self.patches.iter().filter(|patch| patch.package == declared.name);
        let is_replaced = patches.any(|patch| self.is_by_member(patch));
        is_replaced.then(|| self.members.named(&declared.name)).flatten().map(Goal::Member)
    }

    /// Whether a patch leads to the member of the package's name.
    pub(super) fn is_by_member(&self, patch: &Patch) -> bool {
        let member = patch.folder.as_ref().and_then(|folder| self.members.in_folder(folder));
        member.is_some() && member == self.members.named(&patch.package)
    }

    fn locked_member(&self, locked: &LockedPackage) -> Option<PackageId> {
        self.members.named(&locked.name).filter(|_| locked.source.is_none())
    }

    /// The external package of this name, as it is known where it is.
    fn external(&self, name: &str) -> Goal {
        let known = self.known_externals().find(|package| package.name == name);
        Goal::External(known.unwrap_or_else(|| guess(name)))
    }

    fn locked_external(&self, locked: &LockedPackage) -> Goal {
        let identity = (locked.name.clone(), locked.version.clone());
        match self.libraries.get(&identity).cloned() {
            Some(library) => Goal::External(ExternalPackage { name: identity.0, library }),
            None => self.external(&locked.name),
        }
    }

    fn known_externals(&self) -> impl Iterator<Item = ExternalPackage> {
        let known = self.libraries.iter();
        known.map(|((name, _), library)| ExternalPackage {
            name: name.clone(),
            library: library.clone(),
        })
    }
}

fn code_name(declared: &Dependency, package: &Package) -> String {
    match &declared.rename {
        Some(rename) => members::crate_name(rename),
        None => members::library(package),
    }
}

fn is_for(edge: &NodeDep, declared: &Dependency) -> bool {
    let mut kinds = edge.dep_kinds.iter();
    kinds.any(|kind| kind.kind == declared.kind && kind.target == declared.target)
}

fn external(package: &Package) -> ExternalPackage {
    ExternalPackage { name: package.name.to_string(), library: members::library(package) }
}

fn guess(name: &str) -> ExternalPackage {
    ExternalPackage { name: name.to_owned(), library: members::crate_name(name) }
}
