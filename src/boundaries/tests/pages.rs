//! Rule pages: their form, and that those we ship are well formed.

use crate::boundaries::page::{Page, boundaries_of, parse_page};
use crate::boundaries::{builtin, parse};
use crate::model::FileId;

const PAGE: &str = r#"# no-cycles

```toml
[[rule]]
id = "no-cycles"
acyclic = "*"
```

Modules that need each other can only be read,
tested and moved together.

## Two modules that need each other

```rust shop/src/cart.rs
use crate::price::Price;

use crate::price::Tax; //~ no-cycles other
```

Words in between.

```toml shop/Cargo.toml
[dependencies]
money = "1" #~ other
```

## Its own rule

````toml
[[rule]]
id = "other"
forbid = "shop -> ext:money"
````

```rust shop/src/lib.rs
```
"#;

#[test]
fn the_rules_of_a_page_can_be_read_without_its_examples() {
    let text = "# a\n\n```toml\n## b\nx = 1\n```\n\nSo.\n\n```text\nb\n```\n\n```toml\ny = 2\n```\n\n## c\n\n```toml\nz = 3\n```\n";
    // What is left out is as long as it was: `# a` and three dots of a fence, then `toml`.
    let blank = |length: usize| " ".repeat(length);
    let first = format!("{}\n\n{}\n## b\nx = 1\n", blank(3), blank(7));
    let between = format!("{}\n\n{}\n\n", blank(3), blank(3));
    let other = format!("{}\n{}\n{}\n\n", blank(7), blank(1), blank(3));
    let second = format!("{}\ny = 2\n", blank(7));
    assert_eq!(boundaries_of(text), first + &between + &other + &second);
    assert_eq!(page(text).0.boundaries.trim_end(), boundaries_of(text).trim_end());
    assert_eq!(boundaries_of("# a\n"), "");
}

fn page(text: &str) -> (Page, Vec<String>) {
    let (page, problems) = parse_page(text, FileId(0));
    let told = problems.iter().map(|problem| {
        let place = &text[problem.span.start as usize..problem.span.end as usize];
        format!("`{place}` {}", problem.message)
    });
    (page, told.collect())
}

#[test]
fn a_page_is_rule_prose_and_examples() {
    let (page, told) = page(PAGE);
    assert_eq!(told, [""; 0]);
    assert_eq!(page.title, "no-cycles");
    assert_eq!(
        page.prose,
        "Modules that need each other can only be read,\ntested and moved together."
    );
    let titles: Vec<&str> = page.examples.iter().map(|example| example.title.as_str()).collect();
    assert_eq!(titles, ["Two modules that need each other", "Its own rule"]);
    let files: Vec<&str> = page.examples[0].files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, ["shop/src/cart.rs", "shop/Cargo.toml"]);
    assert_eq!(page.examples[1].files[0].text, "");
}

#[test]
fn marks_know_their_line_and_their_place() {
    let (page, _) = page(PAGE);
    let marks: Vec<(u32, Vec<&str>, &str)> = page.examples[0]
        .files
        .iter()
        .flat_map(|file| &file.marks)
        .map(|mark| {
            let place = &PAGE[mark.span.start as usize..mark.span.end as usize];
            (mark.line, mark.rules.iter().map(String::as_str).collect(), place)
        })
        .collect();
    assert_eq!(
        marks,
        [(3, vec!["no-cycles", "other"], "//~ no-cycles other"), (2, vec!["other"], "#~ other"),]
    );
}

#[test]
fn the_rules_of_a_page_keep_their_places() {
    let (page, _) = page(PAGE);
    let ids = |text: &str| {
        assert_eq!(text.len(), PAGE.len());
        let (boundaries, problems) = parse(text, FileId(0));
        assert_eq!(problems, []);
        boundaries.rules
    };
    assert_eq!(ids(&page.boundaries).len(), 1);
    let rules = ids(&page.examples[1].boundaries);
    let places: Vec<&str> = rules
        .iter()
        .map(|rule| &PAGE[rule.id_span.start as usize..rule.id_span.end as usize])
        .collect();
    assert_eq!(places, ["\"no-cycles\"", "\"other\""]);
}

#[test]
fn faults_of_a_page_are_told() {
    let text = "
```rust a/src/lib.rs
```
## Empty
## Files
```rust ../x.rs
```
```rust a/src/x.rs
fn f() {} //~
```
```rust a/src/x.rs
```
# Late
# Later
```toml
";
    assert_eq!(
        page(text).1,
        [
            "`rust a/src/lib.rs` a file belongs to an example: it stands below a `## `",
            "`## Empty` the example has no file",
            "`## Empty` the example has no rule: neither its own nor one of the page",
            "`rust ../x.rs` a file's path is relative and has no `..`",
            "`//~` the mark names no rule",
            "`rust a/src/x.rs` the example has this file already",
            "`# Later` a page has one title; examples begin with `## `",
            "````toml` the block has no end",
        ]
    );
    assert_eq!(page("").1, ["`` the page has no title: a line `# rule-id`"]);
}

/// The list in the code and the folder agree, and every page reads without a fault.
#[test]
fn every_page_that_we_ship_is_in_the_list_and_well_formed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    let mut on_disk: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    on_disk.sort();
    let pages = || builtin::PAGES.iter().chain(builtin::RULES);
    let mut listed: Vec<&str> = pages().map(|(path, _)| *path).collect();
    listed.sort_unstable();
    assert_eq!(listed, on_disk);
    for (path, text) in pages() {
        let (page, told) = page(text);
        assert_eq!(told, [""; 0], "{path}");
        assert_eq!(boundaries_of(text).trim_end(), page.boundaries.trim_end(), "{path}");
        for example in &page.examples {
            well_formed(path, text, &page, &example.boundaries);
            let marked = example.files.iter().flat_map(|file| &file.marks);
            let (boundaries, _) = parse(&example.boundaries, FileId(0));
            for id in marked.flat_map(|mark| &mark.rules) {
                let known = boundaries.rules.iter().any(|rule| rule.id == *id);
                assert!(known, "{path}: `{}` marks `{id}`, which is no rule there", example.title);
            }
        }
    }
}

fn well_formed(path: &str, text: &str, page: &Page, boundaries: &str) {
    let (_, problems) = parse(boundaries, FileId(0));
    let told: Vec<String> = problems.iter().map(|problem| super::line(text, problem)).collect();
    assert_eq!(told, [""; 0], "{path}");
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap();
    assert_eq!(stem, page.title, "a page's file bears its title");
    assert!(page.examples.len() >= 2, "{path}: two examples prove more than one");
}
