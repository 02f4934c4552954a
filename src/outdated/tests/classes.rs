//! The kinds of finding.

use super::{Case, told};

const A: &str = "[dependencies]\na = \"1.2\"\n";

#[test]
fn what_is_newest_is_not_told() {
    let releases = "a 1.2.0 2026-01-01\na 1.1.0 2026-02-01\na 1.2.1 2026-02-02 yanked";
    assert_eq!(told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() }), "");
}

#[test]
fn a_compatible_version_is_counted_from_the_first_one() {
    let releases = "a 1.2.0 2026-01-01\na 1.2.1 2026-11-03\na 1.3.0 2026-11-13";
    assert_eq!(
        told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() }),
        "2 \"1.2\" warn outdated/compatible: `a` 1.2.0 can be 1.3.0 without a change to a manifest \
         [locked to 1.2.0] (possible since 2026-11-03, for 20 days) \
         (`cargo update a@1.2.0 --precise 1.3.0`)\n"
    );
}

#[test]
fn an_incompatible_version_has_its_requirement() {
    let releases = "a 1.2.0 2026-01-01\na 2.0.0 2026-10-24\na 3.1.0 2026-11-01";
    assert_eq!(
        told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() }),
        "2 \"1.2\" warn outdated/incompatible: `a` has a version 3.1.0 that is not allowed here \
         [locked to 1.2.0] (possible since 2026-10-24, for 30 days) (write `3.1`)\n"
    );
}

#[test]
fn an_older_line_is_no_upgrade() {
    // 0.9.9 came after 1.2.0; 1.1.9 is not allowed, but older than what is.
    let releases = "a 1.2.0 2026-01-01\na 0.9.9 2026-02-01\na 1.1.9 2026-02-01";
    assert_eq!(told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() }), "");
}

#[test]
fn a_pinned_requirement_must_change() {
    let manifests = "[dependencies]\na = \"=1.2.0\"\n";
    let releases = "a 1.2.0 2026-01-01\na 1.2.1 2026-11-03";
    assert_eq!(
        told(Case { manifests, locked: "a 1.2.0", releases, ..Case::default() }),
        "2 \"=1.2.0\" warn outdated/incompatible: `a` has a version 1.2.1 that is not allowed here \
         [locked to 1.2.0] (possible since 2026-11-03, for 20 days) (write `=1.2.1`)\n"
    );
}

#[test]
fn a_style_of_its_own_is_left_to_people() {
    let manifests = "[dependencies]\na = \">=1, <2\"\n";
    let releases = "a 1.2.0 2026-01-01\na 2.0.0 2026-11-03";
    let told = told(Case { manifests, locked: "a 1.2.0", releases, ..Case::default() });
    assert!(told.ends_with("(allow 2.0.0)\n"), "{told}");
}

#[test]
fn what_was_yanked_fails_and_has_a_replacement() {
    let releases = "a 1.2.0 2026-01-01 yanked\na 1.2.1 2026-11-03";
    assert_eq!(
        told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() }),
        "2 \"1.2\" deny outdated/yanked: `a` 1.2.0 was yanked \
         [locked to 1.2.0] (possible since 2026-11-03, for 20 days) \
         (`cargo update a@1.2.0 --precise 1.2.1`)\n"
    );
}

#[test]
fn nobody_is_hurried_to_a_version_that_is_a_day_old() {
    let releases = "a 1.2.0 2026-01-01 yanked\na 1.2.1 2026-11-22";
    assert_eq!(
        told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() }),
        "2 \"1.2\" warn outdated/yanked: `a` 1.2.0 was yanked \
         [locked to 1.2.0] (no version may replace it yet) \
         (1.2.1 is not suggested: it was published on 2026-11-22, and the cooldown is 7 days)\n"
    );
}

#[test]
fn what_must_be_allowed_first_is_no_update() {
    let releases = "a 1.2.0 2026-01-01 yanked\na 2.0.0 2026-11-03";
    let told = told(Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() });
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines[0],
        "2 \"1.2\" deny outdated/yanked: `a` 1.2.0 was yanked \
         [locked to 1.2.0] (possible since 2026-11-03, for 20 days) \
         (no version that is allowed may replace it: allow a newer one)"
    );
    assert!(lines[1].contains("outdated/incompatible") && lines[1].ends_with("(write `2.0`)"));
}

#[test]
fn an_older_version_may_replace_what_was_yanked() {
    let releases = "a 1.2.0 2026-01-01\na 1.2.1 2026-02-01 yanked";
    assert_eq!(
        told(Case { manifests: A, locked: "a 1.2.1", releases, ..Case::default() }),
        "2 \"1.2\" deny outdated/yanked: `a` 1.2.1 was yanked \
         [locked to 1.2.1] (the registry does not say since when that is possible) \
         (`cargo update a@1.2.1 --precise 1.2.0`)\n"
    );
}

#[test]
fn a_requirement_behind_the_lock_file_is_told_where_asked_for() {
    let releases = "a 1.4.1 2026-01-01";
    let case = Case { manifests: A, locked: "a 1.4.1", releases, ..Case::default() };
    assert_eq!(told(case), "");
    let policy = "level = { behind = \"warn\" }";
    assert_eq!(
        told(Case { policy, ..case }),
        "2 \"1.2\" warn outdated/behind: `a` is 1.4.1 in the lock file, but less is allowed here \
         [locked to 1.4.1] (write `1.4`)\n"
    );
    // At its own precision, `1` says all that it can.
    let manifests = "[dependencies]\na = \"1\"\n";
    assert_eq!(told(Case { manifests, policy, ..case }), "");
}

#[test]
fn duplicates_are_major_versions() {
    let releases = "a 1.2.0 2026-01-01\na 1.9.0 2026-01-01 yanked\na 0.3.0 2026-01-01";
    let policy = "level = { duplicate = \"warn\" }";
    let locked = "a 0.3.0\na 1.2.0";
    assert_eq!(
        told(Case { manifests: A, locked, releases, policy, ..Case::default() }),
        "2 \"1.2\" warn outdated/duplicate: `a` is in use in versions 0.3.0, 1.2.0 \
         (`cargo tree --duplicates` says who needs which) +1:3 +1:8\n"
    );
    let locked = "a 1.2.0";
    assert_eq!(told(Case { manifests: A, locked, releases, policy, ..Case::default() }), "");
}

#[test]
fn pre_releases_are_for_those_who_have_one_or_want_one() {
    let releases = "a 1.2.0 2026-01-01\na 2.0.0-rc.1 2026-02-01";
    let case = Case { manifests: A, locked: "a 1.2.0", releases, ..Case::default() };
    assert_eq!(told(case), "");
    let told_rc = told(Case { policy: "pre-releases = true", ..case });
    assert!(
        told_rc.contains("2.0.0-rc.1") && told_rc.ends_with("(write `2.0.0-rc.1`)\n"),
        "{told_rc}"
    );
    let manifests = "[dependencies]\na = \"2.0.0-alpha.1\"\n";
    let releases = "a 2.0.0-alpha.1 2026-01-01\na 2.0.0-rc.1 2026-02-01";
    let told = told(Case { manifests, locked: "a 2.0.0-alpha.1", releases, ..Case::default() });
    assert!(told.contains("`a` 2.0.0-alpha.1 can be 2.0.0-rc.1"), "{told}");
}

#[test]
fn without_a_lock_file_only_requirements_are_judged() {
    let releases = "a 1.2.0 2026-01-01\na 1.9.0 2026-02-01\na 2.0.0 2026-10-24";
    assert_eq!(
        told(Case { manifests: A, releases, ..Case::default() }),
        "2 \"1.2\" warn outdated/incompatible: `a` has a version 2.0.0 that is not allowed here \
         (possible since 2026-10-24, for 30 days) (write `2.0`)\n"
    );
}
