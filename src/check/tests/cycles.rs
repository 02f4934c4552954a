//! `acyclic`.

use super::{breaks, keeps, violations};
use crate::graph::sketch;

const PAIR: &str = "
    app::cart -> app::price @1
    app::price -> app::cart @2
";

/// C1
#[test]
fn c1_none_or_one() {
    keeps("app::a -> app::b\nmod app::c", "acyclic app::a, app::b, app::c");
    breaks(
        "app::a -> app::b\napp::b -> app::c\napp::c -> app::a::Item",
        "acyclic app::a, app::b, app::c",
        &["app::a -1-> app::b -2-> app::c -3-> app::a"],
    );
}

/// C2
#[test]
fn c2_one_component_is_one_violation() {
    let graph = "
        app::a -> app::b @1
        app::b -> app::a @2
        app::b -> app::c @3
        app::c -> app::b @4
        app::a -> app::c @5
        app::c -> app::a @6
    ";
    let found = violations(graph, "acyclic app::a, app::b, app::c");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "`app::a`, `app::b` and `app::c` need each other");
    assert_eq!(
        found[0].notes,
        [
            "cut `app::b` → `app::a` (1 use)",
            "cut `app::c` → `app::a` (1 use)",
            "cut `app::c` → `app::b` (1 use)"
        ]
    );
}

/// C2, each circle by itself: three of two hops, two of three
#[test]
fn c2_each_circle_by_itself() {
    let graph = "
        app::a -> app::b @1
        app::b -> app::a @2
        app::b -> app::c @3
        app::c -> app::b @4
        app::a -> app::c @5
        app::c -> app::a @6
    ";
    breaks(
        graph,
        "acyclic app::a, app::b, app::c; each",
        &[
            "app::a -1-> app::b -2-> app::a",
            "app::a -1-> app::b -3-> app::c -6-> app::a",
            "app::b -3-> app::c -4-> app::b",
            "app::a -5-> app::c -6-> app::a",
            "app::a -5-> app::c -4-> app::b -2-> app::a",
        ],
    );
    let found = violations(graph, "acyclic app::a, app::b, app::c; each");
    assert_eq!(found[1].message, "`app::a` → `app::b` → `app::c` → `app::a` is a circle");
    assert_eq!(found[1].owner, "app::a, app::b, app::c");
    assert_eq!(found[4].owner, "app::a, app::c, app::b");
}

/// An exception for one hop opens the circles with that hop, and no other.
#[test]
fn an_exception_opens_some_of_the_circles() {
    let graph = "app::a -> app::b\napp::b -> app::a\napp::b -> app::c\napp::c -> app::b";
    breaks(
        graph,
        "acyclic app::a, app::b, app::c; each; except app::a -> app::b",
        &["app::b -3-> app::c -4-> app::b"],
    );
}

/// C3: ten nodes that all name each other make 1,112,073 circles
#[test]
fn c3_more_circles_than_are_listed() {
    let names = || (0..10).map(|at| format!("app::m{at}"));
    let lines = names().flat_map(|from| names().map(move |to| (from.clone(), to)));
    let lines = lines.filter(|(from, to)| from != to);
    let graph = lines.map(|(from, to)| format!("{from} -> {to}")).collect::<Vec<_>>().join("\n");
    let parts = names().collect::<Vec<_>>().join(", ");
    let found = violations(&graph, &format!("acyclic {parts}; each"));
    assert_eq!(found.len(), 100);
    let told: Vec<_> = found.iter().flat_map(|one| &one.notes).collect();
    let told: Vec<_> = told.into_iter().filter(|note| note.contains("more circles")).collect();
    assert_eq!(told, ["at least 900 more circles are not listed"]);
}

/// C3
#[test]
fn c3_more_cuts_than_are_listed() {
    let back = |at: usize| format!("app::m{at:02} -> app::a @{at}\napp::a -> app::m{at:02} @{at}");
    let graph = (10..35).map(back).collect::<Vec<_>>().join("\n");
    let parts = (10..35).map(|at| format!("app::m{at}")).collect::<Vec<_>>().join(", ");
    let found = violations(&graph, &format!("acyclic app::a, {parts}"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].notes.len(), 21);
    assert_eq!(found[0].notes[20], "cut 5 more edges");
    assert!(found[0].message.ends_with("`app::m28` and 6 more need each other"));
}

/// C4
#[test]
fn c4_many_uses_of_one_edge() {
    let uses = (1..=100).map(|at| format!("app::a -> app::b @{at}")).collect::<Vec<_>>().join("\n");
    let back = (1..=101).map(|at| format!("app::b -> app::a @{at}")).collect::<Vec<_>>().join("\n");
    let found = violations(&format!("{uses}\n{back}"), "acyclic app::a, app::b");
    let uses = found[0].related.iter().filter(|(_, words)| words.contains("here too"));
    assert_eq!(uses.count(), 19);
    assert_eq!(
        found[0].notes,
        ["cut `app::a` → `app::b` (100 uses)", "`app::a` uses `app::b` in 80 more places"]
    );
}

/// C5
#[test]
fn c5_the_smaller_direction_is_where_it_is_told() {
    let graph = "
        app::foo::a -> app::bar @1
        app::foo::b -> app::bar @2
        app::foo::c -> app::bar @3
        app::foo::d -> app::bar @4
        app::foo::e -> app::bar @5
        app::bar::a -> app::foo @6
        app::bar::b -> app::foo @7
        app::bar::c -> app::foo @8
    ";
    let found = violations(graph, "acyclic app::foo, app::bar");
    assert_eq!(found[0].notes, ["cut `app::bar` → `app::foo` (3 uses)"]);
    assert_eq!(sketch::line(found[0].span), 6);
    assert_eq!(found[0].label, "`app::bar` uses `app::foo` here");
}

/// C7
#[test]
fn c7_module_edges_count_before_uses() {
    let uses = (1..=30).map(|at| format!("app::a -> app::b @{at}\n")).collect::<Vec<_>>().concat();
    let graph = uses
        + "
        app::b::x -> app::a @41
        app::b::y -> app::a @42
        app::b::z -> app::a @43
    ";
    let found = violations(&graph, "acyclic app::a, app::b");
    assert_eq!(found[0].notes[0], "cut `app::a` → `app::b` (30 uses)");
    let found = violations(&graph, "acyclic app::a, app::b; by-uses");
    assert_eq!(found[0].notes, ["cut `app::b` → `app::a` (3 uses)"]);
}

/// C8
#[test]
fn c8_parent_and_child() {
    let graph = "
        app::a -> app::a::x @1
        app::a::x -> app::a @2
    ";
    keeps(graph, "acyclic app::a, app::a::x");
    keeps(graph, "acyclic app, app::a, app::a::x");
}

/// C9: the binding lists the modules down to the depth
#[test]
fn c9_a_cycle_one_level_down() {
    let graph = "
        app::a::x -> app::a::y @1
        app::a::y -> app::a::x @2
        app::a -> app::b @3
    ";
    keeps(graph, "acyclic app::a, app::b");
    breaks(
        graph,
        "acyclic app::a, app::b, app::a::x, app::a::y",
        &["app::a::x -1-> app::a::y -2-> app::a::x"],
    );
}

#[test]
fn cousins_make_their_parents_need_each_other() {
    let graph = "
        app::a::x -> app::b::z @1
        app::b::w -> app::a::y @2
    ";
    breaks(
        graph,
        "acyclic app::a, app::b, app::a::x, app::a::y, app::b::z, app::b::w",
        &["app::a -1-> app::b -2-> app::a"],
    );
}

#[test]
fn siblings_are_compared_with_siblings() {
    let graph = "
        app::a::x -> app::b @1
        app::b -> app::a::y @2
    ";
    breaks(
        graph,
        "acyclic app::a, app::b, app::a::x, app::a::y",
        &["app::a -1-> app::b -2-> app::a"],
    );
}

/// C10: the binding leaves the subtree out
#[test]
fn c10_a_subtree_left_out() {
    let graph = format!("{PAIR}\nmod app::other");
    keeps(&graph, "acyclic app::cart, app::other");
}

/// C11
#[test]
fn c11_only_the_edge_within_the_cycle() {
    let graph = "
        app::source -> app::a @1
        app::a -> app::b @2
        app::b -> app::a @3
        app::b -> app::sink @4
    ";
    breaks(
        graph,
        "acyclic app::source, app::a, app::b, app::sink",
        &["app::a -2-> app::b -3-> app::a"],
    );
}

/// C12
#[test]
fn c12_the_same_cycle_from_elsewhere() {
    let turned = "
        app::price -> app::cart @2
        app::cart -> app::price @1
        app::cart -> app::price @9
    ";
    let (one, two) = (
        violations(PAIR, "acyclic app::cart, app::price"),
        violations(turned, "acyclic app::price, app::cart"),
    );
    let identity =
        |found: &[crate::check::Violation]| (found[0].owner.clone(), found[0].item.clone());
    assert_eq!(identity(&one), identity(&two));
}

/// C13
#[test]
fn c13_one_node_more_is_another_cycle() {
    let parts = "acyclic app::cart, app::price, app::tax";
    let more = format!("{PAIR}\napp::price -> app::tax @3\napp::tax -> app::cart @4");
    let known = violations(&format!("{PAIR}\nmod app::tax"), parts);
    let found = violations(&more, parts);
    assert_eq!(known[0].owner, "app::cart, app::price");
    assert_eq!(found[0].owner, "app::cart, app::price, app::tax");
}

#[test]
fn manifests_in_a_circle() {
    let graph = "
        accounts => test_kit @1 dev
        test_kit => accounts @2
        accounts -> im @3
        im -> accounts @4
    ";
    keeps(graph, "acyclic accounts, test_kit; manifests");
    breaks(
        graph,
        "acyclic accounts, test_kit, im; manifests; scope normal,dev",
        &["accounts -1-> test_kit -2-> accounts"],
    );
    breaks(graph, "acyclic accounts, test_kit, im", &["accounts -3-> im -4-> accounts"]);
}

#[test]
fn an_exception_opens_the_circle() {
    keeps(PAIR, "acyclic app::cart, app::price; except app::price -> app::cart");
}
