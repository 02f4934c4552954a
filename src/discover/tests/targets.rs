use super::{Fixture, Found, assert_lines, discover_with};

#[test]
fn every_kind_of_target_is_found() {
    let found = Fixture::new(
        r#"
//- Cargo.toml
[workspace]
members = ["a", "c", "m"]
//- a/Cargo.toml
[package]
name = "all-kinds"
version = "1.0.0"
edition = "2021"
[[bin]]
name = "my-tool"
path = "tool.rs"
edition = "2018"
//- a/src/lib.rs
//- a/src/main.rs
//- a/tool.rs
//- a/src/bin/more/main.rs
//- a/tests/api.rs
//- a/benches/speed.rs
//- a/examples/demo.rs
//- a/build.rs
//- c/Cargo.toml
[package]
name = "c-api"
version = "1.0.0"
[lib]
name = "capi"
crate-type = ["staticlib", "cdylib"]
path = "api.rs"
//- c/api.rs
//- m/Cargo.toml
[package]
name = "macros"
version = "1.0.0"
edition = "2024"
[lib]
proc-macro = true
//- m/src/lib.rs
"#,
    )
    .discover();
    assert_lines(
        &targets(&found),
        "
        all-kinds a a/Cargo.toml
          lib all_kinds a/src/lib.rs 2021
          bin all-kinds a/src/main.rs 2021
          bin more a/src/bin/more/main.rs 2021
          bin my-tool a/tool.rs 2018
          example demo a/examples/demo.rs 2021
          test api a/tests/api.rs 2021
          bench speed a/benches/speed.rs 2021
          build build-script-build a/build.rs 2021
        c-api c c/Cargo.toml
          lib capi c/api.rs 2015
        macros m m/Cargo.toml
          lib macros m/src/lib.rs 2024 proc-macro
        ",
    );
}

#[test]
fn a_single_package_is_a_workspace_and_its_folder_is_empty() {
    let found = Fixture::new(
        r#"
//- Cargo.toml
[package]
name = "solo"
version = "1.0.0"
edition = "2021"
//- src/lib.rs
"#,
    )
    .discover();
    assert_lines(&targets(&found), "solo  Cargo.toml\n  lib solo src/lib.rs 2021");
    assert_eq!(found.sources.files.len(), 1, "the root's manifest is a member's too");
}

#[test]
fn a_member_s_manifest_or_a_folder_below_lead_to_the_whole_workspace() {
    let fixture = Fixture::new(
        r#"
//- Cargo.toml
[workspace]
members = ["b", "a"]
//- a/Cargo.toml
[package]
name = "z"
version = "1.0.0"
//- a/src/lib.rs
//- b/Cargo.toml
[package]
name = "y"
version = "1.0.0"
//- b/src/lib.rs
"#,
    );
    let mut options = fixture.options();
    options.manifest_path = Some("b/../a/Cargo.toml".into());
    let by_manifest = discover_with(&options);
    options.manifest_path = None;
    options.current_dir.push("b/src");
    let from_below = discover_with(&options);
    for found in [by_manifest, from_below] {
        assert_eq!(found.workspace.root, fixture.root());
        let names: Vec<_> = found.workspace.packages.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["z", "y"], "in the order of manifests");
        let read: Vec<_> = found.sources.files.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(read, ["Cargo.toml", "a/Cargo.toml", "b/Cargo.toml"]);
    }
}

fn targets(found: &Found) -> String {
    let mut lines = Vec::new();
    for package in &found.workspace.packages {
        lines.push(format!("{} {} {}", package.name, package.folder, package.manifest));
        lines.extend(package.targets.iter().map(|target| {
            let marker = if target.proc_macro { " proc-macro" } else { "" };
            let kind = target.kind.name();
            format!("  {kind} {} {} {}{marker}", target.name, target.root, target.edition)
        }));
    }
    lines.join("\n")
}
