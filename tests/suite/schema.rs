//! `boundaries.schema.json` is what the program prints, and every configuration that we show holds to
//! it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::archlint;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// What is wrong with a configuration, by the schema that is committed.
fn faults(text: &str) -> Vec<String> {
    let schema: Value =
        serde_json::from_str(&read(&root().join("boundaries.schema.json"))).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let json = json(&toml::Value::Table(table));
    validator.iter_errors(&json).map(|fault| fault.to_string()).collect()
}

/// Dates are texts to a schema.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(key, value)| (key.clone(), json(value))).collect()
        }
        plain => serde_json::to_value(plain).unwrap(),
    }
}

/// Every configuration in the repository but those that are there to be wrong.
fn configurations() -> Vec<PathBuf> {
    let mut found = vec![root().join("boundaries.toml")];
    for folder in ["fixtures", "tests/real-rules"] {
        let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
        let paths = files.map(|file| file.unwrap().into_path());
        let named = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            name == "boundaries.toml" || folder == "tests/real-rules"
        };
        found.extend(
            paths.filter(|path| path.extension().is_some_and(|end| end == "toml") && named(path)),
        );
    }
    found.retain(|path| !path.to_string_lossy().contains("faulty-configuration"));
    found
}

/// The `toml` blocks of a Markdown page that have no path behind the word.
fn blocks(page: &str) -> impl Iterator<Item = &str> {
    page.split("\n```toml\n").skip(1).map(|rest| rest.split("\n```").next().unwrap())
}

#[test]
fn the_committed_schema_is_what_is_printed() {
    let output = archlint(root()).arg("schema").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let committed = root().join("boundaries.schema.json");
    if std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite") {
        std::fs::write(&committed, &printed).unwrap();
    }
    assert!(
        read(&committed) == printed,
        "`cargo archlint schema > boundaries.schema.json` brings it up to date"
    );
}

#[test]
fn every_configuration_of_ours_holds_to_the_schema() {
    let configurations = configurations();
    assert!(configurations.len() > 20, "{}", configurations.len());
    for path in configurations {
        assert_eq!(faults(&read(&path)), [""; 0], "{}", path.display());
    }
}

#[test]
fn every_example_of_the_documents_holds_to_the_schema() {
    let verbs = walkdir::WalkDir::new(root().join("rules")).into_iter();
    let pages = verbs.map(|file| file.unwrap().into_path()).filter(|path| path.is_file());
    let documents = ["README.md", "docs/boundaries.md"].map(|path| root().join(path));
    let mut read_blocks = 0;
    for path in pages.chain(documents) {
        for block in blocks(&read(&path)) {
            assert_eq!(faults(block), [""; 0], "{}: {block}", path.display());
            read_blocks += 1;
        }
    }
    assert!(read_blocks > 20);
}

#[test]
fn what_the_parser_refuses_is_refused() {
    for text in [
        "version = 2",
        "qqq = 1",
        "[settings]\nscope = \"normall\"",
        "[settings]\nexhaustive = \"yes\"",
        "[components]\na = { owner = \"@a\" }",
        "[[rule]]\nid = \"no-verb\"",
        "[[rule]]\nforbid = \"a -> b\"\nprotect = \"a\"",
        "[[rule]]\nforbid = \"a b\"",
        "[[rule]]\nforbid = \"a -> b\"\nallow = \"c\"",
        "[[rule]]\nacyclic = \"a\"\nvia = \"c\"",
        "[[rule]]\nacyclic = \"a\"\ndepth = -1",
        "[[rule]]\nforbid = \"a -> b\"\n[[rule.except]]\nbecause = \"b\"",
    ] {
        assert!(!faults(text).is_empty(), "{text}");
        let (_, problems) = archlint::boundaries::parse(text, archlint::model::FileId(0));
        assert!(!problems.is_empty(), "{text}");
    }
}
