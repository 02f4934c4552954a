//! Cooldown, age, unknown dates, and versions of Rust.

use super::{Case, told};

const A: &str = "[dependencies]\na = \"1\"\n";

fn summary(releases: &str, policy: &str) -> String {
    let told = told(Case { manifests: A, locked: "a 1.0.0", releases, policy, ..Case::default() });
    told.lines().map(|line| line.split(" [").next().unwrap().to_owned() + "\n").collect()
}

const COMPATIBLE: &str =
    "outdated/compatible: `a` 1.0.0 can be 1.1.0 without a change to a manifest\n";

#[test]
fn what_is_younger_than_the_cooldown_is_not_suggested() {
    // 16 November is seven days ago, 17 November six.
    assert_eq!(summary("a 1.1.0 2026-11-16", ""), format!("2 \"1\" warn {COMPATIBLE}"));
    assert_eq!(summary("a 1.1.0 2026-11-17", ""), "");
    assert_eq!(
        summary("a 1.1.0 2026-11-17", "cooldown-days = 6"),
        format!("2 \"1\" warn {COMPATIBLE}")
    );
    assert_eq!(
        summary("a 1.1.0 2026-11-23", "cooldown-days = 0"),
        format!("2 \"1\" warn {COMPATIBLE}")
    );
    assert_eq!(summary("a 1.1.0 2026-11-24", "cooldown-days = 0"), "");
}

#[test]
fn a_younger_version_is_named_beside_the_one_that_is_suggested() {
    let releases = "a 1.1.0 2026-10-24\na 1.2.0 2026-11-22";
    let told = told(Case { manifests: A, locked: "a 1.0.0", releases, ..Case::default() });
    assert!(told.contains("can be 1.1.0"), "{told}");
    assert!(told.contains("(1.2.0 is not suggested: it was published on 2026-11-22"), "{told}");
}

#[test]
fn an_upgrade_may_be_put_off_for_a_while() {
    let policy = "max-age-days = { compatible = 20 }\nlevel = { compatible = \"deny\" }";
    // The clock starts with the first version, not with the newest.
    assert_eq!(summary("a 1.0.1 2026-11-03\na 1.1.0 2026-11-15", policy), "1 waiting\n");
    let late = "a 1.0.1 2026-11-02\na 1.1.0 2026-11-15";
    assert_eq!(summary(late, policy), format!("2 \"1\" deny {COMPATIBLE}"));
}

#[test]
fn a_day_that_is_not_known_is_neither_young_nor_old() {
    let deny = "level = { compatible = \"deny\" }";
    assert_eq!(summary("a 1.1.0 ?", deny), format!("2 \"1\" deny {COMPATIBLE}"));
    let aged = "max-age-days = { compatible = 20 }\nlevel = { compatible = \"deny\" }";
    assert_eq!(summary("a 1.1.0 ?", aged), format!("2 \"1\" warn {COMPATIBLE}"));
}

#[test]
fn what_the_policy_lets_pass_can_be_asked_for() {
    let policy = "max-age-days = { compatible = 20 }\nlevel = { incompatible = \"allow\" }";
    let releases = "a 1.1.0 2026-11-13\na 2.0.0 2026-01-01";
    assert_eq!(summary(releases, policy), "1 waiting\n");
    let case = Case { manifests: A, locked: "a 1.0.0", releases, policy, all: true };
    let told = told(case);
    assert!(
        told.contains("warn outdated/compatible") && told.contains("warn outdated/incompatible"),
        "{told}"
    );
    assert!(told.contains("(possible since 2026-11-13, for 10 days; 20 days allowed)"), "{told}");
}

#[test]
fn a_version_that_needs_a_newer_rust_is_named_only() {
    let manifests = "[package]\nrust-version = \"1.85\"\n[dependencies]\na = \"1\"\n";
    let releases = "a 1.1.0 2026-01-01 rust=1.85\na 1.2.0 2026-02-01 rust=1.86";
    let case = Case { manifests, locked: "a 1.0.0", releases, ..Case::default() };
    assert_eq!(
        told(case),
        "4 \"1\" warn outdated/compatible: `a` 1.0.0 can be 1.1.0 without a change to a manifest \
         [locked to 1.0.0] (possible since 2026-01-01, for 326 days) \
         (1.2.0 is not suggested: it needs Rust 1.86, and 1.85 must do) \
         (`cargo update a@1.0.0 --precise 1.1.0`)\n"
    );
    let told = told(Case { policy: "rust-version = \"ignore\"", ..case });
    assert!(told.contains("can be 1.2.0"), "{told}");
}

#[test]
fn the_oldest_rust_of_those_who_share_an_entry_counts() {
    let manifests = "\
[workspace.package]
rust-version = \"1.90\"
[workspace.dependencies]
a = \"1\"
[package]
rust-version.workspace = true
[dependencies]
a.workspace = true
--- old
[package]
rust-version = \"1.80\"
[dependencies]
a = { workspace = true }
--- older
[package]
rust-version = \"1.70\"
";
    let releases = "a 1.1.0 2026-01-01 rust=1.80\na 1.2.0 2026-02-01 rust=1.85";
    let told = told(Case { manifests, locked: "a 1.0.0", releases, ..Case::default() });
    assert!(told.starts_with("4 \"1\" warn outdated/compatible: `a` 1.0.0 can be 1.1.0"), "{told}");
    assert!(told.contains("needs Rust 1.85, and 1.80 must do"), "{told}");
}
