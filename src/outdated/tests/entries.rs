//! Which entries of which manifests are looked up, and where their findings stand.

use super::{Case, read, told};

fn places(case: Case<'_>) -> Vec<String> {
    told(case).lines().map(|line| line.split(" [").next().unwrap().to_owned()).collect()
}

#[test]
fn every_table_is_read() {
    let manifests = "\
[workspace.dependencies]
a = \"1\"
[dependencies]
b = { version = \"1\", optional = true }
see = { package = \"c\", version = \"1\" }
a.workspace = true
[dev-dependencies]
d.version = \"1\"
[build-dependencies.e]
version = \"1\"
[target.'cfg(unix)'.dependencies]
f = \"1\"
[target.x86_64-pc-windows-msvc.dev-dependencies]
g = \"1\"
--- other
[dependencies]
h = \"1\"
a = { workspace = true, optional = true }
";
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let locked = names.map(|name| format!("{name} 1.0.0\n")).concat();
    let releases = names.map(|name| format!("{name} 2.0.0 2026-01-01\n")).concat();
    let case = Case { manifests, locked: &locked, releases: &releases, ..Case::default() };
    let told = |place: &str, name: &str| {
        format!(
            "{place} \"1\" warn outdated/incompatible: `{name}` has a version 2.0.0 that is not allowed here"
        )
    };
    let places_of = ["2", "4", "5", "8", "10", "12", "14", "1:2"];
    let expected: Vec<String> =
        places_of.iter().zip(names).map(|(at, name)| told(at, name)).collect();
    assert_eq!(places(case), expected);
}

#[test]
fn who_shares_a_locked_version_is_told_once() {
    let manifests = "[dependencies]\na = \"1\"\n--- other\n[dependencies]\na = \"1.0\"\n";
    let releases = "a 1.1.0 2026-01-01";
    let told = told(Case { manifests, locked: "a 1.0.0", releases, ..Case::default() });
    assert!(told.starts_with("2 \"1\" warn") && told.ends_with(" +1:2\n"), "{told}");
}

#[test]
fn an_update_must_suit_everybody() {
    let manifests = "[dependencies]\na = \"1\"\n--- other\n[dependencies]\na = \"~1.0\"\n";
    let releases = "a 1.0.5 2026-01-01\na 1.1.0 2026-01-01";
    let case = Case { manifests, locked: "a 1.0.0", releases, ..Case::default() };
    assert_eq!(
        places(case),
        [
            "2 \"1\" warn outdated/compatible: `a` 1.0.0 can be 1.0.5 without a change to a manifest",
            "1:2 \"~1.0\" warn outdated/incompatible: `a` has a version 1.1.0 that is not allowed here",
        ]
    );
}

#[test]
fn each_entry_has_the_version_that_its_package_needs() {
    let manifests = "[dependencies]\na = \">=1\"\n--- other\n[dependencies]\na = \">=1\"\n";
    let locked = "app 0.1.0 folder \"a@1.0.0\"\nother 0.1.0 folder \"a@2.0.0\"\na 1.0.0\na 2.0.0";
    let releases = "a 1.0.0 2026-01-01\na 2.0.0 2026-01-01";
    let read = read(Case { manifests, locked, releases, ..Case::default() });
    let wants = &read.needs.packages[0].wants;
    let locked = wants.iter().map(|want| &read.needs.lock.packages[want.locked.unwrap()].version);
    assert_eq!(locked.map(ToString::to_string).collect::<Vec<_>>(), ["1.0.0", "2.0.0"]);
}

#[test]
fn what_cannot_be_looked_up_is_listed() {
    let manifests = "\
[dependencies]
other = { path = \"other\", version = \"0.1\" }
git = { git = \"https://x\", version = \"1\" }
near = { path = \"../near\" }
patched = \"1\"
vendored = \"1\"
stranger = { version = \"1\", registry = \"theirs\" }
bare = { features = [\"x\"] }
odd = \"one\"
--- other
";
    let locked = "patched 1.0.0 git+https://y\nvendored 1.0.0";
    assert_eq!(
        told(Case { manifests, locked, ..Case::default() }),
        "\
? git: it comes from git
? near: it comes from a folder
? patched: the lock file takes it from `git+https://y`
? vendored: its registry was not asked
? stranger: cargo's configuration knows no registry `theirs`
? bare: it has no version requirement
? odd: `one`: unexpected character 'o' while parsing major version number
"
    );
    let all = told(Case {
        manifests,
        locked,
        policy: "level = { not-checked = \"deny\" }",
        ..Case::default()
    });
    assert!(
        all.starts_with(
            "3 \"1\" deny outdated/not-checked: `git` has not been looked up: it comes from git\n"
        ),
        "{all}"
    );
}

#[test]
fn another_registry_has_packages_of_its_own() {
    let manifests = "\
[dependencies]
a = { version = \"1\", registry = \"ours\" }
b = { version = \"1\", registry-index = \"sparse+https://ours/\" }
c = { version = \"1\", registry = \"crates-io\" }
";
    let locked = "a 1.0.0 sparse+https://ours/\nb 1.0.0 sparse+https://ours/\nc 1.0.0";
    let releases = "a 3.0.0 2026-01-01\nours: a 1.1.0 2026-01-01\nours: b 1.2.0 2026-01-01\nc 1.3.0 2026-01-01";
    let case = Case { manifests, locked, releases, ..Case::default() };
    let told = |at: &str, name: &str, to: &str| {
        format!(
            "{at} \"1\" warn outdated/compatible: `{name}` 1.0.0 can be {to} without a change to a manifest"
        )
    };
    assert_eq!(
        places(case),
        [told("2", "a", "1.1.0"), told("3", "b", "1.2.0"), told("4", "c", "1.3.0")]
    );
}

#[test]
fn what_only_the_lock_file_names_is_looked_up_where_asked_for() {
    let locked = "deep 0.3.1\nnone 1.0.0 git+https://x";
    let releases = "deep 0.3.1 2026-01-01 yanked\ndeep 0.3.2 2026-01-01\ndeep 0.4.0 2026-01-01";
    let case = Case { locked, releases, ..Case::default() };
    assert_eq!(told(case), "");
    assert_eq!(
        told(Case { policy: "scope = \"all\"", ..case }),
        "1:3 \"0.3.1\" deny outdated/yanked: `deep` 0.3.1 was yanked [locked to 0.3.1] \
         (possible since 2026-01-01, for 326 days) (`cargo update deep@0.3.1 --precise 0.3.2`)\n"
    );
}

#[test]
fn an_entry_that_nobody_inherits_is_looked_up_too() {
    let manifests = "[workspace.dependencies]\na = \"1\"\n";
    let releases = "a 2.0.0 2026-01-01";
    let told = told(Case { manifests, locked: "b 1.0.0", releases, ..Case::default() });
    assert!(told.starts_with("2 \"1\" warn outdated/incompatible: `a`"), "{told}");
}
