//! Baselines as text, and what is known of what is there.

use std::collections::BTreeMap;

use super::{Counts, Key, Present, compare, parse, write};
use crate::model::FileId;

fn key(text: &str) -> Key {
    let (rule, edge) = text.split_once(": ").unwrap();
    let (from, to) = edge.split_once(" -> ").unwrap();
    Key { rule: rule.to_owned(), from: from.to_owned(), to: to.to_owned() }
}

fn counts(lines: &[&str]) -> Counts {
    let mut counts = Counts::new();
    for line in lines {
        *counts.entry(key(line)).or_default() += 1;
    }
    counts
}

const TWO: &str = r#"version = 1

known = [
    { rule = "a", from = "shop::web::page", to = "im::Client", count = 2 },
    { rule = "b", from = "shop", to = "im", count = 1 },
]
"#;

#[test]
fn the_text_is_sorted_and_reads_back() {
    let counts = counts(&[
        "b: shop -> im",
        "a: shop::web::page -> im::Client",
        "a: shop::web::page -> im::Client",
    ]);
    let text = write(&counts);
    let (header, body) = text.split_at(text.find("version").unwrap());
    assert!(header.lines().all(|line| line.starts_with('#')) && header.contains("baseline"));
    assert_eq!(body, TWO);
    assert_eq!(parse(&text, FileId(0)).unwrap().counts(), counts);
}

#[test]
fn b11_line_ends_do_not_matter() {
    let crlf = parse(&TWO.replace('\n', "\r\n"), FileId(0)).unwrap();
    assert_eq!(crlf.counts(), parse(TWO, FileId(0)).unwrap().counts());
}

#[test]
fn any_name_stays_on_its_line() {
    let odd = Key { rule: "a\"b\\".into(), from: "é\n\u{1b}".into(), to: "'''".into() };
    let counts = Counts::from([(odd, 1)]);
    let text = write(&counts);
    assert_eq!(text.lines().count(), write(&Counts::new()).lines().count() + 1);
    assert_eq!(parse(&text, FileId(0)).unwrap().counts(), counts);
}

/// `line: message`.
#[track_caller]
fn corrupt(text: &str, expected: &str) {
    let fault = parse(text, FileId(0)).unwrap_err();
    let line = text[..fault.span.start as usize].matches('\n').count() + 1;
    let told = format!("{line}: {}", fault.message);
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn b16_what_cannot_be_read_is_told_at_its_line() {
    corrupt(
        &TWO.replace("    { rule = \"b\"", "<<<<<<< HEAD\n    { rule = \"b\""),
        "5: the baseline",
    );
    corrupt(
        &TWO.replace("count = 2", "count = 0"),
        "4: the baseline cannot be read: invalid value",
    );
    corrupt(
        &TWO.replace("count = 1", "count = 1, file = \"x.rs\""),
        "5: the baseline cannot be read: unknown field",
    );
    corrupt(
        &TWO.replace(", to = \"im\"", ""),
        "5: the baseline cannot be read: missing field `to`",
    );
    corrupt(
        &TWO.replace("version = 1", "version = 2"),
        "1: version 2 of the baseline is not known",
    );
    corrupt("", "1: the baseline cannot be read: missing field `version`");
    let row = "    { rule = \"b\", from = \"shop\", to = \"im\", count = 1 },\n";
    corrupt(&TWO.replace(row, &row.repeat(2)), "6: the baseline has this entry twice");
}

/// What is there, each with its names below its modules: `shop::web|page` has `page`.
fn there(lines: &[&str]) -> BTreeMap<Key, Present> {
    let mut there: BTreeMap<Key, Present> = BTreeMap::new();
    for line in lines {
        let marked = key(line);
        let name = |path: &str| {
            let (above, below) = path.split_once('|')?;
            Some((format!("{above}::{below}"), below.to_owned()))
        };
        let ends = name(&marked.from).zip(name(&marked.to));
        let (key, names) = match ends {
            Some((from, to)) => {
                (Key { rule: marked.rule, from: from.0, to: to.0 }, Some([from.1, to.1]))
            }
            None => (marked, None),
        };
        let one = there.entry(key).or_insert(Present { count: 0, names });
        one.count += 1;
    }
    there
}

/// Whether nothing but these paths has been lost.
#[track_caller]
fn compares(known: &[&str], present: &[&str], lost: &[&str], expected: &str) {
    let found = compare(&counts(known), &there(present), &|path| lost.contains(&path));
    let told = |counts: &Counts| {
        let one = |(key, count): (&Key, &usize)| format!("{}->{}x{count}", key.from, key.to);
        counts.iter().map(one).collect::<Vec<_>>().join(" ")
    };
    let moved: Vec<String> =
        found.moved.iter().map(|one| format!("{}=>{}", one.old.from, one.new.from)).collect();
    let told = format!("{} | {} | {}", told(&found.known), told(&found.stale), moved.join(" "));
    assert_eq!(told, expected);
}

#[test]
fn b06_known_is_only_so_often() {
    compares(
        &["r: a::f -> im::C"],
        &["r: a|f -> im|C", "r: a|f -> im|C"],
        &[],
        "a::f->im::Cx1 |  | ",
    );
    compares(
        &["r: a::f -> im::C", "r: a::f -> im::C", "r: a::f -> im::C"],
        &["r: a|f -> im|C"],
        &[],
        "a::f->im::Cx1 | a::f->im::Cx2 | ",
    );
}

#[test]
fn b09_what_is_called_the_same_elsewhere_has_moved() {
    compares(
        &["r: a::f -> im::C"],
        &["r: b|f -> im|C"],
        &["a::f"],
        "b::f->im::Cx1 |  | a::f=>b::f",
    );
    compares(
        &["r: a::f -> im::C"],
        &["r: a|f -> im::dto|C"],
        &["im::C"],
        "a::f->im::dto::Cx1 |  | a::f=>a::f",
    );
}

#[test]
fn b09_only_as_much_moves_as_there_was() {
    compares(
        &["r: a::f -> im::C"],
        &["r: b|f -> im|C", "r: b|f -> im|C"],
        &["a::f"],
        "b::f->im::Cx1 |  | a::f=>b::f",
    );
    compares(
        &["r: a::f -> im::C", "r: a::f -> im::C"],
        &["r: b|f -> im|C"],
        &["a::f"],
        "b::f->im::Cx1 | a::f->im::Cx1 | a::f=>b::f",
    );
}

#[test]
fn b10_two_candidates_are_none() {
    let all = ["a::f", "b::f"];
    compares(
        &["r: a::f -> im::C"],
        &["r: b|f -> im|C", "r: c|f -> im|C"],
        &all[..1],
        " | a::f->im::Cx1 | ",
    );
    compares(
        &["r: a::f -> im::C", "r: b::f -> im::C"],
        &["r: c|f -> im|C"],
        &all,
        " | a::f->im::Cx1 b::f->im::Cx1 | ",
    );
}

#[test]
fn what_is_still_there_has_not_moved() {
    compares(&["r: a::f -> im::C"], &["r: b|f -> im|C"], &[], " | a::f->im::Cx1 | ");
}

#[test]
fn another_item_has_not_moved_there() {
    let stale = " | a::A::new->im::Cx1 | ";
    compares(&["r: a::A::new -> im::C"], &["r: b|B::new -> im|C"], &["a::A::new"], stale);
    compares(&["r: a::A::new -> im::C"], &["q: b|A::new -> im|C"], &["a::A::new"], stale);
    compares(&["r: a::A::new -> im::C"], &["r: b::A::new -> im::C"], &["a::A::new"], stale);
}
