use super::{Fixture, assert_lines};

/// `app` wants a member by its version and something that no registry has.
const MEMBERS: &str = r#"
//- im/Cargo.toml
[package]
name = "im"
version = "1.0.0"
[lib]
name = "im_service"
//- im/src/lib.rs
//- app/Cargo.toml
[package]
name = "app"
version = "1.0.0"
[dependencies]
im = "1"
no-such-pony-anywhere = "1"
//- app/src/lib.rs
"#;

const UNPATCHED: &str = "//- Cargo.toml\n[workspace]\nmembers = [\"app\", \"im\"]\n";

fn patched(patch: &str) -> Fixture {
    Fixture::new(&format!("{UNPATCHED}{patch}\n{MEMBERS}"))
}

#[test]
fn without_a_lock_file_a_patch_leads_to_a_member() {
    let found = patched("[patch.crates-io]\nim = { path = \"./app/../im\" }").discover();
    assert_lines(
        &found.dependencies(),
        "
        app
          Normal im as im_service: member im
          Normal no-such-pony-anywhere as no_such_pony_anywhere: external no-such-pony-anywhere/no_such_pony_anywhere
        im
        ",
    );
    let renamed = patched("[patch.crates-io.anything]\npackage = \"im\"\npath = \"im\"").discover();
    assert_eq!(renamed.dependencies(), found.dependencies());
}

#[test]
fn without_a_lock_file_and_a_patch_a_name_alone_is_no_member() {
    for patch in
        ["", "[patch.crates-io]\nim = { path = \"app\" }", "[patch.crates-io]\nother = \"1\""]
    {
        let found = patched(patch).discover();
        let dependencies = found.dependencies();
        assert!(
            dependencies.contains("Normal im as im: external im/im"),
            "{patch}: {dependencies}"
        );
    }
}

#[test]
fn a_lock_file_that_is_behind_still_says_what_it_knows() {
    let fixture = patched("");
    fixture.write(
        "Cargo.lock",
        r#"
version = 4
[[package]]
name = "app"
version = "0.9.0"
dependencies = ["im"]
[[package]]
name = "im"
version = "0.9.0"
[[package]]
name = "fast-pony"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#,
    );
    let found = fixture.discover();
    assert!(found.dependencies().contains("Normal im as im_service: member im"));
    assert_lines(
        &found.externals(),
        "
        fast-pony/fast_pony
        no-such-pony-anywhere/no_such_pony_anywhere
        ",
    );
}

#[test]
fn a_lock_file_names_versions_and_sources_where_it_must() {
    let fixture = patched("");
    let with = |reference: &str, packages: &str| {
        let lock = format!(
            "version = 4\n[[package]]\nname = \"app\"\nversion = \"1.0.0\"\n\
             dependencies = [{reference}]\n{packages}"
        );
        fixture.write("Cargo.lock", &lock);
        let dependencies = fixture.discover().dependencies();
        dependencies.lines().nth(1).unwrap().trim().to_owned()
    };
    let member = "[[package]]\nname = \"im\"\nversion = \"1.0.0\"\n";
    let older = "[[package]]\nname = \"im\"\nversion = \"0.5.0\"\nsource = \"registry+x\"\n";
    let git = "[[package]]\nname = \"im\"\nversion = \"1.0.0\"\nsource = \"git+https://x?branch=y#abc\"\n";
    let to_member = "Normal im as im_service: member im";
    let to_external = "Normal im as im: external im/im";
    assert_eq!(with(r#""im 1.0.0""#, &[member, older].concat()), to_member);
    assert_eq!(with(r#""im 0.5.0""#, &[member, older].concat()), to_external);
    assert_eq!(with(r#""im 0.5.0", "im 1.0.0""#, &[older, member].concat()), to_member);
    assert_eq!(with(r#""im 1.0.0""#, &[git, member].concat()), to_member);
    assert_eq!(with(r#""im 1.0.0""#, &[member, git].concat()), to_member);
    assert_eq!(
        with(r#""im 1.0.0 (git+https://x?branch=y)""#, &[git, member].concat()),
        to_external
    );
    assert_eq!(with(r#""im""#, git), to_external);
    assert_eq!(with(r#""im""#, "garbage ["), to_external);
}

#[test]
fn the_reason_is_one_line_in_cargo_s_words() {
    let reason = patched("").discover().workspace.fallback.expect("the pony cannot be found");
    assert!(reason.starts_with("no matching package named `"), "{reason}");
    assert_eq!(reason.lines().count(), 1);
}

#[test]
fn a_lock_file_that_would_be_written_is_a_reason_too() {
    let fixture = Fixture::new(
        r#"
//- .cargo/config.toml
[source.crates-io]
replace-with = "folder"
[source.folder]
directory = "registry"
//- registry/pony/Cargo.toml
[package]
name = "pony"
version = "1.0.0"
//- registry/pony/src/lib.rs
//- registry/pony/.cargo-checksum.json
{"files":{}}
//- Cargo.toml
[package]
name = "app"
version = "1.0.0"
[dependencies]
pony = "1"
//- src/lib.rs
"#,
    );
    let reason = fixture.discover().workspace.fallback;
    assert_eq!(reason.as_deref(), Some("`Cargo.lock` is missing or does not match the manifests"));
    assert!(!fixture.root().join("Cargo.lock").exists());

    let mut options = fixture.options();
    options.locked = true;
    let refusal = fixture.refusal(&options);
    assert!(refusal.starts_with("cargo cannot read the workspace: cannot create"), "{refusal}");
    assert!(refusal.contains("$ROOT/Cargo.lock"), "{refusal}");
}
