//! Manifests, lock file and cargo's home → the libraries of external packages, where it is beyond
//! doubt to which packages cargo would resolve the members' dependencies.
//!
//! Most workspaces consist of members and of packages of crates.io that have been downloaded: these
//! need not wait for cargo. Where anything is unusual nothing is said, and cargo is asked.
//!
//! Of packages that no member names, what the lock file says is believed: whether all of them have
//! been downloaded, and which of their features are on, does not matter to the workspace.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{Dependency, Package, semver::VersionReq};
use rayon::prelude::*;
use toml::Value;

use super::evidence::Evidence;
use super::features::Features;
use super::home::{Registry, State};
use super::library::library;
use super::lock::{Lock, LockedPackage};
use super::members;

/// The crate names of libraries, by their packages' names and versions.
pub(super) type Libraries = BTreeMap<(String, String), String>;

/// The libraries, where nothing is in doubt.
pub(super) fn settled(evidence: &Evidence<'_>, registry: &Registry) -> Option<Libraries> {
    if !evidence.needs_resolution() && evidence.lock.packages().next().is_none() {
        return Some(Libraries::new());
    }
    let words = words_of_dependents(&evidence.lock, registry)?;
    let needed = needed(evidence, &words)?;
    let packages: Vec<&LockedPackage> = evidence.lock.of_crates_io().collect();
    let found = packages.into_par_iter().map(|package| match registry.state(&package.folder()) {
        State::Unpacked => Some(Some(named(package, registry)?)),
        State::Absent if !needed.contains(&identity(package)) => Some(None),
        State::Absent | State::Packed => None,
    });
    Some(found.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}

/// The libraries of what is unpacked of the packages of a lock file.
pub(super) fn unpacked(lock: &Lock, registry: &Registry) -> Libraries {
    let packages: Vec<&LockedPackage> = lock.of_crates_io().collect();
    packages.into_par_iter().filter_map(|package| named(package, registry)).collect()
}

fn named(package: &LockedPackage, registry: &Registry) -> Option<((String, String), String)> {
    let library = library(&package.name, &registry.manifest(&package.folder())?)?;
    Some(((package.name.clone(), package.version.clone()), library))
}

/// The words in the manifests of the external packages that depend on members: what these ask of
/// members are some of them. Nothing where one cannot be read.
fn words_of_dependents(lock: &Lock, registry: &Registry) -> Option<BTreeSet<String>> {
    let is_member =
        |reference: &String| lock.only(reference).is_none_or(|package| package.source.is_none());
    let depends = |package: &&LockedPackage| package.dependencies.iter().any(is_member);
    let manifests = lock.of_crates_io().filter(depends);
    let manifests = manifests.map(|package| registry.manifest(&package.folder())?.parse().ok());
    let manifests: Vec<toml::Table> = manifests.collect::<Option<_>>()?;
    let mut words = BTreeSet::new();
    for value in manifests.into_iter().flatten().map(|(_, value)| value) {
        add_words(value, &mut words);
    }
    Some(words)
}

fn add_words(value: Value, words: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            words.extend(text.rsplit('/').next().map(str::to_owned));
        }
        Value::Array(values) => values.into_iter().for_each(|value| add_words(value, words)),
        Value::Table(table) => table.into_iter().for_each(|(_, value)| add_words(value, words)),
        _ => {}
    }
}

/// The names and versions of external packages without which cargo could not answer for the members, if the
/// lock file is one that cargo would leave as it is.
fn needed<'e>(
    evidence: &'e Evidence<'_>,
    words_of_dependents: &BTreeSet<String>,
) -> Option<BTreeSet<(&'e str, &'e str)>> {
    let Evidence { members, lock, patches, .. } = evidence;
    let patched_by_members = patches.iter().all(|patch| evidence.is_by_member(patch));
    if !lock.is_plain || !patched_by_members || !lock.packages().all(|it| is_known(evidence, it)) {
        return None;
    }
    let features = Features::of(members, words_of_dependents);
    let (mut needed, mut entries) = (BTreeSet::new(), Vec::new());
    for (id, member) in members.numbered() {
        let entry = lock.packages().find(|it| is_of(it, member))?;
        for (declared, locked) in followed(evidence, member, entry)? {
            if !declared.optional || features.use_of(id, declared) {
                needed.insert(identity(locked));
            }
        }
        entries.push(entry);
    }
    are_all(lock, entries).then_some(needed)
}

fn identity(package: &LockedPackage) -> (&str, &str) {
    (&package.name, &package.version)
}

fn is_known(evidence: &Evidence<'_>, package: &LockedPackage) -> bool {
    let member = || evidence.members.named(&package.name);
    package.is_of_crates_io()
        || member().is_some_and(|member| is_of(package, evidence.members.package(member)))
}

/// Whether an entry of the lock file is a member's.
fn is_of(package: &LockedPackage, member: &Package) -> bool {
    package.source.is_none()
        && *member.name == package.name
        && member.version.to_string() == package.version
}

/// Where each dependency of a member leads, if each leads to one package and the member's entry in
/// the lock file names no others.
fn followed<'e>(
    evidence: &'e Evidence<'_>,
    member: &'e Package,
    entry: &'e LockedPackage,
) -> Option<Vec<(&'e Dependency, &'e LockedPackage)>> {
    let referred = entry.dependencies.iter().map(|reference| evidence.lock.only(reference));
    let referred: Vec<&LockedPackage> = referred.collect::<Option<_>>()?;
    let mut unused: BTreeSet<usize> = (0..referred.len()).collect();
    let mut followed = Vec::new();
    for declared in &member.dependencies {
        let fits = |at: &usize| is_version_for(referred[*at], declared);
        let mut fitting = (0..referred.len()).filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(at), None) if is_source_for(evidence, referred[at], declared) => {
                unused.remove(&at);
                followed.push((declared, referred[at]));
            }
            // A package need not be locked to itself.
            (None, _) if declared.path.as_deref() == member.manifest_path.parent() => {}
            _ => return None,
        }
    }
    unused.is_empty().then_some(followed)
}

fn is_version_for(locked: &LockedPackage, declared: &Dependency) -> bool {
    let any = declared.path.is_some() && declared.req == VersionReq::STAR;
    locked.name == declared.name && (any || locked.satisfies(declared))
}

fn is_source_for(evidence: &Evidence<'_>, locked: &LockedPackage, declared: &Dependency) -> bool {
    let replaced = || evidence.patches.iter().any(|patch| patch.package == locked.name);
    let member = || evidence.members.named(&locked.name);
    match (&declared.path, &declared.source) {
        (Some(path), _) => {
            locked.source.is_none()
                && member().is_some_and(|it| members::folder(evidence.members.package(it)) == *path)
        }
        (None, Some(source)) => source.is_crates_io() && (locked.is_of_crates_io() != replaced()),
        (None, None) => false,
    }
}

/// Whether a lock file is about these packages, those to which they lead, and no others.
fn are_all<'l>(lock: &'l Lock, mut open: Vec<&'l LockedPackage>) -> bool {
    let of = |package: &'l LockedPackage| (identity(package), &package.source);
    let mut seen: BTreeSet<_> = open.iter().map(|package| of(package)).collect();
    while let Some(package) = open.pop() {
        for reference in &package.dependencies {
            let Some(next) = lock.only(reference) else { return false };
            if seen.insert(of(next)) {
                open.push(next);
            }
        }
    }
    lock.packages().count() == seen.len()
}
