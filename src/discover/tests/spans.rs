use super::{Fixture, assert_lines};

fn check(tables: &str, expected: &str) {
    let manifest = format!("[package]\nname = \"app\"\nversion = \"1.0.0\"\n{tables}");
    check_manifest(&manifest, expected);
}

/// The manifest of `app`, whose dependencies are all on the members `im` and `in-law`.
fn check_manifest(manifest: &str, expected: &str) {
    let fixture = Fixture::new(
        r#"
//- Cargo.toml
[workspace]
members = ["app", "im", "in-law"]
[workspace.dependencies]
im = { path = "im" }
//- app/src/lib.rs
//- im/Cargo.toml
[package]
name = "im"
version = "1.0.0"
//- im/src/lib.rs
//- in-law/Cargo.toml
[package]
name = "in-law"
version = "1.0.0"
//- in-law/src/lib.rs
"#,
    );
    fixture.write("app/Cargo.toml", manifest);
    assert_lines(&fixture.discover().spans(), expected);
}

#[test]
fn an_entry_on_one_line_is_its_key_and_value() {
    check(
        r#"[dependencies]
in-law = { path = "../in-law" } # a comment
im = { workspace = true }
"#,
        r#"
        app/Cargo.toml:5: in-law = { path = "../in-law" }
        app/Cargo.toml:6: im = { workspace = true }
        "#,
    );
}

#[test]
fn a_dotted_entry_is_its_first_line() {
    check(
        r#"[dependencies]
im.workspace = true
in-law.path = "../in-law"
in-law.features = []
"#,
        r#"
        app/Cargo.toml:5: im.workspace = true
        app/Cargo.toml:6: in-law.path = "../in-law"
        "#,
    );
}

#[test]
fn a_value_of_several_lines_is_left_out() {
    check(
        r#"[dependencies]
im = { workspace = true, features = [
] }
in-law.path = """
../in-law"""
"#,
        "
        app/Cargo.toml:5: im
        app/Cargo.toml:7: in-law
        ",
    );
}

#[test]
fn a_table_of_its_own_is_the_name_in_its_header() {
    check(
        r#"[dependencies.im]
path = "../im"
[ target . 'cfg(unix)' . dependencies . "in-law" ]
path = "../in-law"
"#,
        r#"
        app/Cargo.toml:4: im
        app/Cargo.toml:6: "in-law"
        "#,
    );
}

#[test]
fn the_key_is_the_new_name_of_a_renamed_package() {
    check(
        r#"[dependencies]
"one" = { path = "../im", package = "im" }
two = { path = "../in-law", package = "in-law" }
"#,
        r#"
        app/Cargo.toml:5: "one" = { path = "../im", package = "im" }
        app/Cargo.toml:6: two = { path = "../in-law", package = "in-law" }
        "#,
    );
}

#[test]
fn the_same_dependency_stands_in_several_tables() {
    check(
        r#"[dev_dependencies]
im = { path = "../im" }
[build-dependencies]
im = { path = '../im' }
[target."cfg( any(unix,windows,) )".dependencies]
im.path = "../im"
[target.'cfg(any(unix, windows))'.dev-dependencies]
im.path = '../im'
[dependencies]
im = { path =  "../im" }
"#,
        r#"
        app/Cargo.toml:5: im = { path = "../im" }
        app/Cargo.toml:7: im = { path = '../im' }
        app/Cargo.toml:9: im.path = "../im"
        app/Cargo.toml:11: im.path = '../im'
        app/Cargo.toml:13: im = { path =  "../im" }
        "#,
    );
}

#[test]
fn a_table_may_be_inline_and_lines_may_end_as_on_windows() {
    check_manifest(
        "target.'cfg(unix)'.dependencies.in-law.path = \"../in-law\"\r\n\
         dev-dependencies = { im = { path = \"../im\" } }\r\n\
         package = { name = \"app\", version = \"1.0.0\" }\r\n",
        r#"
        app/Cargo.toml:1: in-law.path = "../in-law"
        app/Cargo.toml:2: im = { path = "../im" }
        "#,
    );
}

#[test]
fn a_byte_order_mark_shifts_nothing() {
    check_manifest(
        "\u{feff}[package]\nname = \"app\"\nversion = \"1.0.0\"\n[dependencies]\nim.path = '../im'\n",
        "app/Cargo.toml:5: im.path = '../im'",
    );
}
