//! The Acmetrade story: each stage with each configuration, held against `expected/`.
//!
//! A case is called as its file of expectations: `1A-bypass-gateway` lays `variants/1A-bypass` over
//! stage 1 and judges it by `gateway.toml`.

use std::path::PathBuf;

use snapbox::cmd::Command;
use snapbox::dir::DirRoot;

use super::{archlint, fixture};

const STAGES: [&str; 5] =
    ["0-tangled", "1-im-gateway", "2-im-module", "3-portal-gateway", "4-events"];

const VARIANTS: [&str; 6] =
    ["0-c1-removed", "0-new-import", "1A-bypass", "1B-leak", "1C-back-door", "4-dev"];

/// A run's exit code and its report.
struct Run {
    code: Option<i32>,
    report: serde_json::Value,
}

impl Run {
    /// The findings that count.
    fn findings(&self) -> impl Iterator<Item = &serde_json::Value> {
        let all = self.report["findings"].as_array().expect("a report lists findings");
        all.iter().filter(|one| one["status"] == "new" || one["status"] == "stale")
    }

    fn finding(&self, file: &str, line: u64) -> &serde_json::Value {
        let here = |one: &&serde_json::Value| one["file"] == file && one["line"] == line;
        self.findings().find(here).unwrap_or_else(|| panic!("no finding at {file}:{line}"))
    }

    fn count(&self, what: &str) -> u64 {
        self.report["summary"][what].as_u64().expect("a summary counts")
    }
}

/// A copy of a stage, or of the stage that a variant belongs to with the variant laid over it.
fn workspace(name: &str) -> DirRoot {
    let stage = STAGES.iter().find(|stage| stage[..1] == name[..1]).expect("variants name stages");
    let copy = DirRoot::mutable_temp().unwrap();
    let copy = copy.with_template(&fixture(&format!("acmetrade/{stage}"))).unwrap();
    if VARIANTS.contains(&name) {
        return copy.with_template(&fixture(&format!("acmetrade/variants/{name}"))).unwrap();
    }
    copy
}

fn run(name: &str, config: &str) -> Run {
    let workspace = workspace(name);
    let config = format!("{config}.toml");
    let run = archlint(workspace.path().unwrap()).args(["--format", "json", "--config", &config]);
    let output = run.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(stderr, "", "{name} with {config}");
    Run { code: output.status.code(), report: serde_json::from_slice(&output.stdout).unwrap() }
}

fn expectations(name: &str, config: &str) -> PathBuf {
    fixture(&format!("acmetrade/expected/{name}-{config}.txt"))
}

/// Judges a stage or variant: its findings are those of the file, and so many errors, warnings and
/// stale exceptions are counted.
#[track_caller]
fn check(name: &str, config: &str, counts: [u64; 3], code: i32) -> Run {
    let expected = std::fs::read_to_string(expectations(name, config)).unwrap();
    let mut expected: Vec<&str> = expected.lines().collect();
    let run = run(name, config);
    let mut found: Vec<String> = run.findings().map(|one| line(one, &expected)).collect();
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(["errors", "warnings", "stale"].map(|what| run.count(what)), counts);
    assert_eq!(run.code, Some(code));
    let gaps = ["unparsed", "unreached", "unresolved", "macros_not_read"];
    assert_eq!(gaps.map(|what| run.count(what)), [0; 4]);
    run
}

/// `path:line:column rule`, or `- rule` where the expectations leave the place open.
fn line(finding: &serde_json::Value, expected: &[&str]) -> String {
    let rule = finding["rule"].as_str().expect("a finding has a rule");
    let anywhere = format!("- {rule}");
    if expected.contains(&anywhere.as_str()) {
        return anywhere;
    }
    let file = finding["file"].as_str().expect("a finding has a file");
    format!("{file}:{}:{} {rule}", finding["line"], finding["column"])
}

#[test]
fn stage_0_is_tangled() {
    let run = check("0-tangled", "strict", [13, 0, 0], 1);
    let through = |file, line| run.finding(file, line)["through"][0].clone();
    let letter = through("accounts/src/mail/confirmation.rs", 5);
    assert_eq!(letter["from"], "accounts::flows::deposit");
    assert_eq!(letter["to"], "im_api::dto::ImProfile");
    assert_eq!(
        (&letter["file"], &letter["line"]),
        (&"accounts/src/flows/deposit.rs".into(), &8.into())
    );
    let page = through("accounts/src/http/portal.rs", 9);
    assert_eq!(page["from"], "accounts::dto");
    assert_eq!((&page["file"], &page["line"]), (&"accounts/src/dto/mod.rs".into(), &6.into()));
    let manager = run.finding("accounts/src/domain/account.rs", 18);
    assert_eq!(manager["notes"][0], "compiled only under `cfg(feature = \"im\")`");
    let circle = run.findings().find(|one| one["rule"] == "accounts-without-circles").unwrap();
    assert_eq!(circle["message"], "`accounts::dto` and `accounts::flows` need each other");
}

#[test]
fn stage_0_names_managers_in_tests_too() {
    check("0-tangled", "strict-all-scopes", [16, 0, 0], 1);
}

#[test]
fn stage_0_with_one_import_more_and_one_field_less() {
    check("0-new-import", "strict", [14, 0, 0], 1);
    check("0-c1-removed", "strict", [12, 0, 0], 1);
}

#[test]
fn stage_1_has_one_door() {
    check("1-im-gateway", "gateway", [0, 0, 0], 0);
    check("1-im-gateway", "gateway-opaque", [0, 0, 0], 0);
}

#[test]
fn stage_1_notices_a_bypass_and_says_the_way() {
    for config in ["gateway", "gateway-opaque"] {
        let run = check("1A-bypass", config, [1, 0, 0], 1);
        let help = run.finding("accounts/src/flows/deposit.rs", 3)["help"].as_str().unwrap();
        assert!(help.contains("go through `accounts::im_gateway`"), "{help}");
    }
}

#[test]
fn stage_1_sees_what_the_gateway_leaks_unless_told_not_to() {
    check("1B-leak", "gateway", [1, 0, 0], 1);
    check("1B-leak", "gateway-opaque", [0, 0, 0], 0);
}

#[test]
fn stage_1_notices_the_back_door() {
    check("1C-back-door", "gateway", [1, 0, 0], 1);
    check("1C-back-door", "gateway-opaque", [1, 0, 0], 1);
}

#[test]
fn stage_2_warns_of_what_is_left() {
    let run = check("2-im-module", "module", [0, 2, 0], 0);
    assert_eq!(run.count("suppressed"), 2);
}

#[test]
fn stage_3_has_nothing_left_to_excuse() {
    check("3-portal-gateway", "portal-old-exceptions", [0, 0, 2], 1);
    check("3-portal-gateway", "portal", [0, 0, 0], 0);
}

#[test]
fn stage_4_has_turned_the_direction() {
    check("4-events", "events", [0, 0, 0], 0);
    check("4-events", "events-normal-scope", [0, 0, 0], 0);
}

#[test]
fn stage_4_notices_a_development_dependency_where_asked() {
    check("4-dev", "events", [1, 0, 0], 1);
    check("4-dev", "events-normal-scope", [0, 0, 0], 0);
}

#[test]
fn stage_4_has_no_way_to_the_managers() {
    let workspace = workspace("4-events");
    let why = archlint(workspace.path().unwrap()).args([
        "why",
        "accounts",
        "im_api",
        "--all-scopes",
        "--config",
        "events.toml",
    ]);
    why.assert().code(1).stdout_eq("no path from `accounts` to `im_api`\n");
}

/// "Find usages": who names the gateway.
#[test]
fn stage_1_lists_the_five_that_use_the_gateway() {
    let workspace = workspace("1-im-gateway");
    let graph = archlint(workspace.path().unwrap()).args(["graph", "--format", "jsonl"]);
    let output = graph.output().unwrap();
    let references = String::from_utf8(output.stdout).unwrap();
    let gateway = "accounts::im_gateway";
    let mut importers: Vec<String> = references
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|one| one["item"].as_str().unwrap().starts_with(gateway))
        .map(|one| one["from"].as_str().unwrap().to_owned())
        .filter(|from| !from.starts_with(gateway))
        .collect();
    importers.sort();
    importers.dedup();
    let expected = [
        "accounts::dto::account_data",
        "accounts::flows::create_account",
        "accounts::flows::deposit",
        "accounts::http::portal",
        "accounts::mail::confirmation",
    ];
    assert_eq!(importers, expected);
}

#[test]
fn every_file_of_expectations_is_read() {
    let mut files: Vec<String> = std::fs::read_dir(fixture("acmetrade/expected"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let source = include_str!("acmetrade.rs");
    for file in files {
        let case = file.strip_suffix(".txt").unwrap();
        let named = STAGES.iter().chain(&VARIANTS).any(|name| {
            case.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')).is_some_and(|config| {
                source.contains(&format!("\"{name}\", \"{config}\""))
                    || source.contains(&format!("\"{name}\", config"))
            })
        });
        assert!(named, "no test reads expected/{file}");
    }
}

/// A finding in code that does not compile proves nothing.
#[test]
fn every_stage_and_variant_compiles() {
    for name in STAGES.iter().chain(&VARIANTS) {
        let workspace = workspace(name);
        let check = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--locked", "--workspace", "--all-targets", "--quiet"])
            .current_dir(workspace.path().unwrap())
            .env("CARGO_TARGET_DIR", workspace.path().unwrap().join("target"));
        check.assert().success();
    }
}
