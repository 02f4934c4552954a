//! `docs/golden.md`: every behaviour is in the table, and every test that it names exists.

use std::collections::BTreeSet;
use std::path::Path;

/// How many behaviours there are of each kind.
const KINDS: [(&str, usize); 9] = [
    ("L", 33),
    ("F", 15),
    ("P", 6),
    ("I", 3),
    ("O", 2),
    ("C", 14),
    ("X", 17),
    ("B", 19),
    ("R", 24),
];

/// Number and tests of each row.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = read("docs/golden.md");
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let tests = cells.last().unwrap().split('`').skip(1).step_by(2);
        (cells[0].trim().to_owned(), tests.map(str::to_owned).collect())
    };
    rows.map(row).collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Every function that is a test, and every session.
fn tests() -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for folder in ["src", "tests"] {
        let files = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let files = files.into_iter().map(Result::unwrap);
        for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "rs")) {
            let text = std::fs::read_to_string(file.path()).unwrap();
            for test in text.split("#[test]").skip(1) {
                let name = test.trim_start().strip_prefix("fn ").unwrap_or_default();
                tests.insert(name.split('(').next().unwrap().to_owned());
            }
        }
    }
    tests
}

#[test]
fn every_behaviour_is_in_the_table() {
    let found: Vec<String> = rows().into_iter().map(|(number, _)| number).collect();
    let numbers = KINDS
        .into_iter()
        .flat_map(|(kind, count)| (1..=count).map(move |number| format!("{kind}{number}")));
    assert_eq!(found, numbers.collect::<Vec<_>>());
    assert_eq!(found.len(), 133);
}

#[test]
fn every_behaviour_has_tests_that_exist() {
    let (tests, sections, sessions) =
        (tests(), read("fixtures/pages/names.md"), read("tests/suite/cli.rs"));
    for (number, named) in rows() {
        assert!(!named.is_empty(), "{number}: nothing holds it");
        for name in named {
            let exists = if let Some(section) = name.strip_prefix("names: ") {
                sections.contains(&format!("\n## {section} "))
            } else if let Some(session) = name.strip_prefix("cli: ") {
                sessions.lines().any(|line| line.trim() == session.replace('-', "_"))
            } else {
                tests.contains(&name)
            };
            assert!(exists, "{number}: there is no test `{name}`");
        }
    }
}
