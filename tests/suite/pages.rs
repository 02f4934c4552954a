//! Every page in `rules/` and `fixtures/pages/` proves itself, and would notice if it did not.

use archlint::boundaries::builtin::{PAGES, RULES};
use archlint::boundaries::page::parse_page;
use archlint::check::Violation;
use archlint::model::FileId;
use archlint::prove::{NOT_FOUND, NOT_MARKED, prove};

use super::fixture;

const PAGE: FileId = FileId(0);

/// Behaviours that no single rule is about.
const MORE: [(&str, &str); 3] = [
    ("names.md", include_str!("../../fixtures/pages/names.md")),
    ("once-or-per-call.md", include_str!("../../fixtures/pages/once-or-per-call.md")),
    ("circumstances.md", include_str!("../../fixtures/pages/circumstances.md")),
];

fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGES.iter().chain(RULES).chain(&MORE).copied()
}

/// `line: code: message` of all that is wrong with a page.
fn faults(text: &str) -> Vec<String> {
    let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
    let say = |one: Violation| format!("{}: {}: {}", line(one.span.start), one.rule, one.message);
    prove(text, PAGE).into_iter().map(say).collect()
}

#[test]
fn every_page_holds() {
    for (path, text) in pages() {
        assert_eq!(faults(text), [""; 0], "{path}");
    }
}

#[test]
fn every_page_is_in_the_list() {
    let mut files = Vec::new();
    let folder = fixture("../rules");
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "md") {
            let path = entry.path().strip_prefix(&folder).unwrap();
            files.push(path.to_str().unwrap().replace('\\', "/"));
        }
    }
    let mut listed: Vec<String> =
        PAGES.iter().chain(RULES).map(|(path, _)| (*path).to_owned()).collect();
    listed.sort();
    assert_eq!(files, listed);
}

#[test]
fn a_page_without_one_of_its_marks_fails_at_that_line() {
    for (path, text) in pages() {
        let (page, _) = parse_page(text, PAGE);
        let files = page.examples.iter().flat_map(|example| &example.files);
        for mark in files.flat_map(|file| &file.marks) {
            let (start, end) = (mark.span.start as usize, mark.span.end as usize);
            let line = text[..start].matches('\n').count() + 1;
            let without = format!("{}{}", &text[..start], &text[end..]);
            let faults = faults(&without);
            assert_eq!(faults.len(), mark.rules.len(), "{path}:{line}: {faults:?}");
            let expected = format!("{line}: {NOT_MARKED}: ");
            assert!(faults.iter().all(|one| one.starts_with(&expected)), "{path}: {faults:?}");
        }
    }
}

#[test]
fn a_page_with_one_mark_more_fails_at_that_line() {
    for (path, text) in pages() {
        let (page, _) = parse_page(text, PAGE);
        let files = page.examples.iter().flat_map(|example| &example.files);
        for file in files.filter(|file| !file.text.is_empty()) {
            let first = &file.text[..file.text.find('\n').unwrap_or(file.text.len())];
            let at = file.span.start as usize + first.len();
            let line = text[..at].matches('\n').count() + 1;
            let comment = if file.path.contains("/src/") { " //~" } else { " #~" };
            let sign = if first.contains('~') { "" } else { comment };
            let with = format!("{}{sign} no-such-rule{}", &text[..at], &text[at..]);
            let expected = format!("{line}: {NOT_FOUND}: `no-such-rule` is not found here");
            assert_eq!(faults(&with), [expected], "{path}");
        }
    }
}

#[test]
fn paths_that_lead_nowhere_and_faulty_rules_prove_nothing() {
    let page = "\
# cart-alone

```toml
[[rule]]
id = \"cart-alone\"
forbid = \"shop::cart -> shop::orders | shop::nothing\"
```

## Names

```rust shop/src/cart.rs
use crate::odrers::Order;
use crate::orders::Order; //~ cart-alone
```

```rust shop/src/orders.rs
pub struct Order;
```
";
    let expected = [
        "6: page/not-marked: `config/unmatched` is found here, and no mark says so",
        "12: page/unresolved: `crate::odrers::Order` leads nowhere",
        "13: page/not-found: `cart-alone` is not found here",
    ];
    assert_eq!(faults(page), expected);
}
