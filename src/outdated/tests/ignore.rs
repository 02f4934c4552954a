//! `ignore`: what it keeps from being told, and when it is stale.

use super::{Case, told};

const A: &str = "[dependencies]\na = \"1\"\n";
const RELEASES: &str = "a 1.0.0 2026-01-01\na 1.1.0 2026-01-01\na 2.0.0 2026-01-01";

fn rules(releases: &str, policy: &str) -> Vec<String> {
    let told = told(Case { manifests: A, locked: "a 1.0.0", releases, policy, ..Case::default() });
    let rule = |line: &str| line.split_once(" outdated/").map_or(line, |(_, rest)| rest).to_owned();
    told.lines().map(|line| rule(line.split(" [").next().unwrap())).collect()
}

#[test]
fn versions_or_all_of_a_package_are_ignored() {
    let compatible = "compatible: `a` 1.0.0 can be 1.1.0 without a change to a manifest";
    let policy = "ignore = [{ name = \"a\", versions = \">=2\", reason = \"later\" }]";
    assert_eq!(rules(RELEASES, policy), [compatible]);
    assert_eq!(rules(RELEASES, "ignore = [{ name = \"a\", reason = \"never\" }]"), [""; 0]);
}

#[test]
fn what_was_yanked_is_ignored_by_its_version() {
    let releases = "a 1.0.0 2026-01-01 yanked";
    let policy = "ignore = [{ name = \"a\", versions = \"=1.0.0\", reason = \"known\" }]";
    assert_eq!(rules(releases, policy), [""; 0]);
    let policy = "ignore = [{ name = \"a\", versions = \"=1.0.1\", reason = \"known\" }]";
    let told = rules(releases, policy);
    assert_eq!(
        told,
        [
            "yanked: `a` 1.0.0 was yanked",
            "unused-ignore: the `ignore` of `a` ignores nothing (remove it)"
        ]
    );
}

#[test]
fn an_ignore_of_nothing_is_stale() {
    let stale =
        |name: &str| format!("unused-ignore: the `ignore` of `{name}` ignores nothing (remove it)");
    let newest = "a 1.0.0 2026-01-01";
    assert_eq!(rules(newest, "ignore = [{ name = \"a\", reason = \"x\" }]"), [stale("a")]);
    assert_eq!(rules(newest, "ignore = [{ name = \"b\", reason = \"x\" }]"), [stale("b")]);
    // Two that say the same are both of use.
    let twice = "ignore = [{ name = \"a\", reason = \"x\" }, { name = \"a\", reason = \"y\" }]";
    assert_eq!(rules(RELEASES, twice), [""; 0]);
}

#[test]
fn an_ignore_ends_after_its_day() {
    let policy =
        |day: &str| format!("ignore = [{{ name = \"a\", reason = \"x\", until = {day} }}]");
    assert_eq!(rules(RELEASES, &policy("2026-11-23")), [""; 0]);
    let ended = rules(RELEASES, &policy("2026-11-22"));
    assert_eq!(ended.len(), 3, "{ended:?}");
    assert!(ended.contains(
        &"expired-ignore: the `ignore` of `a` has ended: it held until 2026-11-22 (upgrade, or give it another day)".to_owned()
    ));
}

#[test]
fn what_could_not_be_looked_up_makes_nothing_stale() {
    assert_eq!(
        rules("", "ignore = [{ name = \"a\", reason = \"x\" }]"),
        ["? a: its registry was not asked"]
    );
}
