//! What the documents show is what the program reads and writes.

use std::path::Path;

use archlint::boundaries::parse;
use archlint::model::FileId;

use super::{archlint, fixture};

fn document(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The fenced blocks of this language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let blocks = text.split(&opening).skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_configuration_shown_can_be_read() {
    for path in ["README.md", "docs/boundaries.md", "docs/outdated.md"] {
        let blocks = blocks(&document(path), "toml");
        assert!(!blocks.is_empty());
        for block in blocks {
            let (_, problems) = parse(&block, FileId(0));
            let messages: Vec<_> = problems.iter().map(|problem| &problem.message).collect();
            assert_eq!(messages, [""; 0], "{path}: {block}");
        }
    }
}

#[test]
fn the_finding_in_the_readme_is_real() {
    let root = fixture("acmetrade/0-tangled");
    let output = archlint(&root).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    for block in blocks(&document("README.md"), "text") {
        assert!(report.contains(&block), "{report}");
    }
}

#[test]
fn the_test_command_of_the_readme_is_that_of_the_gate() {
    let commands = blocks(&document("README.md"), "sh");
    let gate = document(".ci/run");
    let test = commands.iter().find(|command| command.contains("cargo test")).unwrap();
    assert!(gate.lines().any(|line| line == test.trim()));
}

#[test]
fn every_field_of_the_json_documents_is_explained() {
    let text = document("docs/json.md");
    let root = fixture("acmetrade/0-tangled");
    let commands = [
        &["--format", "json"][..],
        &["graph", "--format", "jsonl"],
        &["graph", "--format", "json"],
        &["why", "im", "accounts", "--format", "json"],
    ];
    for command in commands {
        let output = archlint(&root).args(command).output().unwrap();
        let written = String::from_utf8(output.stdout).unwrap();
        let values = serde_json::Deserializer::from_str(&written).into_iter();
        for value in values {
            explained(&value.unwrap(), &text);
        }
    }
}

fn explained(value: &serde_json::Value, text: &str) {
    let fields = value.as_object().into_iter().flatten();
    for (name, value) in fields {
        let said = text.contains(&format!("`{name}`")) || text.contains(&format!("\"{name}\""));
        assert!(said, "docs/json.md does not speak of `{name}`");
        explained(value, text);
    }
    value.as_array().into_iter().flatten().for_each(|value| explained(value, text));
}
