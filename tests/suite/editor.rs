//! `cargo archlint editor`, and a real rust-analyzer that runs it, where there is one.

use std::path::Path;
use std::process::Command;

use cargo_metadata::Message;
use serde_json::{Value, json};

use super::archlint;
use super::client::Client;
use super::formats::{RULES, messages, shop, write};

/// Line 2 has a warning of the compiler's own, too.
const PRICE: &str = "pub fn label() -> String {\n    let unused = \"é🦀\"; \
                     crate::cart::name(\"\")\n}\n";

fn codes(messages: &[Message]) -> Vec<&str> {
    let told = messages.iter().filter_map(|message| match message {
        Message::CompilerMessage(found) => found.message.code.as_ref().map(|code| &code.code),
        _ => None,
    });
    let mut codes: Vec<&str> = told.map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn cargo_and_archlint_speak_in_one_stream() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    let run = || archlint(root).args(["editor", "--with", "check"]).output().unwrap();
    let output = run();
    assert_eq!(output.status.code(), Some(1));
    let told = messages(&output.stdout);
    assert_eq!(codes(&told), ["archlint::prices-stand-alone", "unused_variables"]);
    let ends = told.iter().filter(|message| matches!(message, Message::BuildFinished(_)));
    assert_eq!(ends.count(), 1);
    assert!(matches!(told.last(), Some(Message::BuildFinished(_))));

    // What does not compile ends as cargo ends.
    write(root, "src/lib.rs", "pub mod cart;\npub mod price;\nfn f() { 1 + \"\" }\n");
    let output = run();
    assert_eq!(output.status.code(), Some(101));
    let told = messages(&output.stdout);
    assert_eq!(codes(&told), ["E0277", "archlint::prices-stand-alone", "unused_variables"]);

    // What cargo says does not depend on ours.
    write(root, "boundaries.toml", "version = ");
    let told = messages(&run().stdout);
    assert_eq!(codes(&told), ["E0277", "archlint::config/syntax", "unused_variables"]);
}

#[test]
fn cargo_gets_its_arguments() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    let arguments = ["editor", "--with", "check", "--", "--lib", "--quiet", "--offline"];
    let output = archlint(root).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(codes(&messages(&output.stdout)).len(), 2);
    let refused = archlint(root).args(["editor", "--", "--lib"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
}

/// The program, where `RUST_ANALYZER` names one or one is installed.
fn rust_analyzer() -> Option<String> {
    let program = std::env::var("RUST_ANALYZER").unwrap_or_else(|_| "rust-analyzer".to_owned());
    let answer = Command::new(&program).arg("--version").output().ok()?;
    // A proxy may stand in for a component that is not installed.
    answer.status.success().then_some(program)
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn client(root: &Path) -> Option<Client> {
    let Some(program) = rust_analyzer() else {
        eprintln!("skipped: there is no rust-analyzer here");
        return None;
    };
    let command = [env!("CARGO_BIN_EXE_cargo-archlint"), "archlint", "editor", "--with", "check"];
    let mut client = Client::start(&mut Command::new(program), root);
    let capabilities = json!({
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
            "synchronization": {"didSave": true},
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    });
    let options = json!({
        "check": {"overrideCommand": command},
        "cargo": {"buildScripts": {"enable": false}, "sysroot": null},
        "procMacro": {"enable": false},
        "cachePriming": {"enable": false},
    });
    client.initialize(&capabilities, &options);
    Some(client)
}

fn find<'a>(diagnostics: &'a [Value], code: &str, severity: u32) -> &'a Value {
    let mut found = diagnostics.iter().filter(|one| one["code"] == code);
    found.find(|one| one["severity"] == severity).unwrap_or_else(|| panic!("{diagnostics:?}"))
}

#[test]
fn rust_analyzer_shows_findings_and_offers_changes() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    let Some(mut client) = client(root) else { return };
    client.open("src/price.rs");
    client.save("src/price.rs");
    let ours = |all: &[Value]| all.iter().any(|one| one["source"] == "archlint");
    let shown = client.diagnostics("src/price.rs", |all| ours(all) && all.len() > 2);
    let finding = find(&shown, "prices-stand-alone", 1);
    assert_eq!(finding["source"], "archlint");
    let message = "`shop::price` may not use `shop::cart::name`\n\
                   because: a price is a number, whoever buys";
    assert_eq!(finding["message"], message);
    // Behind four spaces, `let unused = "` (14), `é` (1), the crab (2) and `"; ` (3).
    let range = json!({
        "start": {"line": 1, "character": 24},
        "end": {"line": 1, "character": 41},
    });
    assert_eq!(finding["range"], range);
    let related = &finding["relatedInformation"][0];
    assert_eq!(related["message"], "rule `prices-stand-alone` says so");
    assert!(related["location"]["uri"].as_str().unwrap().ends_with("/boundaries.toml"));
    // cargo's own words stand beside it.
    assert_eq!(find(&shown, "unused_variables", 2)["source"], "rustc");

    let actions = client.actions("src/price.rs", &range["start"]);
    let title = "allow it here, with a reason: `// archlint: allow(prices-stand-alone, reason = \"\")\n    `";
    let action = actions.iter().find(|action| action["title"] == title);
    let action = action.unwrap_or_else(|| panic!("{actions:?}"));
    assert_eq!(action["kind"], "quickfix");
    let changes = action["edit"]["changes"].as_object().unwrap();
    assert_eq!(changes.keys().collect::<Vec<_>>(), [&client.uri("src/price.rs")]);
    let edits = changes[&client.uri("src/price.rs")].as_array().unwrap();
    let start = json!({"line": 1, "character": 4});
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0]["range"], json!({"start": start, "end": start}));
    let comment = "// archlint: allow(prices-stand-alone, reason = \"\")\n    ";
    assert_eq!(edits[0]["newText"], comment);
    client.stop();
}

#[test]
fn rust_analyzer_shows_faults_of_the_configuration() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    let Some(mut client) = client(root) else { return };
    write(root, "boundaries.toml", &RULES.replace("forbid =", "forbids ="));
    client.open("src/price.rs");
    client.save("src/price.rs");
    let is_fault = |one: &Value| one["code"] == "config/unknown-key";
    let shown = client.diagnostics("boundaries.toml", |all| all.iter().any(is_fault));
    let fault = find(&shown, "config/unknown-key", 1);
    // `forbids`, behind the rule's id.
    assert_eq!(fault["range"]["start"], json!({"line": 4, "character": 0}));
    assert_eq!(fault["range"]["end"], json!({"line": 4, "character": 7}));
    client.stop();
}
