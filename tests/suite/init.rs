//! `init` writes what holds, and overwrites nothing unasked.

use snapbox::dir::DirRoot;

use super::{archlint, fixture};

#[test]
fn what_init_writes_holds() {
    let folder = copy();
    let root = folder.path().unwrap();
    archlint(root).arg("init").assert().code(0).stdout_eq("");
    archlint(root).assert().code(0).stdout_eq("no errors or warnings; [..]\n");
}

#[test]
fn a_file_that_exists_is_replaced_only_by_force() {
    let folder = copy();
    let root = folder.path().unwrap();
    std::fs::write(root.join("boundaries.toml"), "version = 1\n").unwrap();
    archlint(root)
        .arg("init")
        .assert()
        .code(2)
        .stderr_eq("error: `[..]boundaries.toml` exists; `--force` replaces it, `--print` only shows what it would be\n");
    let print = archlint(root).args(["init", "--print"]).assert().code(0);
    let printed = String::from_utf8(print.get_output().stdout.clone()).unwrap();
    assert_eq!(std::fs::read_to_string(root.join("boundaries.toml")).unwrap(), "version = 1\n");
    archlint(root).args(["init", "--force", "-q"]).assert().code(0).stderr_eq("");
    assert_eq!(std::fs::read_to_string(root.join("boundaries.toml")).unwrap(), printed);
}

/// A workspace without a configuration.
fn copy() -> DirRoot {
    let folder = DirRoot::mutable_temp().unwrap().with_template(&fixture("init")).unwrap();
    assert!(!folder.path().unwrap().join("boundaries.toml").exists());
    folder
}

/// One of ten references is against the order.
#[test]
fn what_is_broken_today_goes_into_the_baseline_on_request() {
    let folder = copy();
    let root = folder.path().unwrap();
    let web = "use crate::cart::Cart;\nuse crate::cart::Cart as A;\nuse crate::cart::Cart as B;\n\
        use crate::cart::Cart as C;\nuse crate::cart::Cart as D;\nuse crate::store::load;\n\
        pub fn page() -> Cart {\n    load()\n}\n";
    std::fs::write(root.join("src/web.rs"), web).unwrap();
    let money = "pub struct Money;\npub fn show() {\n    crate::web::page();\n}\n";
    std::fs::write(root.join("src/money.rs"), money).unwrap();
    archlint(root).args(["init", "-q", "--baseline"]).assert().code(0).stdout_eq("");
    let baseline = std::fs::read_to_string(root.join("boundaries.baseline.toml")).unwrap();
    assert!(
        baseline.contains("from = \"shop::money::show\", to = \"shop::web::page\""),
        "{baseline}"
    );
    archlint(root).assert().code(0);
}
