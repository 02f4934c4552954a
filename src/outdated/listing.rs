//! What was found → the list that is committed: sorted, without dates or counts, so that a
//! difference is a change.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::boundaries::outdated::Class;

use super::compare::Finding;
use super::{Found, Needs};

/// What stands above the list.
const HEADER: &str = "# Newer versions of what we depend on; `cargo archlint outdated --write-report` writes this.\n";
/// What stands above what could not be looked up.
const UNCHECKED: &str = "\n# Not looked up\n";

/// Writes the list.
pub fn listing(found: &Found, needs: &Needs) -> String {
    let upgrades: BTreeSet<String> =
        found.findings.iter().filter_map(|it| line(it, needs)).collect();
    let unchecked: BTreeSet<String> =
        found.unchecked.iter().map(|it| format!("{}: {}", it.name, it.reason)).collect();
    let mut text = HEADER.to_owned();
    for line in &upgrades {
        writeln!(text, "{line}").expect("a string takes everything");
    }
    if !unchecked.is_empty() {
        text.push_str(UNCHECKED);
    }
    for line in &unchecked {
        writeln!(text, "{line}").expect("a string takes everything");
    }
    text
}

fn line(finding: &Finding, needs: &Needs) -> Option<String> {
    let package = &finding.package;
    let to = finding.to.as_ref();
    let locked = finding.locked.as_ref();
    match finding.class {
        Class::Yanked => {
            let arrow = to.map(|to| format!(" -> {to}")).unwrap_or_default();
            Some(format!("{package}: {} (yanked){arrow}", locked?))
        }
        Class::Compatible => Some(format!("{package}: {} -> {}", locked?, to?)),
        Class::Incompatible => {
            let entry = &needs.manifests.entries[finding.entry?];
            let written = &entry.requirement.as_ref()?.text;
            let locked = locked.map(|locked| format!("{locked} ")).unwrap_or_default();
            Some(format!("{package}: {locked}(`{written}`) -> {}", to?))
        }
        Class::Behind | Class::Duplicate | Class::NotChecked => None,
    }
}
