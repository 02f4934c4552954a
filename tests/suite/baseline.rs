//! Debt that only shrinks: golden behaviours B1 to B19, each on a workspace on disk.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use snapbox::dir::DirRoot;

use super::fixture;

const MANIFEST: &str =
    "[workspace]\n\n[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
const RULES: &str = r#"version = 1

[components]
web = { in = ["shop::web", "shop::front", "shop::side"], optional = true }

[[rule]]
id = "not-im"
forbid = "web -> shop::im"
because = "managers come and go"
"#;
const IM: &str = "pub struct Client;\npub struct Profile;\n";
const PAGE: &str = "pub fn page() {\n    let _ = crate::im::Client;\n}\n";

/// A workspace in a folder of its own.
struct Shop {
    folder: DirRoot,
}

/// Exit code, and what was written.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    /// `status rule line` of each finding that is not known, then how many are known.
    fn findings(&self) -> Vec<String> {
        let report: Value =
            serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}", self.err));
        let all = report["findings"].as_array().unwrap();
        let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let mut told: Vec<String> = all
            .iter()
            .filter(|one| one["status"] != "known")
            .map(|one| {
                format!(
                    "{} {} {}:{}",
                    word(one, "status"),
                    word(one, "rule"),
                    word(one, "file"),
                    one["line"]
                )
            })
            .collect();
        told.push(format!("{} known", report["summary"]["known"]));
        told
    }
}

impl Shop {
    fn new() -> Self {
        let shop = Self { folder: DirRoot::mutable_temp().unwrap() };
        shop.write("Cargo.toml", MANIFEST);
        shop.write("boundaries.toml", RULES);
        shop.write("src/lib.rs", "pub mod im;\npub mod web;\n");
        shop.write("src/im.rs", IM);
        shop.write("src/web.rs", PAGE);
        shop
    }

    /// With its debt recorded.
    fn recorded() -> Self {
        let shop = Self::new();
        assert_eq!(shop.grow(), "0 known, 1 added, 0 removed\n");
        shop
    }

    /// Under version control, everything recorded.
    fn committed() -> Option<Self> {
        let shop = Self::recorded();
        shop.git(&["init", "-q", "."])?;
        shop.commit();
        Some(shop)
    }

    fn path(&self) -> &Path {
        self.folder.path().unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.path().join(path)).unwrap();
    }

    fn has_baseline(&self) -> bool {
        self.path().join("boundaries.baseline.toml").exists()
    }

    fn baseline(&self) -> String {
        self.read("boundaries.baseline.toml")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-archlint"));
        command.arg("archlint").args(arguments).current_dir(self.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// The debt as it is today goes into the baseline.
    #[track_caller]
    fn grow(&self) -> String {
        let run = self.run(&["baseline", "--grow"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out
    }

    #[track_caller]
    fn checks(&self, arguments: &[&str], code: i32, expected: &[&str]) {
        let run = self.run(&[&["check", "--format", "json"], arguments].concat());
        assert_eq!(run.findings(), expected, "{}", run.out);
        assert_eq!(run.code, Some(code));
    }

    /// None where there is no git.
    #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
    fn git(&self, arguments: &[&str]) -> Option<()> {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false"]);
        let done = git.args(arguments).current_dir(self.path()).output();
        let Ok(done) = done else {
            println!("skipped: there is no git here");
            return None;
        };
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Some(())
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "as it is"]);
    }
}

const STALE: &str = "stale stale-baseline boundaries.baseline.toml:6";

#[test]
fn b01_what_is_there_is_recorded() {
    let shop = Shop::new();
    assert_eq!(shop.run(&["baseline"]).code, Some(2), "nothing is recorded unasked");
    assert!(!shop.has_baseline());
    assert_eq!(shop.grow(), "0 known, 1 added, 0 removed\n");
    let entry =
        r#"{ rule = "not-im", from = "shop::web::page", to = "shop::im::Client", count = 1 },"#;
    assert_eq!(shop.baseline().lines().nth(5).unwrap().trim(), entry);
    shop.checks(&[], 0, &["1 known"]);
}

#[test]
fn b02_locked_writes_nothing() {
    let shop = Shop::new();
    shop.write("Cargo.lock", "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n");
    assert_eq!(shop.run(&["baseline", "--grow", "--locked"]).code, Some(1));
    shop.checks(&["--locked"], 1, &["new not-im src/web.rs:2", "0 known"]);
    assert!(!shop.has_baseline());
}

#[test]
fn b03_only_what_is_new_is_reported() {
    let shop = Shop::recorded();
    shop.write(
        "src/web.rs",
        &format!("{PAGE}pub fn other() {{\n    let _ = crate::im::Client;\n}}\n"),
    );
    shop.checks(&[], 1, &["new not-im src/web.rs:5", "1 known"]);
    // Shrinking adds nothing.
    let before = shop.baseline();
    let run = shop.run(&["baseline"]);
    assert!(run.out.starts_with("1 known, 0 added, 0 removed\n1 new, not added"), "{}", run.out);
    assert_eq!(shop.baseline(), before);
}

#[test]
fn b04_what_is_mended_is_stale() {
    let shop = Shop::new();
    shop.write("Cargo.lock", "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n");
    shop.write(
        "src/web.rs",
        &format!("{PAGE}pub fn other() {{\n    let _ = crate::im::Profile;\n}}\n"),
    );
    shop.grow();
    shop.write(
        "src/web.rs",
        "pub fn page() {}\npub fn other() {\n    let _ = crate::im::Profile;\n}\n",
    );
    let stale = "stale stale-baseline boundaries.baseline.toml:7";
    shop.checks(&[], 0, &[stale, "1 known"]);
    shop.checks(&["--locked"], 1, &[stale, "1 known"]);
    let locked = shop.run(&["baseline", "--locked"]);
    assert_eq!(locked.code, Some(1));
    assert_eq!(locked.out, "1 known, 0 added, 1 removed (locked: nothing is written)\n");
    assert_eq!(shop.run(&["baseline"]).out, "1 known, 0 added, 1 removed\n");
    shop.checks(&["--locked"], 0, &["1 known"]);
}

#[test]
fn b05_what_was_mended_and_returns_is_new() {
    let shop = Shop::recorded();
    shop.write("src/web.rs", "pub fn page() {}\n");
    assert_eq!(shop.run(&["baseline"]).out, "0 known, 0 added, 1 removed\n");
    shop.write("src/web.rs", PAGE);
    shop.checks(&[], 1, &["new not-im src/web.rs:2", "0 known"]);
}

#[test]
fn b06_a_second_use_is_new() {
    let shop = Shop::recorded();
    let twice =
        "pub fn page() {\n    let _ = crate::im::Client;\n    let _ = crate::im::Client;\n}\n";
    shop.write("src/web.rs", twice);
    shop.checks(&[], 1, &["new not-im src/web.rs:3", "1 known"]);
    assert_eq!(shop.grow(), "1 known, 1 added, 0 removed\n");
    assert!(shop.baseline().contains("count = 2"));
    shop.write("src/web.rs", PAGE);
    shop.checks(&[], 0, &[STALE, "1 known"]);
}

#[test]
fn b07_lines_may_move() {
    let shop = Shop::recorded();
    shop.write("src/web.rs", &format!("{}{PAGE}", "// more\n".repeat(10)));
    shop.checks(&[], 0, &["1 known"]);
}

#[test]
fn b08_files_may_be_renamed() {
    let shop = Shop::recorded();
    shop.remove("src/web.rs");
    shop.write("src/web/mod.rs", PAGE);
    shop.checks(&[], 0, &["1 known"]);
    shop.remove("src/web/mod.rs");
    shop.write("src/pages.rs", PAGE);
    shop.write("src/lib.rs", "pub mod im;\n#[path = \"pages.rs\"]\npub mod web;\n");
    shop.checks(&[], 0, &["1 known"]);
}

/// `web` is below `front` now.
fn move_web(shop: &Shop) {
    shop.remove("src/web.rs");
    shop.write("src/lib.rs", "pub mod front;\npub mod im;\n");
    shop.write("src/front.rs", "pub mod web;\n");
    shop.write("src/front/web.rs", PAGE);
}

#[test]
fn b09_a_module_that_moved_is_known() {
    let shop = Shop::recorded();
    move_web(&shop);
    shop.checks(&[], 0, &["new moved-baseline boundaries.baseline.toml:6", "1 known"]);
    assert_eq!(shop.run(&["baseline"]).out, "1 known, 0 added, 0 removed, 1 moved\n");
    assert!(shop.baseline().contains("from = \"shop::front::web::page\""));
    shop.checks(&[], 0, &["1 known"]);
}

#[test]
fn b10_a_module_that_may_have_moved_is_new() {
    let shop = Shop::recorded();
    move_web(&shop);
    shop.write("src/lib.rs", "pub mod front;\npub mod im;\npub mod side;\n");
    shop.write("src/side.rs", PAGE);
    let new = ["new not-im src/front/web.rs:2", "new not-im src/side.rs:2", "0 known"];
    shop.checks(&[], 1, &[&[STALE], &new[..]].concat());
}

#[test]
fn b11_line_ends_do_not_matter_and_stay() {
    let shop = Shop::recorded();
    let (lf, crlf) = (shop.baseline(), shop.baseline().replace('\n', "\r\n"));
    shop.write("boundaries.baseline.toml", &crlf);
    shop.checks(&[], 0, &["1 known"]);
    assert_eq!(shop.run(&["baseline"]).out, "1 known, 0 added, 0 removed\n");
    assert_eq!(shop.baseline(), crlf);
    assert_ne!(crlf, lf);
}

#[test]
fn b12_under_another_rule_it_is_new() {
    let shop = Shop::recorded();
    let private = RULES
        .replace("not-im", "im-is-private")
        .replace("forbid = \"web -> shop::im\"", "protect = \"shop::im\"\nallow = []");
    shop.write("boundaries.toml", &private);
    shop.checks(&[], 1, &[STALE, "new im-is-private src/web.rs:2", "0 known"]);
}

#[test]
fn b13_with_its_file_an_entry_goes_stale() {
    let shop = Shop::recorded();
    shop.remove("src/web.rs");
    shop.write("src/lib.rs", "pub mod im;\n");
    shop.checks(&[], 0, &[STALE, "0 known"]);
}

#[test]
fn b14_what_was_not_looked_at_is_not_stale() {
    let shop = Shop::recorded();
    let other = "\n[[rule]]\nid = \"other\"\nforbid = \"shop::im -> web\"\n";
    shop.write("boundaries.toml", &format!("{RULES}{other}"));
    shop.write("Cargo.toml", &MANIFEST.replace("[workspace]", "[workspace]\nmembers = [\"till\"]"));
    shop.write("till/Cargo.toml", &MANIFEST.replace("[workspace]\n", "").replace("shop", "till"));
    shop.write("till/src/lib.rs", "");
    shop.write("src/web.rs", "pub fn page() {}\n");
    shop.checks(&["--rule", "other"], 0, &["0 known"]);
    shop.checks(&["-p", "till"], 0, &["0 known"]);
    shop.checks(&["-p", "shop"], 0, &[STALE, "0 known"]);
    shop.write("src/broken.rs", "fn {");
    shop.write("src/lib.rs", "pub mod broken;\npub mod im;\npub mod web;\n");
    shop.checks(&[], 1, &["new unparsed-file src/broken.rs:1", "0 known"]);
    let refused = shop.run(&["baseline"]);
    assert_eq!((refused.code, shop.has_baseline()), (Some(2), true), "{}", refused.out);
}

#[test]
fn b15_in_a_strict_component_nothing_is_known() {
    let shop = Shop::recorded();
    shop.write(
        "boundaries.toml",
        &RULES.replace("optional = true", "optional = true, strict = true"),
    );
    let strict = "new strict-baseline boundaries.baseline.toml:6";
    shop.checks(&[], 1, &[strict, "new not-im src/web.rs:2", "0 known"]);
    let run = shop.run(&["baseline", "--grow"]);
    assert!(
        run.out.starts_with("0 known, 0 added, 1 removed\n1 in strict components"),
        "{}",
        run.out
    );
    assert!(!shop.has_baseline());
}

#[test]
fn b16_a_corrupt_baseline_hides_nothing_and_accuses_nobody() {
    let shop = Shop::recorded();
    let conflict = shop.baseline().replace("    { rule", "<<<<<<< ours\n    { rule");
    shop.write("boundaries.baseline.toml", &conflict);
    shop.checks(&[], 2, &["new corrupt-baseline boundaries.baseline.toml:6", "0 known"]);
    assert_eq!(shop.run(&["baseline", "--grow"]).code, Some(2));
    assert_eq!(shop.baseline(), conflict);
}

#[test]
fn b17_a_rule_may_change_its_words() {
    let shop = Shop::recorded();
    let reworded = RULES
        .replace("managers come and go", "so it was decided")
        .replace("web -> shop::im", "shop::web -> shop::im");
    shop.write("boundaries.toml", &reworded);
    shop.checks(&[], 0, &["1 known"]);
}

#[test]
fn b18_without_debt_there_is_no_file() {
    let shop = Shop::recorded();
    let before = shop.baseline();
    shop.grow();
    assert_eq!(shop.baseline(), before);
    shop.write("src/web.rs", "pub fn page() {}\n");
    shop.run(&["baseline"]);
    assert!(!shop.has_baseline());
    shop.checks(&[], 0, &["0 known"]);
    assert_eq!(shop.run(&["baseline"]).out, "0 known, 0 added, 0 removed\n");
}

#[test]
fn b19_a_baseline_that_grew_is_told() {
    let Some(shop) = Shop::committed() else { return };
    shop.checks(&["--base", "HEAD"], 0, &["1 known"]);
    shop.write(
        "src/web.rs",
        &format!("{PAGE}pub fn other() {{\n    let _ = crate::im::Client;\n}}\n"),
    );
    shop.grow();
    shop.commit();
    shop.checks(&[], 0, &["2 known"]);
    let grew = "new baseline-grew boundaries.baseline.toml:6";
    shop.checks(&["--base", "HEAD~1"], 1, &[grew, "2 known"]);
    shop.checks(&["--base", "HEAD"], 0, &["2 known"]);
}

#[test]
fn b19_a_count_that_grew_is_told() {
    let Some(shop) = Shop::committed() else { return };
    shop.write("src/web.rs", &PAGE.replace("\n}", "\n    let _ = crate::im::Client;\n}"));
    shop.grow();
    shop.checks(
        &["--base", "HEAD"],
        1,
        &["new baseline-grew boundaries.baseline.toml:6", "2 known"],
    );
}

#[test]
fn b19_what_moved_has_not_grown() {
    let Some(shop) = Shop::committed() else { return };
    move_web(&shop);
    shop.run(&["baseline"]);
    shop.checks(&["--base", "HEAD"], 0, &["1 known"]);
}

#[test]
fn b19_the_first_baseline_of_old_rules_has_grown() {
    let shop = Shop::new();
    if shop.git(&["init", "-q", "."]).is_none() {
        return;
    }
    shop.commit();
    shop.grow();
    shop.checks(
        &["--base", "HEAD"],
        1,
        &["new baseline-grew boundaries.baseline.toml:6", "1 known"],
    );
}

#[test]
fn without_history_there_is_nothing_to_compare_with() {
    let shop = Shop::recorded();
    for flag in ["--base", "--changed-since"] {
        let run = shop.run(&["check", flag, "HEAD"]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(run.err.contains("has no history to compare with"), "{}", run.err);
    }
    if shop.git(&["init", "-q", "."]).is_some() {
        shop.commit();
        let run = shop.run(&["check", "--base", "v9"]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains("there is no git revision `v9`"), "{}", run.err);
        let run = shop.run(&["check", "--base=--output=x"]);
        assert!(run.err.contains("is no git revision"), "{}", run.err);
    }
}

#[test]
fn a_change_is_judged_by_what_it_adds() {
    let Some(shop) = Shop::committed() else { return };
    shop.remove("boundaries.baseline.toml");
    shop.write(
        "src/web.rs",
        &format!("{PAGE}pub fn other() {{\n    let _ = crate::im::Client;\n}}\n"),
    );
    shop.write("notes.txt", "not under version control");
    let temporary = DirRoot::mutable_temp().unwrap();
    let arguments = ["check", "--format", "json", "--changed-since", "HEAD"];
    let mut command = shop.command(&arguments);
    let output = command.env("TMPDIR", temporary.path().unwrap()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let run =
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
    assert_eq!(run.findings(), ["new not-im src/web.rs:5", "0 known"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("not shown: 1"), "{}", run.err);
    let left = std::fs::read_dir(temporary.path().unwrap()).unwrap().count();
    assert_eq!((left, shop.read("notes.txt").len()), (0, 25));
}

#[test]
fn b14_a_change_is_not_asked_for_what_is_stale() {
    let Some(shop) = Shop::committed() else { return };
    shop.write("src/web.rs", "pub fn page() {}\n");
    shop.checks(&["--changed-since", "HEAD"], 0, &["0 known"]);
}

#[test]
fn what_moved_is_no_change() {
    let Some(shop) = Shop::committed() else { return };
    shop.remove("boundaries.baseline.toml");
    move_web(&shop);
    shop.checks(&["--changed-since", "HEAD"], 0, &["0 known"]);
}

/// The rules may speak of what was not there yet.
#[test]
fn a_new_module_in_the_rules_is_no_fault_of_the_old_tree() {
    let Some(shop) = Shop::committed() else { return };
    shop.remove("boundaries.baseline.toml");
    let rules = RULES.replace(
        "forbid = \"web -> shop::im\"",
        "forbid = [\"web -> shop::im\", \"shop::till -> shop::im\"]\nvia = [\"shop::gateway\"]",
    );
    shop.write("boundaries.toml", &rules);
    shop.write("src/lib.rs", "pub mod gateway;\npub mod im;\npub mod till;\npub mod web;\n");
    shop.write("src/gateway.rs", "");
    shop.write("src/till.rs", "pub use crate::im::Client;\n");
    shop.checks(&["--changed-since", "HEAD"], 1, &["new not-im src/till.rs:1", "0 known"]);
}

#[test]
fn progress_counts_what_is_left() {
    let Some(shop) = Shop::committed() else { return };
    shop.git(&["tag", "v1"]);
    shop.write("src/web.rs", "pub fn page() {}\n");
    let run = shop.run(&["progress", "not-im", "--at", "v1"]);
    assert_eq!(run.out, "not-im  v1  now\nweb      1    0\ntotal    1    0\n", "{}", run.err);
    let run = shop.run(&["progress", "not-in"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("no rule `not-in`"), "{}", run.err);
}

#[test]
fn two_at_once_lose_nothing() {
    let shop = Shop::new();
    let running: Vec<_> = (0..6)
        .map(|_| {
            let mut command = shop.command(&["baseline", "--grow"]);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in running {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    shop.checks(&[], 0, &["1 known"]);
    let files = std::fs::read_dir(shop.path()).unwrap();
    let left =
        files.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0);
}

#[test]
fn acmetrade_stage_0_with_a_baseline() {
    let lay = |folder: DirRoot, name: &str| {
        folder.with_template(&fixture(&format!("acmetrade/{name}"))).unwrap()
    };
    let start = lay(DirRoot::mutable_temp().unwrap(), "0-tangled");
    let mut shop = Shop { folder: start };
    assert_eq!(shop.grow(), "0 known, 13 added, 0 removed\n");
    shop.checks(&["--locked"], 0, &["13 known"]);
    shop.folder = lay(shop.folder, "variants/0-new-import");
    let new = "new accounts-knows-no-managers accounts/src/flows/withdraw.rs:3";
    shop.checks(&["--locked"], 1, &[new, "13 known"]);
    shop.folder = lay(lay(shop.folder, "0-tangled"), "variants/0-c1-removed");
    let stale = "stale stale-baseline strict.baseline.toml:9";
    shop.checks(&[], 0, &[stale, "12 known"]);
    shop.checks(&["--locked"], 1, &[stale, "12 known"]);
}
