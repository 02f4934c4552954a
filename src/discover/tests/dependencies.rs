use super::{Fixture, assert_lines, package};

#[test]
fn every_table_and_every_way_of_naming_is_an_entry_of_its_own() {
    let fixture = Fixture::new(
        r#"
//- Cargo.toml
[workspace]
members = ["app", "im", "derive"]
[workspace.dependencies]
inherited = { path = "im", package = "im" }
//- im/Cargo.toml
[package]
name = "im"
version = "1.0.0"
[lib]
name = "im_service"
//- im/src/lib.rs
//- derive/Cargo.toml
[package]
name = "my-derive"
version = "1.0.0"
[lib]
proc-macro = true
//- derive/src/lib.rs
//- app/Cargo.toml
[package]
name = "app"
version = "1.0.0"
[dependencies]
im = { path = "../im" }
inherited = { workspace = true, optional = true }
my-derive = { path = "../derive" }
[build-dependencies]
im = { path = "../im" }
[dev-dependencies]
im = { path = "../im", features = [] }
app = { path = "." }
[target.'cfg( all(unix , target_pointer_width="64") )'.dependencies]
only-here = { path = "../im", package = "im" }
[target.x86_64-pc-windows-msvc.dev-dependencies]
im = { path = "../im" }
//- app/src/lib.rs
"#,
    );
    let found = fixture.discover();
    assert_lines(
        &found.dependencies(),
        r#"
        app
          Normal im as im_service: member im
          Normal optional im as inherited: member im
          Normal my-derive as my_derive: member my-derive
          Build im as im_service: member im
          Dev im as im_service: member im
          Dev app as app: member app
          Normal cfg(all(unix, target_pointer_width = "64")) im as only_here: member im
          Dev x86_64-pc-windows-msvc im as im_service: member im
        my-derive
        im
        "#,
    );
    assert_eq!(found.workspace.fallback, None, "paths say all that there is to know");
    assert!(!fixture.root().join("Cargo.lock").exists(), "nothing is written");
}

const LOCK: &str = r#"version = 4

[[package]]
name = "app"
version = "1.0.0"
dependencies = [
 "beside",
 "dragon",
 "home 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)",
 "md-5",
 "pony",
 "unicorn 1.0.0",
 "unicorn 2.0.0",
]

[[package]]
name = "beside"
version = "1.0.0"

[[package]]
name = "dragon"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "home"
version = "1.0.0"
dependencies = [
 "unicorn 1.0.0",
 "unicorn 2.0.0",
]

[[package]]
name = "home"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "md-5"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "pony"
version = "1.0.0"

[[package]]
name = "unicorn"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "unicorn"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

/// A workspace whose registry is a folder: `home` there bears the name of a member, `pony` is
/// patched by one, `md-5` has a library of another name, `unicorn` is there in two versions.
fn with_registry() -> Fixture {
    let fixture = Fixture::new(
        r#"
//- .cargo/config.toml
[source.crates-io]
replace-with = "folder"
[source.folder]
directory = "registry"
//- Cargo.toml
[workspace]
members = ["app", "home", "pony"]
exclude = ["beside"]
[patch.crates-io]
pony = { path = "pony" }
//- home/src/lib.rs
//- pony/src/lib.rs
//- app/Cargo.toml
[package]
name = "app"
version = "1.0.0"
[dependencies]
beside = { path = "../beside" }
home = "1.0"
pony = "1"
md-5 = "1"
old-unicorn = { package = "unicorn", version = "1" }
unicorn = "2"
dragon = { version = "1", optional = true }
[features]
home = []
//- app/src/lib.rs
//- beside/src/lib.rs
"#,
    );
    fixture.write("Cargo.lock", LOCK);
    let both = "[dependencies]\nunicorn = \"2\"\n[build-dependencies]\nunicorn = \"1\"\n";
    fixture.write("home/Cargo.toml", &package("home", both));
    fixture.write("pony/Cargo.toml", &package("pony", ""));
    fixture.write("beside/Cargo.toml", &package("beside", "[lib]\nname = \"alongside\""));
    register(&fixture, "home", &package("home", ""));
    register(&fixture, "md-5", &package("md-5", "[lib]\nname = \"md5\""));
    register(&fixture, "dragon", &package("dragon", "[lib]\nname = \"drake\""));
    register(&fixture, "unicorn-1", &package("unicorn", "[lib]\nname = \"horse\""));
    register(&fixture, "unicorn-2", &package("unicorn", "").replace("1.0.0", "2.0.0"));
    fixture
}

fn register(fixture: &Fixture, folder: &str, manifest: &str) {
    fixture.write(&format!("registry/{folder}/Cargo.toml"), manifest);
    fixture.write(&format!("registry/{folder}/src/lib.rs"), "");
    fixture.write(&format!("registry/{folder}/.cargo-checksum.json"), r#"{"files":{}}"#);
}

#[test]
fn cargo_s_resolution_decides_and_not_the_name() {
    let found = with_registry().discover();
    assert_eq!(found.workspace.fallback, None);
    assert_lines(
        &found.dependencies(),
        "
        app
          Normal beside as alongside: external beside/alongside
          Normal home as home: external home/home
          Normal pony as pony: member pony
          Normal md-5 as md5: external md-5/md5
          Normal unicorn as old_unicorn: external unicorn/horse
          Normal unicorn as unicorn: external unicorn/unicorn
          Normal optional dragon as dragon: external dragon/dragon
        home
          Normal unicorn as unicorn: external unicorn/unicorn
          Build unicorn as horse: external unicorn/horse
        pony
        ",
    );
    assert_lines(
        &found.externals(),
        "
        beside/alongside
        dragon/dragon
        home/home
        md-5/md5
        unicorn/horse
        unicorn/unicorn
        ",
    );
}

#[test]
fn without_cargo_s_resolution_the_lock_file_decides() {
    let fixture = with_registry();
    fixture.write(".cargo/config.toml", "[source.crates-io]\nreplace-with = \"nowhere\"\n");
    let found = fixture.discover();
    assert!(found.workspace.fallback.is_some());
    assert_lines(
        &found.dependencies(),
        "
        app
          Normal beside as beside: external beside/beside
          Normal home as home: external home/home
          Normal pony as pony: member pony
          Normal md-5 as md_5: external md-5/md_5
          Normal unicorn as old_unicorn: external unicorn/unicorn
          Normal unicorn as unicorn: external unicorn/unicorn
          Normal optional dragon as dragon: external dragon/dragon
        home
          Normal unicorn as unicorn: external unicorn/unicorn
          Build unicorn as unicorn: external unicorn/unicorn
        pony
        ",
    );
}
