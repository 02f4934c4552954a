//! Exceptions: what they excuse and what they are worth.

use super::{breaks, keeps, line};
use crate::check::{Worth, check, sketch as policies};
use crate::graph::sketch;

/// What is broken, what is excused, and what each exception is worth.
fn judged(graph: &str, policy: &str) -> (Vec<String>, Vec<String>, Vec<Worth>) {
    let graph = sketch::graph(graph);
    let policy = policies::policy(&graph, policy);
    let checked = check(&graph, &policy, Some("2026-11-30"));
    (
        checked.violations.iter().map(line).collect(),
        checked.excused.iter().map(line).collect(),
        checked.exceptions.iter().map(|one| one.worth).collect(),
    )
}

#[track_caller]
fn expect(graph: &str, policy: &str, broken: &[&str], excused: &[&str], worth: &[Worth]) {
    let (found, let_pass, values) = judged(graph, policy);
    assert_eq!((found, let_pass), (strings(broken), strings(excused)));
    assert_eq!(values, worth);
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

const TWO_CHAINS: &str = "
    app::a -> app::h @1
    app::h -> app::b @2
    app::a -> app::k @3
    app::k -> app::b @4
";

/// X1
#[test]
fn x1_one_edge_of_each_chain() {
    let rule = "
        forbid app::a -> app::b; reach modules; except app::h -> app::b; except app::a -> app::k
    ";
    expect(
        TWO_CHAINS,
        rule,
        &[],
        &["app::a -1-> app::h -2-> app::b", "app::a -3-> app::k -4-> app::b"],
        &[Worth::Needed, Worth::Needed],
    );
}

/// X2
#[test]
fn x2_only_one_of_two_chains() {
    expect(
        TWO_CHAINS,
        "forbid app::a -> app::b; reach modules; except app::h -> app::b",
        &["app::a -3-> app::k -4-> app::b"],
        &["app::a -1-> app::h -2-> app::b"],
        &[Worth::Needed],
    );
}

/// X3
#[test]
fn x3_two_exceptions_on_one_chain() {
    expect(
        "app::a -> app::h @1\napp::h -> app::b @2",
        "forbid app::a -> app::b; reach modules; except app::a -> app::h; except app::h -> app::b",
        &[],
        &["app::a -1-> app::h -2-> app::b"],
        &[Worth::Needed, Worth::Redundant],
    );
}

#[test]
fn a_wide_exception_makes_a_narrow_one_redundant() {
    expect(
        "app::a::x -> app::b @1\napp::a::y -> app::b @2",
        "forbid app::a -> app::b; except app::a::x -> app::b; except app::a -> app::b",
        &[],
        &["1 app::a::x -> app::b", "2 app::a::y -> app::b"],
        &[Worth::Redundant, Worth::Needed],
    );
}

/// X4
#[test]
fn x4_the_same_exception_twice() {
    expect(
        "app::a -> app::b @1",
        "forbid app::a -> app::b; except app::a -> app::b; except app::a -> app::b",
        &[],
        &["1 app::a -> app::b"],
        &[Worth::Needed, Worth::Duplicate],
    );
}

/// X5
#[test]
fn x5_edges_that_do_not_exist() {
    let graph = "
        app::a::x -> app::b @1
        app::a::y -> app::c @2
        app::a::z -> app::b @3 test
    ";
    let rule = "
        forbid app::a -> app::b; except app::a::y -> app::b; except app::a::z -> app::b
    ";
    expect(graph, rule, &["1 app::a::x -> app::b"], &[], &[Worth::Unused, Worth::Unused]);
}

#[test]
fn an_edge_that_is_legal_anyway_needs_no_exception() {
    expect(
        "app::gateway -> app::b @1\nmod app::a",
        "forbid app -> app::b; via app::gateway; except app::gateway -> app::b",
        &[],
        &[],
        &[Worth::Redundant],
    );
}

/// X6: the binding expands wildcards
#[test]
fn x6_children_count() {
    let rule = "forbid app::a -> app::b; except app::a::x -> app::b::y";
    keeps("app::a::x::deep -> app::b::y::Deep", rule);
    keeps("app::a::x -> app::b::y", rule);
    breaks("app::a -> app::b::y @3\nmod app::a::x", rule, &["3 app::a -> app::b::y"]);
}

/// X8
#[test]
fn x8_an_exception_past_its_day() {
    let rule =
        |until: &str| format!("forbid app::a -> app::b; except app::a -> app::b until {until}");
    let (graph, edge): (_, &[&str]) = ("app::a -> app::b @1", &["1 app::a -> app::b"]);
    expect(graph, &rule("2026-11-29"), edge, &[], &[Worth::Expired]);
    expect(graph, &rule("2026-11-30"), &[], edge, &[Worth::Needed]);
    expect(graph, &rule("portal-gateway"), &[], edge, &[Worth::Needed]);
    expect(graph, &rule("1999-no-day"), &[], edge, &[Worth::Needed]);
}

#[test]
fn an_exception_for_what_a_module_lacks() {
    expect(
        "app::pay -> app::log\nmod app::list\nmod app::auth",
        "require app::pay, app::list: app::auth; except app::list -> app::auth",
        &["0 app::pay -> app::auth"],
        &["0 app::list -> app::auth"],
        &[Worth::Needed],
    );
}

#[test]
fn an_excused_import_excuses_its_uses() {
    let graph = "
        use app::a -> app::b::Item @1 #item
        app::a::run() -> app::b::Item @2 by item
    ";
    expect(
        graph,
        "forbid app::a -> app::b; except =app::a -> app::b",
        &[],
        &["1 app::a -> app::b::Item"],
        &[Worth::Needed],
    );
}

#[test]
fn what_a_part_of_a_crate_may_use_may_stand_in_its_manifest() {
    let graph = "
        common => ext:futures @1
        common::executor -> ext:futures::spawn @2
        common::timer -> ext:futures::delay @3
        mod other::x
    ";
    expect(
        graph,
        "forbid common -> ext:futures; except common::executor -> ext:futures::spawn",
        &["3 common::timer -> ext:futures::delay"],
        &["1 common -> ext:futures", "2 common::executor -> ext:futures::spawn"],
        &[Worth::Needed],
    );
    expect(
        "common => ext:futures @1\nmod other::x",
        "forbid common -> ext:futures; except other::x -> ext:futures",
        &["1 common -> ext:futures"],
        &[],
        &[Worth::Unused],
    );
}

#[test]
fn of_two_exceptions_the_first_covers_the_manifest() {
    expect(
        "
            common => ext:futures @1
            common::executor -> ext:futures @2
            mod common::timer
        ",
        "forbid common -> ext:futures; except common::timer -> ext:futures; \
         except common::executor -> ext:futures",
        &[],
        &["1 common -> ext:futures", "2 common::executor -> ext:futures"],
        &[Worth::Unused, Worth::Needed],
    );
}

#[test]
fn other_code_of_the_crate_still_leads_on() {
    let graph = "
        web => app @1
        web::gateway -> app @2
        app -> db @3
        mod web::page
    ";
    let rule = "forbid web -> db; reach crates; except web::gateway -> app";
    keeps(graph, rule);
    breaks(&format!("{graph}\nweb::page -> app @4"), rule, &["web -4-> app -3-> db"]);
}

#[test]
fn some_uses_of_a_first_hop_are_excused() {
    let graph = "
        app::a::one() -> app::h @1
        app::a::two() -> app::h @2
        app::h -> app::b @3
    ";
    expect(
        graph,
        "forbid app::a -> app::b; reach modules; except app::a::one() -> app::h",
        &["app::a -2-> app::h -3-> app::b"],
        &["app::a -1-> app::h -3-> app::b"],
        &[Worth::Needed],
    );
}
