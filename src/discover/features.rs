//! Members → which of their optional dependencies some feature may turn on.
//!
//! As cargo resolves: every member has its default features, and what one dependent asks for holds
//! for all. Which words of a dependent outside of the workspace are features does not matter: those
//! that are none turn nothing on.

use std::collections::BTreeSet;

use cargo_metadata::{Dependency, Package};

use super::PackageId;
use super::members::Members;

/// What is turned on in the members.
pub(super) struct Features<'a> {
    members: &'a Members<'a>,
    turned_on: BTreeSet<(PackageId, &'a str)>,
    /// Dependencies, by the keys of their entries.
    used: BTreeSet<(PackageId, &'a str)>,
}

impl<'a> Features<'a> {
    /// What the members turn on in each other, and others by some of these words.
    pub(super) fn of(members: &'a Members<'a>, words: &'a BTreeSet<String>) -> Self {
        let (turned_on, used) = Default::default();
        let mut on = Self { members, turned_on, used };
        for (id, member) in members.numbered() {
            on.turn_on(id, "default");
            for word in words {
                on.turn_on(id, word);
            }
            for declared in member.dependencies.iter().filter(|declared| !declared.optional) {
                on.use_dependency(id, key(declared));
            }
        }
        on
    }

    /// Whether a dependency of a member takes part.
    pub(super) fn use_of(&self, member: PackageId, declared: &Dependency) -> bool {
        self.used.contains(&(member, key(declared)))
    }

    fn turn_on(&mut self, member: PackageId, feature: &'a str) {
        if !self.turned_on.insert((member, feature)) {
            return;
        }
        let package = self.members.package(member);
        for value in package.features.get(feature).into_iter().flatten() {
            if let Some(key) = value.strip_prefix("dep:") {
                self.use_dependency(member, key);
            } else if let Some((key, feature)) = value.split_once('/') {
                let key = key.trim_end_matches('?');
                self.use_dependency(member, key);
                self.turn_on_in(package, key, feature);
            } else {
                self.turn_on(member, value);
            }
        }
    }

    fn use_dependency(&mut self, member: PackageId, wanted: &'a str) {
        if !self.used.insert((member, wanted)) {
            return;
        }
        let package = self.members.package(member);
        for declared in package.dependencies.iter().filter(|declared| key(declared) == wanted) {
            for feature in &declared.features {
                self.turn_on_in(package, wanted, feature);
            }
        }
    }

    /// Turns on a feature in what a member's entry leads to; of packages outside nothing is known.
    fn turn_on_in(&mut self, package: &'a Package, wanted: &str, feature: &'a str) {
        let entries = package.dependencies.iter().filter(|declared| key(declared) == wanted);
        let goals = entries.filter_map(|declared| self.members.named(&declared.name));
        for goal in goals.collect::<BTreeSet<_>>() {
            self.turn_on(goal, feature);
        }
    }
}

/// The key of a dependency's entry.
fn key(declared: &Dependency) -> &str {
    declared.rename.as_deref().unwrap_or(&declared.name)
}
