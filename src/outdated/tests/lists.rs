//! The committed list, and the requirements that `--fix` writes.

use super::{Case, read};
use crate::outdated::{edits, listing};

const MANIFESTS: &str = "\
[dependencies]
b = \"1.0\"
a = \"~1.2\"
git = { git = \"https://x\" }
--- other
[dependencies]
b = \"1\"
";

const CASE: Case<'_> = Case {
    manifests: MANIFESTS,
    locked: "a 1.2.0\nb 1.0.0",
    releases: "a 1.2.0 2026-01-01 yanked\na 1.2.9 2026-01-01\na 1.3.0 2026-01-01\n\
               b 1.0.0 2026-01-01\nb 1.4.0 2026-01-01\nb 2.5.1 2026-01-01",
    policy: "",
    all: false,
};

#[test]
fn the_list_is_sorted_and_has_no_dates() {
    let expected = "\
# Newer versions of what we depend on; `cargo archlint outdated --write-report` writes this.
a: 1.2.0 (`~1.2`) -> 1.3.0
a: 1.2.0 (yanked) -> 1.2.9
b: 1.0.0 (`1.0`) -> 2.5.1
b: 1.0.0 (`1`) -> 2.5.1
b: 1.0.0 -> 1.4.0

# Not looked up
git: it comes from git
";
    let read = read(CASE);
    assert_eq!(listing(&read.found, &read.needs), expected);
}

fn edited(case: Case<'_>, incompatible: bool) -> Vec<String> {
    let read = read(case);
    let edits = edits(&read.found, read.telling(case.all), incompatible);
    edits
        .iter()
        .map(|(entry, new)| {
            let entry = &read.needs.manifests.entries[*entry];
            format!(
                "{} {} -> {new}",
                entry.path.join("."),
                entry.requirement.as_ref().unwrap().text
            )
        })
        .collect()
}

#[test]
fn compatible_versions_are_written_first_and_others_on_request() {
    // `~1.2` and `1` say nothing else for 1.2.9 and 1.4.0.
    assert_eq!(edited(CASE, false), ["dependencies.b 1.0 -> 1.4"]);
    assert_eq!(
        edited(CASE, true),
        ["dependencies.b 1.0 -> 2.5", "dependencies.a ~1.2 -> ~1.3", "dependencies.b 1 -> 2"]
    );
}

#[test]
fn only_what_is_told_is_written() {
    let policy = "level = { compatible = \"allow\" }";
    assert_eq!(edited(Case { policy, ..CASE }, false), [""; 0]);
    assert_eq!(edited(Case { policy, all: true, ..CASE }, false), ["dependencies.b 1.0 -> 1.4"]);
}
