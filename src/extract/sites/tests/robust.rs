//! All of our own sources, and texts that are no programs.

use std::collections::BTreeSet;

use super::super::{Sites, read};
use super::SiteKind;
use crate::extract::{Range, extract};

/// Every text of the repository.
fn own_sources() -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let files = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("readable"));
    let sources = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"));
    sources.map(|entry| text_of(entry.path())).collect()
}

#[expect(clippy::disallowed_methods, reason = "this test reads the sources that it stands in")]
fn text_of(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).expect("readable")
}

/// Paths that extraction leaves out, for they name no item: what begins with a type of the
/// language, and `Self` alone.
fn names_no_item(path: &str) -> bool {
    let first = path.split("::").next().unwrap_or_default();
    path == "Self" || crate::extract::paths::is_primitive(first)
}

#[test]
fn sites_stand_where_paths_do_and_in_their_order() {
    let mut compared = 0;
    for text in own_sources() {
        let paths: BTreeSet<Range> = extract(&text).paths.iter().map(|path| path.range).collect();
        let sites = read(&text);
        assert!(sites.sites.is_sorted_by_key(|site| site.range.start), "in {text}");
        for frame in &sites.frames[1..] {
            let outer = sites.frame(frame.parent).range;
            assert!(outer.start <= frame.range.start && frame.range.end <= outer.end, "{text}");
        }
        for site in sites.sites {
            let named = !matches!(
                site.kind,
                SiteKind::Method { .. } | SiteKind::Literal(_) | SiteKind::Loop(_)
            );
            let written = &text[site.range.start as usize..site.range.end as usize];
            if named && !names_no_item(written) {
                assert!(paths.contains(&site.range), "`{written}` {:?} in {text}", site.kind);
                compared += 1;
            }
        }
    }
    assert!(compared > 5_000, "only {compared} sites");
}

#[test]
fn a_path_through_self_is_one_range() {
    let text = "impl T { fn f() { Self::new(); Self::Output::make::<u8>(); } }";
    let paths: Vec<Range> = extract(text).paths.iter().map(|path| path.range).collect();
    let sites = read(text).sites;
    let calls: Vec<Range> = sites
        .iter()
        .filter(|site| matches!(site.kind, SiteKind::Call))
        .map(|site| site.range)
        .collect();
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().all(|range| paths.contains(range)));
}

#[test]
fn faulty_and_deep_files_have_no_sites() {
    assert_eq!(read("fn f( {"), Sites::empty());
    assert_eq!(read(&"(".repeat(100_000)), Sites::empty());
}

#[test]
fn as_deep_as_the_parser_goes() {
    let nests =
        [("f(", ")"), ("|| { ", "}"), ("m!(", ")"), ("if x { ", "}"), ("[", "]"), ("x.y(", ")")];
    for (open, close) in nests {
        for depth in [20, 1_150, 1_450] {
            let code = format!("fn f() {{ {}1{} }}", open.repeat(depth), close.repeat(depth));
            // Too deep for the stack of a test means a crash; too deep for the guard, no sites.
            let sites = read(&code);
            assert!(sites.frames.len() > 1 || depth > 1_150, "{open} {depth}");
        }
    }
}
