//! `[outdated]`: its keys, and every fault of it.

use super::{SHOP, faults};
use crate::boundaries::outdated::{Class, Level};
use crate::boundaries::parse;
use crate::model::FileId;

#[test]
fn every_key_is_read() {
    let text = r#"
[outdated]
check = true
scope = "all"
cooldown-days = 3
max-age-days = { yanked = 3, incompatible = 30 }
level = { compatible = "deny", behind = "warn" }
pre-releases = true
rust-version = "ignore"
ignore = [{ name = "syn", versions = ">=3", reason = "the macros are not ready", until = 2027-01-31 }]
report = "docs/upgrades.txt"
"#;
    let (boundaries, problems) = parse(text, FileId(0));
    assert!(problems.is_empty(), "{problems:?}");
    let read = boundaries.outdated.unwrap();
    assert!(read.check && read.all && read.pre_releases && read.any_rust_version);
    assert_eq!(read.cooldown_days, Some(3));
    assert_eq!(Class::ALL.map(|class| read.max_age(class)), [3, 0, 30, 0, 0, 0]);
    let levels = Class::ALL.map(|class| read.level(class));
    let [yanked, compatible, incompatible, behind, duplicate, not_checked] = levels;
    assert_eq!((yanked, compatible, behind), (Level::Deny, Level::Deny, Level::Warn));
    assert_eq!((incompatible, duplicate, not_checked), (Level::Warn, Level::Allow, Level::Allow));
    let ignore = &read.ignore[0];
    assert_eq!((ignore.name.as_str(), ignore.until.as_deref()), ("syn", Some("2027-01-31")));
    assert_eq!(ignore.versions, ">=3".parse().ok());
    assert_eq!(&text[ignore.span.start as usize..ignore.span.end as usize], "\"syn\"");
    assert_eq!(read.report.as_deref(), Some("docs/upgrades.txt"));
}

#[test]
fn one_run_tells_every_fault() {
    let text = r#"
[outdated]
scop = "all"
cooldown-days = -1
max-age-days = { behind = 3, yanked = "3" }
level = { yanked = "error", compatibel = "warn" }
rust-version = "1.85"
report = "../upgrades.txt"
[[outdated.ignore]]
versions = "three"
until = "soon"
[[outdated.ignore]]
name = "syn"
reason = ""
because = "no"
"#;
    assert_eq!(
        faults(SHOP, text),
        "\
3 `scop` config/unknown-key: unknown key `scop` in `[outdated]` (did you mean `scope`?)
4 `-1` config/bad-days: `cooldown-days = -1` is no number of days
5 `behind` config/unknown-key: unknown key `behind` in `max-age-days` (known keys: yanked, compatible, incompatible)
5 `\"3\"` config/wrong-type: `yanked` must be a number of days, not a string
6 `\"error\"` config/unknown-word: `yanked` does not know the word `error` (one of `deny`, `warn`, `allow`)
6 `compatibel` config/unknown-key: unknown key `compatibel` in `level` (did you mean `compatible`?)
7 `\"1.85\"` config/unknown-word: `rust-version` does not know the word `1.85` (one of `respect`, `ignore`)
8 `\"../upgrades.txt\"` config/bad-path: `../upgrades.txt` does not lie below the workspace (write a path relative to the workspace's `Cargo.toml`)
9 `[[outdated.ignore]]` config/missing-key: the entry of `ignore` does not say which package it ignores (say it: `name = \"…\"`)
9 `[[outdated.ignore]]` config/missing-key: the entry of `ignore` does not say why (say it: `reason = \"…\"`)
10 `\"three\"` config/bad-version: `three` is no version requirement: unexpected character 't' while parsing major version number (write it as in `Cargo.toml`: `>=3`)
11 `\"soon\"` config/bad-date: `soon` is no day of the calendar (write `until = 2027-03-31`)
14 `\"\"` config/empty: `reason` is empty
15 `because` config/unknown-key: unknown key `because` in an entry of `ignore` (known keys: name, versions, reason, until)
"
    );
}
