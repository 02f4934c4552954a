use super::super::files;
use super::{Fixture, assert_lines, discover_with};

#[test]
fn files_of_others_and_of_builds_are_left_out() {
    let found = Fixture::new(
        r#"
//- Cargo.toml
[package]
name = "root"
version = "1.0.0"
[workspace]
members = ["crates/inner"]
//- src/lib.rs
//- src/deep/er/mod.rs
//- src/notes.txt
//- docs/sample.rs
//- .hidden/a.rs
//- src/.hidden.rs
//- node_modules/a.rs
//- web/node_modules/a.rs
//- other-target/CACHEDIR.TAG
//- other-target/out.rs
//- tests/fixtures/project/Cargo.toml
//- tests/fixtures/project/src/lib.rs
//- tests/fixtures/loose.rs
//- crates/stray.rs
//- crates/inner/Cargo.toml
[package]
name = "inner"
version = "1.0.0"
//- crates/inner/src/lib.rs
//- crates/inner/target/kept.rs
"#,
    )
    .discover();
    assert_lines(
        &found.files(),
        "
        crates/inner/src/lib.rs
        crates/inner/target/kept.rs
        crates/stray.rs
        docs/sample.rs
        src/deep/er/mod.rs
        src/lib.rs
        tests/fixtures/loose.rs
        ",
    );
}

#[test]
fn the_folder_into_which_cargo_builds_is_left_out_wherever_it_is() {
    let fixture = Fixture::new(
        r#"
//- Cargo.toml
[package]
name = "a"
version = "1.0.0"
//- src/lib.rs
//- out/debug/generated.rs
"#,
    );
    let packages = fixture.discover().workspace.packages;
    let root = fixture.root();
    let found = files::list(&root, &packages, &[root.join("out")]);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["src/lib.rs"]);
}

#[test]
fn a_member_outside_of_the_workspace_has_absolute_paths() {
    let fixture = Fixture::new(
        r#"
//- ws/Cargo.toml
[workspace]
members = ["../beside"]
//- beside/Cargo.toml
[package]
name = "beside"
version = "1.0.0"
workspace = "../ws"
//- beside/src/lib.rs
"#,
    );
    let mut options = fixture.options();
    options.current_dir.push("ws");
    let found = discover_with(&options);
    let package = &found.workspace.packages[0];
    assert_eq!(package.manifest, fixture.root().join("beside/Cargo.toml"));
    assert_eq!(package.folder, fixture.root().join("beside"));
    assert_eq!(package.targets[0].root, fixture.root().join("beside/src/lib.rs"));
    assert_eq!(found.files(), fixture.root().join("beside/src/lib.rs").as_str());
}

#[test]
fn the_root_of_a_target_brings_the_folder_it_lies_in() {
    let found = Fixture::new(
        r#"
//- Cargo.toml
[workspace]
members = ["api"]
//- api/Cargo.toml
[package]
name = "api"
version = "1.0.0"
[lib]
path = "../shared/api.rs"
[[bin]]
name = "gone"
path = "gone.rs"
//- shared/api.rs
//- shared/part/one.rs
//- unrelated/two.rs
"#,
    )
    .discover();
    assert_lines(&found.files(), "shared/api.rs\nshared/part/one.rs");
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::{Fixture, assert_lines, discover_with};

    #[test]
    fn links_are_followed_within_the_workspace_and_never_in_circles() {
        let fixture = Fixture::new(
            r#"
//- ws/Cargo.toml
[workspace]
members = ["a"]
//- ws/a/Cargo.toml
[package]
name = "a"
version = "1.0.0"
//- ws/a/src/lib.rs
//- ws/common/shared.rs
//- ws/more/nested.rs
//- ws/b/Cargo.toml
[package]
name = "b"
version = "1.0.0"
//- ws/b/src/other.rs
//- outside/far.rs
"#,
        );
        let link = |to: &str, at: &str| symlink(to, fixture.root().join("ws").join(at)).unwrap();
        link("../../common", "a/src/common");
        link("../../common", "a/src/common_again");
        link("../common/shared.rs", "a/file.rs");
        link("../..", "a/src/up");
        link(".", "a/src/itself");
        link("../b", "a/another_package");
        link("../a/src", "common/back");
        link("../more", "common/more");
        link("../../outside", "a/far");
        link("nowhere.rs", "a/src/broken.rs");
        let mut options = fixture.options();
        options.current_dir.push("ws");
        assert_lines(
            &discover_with(&options).files(),
            "
            a/file.rs
            a/src/common/shared.rs
            a/src/common_again/shared.rs
            a/src/lib.rs
            ",
        );
    }
}
