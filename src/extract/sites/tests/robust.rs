//! All of our own sources, and texts that are no programs.

use std::collections::BTreeSet;

use super::super::{Sites, read};
use super::{Site, SiteKind};
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

/// Whether a site is of a kind that has a path.
fn has_a_path(site: &Site) -> bool {
    !matches!(site.kind, SiteKind::Method { .. } | SiteKind::Literal(_) | SiteKind::Loop(_))
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
            let written = &text[site.range.start as usize..site.range.end as usize];
            if has_a_path(&site) {
                let is_path = paths.contains(&site.range);
                assert_eq!(is_path, !site.nameless, "`{written}` {:?} in {text}", site.kind);
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

/// The sites and whether resolution knows them, held against what extraction records.
#[track_caller]
fn check_names(text: &str, expected: &[(&str, bool)]) {
    let paths: BTreeSet<Range> = extract(text).paths.iter().map(|path| path.range).collect();
    let sites = read(text).sites.into_iter().filter(has_a_path);
    let found: Vec<(&str, bool)> = sites
        .map(|site| {
            assert_eq!(paths.contains(&site.range), !site.nameless, "{site:?}");
            (&text[site.range.start as usize..site.range.end as usize], !site.nameless)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn behind_a_type_in_angle_brackets_nothing_is_a_name() {
    let text = "fn f() { <&[u8]>::decode(<Client>::new()); <Vec<Part>>::drop; <A as Tr>::make(); }";
    let expected = [
        ("decode", false),
        ("Client", true),
        ("new", false),
        ("Vec", true),
        ("Part", true),
        ("drop", false),
        ("A", true),
        ("Tr>::make", true),
    ];
    check_names(text, &expected);
    check_names(
        "fn f() { <Client>::Part { a: <Client>::Output {} }; }",
        &[("Client", true), ("Part", false), ("Client", true), ("Output", false)],
    );
}

#[test]
fn self_is_a_name_where_its_type_has_a_path() {
    let body = "{ fn f(self) -> Self::Item { Self::make() } }";
    let named = [("Self::Item", true), ("Self::make", true)];
    // A type that is no name is no site, either.
    let nameless = [("Self::make", false)];
    let check = |head: &str, of_head: &[&'static str], of_body: &[(&'static str, bool)]| {
        let of_head = of_head.iter().map(|name| (*name, true));
        let expected: Vec<_> = of_head.chain(of_body.iter().copied()).collect();
        check_names(&format!("{head} {body}"), &expected);
    };
    check("impl Tr for Own", &["Tr", "Own"], &named);
    check("impl<T> Tr for (a::Own<T>)", &["Tr", "a::Own"], &named);
    check("trait Tr", &[], &named);
    check("impl Tr for &Own", &["Tr", "Own"], &nameless);
    check("impl Tr for [Own]", &["Tr", "Own"], &nameless);
    check("impl<T> Tr for T", &["Tr"], &nameless);
    check("impl Tr for u8", &["Tr"], &nameless);
    check("impl Tr for <A as B>::C", &["Tr", "A", "B>::C"], &nameless);
    check("impl Tr for <A>::C", &["Tr", "A"], &nameless);
}

#[test]
fn a_generic_parameter_and_a_type_of_the_language_are_no_names() {
    let text = "fn f<T: Make>() { T::make(u8::from(T::SIZE)); ::std::make(); a::b(); }";
    let expected = [
        ("Make", true),
        ("T::make", false),
        ("u8::from", false),
        ("T::SIZE", false),
        ("std::make", true),
        ("a::b", true),
    ];
    check_names(text, &expected);
}

#[test]
fn an_item_in_a_method_has_a_self_of_its_own() {
    let text = "impl Own { fn f() { impl Tr for &Own { fn g() -> Self::A {} } Self::new(); } }";
    let expected = [("Own", true), ("Tr", true), ("Own", true), ("Self::new", true)];
    check_names(text, &expected);
    let text = "impl Own { fn f() { fn g() { Self::new(); } Self::make(); } }";
    check_names(text, &[("Own", true), ("Self::new", false), ("Self::make", true)]);
}
