//! The formats for other software, each read by what it is made for.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cargo_metadata::Message;
use serde_json::Value;
use snapbox::dir::DirRoot;

use super::{archlint, fixture};

const FORMATS: [&str; 9] =
    ["human", "short", "json", "sarif", "cargo", "github", "gitlab", "junit", "markdown"];

const MANIFEST: &str =
    "[workspace]\n\n[package]\nname = \"shop\"\nversion = \"0.0.0\"\nedition = \"2021\"\n";

pub(super) const RULES: &str = r#"version = 1

[[rule]]
id = "prices-stand-alone"
forbid = "shop::price -> shop::cart"
because = "a price is a number, whoever buys"
"#;

/// A byte order mark, CRLF, a tab, and characters of two and four bytes.
const PRICE: &str = "\u{feff}pub fn label() -> String {\r\n\tlet sign = \"é🦀\"; \
                     crate::cart::name(sign)\r\n}\r\n";

/// A workspace whose prices know the cart, below a folder of a repository.
pub(super) fn shop(price: &str) -> DirRoot {
    let folder = DirRoot::mutable_temp().unwrap();
    let root = folder.path().unwrap();
    let files = [
        ("Cargo.toml", MANIFEST),
        ("boundaries.toml", RULES),
        ("src/lib.rs", "pub mod cart;\npub mod price;\n"),
        ("src/cart.rs", "pub fn name(sign: &str) -> String {\n    sign.to_owned()\n}\n"),
        ("src/price.rs", price),
    ];
    for (path, text) in files {
        write(root, path, text);
    }
    folder
}

pub(super) fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn run(root: &Path, arguments: &[&str]) -> Output {
    archlint(root).args(arguments).output().unwrap()
}

fn stdout(root: &Path, arguments: &[&str]) -> String {
    String::from_utf8(run(root, arguments).stdout).unwrap()
}

#[test]
fn threads_change_no_byte() {
    let root = fixture("acmetrade/0-tangled");
    for format in FORMATS {
        let with_threads = |threads: &str| {
            let command = archlint(&root).env("RAYON_NUM_THREADS", threads);
            let arguments = ["--config", "strict-all-scopes.toml", "--format", format];
            command.args(arguments).output().unwrap().stdout
        };
        let one = with_threads("1");
        assert!(!one.is_empty());
        assert_eq!(with_threads("7"), one, "{format}");
    }
}

#[test]
fn all_outputs_are_written_in_one_run() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    let outputs: Vec<String> =
        FORMATS.iter().map(|format| format!("--output={format}=out/deep/{format}")).collect();
    let all = run(root, &outputs.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(all.status.code(), Some(1));
    for format in FORMATS {
        let alone = run(root, &["--format", format]).stdout;
        let path = root.join("out/deep").join(format);
        assert_eq!(std::fs::read(path).unwrap(), alone, "{format}");
    }
    assert_eq!(all.stdout, run(root, &[]).stdout);
}

#[test]
fn paths_start_where_the_repository_does() {
    let repository = DirRoot::mutable_temp().unwrap();
    let top = repository.path().unwrap();
    std::fs::create_dir(top.join(".git")).unwrap();
    let shop = shop(PRICE);
    let root = top.join("my é");
    copy(shop.path().unwrap(), &root);
    let path = |base: &[&str]| {
        let arguments = [base, &["--format", "gitlab"]].concat();
        let report: Value = serde_json::from_str(&stdout(&root, &arguments)).unwrap();
        report[0]["location"]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(path(&[]), "my é/src/price.rs");
    assert_eq!(path(&["--path-base", "git"]), "my é/src/price.rs");
    assert_eq!(path(&["--path-base", "workspace"]), "src/price.rs");
    assert_eq!(path(&["--path-base", "src"]), "price.rs");
    let sarif: Value = serde_json::from_str(&stdout(&root, &["--format", "sarif"])).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20%C3%A9/src/price.rs");
    // Behind a tab, `let sign = "` (12), `é` (1), the crab (2) and `"; ` (3).
    let region = &place["region"];
    assert_eq!([&region["startLine"], &region["startColumn"]], [2, 20]);
}

fn copy(from: &Path, to: &Path) {
    for path in ["Cargo.toml", "boundaries.toml", "src/lib.rs", "src/cart.rs", "src/price.rs"] {
        write(to, path, &std::fs::read_to_string(from.join(path)).unwrap());
    }
}

#[test]
fn a_step_gets_its_summary() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    write(root, "summary.md", "before\n");
    let summary = root.join("summary.md");
    let arguments = ["--path-base", "workspace"];
    let told = |format| {
        let command = archlint(root).env("GITHUB_STEP_SUMMARY", &summary).args(arguments);
        command.args(["--format", format]).output().unwrap();
        std::fs::read_to_string(&summary).unwrap()
    };
    assert_eq!(told("short"), "before\n");
    let table = stdout(root, &["--path-base", "workspace", "--format", "markdown"]);
    assert!(table.contains("| error | `src/price.rs:2:19` |"), "{table}");
    assert_eq!(told("github"), format!("before\n{table}"));
}

#[test]
fn nothing_in_the_workspace_steers_a_reader() {
    let folder =
        shop("pub fn label() {\n    \"\u{1b}[31m\u{9b}\u{202e}\"; crate::cart::name(\"\")\n}\n");
    let root = folder.path().unwrap();
    let because = "because = \"\\u001b[31mred\\u0007 ::error::x %0A\\n::error::y <b>\"";
    write(root, "boundaries.toml", &RULES.replace("because = \"a price", &format!("{because} # ")));
    for format in FORMATS {
        for stream in
            [run(root, &["--format", format]).stdout, run(root, &["--format", format]).stderr]
        {
            let text = String::from_utf8(stream).unwrap();
            let steers =
                |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
            assert!(!text.contains(steers), "{format}: {text:?}");
        }
    }
    let github = stdout(root, &["--format", "github"]);
    assert_eq!(github.lines().filter(|line| line.contains("::error")).count(), 1, "{github}");
}

/// What cargo's own reader makes of the messages.
pub(super) fn messages(stream: &[u8]) -> Vec<Message> {
    Message::parse_stream(stream).map(Result::unwrap).collect()
}

#[test]
fn cargo_reads_the_messages_and_rustfix_makes_the_changes() {
    let folder = shop(PRICE);
    let root = folder.path().unwrap();
    let stream = run(root, &["--format", "cargo"]).stdout;
    let messages = messages(&stream);
    let [Message::CompilerMessage(found), Message::BuildFinished(finished)] = &messages[..] else {
        panic!("{messages:?}");
    };
    assert!(!finished.success);
    assert_eq!(found.target.name, "shop");
    assert_eq!(found.message.code.as_ref().unwrap().code, "archlint::prices-stand-alone");

    let line = String::from_utf8(stream).unwrap();
    let diagnostic: rustfix::diagnostics::Diagnostic =
        serde_json::from_value(first_message(&line)).unwrap();
    let suggestion = rustfix::collect_suggestions(
        &diagnostic,
        &rustc_hash::FxHashSet::default(),
        rustfix::Filter::Everything,
    );
    let path = root.join("src/price.rs");
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = rustfix::apply_suggestions(&text, &[suggestion.unwrap()]).unwrap();
    let comment = "\t// archlint: allow(prices-stand-alone, reason = \"\")\r\n\tlet sign";
    assert_eq!(changed, PRICE.replace("\tlet sign", comment));

    // Without a reason the comment excuses nothing; with one it does.
    std::fs::write(&path, &changed).unwrap();
    let told = stdout(root, &["--format", "short"]);
    assert!(told.contains("src/price.rs:2:2: error[suppression-without-reason]"), "{told}");
    assert!(told.contains("src/price.rs:3:19: error[prices-stand-alone]"), "{told}");
    std::fs::write(&path, changed.replace("reason = \"\"", "reason = \"for a while\"")).unwrap();
    assert_eq!(run(root, &[]).status.code(), Some(0));
}

fn first_message(lines: &str) -> Value {
    let line: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    line["message"].clone()
}

/// Every workspace of `fixtures` with each configuration in its folder.
fn configurations() -> Vec<PathBuf> {
    let below = |folder: &Path| {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    let groups = ["acmetrade", "cli"].map(fixture);
    let roots = groups.iter().flat_map(|group| below(group));
    let roots = roots.filter(|root| root.join("Cargo.toml").is_file());
    let files = roots.flat_map(|root| below(&root));
    let is_toml = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    let mut configurations: Vec<PathBuf> =
        files.filter(is_toml).filter(|path| !path.ends_with("Cargo.toml")).collect();
    configurations.sort();
    configurations
}

/// Asks Microsoft's validator, with GitHub's rules, where `SARIF_MULTITOOL` says where it is.
#[test]
fn validators_have_nothing_to_say() {
    let Some(tool) = std::env::var_os("SARIF_MULTITOOL") else {
        eprintln!("skipped: `SARIF_MULTITOOL` does not name a validator; see .ci/sarif");
        return;
    };
    let folder = DirRoot::mutable_temp().unwrap();
    let folder = folder.path().unwrap();
    let mut written = 0;
    for config in configurations() {
        let output = folder.join(format!("{written}.sarif"));
        let argument = format!("--output=sarif={}", output.display());
        let command = archlint(config.parent().unwrap()).arg("--config").arg(&config);
        command.args([&argument, "--show-suppressed"]).output().unwrap();
        written += u32::from(output.is_file());
    }
    assert!(written > 10, "{written}");
    // Its exit code is 0 whatever it finds: only its report tells.
    let report = folder.join("report.json");
    let status = Command::new(tool)
        .args(["validate", "*.sarif", "--recurse", "false", "--output", "report.json"])
        .args(["--log", "ForceOverwrite", "--quiet", "true", "--kind", "Fail"])
        .args(["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"])
        .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
        .current_dir(folder)
        .status()
        .unwrap();
    let report: Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let run = &report["runs"][0];
    assert!(status.success() && run["invocations"][0]["executionSuccessful"] == true, "{run}");
    assert_eq!(run["results"], serde_json::json!([]));
}
