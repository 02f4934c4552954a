//! Rules as people meet them: listed, explained, written by themselves, and mended by `--fix`.

use std::path::Path;
use std::process::Command as Process;

use snapbox::dir::DirRoot;

use super::{archlint, fixture};

/// A copy that may be changed.
fn copy(path: &str) -> DirRoot {
    DirRoot::mutable_temp().unwrap().with_template(&fixture(path)).unwrap()
}

/// What a command writes to both, and its exit code.
fn told(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = archlint(folder).args(arguments).output().unwrap();
    let both = [output.stdout, output.stderr].concat();
    (String::from_utf8(both).unwrap(), output.status.code().unwrap())
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
    let output = Process::new("git").args(identity).args(arguments).current_dir(folder).output();
    assert!(output.unwrap().status.success(), "git {arguments:?}");
}

fn cargo_check(folder: &Path) {
    let output = Process::new("cargo")
        .args(["check", "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_fixed_compiles_and_is_found_no_more() {
    let copy = copy("rules/fixable");
    let folder = copy.path().unwrap();
    let (before, _) = told(folder, &["check", "--format", "short"]);
    assert_eq!(before.matches("regex-per-call").count(), 11, "{before}");
    let (fixed, code) = told(folder, &["check", "--fix", "--allow-no-vcs"]);
    let text = std::fs::read_to_string(folder.join("shop/src/lib.rs")).unwrap();
    assert!(fixed.contains("note: fixed 11 in 1 file\n"), "{fixed}\n{text}");
    assert!(!fixed.contains("regex-per-call"), "{fixed}\n{text}");
    assert_eq!(code, 0);
    for wanted in FIXED {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    cargo_check(folder);
    let (again, _) = told(folder, &["check", "--fix", "--allow-no-vcs"]);
    assert!(again.contains("note: fixed 0 in 0 files\n"), "{again}");
    assert_eq!(std::fs::read_to_string(folder.join("shop/src/lib.rs")).unwrap(), text);
}

/// Parts of the file as it must be afterwards.
const FIXED: [&str; 7] = [
    r#"
pub fn at_once(text: &str) -> bool {
    static PATTERN: std::sync::LazyLock<Regex> =
        std::sync::LazyLock::new(|| Regex::new(r"^[A-Z]{3}$").unwrap());
    PATTERN.is_match(text)
}
"#,
    r#"-> bool {
    static PATTERN: std::sync::LazyLock<regex::Regex> =
        std::sync::LazyLock::new(|| regex::Regex::new("a").expect("it is a pattern"));
    PATTERN.is_match(text) }
"#,
    r"
    // A word with four letters.
    let word = &*PATTERN;
    if word.is_match(text) { word.find_iter(text).count() } else { borrowed(word, text) }
",
    "    borrowed(&*PATTERN, text)\n",
    "    let first = &*PATTERN;\n    let second = &*PATTERN_2;\n",
    "    text == PATTERN || PATTERN_2.is_match(text)\n",
    "    let found = PATTERN_2.is_match(text);\n    format!(\"{PATTERN}: {found}\")\n",
];

#[test]
fn what_is_not_certain_stays() {
    let copy = copy("rules/fixable");
    let folder = copy.path().unwrap();
    let kept = std::fs::read_to_string(fixture("rules/kept/lib.rs")).unwrap();
    let file = folder.join("shop/src/lib.rs");
    std::fs::write(&file, &kept).unwrap();
    cargo_check(folder);
    let (fixed, _) = told(folder, &["check", "--fix", "--allow-no-vcs"]);
    assert!(fixed.contains("regex-per-call"), "{fixed}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), kept);
}

#[test]
fn what_is_not_committed_is_not_touched() {
    let copy = copy("rules/fixable");
    let folder = copy.path().unwrap();
    let file = folder.join("shop/src/lib.rs");
    let before = std::fs::read_to_string(&file).unwrap();
    let (told_why, code) = told(folder, &["check", "--fix"]);
    assert!(told_why.contains("is under no version control"), "{told_why}");
    assert_eq!(code, 2);
    std::fs::write(folder.join("Cargo.lock"), LOCK).unwrap();
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    let (told_why, _) = told(folder, &["check", "--fix"]);
    assert!(told_why.contains("  shop/src/lib.rs (staged)"), "{told_why}");
    git(folder, &["commit", "--quiet", "-m", "all"]);
    std::fs::write(folder.join("new.txt"), "").unwrap();
    let (told_why, code) = told(folder, &["--fix"]);
    assert!(told_why.contains("--allow-dirty`\n  new.txt (dirty)"), "{told_why}");
    assert_eq!((code, std::fs::read_to_string(&file).unwrap()), (2, before));
    let (fixed, code) = told(folder, &["--fix", "--allow-dirty"]);
    assert!(fixed.contains("note: fixed 11 in 1 file\n"), "{fixed}");
    assert_eq!(code, 0);
}

const LOCK: &str = "\
version = 3

[[package]]
name = \"regex\"
version = \"1.13.0\"

[[package]]
name = \"shop\"
version = \"0.1.0\"
dependencies = [
 \"regex\",
]
";

#[test]
fn a_new_rule_proves_itself_and_is_not_overwritten() {
    let copy = copy("rules/fixable");
    let folder = copy.path().unwrap();
    let (said, code) = told(folder, &["new-rule", "no-legacy-mail"]);
    assert!(said.starts_with("rules/no-legacy-mail.md is written"), "{said}");
    assert_eq!(code, 0);
    assert_eq!(told(folder, &["test"]).0, "rules/no-legacy-mail.md holds\n1 of 1 pages hold\n");
    let (said, code) = told(folder, &["new-rule", "no-legacy-mail"]);
    assert_eq!((said.as_str(), code), ("error: there is a `rules/no-legacy-mail.md` already\n", 2));
    for name in ["", "../a", "A", "a b", "-a"] {
        assert_eq!(told(folder, &["new-rule", "--", name]).1, 2, "{name}");
    }
}

const OWN: &str = "\
# no-regex

```toml
[[rule]]
id = \"no-regex\"
because = \"patterns cost\"
flag = [\"regex::Regex::new\"]
```

No pattern at all.
";

#[test]
fn pages_of_ones_own_are_applied_also_unproven() {
    let copy = copy("rules/fixable");
    let folder = copy.path().unwrap();
    std::fs::create_dir(folder.join("rules")).unwrap();
    std::fs::write(folder.join("rules/no-regex.md"), OWN).unwrap();
    let finds = |folder| told(folder, &["--format", "short"]).0.matches("error[no-regex]").count();
    assert_eq!(finds(folder), 0);
    let asked = "[settings]\npages = [\"rules\"]\nantipatterns = false\n";
    std::fs::write(folder.join("boundaries.toml"), asked).unwrap();
    assert_eq!(finds(folder), 11);
    assert_eq!(told(folder, &["test"]).1, 1);
    let off = format!("{asked}[rules]\nno-regex = \"off\"\n");
    std::fs::write(folder.join("boundaries.toml"), off).unwrap();
    assert_eq!(finds(folder), 0);
    let (listed, _) = told(folder, &["rules"]);
    let line = listed.lines().find(|line| line.contains("no-regex")).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words, ["no-regex", "off", "deny", "high", "-", "No", "pattern", "at", "all"]);
    std::fs::write(folder.join("boundaries.toml"), "[settings]\npages = [\"rulse\"]\n").unwrap();
    assert!(told(folder, &[]).0.contains("there is no rule page in `rulse`"));
}

#[test]
fn rules_are_listed_and_explained_anywhere() {
    let copy = DirRoot::mutable_temp().unwrap();
    let folder = copy.path().unwrap();
    let (listed, code) = told(folder, &["rules", "--format", "json", "--quiet"]);
    let document: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let rules = document["rules"].as_array().unwrap();
    assert_eq!((code, rules.len()), (0, archlint::boundaries::builtin::RULES.len()));
    let regex = rules.iter().find(|rule| rule["id"] == "regex-per-call").unwrap();
    assert_eq!((&regex["state"], &regex["level"]), (&"on".into(), &"warn".into()));
    assert_eq!((&regex["family"], &regex["source"]), (&"construction".into(), &"built-in".into()));
    let key = |rule: &serde_json::Value| format!("{} {}", rule["family"], rule["id"]);
    assert!(rules.is_sorted_by_key(key));
    let (explained, code) = told(folder, &["explain", "regex-per-call"]);
    assert_eq!(code, 0);
    assert!(
        explained.starts_with("regex-per-call\n==============\n\na warning, on"),
        "{explained}"
    );
    assert!(explained.contains("// ← found: regex-per-call"), "{explained}");
    assert!(!explained.contains("//~"), "{explained}");
}
