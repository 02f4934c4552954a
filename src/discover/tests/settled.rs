use cargo_metadata::MetadataCommand;

use super::super::evidence::Evidence;
use super::super::home::Registry;
use super::super::members::Members;
use super::super::settled::settled;
use super::{Fixture, Options, assert_lines, discover_with, fs, package};

/// Members that name a package whose library has another name, one in two versions, and one that
/// no feature turns on.
const APP: &str = r#"
[package]
name = "app"
version = "1.0.0"
[dependencies]
home = { path = "../home", version = "1" }
md-5 = "1"
old-unicorn = { package = "unicorn", version = "1" }
unicorn = "2"
dragon = { version = "1", optional = true }
[target."cfg(windows)".build-dependencies]
unicorn = "2.0"
[features]
fire = ["dep:dragon"]
"#;

const LOCK: &str = r#"version = 4

[[package]]
name = "app"
version = "1.0.0"
dependencies = [
 "dragon",
 "home 1.0.0",
 "md-5",
 "unicorn 1.0.0",
 "unicorn 2.0.0",
]

[[package]]
name = "dragon"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "home"
version = "1.0.0"

[[package]]
name = "home"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "md-5"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "unicorn"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = [
 "home 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)",
]

[[package]]
name = "unicorn"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

/// A workspace, and below it a home of cargo to which all but `dragon` has been downloaded.
fn downloaded() -> Fixture {
    let fixture = Fixture::new(
        "//- Cargo.toml\n[workspace]\nmembers = [\"app\", \"home\"]\n\
         //- app/src/lib.rs\n//- home/src/lib.rs\n",
    );
    fixture.write("app/Cargo.toml", APP);
    fixture.write("home/Cargo.toml", &package("home", ""));
    fixture.write("Cargo.lock", LOCK);
    unpack(&fixture, "home-1.0.0", &package("home", "[lib]\nname = \"house\""));
    unpack(&fixture, "md-5-1.0.0", &package("md-5", "[lib]\nname = \"md5\""));
    unpack(&fixture, "unicorn-1.0.0", &package("unicorn", "[lib]\nname = \"horse\""));
    unpack(&fixture, "unicorn-2.0.0", &package("unicorn", ""));
    fixture
}

const UNPACKED: &str = "cargo/registry/src/index.crates.io-1/";

fn unpack(fixture: &Fixture, folder: &str, manifest: &str) {
    fixture.write(&format!("{UNPACKED}{folder}/Cargo.toml"), manifest);
    fixture.write(&format!("{UNPACKED}{folder}/.cargo-ok"), "");
}

/// The libraries, where cargo need not be asked for them.
fn libraries(fixture: &Fixture) -> Option<String> {
    let root = fixture.root();
    let mut command = MetadataCommand::new();
    command.cargo_path(env!("CARGO")).current_dir(&root).no_deps();
    let metadata = command.other_options(["--offline".to_owned()]).exec().unwrap();
    let members = Members::of(&metadata);
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let evidence = Evidence::gather(&members, &manifest);
    let libraries = settled(&evidence, &Registry::in_home(&root.join("cargo")))?;
    let lines =
        libraries.iter().map(|((name, version), library)| format!("{name} {version} {library}"));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn where_the_lock_file_leaves_no_doubt_manifests_name_the_libraries() {
    assert_lines(
        &libraries(&downloaded()).expect("nothing is in doubt"),
        "
        home 1.0.0 house
        md-5 1.0.0 md5
        unicorn 1.0.0 horse
        unicorn 2.0.0 unicorn
        ",
    );
}

#[test]
fn a_lock_file_that_cargo_would_change_leaves_doubt() {
    let changed = |from: &str, to: &str| {
        let fixture = downloaded();
        assert!(LOCK.contains(from), "{from}");
        fixture.write("Cargo.lock", &LOCK.replacen(from, to, 1));
        libraries(&fixture)
    };
    assert!(changed("version = 4", "version = 3").is_some());
    let additional = "\n[[package]]\nname = \"pony\"\nversion = \"1.0.0\"\n\
                      source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    for (from, to) in [
        ("version = 4\n", "version = 9\n"),
        ("version = 4\n", ""),
        ("version = \"1.0.0\"", "version = \"1.0.1\""),
        (" \"md-5\",\n", ""),
        (" \"unicorn 2.0.0\",\n", ""),
        ("name = \"unicorn\"\nversion = \"2.0.0\"", "name = \"unicorn\"\nversion = \"3.0.0\""),
        (
            " \"unicorn 1.0.0\",\n",
            " \"home 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)\",\n",
        ),
        (
            "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n",
            "source = \"git+https://example.org#abc\"\n",
        ),
        ("source = \"registry+https://github.com/rust-lang/crates.io-index\"\n", ""),
        ("\n[[package]]\nname = \"md-5\"", &format!("{additional}\n[[package]]\nname = \"md-5\"")),
        ("version = 4\n", "version = 4\n[[patch.unused]]\nname = \"pony\"\nversion = \"1.0.0\"\n"),
    ] {
        assert_eq!(changed(from, to), None, "{from} -> {to}");
    }
}

#[test]
fn manifests_that_the_lock_file_does_not_fit_leave_doubt() {
    let fixture = downloaded();
    for (from, to) in [
        ("unicorn = \"2\"", "unicorn = \"2.1\""),
        ("unicorn = \"2\"", "unicorn = \">= 1\""),
        ("md-5 = \"1\"", "md-5 = { git = \"https://example.org\" }"),
        ("md-5 = \"1\"", "md-5 = \"1\"\npony = \"1\""),
        ("old-unicorn = { package = \"unicorn\", version = \"1\" }\n", ""),
        ("version = \"1.0.0\"", "version = \"1.1.0\""),
    ] {
        assert!(APP.contains(from), "{from}");
        fixture.write("app/Cargo.toml", &APP.replacen(from, to, 1));
        assert_eq!(libraries(&fixture), None, "{from} -> {to}");
    }
    fixture.write("app/Cargo.toml", APP);
    assert!(libraries(&fixture).is_some());
    let root = "[workspace]\nmembers = [\"app\", \"home\"]\n[patch.crates-io]\n";
    fixture.write("Cargo.toml", &format!("{root}md-5 = {{ path = \"elsewhere\" }}\n"));
    assert_eq!(libraries(&fixture), None);
    fixture.write("Cargo.toml", &format!("{root}home = {{ path = \"home\" }}\n"));
    assert!(libraries(&fixture).is_some());
}

#[test]
fn a_package_must_be_unpacked_where_a_member_needs_it() {
    let fixture = downloaded();
    let packed = "cargo/registry/cache/index.crates.io-1/dragon-1.0.0.crate";
    fixture.write(packed, "");
    assert_eq!(libraries(&fixture), None, "cargo would unpack it");
    fs::remove_file(fixture.root().join(packed)).unwrap();
    for feature in [
        "default = [\"fire\"]",
        "default = [\"dragon?/breath\"]",
        "default = [\"more\"]\nmore = [\"dragon/breath\"]",
    ] {
        fixture.write("app/Cargo.toml", &format!("{APP}{feature}\n"));
        assert_eq!(libraries(&fixture), None, "{feature}");
    }
    fixture.write("app/Cargo.toml", &format!("{APP}more = [\"fire\"]\n"));
    assert!(libraries(&fixture).is_some(), "no feature that is on names it");
    let required = APP.replace(", optional = true", "").replace("\"dep:dragon\"", "");
    fixture.write("app/Cargo.toml", &required);
    assert_eq!(libraries(&fixture), None);
    fixture.write("app/Cargo.toml", APP);
    fs::remove_file(fixture.root().join(UNPACKED).join("md-5-1.0.0/.cargo-ok")).unwrap();
    assert_eq!(libraries(&fixture), None, "half of it is unpacked");
}

#[test]
fn others_may_turn_on_features_of_a_member() {
    let fixture = downloaded();
    let asking = |member: &str| {
        let home = format!("[dev-dependencies]\napp = {{ path = \"../app\", {member} }}");
        fixture.write("home/Cargo.toml", &package("home", &home));
        let names = "name = \"home\"\nversion = \"1.0.0\"\n";
        let lock = LOCK.replacen(names, &format!("{names}dependencies = [\n \"app\",\n]\n"), 1);
        fixture.write("Cargo.lock", &lock);
        libraries(&fixture).is_some()
    };
    assert!(asking("features = []"));
    assert!(!asking("features = [\"fire\"]"));
    assert!(asking("features = [], default-features = false"));

    let fixture = downloaded();
    let names = "name = \"unicorn\"\nversion = \"1.0.0\"\n";
    fixture.write(
        "Cargo.lock",
        &LOCK.replace(
            "dependencies = [\n \"home 1.0.0 (",
            "dependencies = [\n \"app\",\n \"home 1.0.0 (",
        ),
    );
    assert!(LOCK.contains(names) && libraries(&fixture).is_some());
    let asks = "[dependencies.app]\nversion = \"1\"\nfeatures = [\"fire\"]\n";
    unpack(&fixture, "unicorn-1.0.0", &package("unicorn", asks));
    assert_eq!(libraries(&fixture), None);
}

#[test]
fn of_this_workspace_cargo_says_the_same() {
    let options = Options {
        cargo: env!("CARGO").into(),
        current_dir: env!("CARGO_MANIFEST_DIR").into(),
        manifest_path: None,
        locked: false,
    };
    discover_with(&options);
}
