use super::{Fixture, package};

#[test]
fn a_manifest_that_does_not_parse_is_an_error_in_cargo_s_words() {
    let fixture = Fixture::new("//- Cargo.toml\n[package\nname = \"a\"\n");
    let refusal = fixture.refusal(&fixture.options());
    assert!(refusal.starts_with("cargo cannot read the workspace: "), "{refusal}");
    assert!(refusal.contains("unclosed table"), "{refusal}");
    assert!(!refusal.contains("Stack backtrace"), "{refusal}");
}

#[test]
fn a_member_without_manifest_is_an_error() {
    let fixture = Fixture::new("//- Cargo.toml\n[workspace]\nmembers = [\"gone\"]\n");
    let refusal = fixture.refusal(&fixture.options());
    assert!(refusal.contains("$ROOT/gone/Cargo.toml"), "{refusal}");
}

#[test]
fn the_manifest_must_exist() {
    let fixture = Fixture::new("//- empty/file\n");
    let mut options = fixture.options();
    options.current_dir.push("empty");
    assert_eq!(fixture.refusal(&options), "no `Cargo.toml` in `$ROOT/empty` or any folder above");
    options.manifest_path = Some("Cargo.toml".into());
    let refusal = fixture.refusal(&options);
    assert!(refusal.starts_with("cargo cannot read the workspace: manifest path"), "{refusal}");
}

#[test]
fn cargo_must_exist() {
    let fixture = Fixture::new("//- src/lib.rs\n");
    fixture.write("Cargo.toml", &package("a", ""));
    let mut options = fixture.options();
    options.cargo = "no-such-cargo".into();
    let refusal = fixture.refusal(&options);
    assert!(refusal.starts_with("cannot start `no-such-cargo`: "), "{refusal}");
}

#[cfg(unix)]
mod programs {
    use std::os::unix::fs::PermissionsExt;

    use super::super::{Fixture, discover_with, fs, package};

    fn program(fixture: &Fixture, path: &str, text: &str) {
        fixture.write(path, &format!("#!/bin/sh\n{text}"));
        let permissions = fs::Permissions::from_mode(0o755);
        fs::set_permissions(fixture.root().join(path), permissions).unwrap();
    }

    #[test]
    fn nothing_that_the_workspace_configures_is_run() {
        for key in ["rustc", "rustc-wrapper", "rustc-workspace-wrapper"] {
            let fixture = Fixture::new(
                "//- src/lib.rs\n//- Cargo.lock\nversion = 4\n\
                [[package]]\nname = \"a\"\nversion = \"1.0.0\"\n",
            );
            fixture.write("Cargo.toml", &package("a", ""));
            fixture.write(".cargo/config.toml", &format!("[build]\n{key} = \"./spy\"\n"));
            program(&fixture, "spy", "touch \"$(dirname \"$0\")/ran\"\nexec \"$@\"\n");
            assert_eq!(fixture.discover().workspace.fallback, None);
            assert!(!fixture.root().join("ran").exists(), "{key} was run");
        }
    }

    #[test]
    fn a_missing_toolchain_of_the_workspace_does_not_matter() {
        let fixture = Fixture::new("//- src/lib.rs\n");
        fixture.write("Cargo.toml", &package("a", ""));
        let real = env!("CARGO");
        program(
            &fixture,
            "proxy",
            &format!(
                "if [ \"$PWD\" = / ]; then exec '{real}' \"$@\"; fi\n\
                 echo \"error: toolchain '1.2-moon' is not installed\" >&2\nexit 1\n"
            ),
        );
        let mut options = fixture.options();
        options.cargo = fixture.root().join("proxy");
        assert_eq!(discover_with(&options).workspace.packages[0].name, "a");
    }
}
