//! `layers`.

use super::{breaks, keeps};

/// L1
#[test]
fn l1_downward_uses() {
    let graph = "
        app::high -> app::medium
        app::high -> app::low
        app::medium -> app::low::Item
    ";
    keeps(graph, "layers app::high, app::medium, app::low");
}

/// L2
#[test]
fn l2_one_upward_use() {
    let graph = "
        app::low -> app::high @12
        app::low -> app::high @14
        app::high -> app::low @3
    ";
    breaks(
        graph,
        "layers app::high, app::low",
        &["12 app::low -> app::high", "14 app::low -> app::high"],
    );
}

/// L3
#[test]
fn l3_the_real_modules_are_named() {
    breaks(
        "app::low::x::y -> app::high::z @5",
        "layers app::high, app::low",
        &["5 app::low::x::y -> app::high::z"],
    );
}

/// L4
#[test]
fn l4_a_chain_through_no_layer() {
    let graph = "
        app::low -> app::utils @3
        app::utils -> app::high @9
    ";
    keeps(graph, "layers app::high, app::low");
    breaks(
        graph,
        "layers app::high, app::low; reach modules",
        &["app::low -3-> app::utils -9-> app::high"],
    );
}

/// L5
#[test]
fn l5_a_module_in_no_layer_that_nobody_below_uses() {
    let graph = "
        app::utils -> app::medium
        mod app::low
    ";
    keeps(graph, "layers app::medium, app::low; reach modules");
}

/// L6
#[test]
fn l6_independent_siblings() {
    let graph = "
        app::a -> app::b @4
        app::a -> app::low
        mod app::high
    ";
    breaks(graph, "layers app::high, app::a || app::b, app::low", &["4 app::a -> app::b"]);
}

/// L7
#[test]
fn l7_siblings_that_see_each_other() {
    let graph = "
        app::a -> app::b
        app::b -> app::a
        mod app::low
    ";
    keeps(graph, "layers app::a : app::b, app::low");
    breaks(
        "app::low -> app::b\nmod app::a",
        "layers app::a : app::b, app::low",
        &["1 app::low -> app::b"],
    );
}

/// L9
#[test]
fn l9_chains_through_other_siblings() {
    let graph = "
        app::a -> app::b @1
        app::b -> app::c @2
    ";
    breaks(
        graph,
        "layers app::a || app::b || app::c; reach modules",
        &["1 app::a -> app::b", "2 app::b -> app::c"],
    );
}

/// L17: the binding finds them
#[test]
fn l17_a_module_in_no_layer_where_all_should_be() {
    let graph = "
        app::high -> app::low
        mod app::stray
        mod app::lost
    ";
    let rule = "layers app::high, app::low; undeclared app::lost; undeclared app::stray";
    breaks(graph, rule, &["0 app::lost -> ", "0 app::stray -> "]);
}

/// L11: the binding leaves out an optional layer that is missing; L12
#[test]
fn l12_two_containers() {
    let graph = "
        app::c1::low -> app::c2::high
        app::c2::low -> app::c1::high
    ";
    keeps(graph, "layers app::c1::high, app::c1::low / app::c2::high, app::c2::low");
}

/// L13
#[test]
fn l13_out_of_the_container_and_back() {
    let graph = "
        app::c1::low -> app::outsider @1
        app::outsider -> app::c2::high @2
        app::c2::high -> app::c1::high @3
        mod app::c2::low
    ";
    breaks(
        graph,
        "layers app::c1::high, app::c1::low / app::c2::high, app::c2::low; reach modules",
        &["app::c1::low -1-> app::outsider -2-> app::c2::high -3-> app::c1::high"],
    );
}

/// L14: the binding makes one stack of each container that a wildcard matches
#[test]
fn l14_each_container_is_judged_alone() {
    let graph = "
        app::f::cart::low -> app::f::cart::high @1
        app::f::list::low -> app::f::cart::high @2
        mod app::f::list::high
    ";
    breaks(
        graph,
        "layers app::f::cart::high, app::f::cart::low / app::f::list::high, app::f::list::low",
        &["1 app::f::cart::low -> app::f::cart::high"],
    );
}

const FIVE: &str = "app::l1, app::l2, closed app::l3, app::l4, app::l5";

/// Every pair of five layers from top to bottom, the first on line 12, the last on line 45.
fn every_pair() -> String {
    let line = |(upper, lower)| format!("app::l{upper} -> app::l{lower} @{upper}{lower}");
    let pairs = (1..=5).flat_map(|upper| (upper + 1..=5).map(move |lower| (upper, lower)));
    pairs.map(line).collect::<Vec<_>>().join("\n")
}

/// L21
#[test]
fn l21_on_either_side_of_a_closed_layer() {
    let graph = "
        app::l1 -> app::l2
        app::l1 -> app::l3
        app::l3 -> app::l5
        mod app::l4
    ";
    keeps(graph, &format!("layers {FIVE}"));
}

/// L22
#[test]
fn l22_jumping_over_a_closed_layer() {
    breaks(
        &every_pair(),
        &format!("layers {FIVE}"),
        &[
            "14 app::l1 -> app::l4",
            "15 app::l1 -> app::l5",
            "24 app::l2 -> app::l4",
            "25 app::l2 -> app::l5",
        ],
    );
}

/// L23
#[test]
fn l23_two_closed_layers() {
    breaks(
        &every_pair(),
        "layers app::l1, closed app::l2, app::l3, closed app::l4, app::l5",
        &[
            "13 app::l1 -> app::l3",
            "14 app::l1 -> app::l4",
            "15 app::l1 -> app::l5",
            "25 app::l2 -> app::l5",
            "35 app::l3 -> app::l5",
        ],
    );
}

/// L24
#[test]
fn l24_two_closed_layers_in_a_row() {
    let graph = "
        app::high -> app::upper @1
        app::high -> app::lower @2
        app::upper -> app::lower @3
        app::upper -> app::low @4
        app::lower -> app::low @5
    ";
    breaks(
        graph,
        "layers app::high, closed app::upper, closed app::lower, app::low",
        &["2 app::high -> app::lower", "4 app::upper -> app::low"],
    );
}

/// L25
#[test]
fn l25_an_outsider_is_no_way_around_a_closed_layer() {
    let graph = "
        app::high -> app::outsider @1
        app::outsider -> app::low @2
        app::high -> app::mid @3
        app::mid -> app::low @4
    ";
    breaks(
        graph,
        "layers app::high, closed app::mid, app::low; reach modules",
        &["app::high -1-> app::outsider -2-> app::low"],
    );
}

/// L26: each head is a finding of its own, for each can be mended and excused by itself
#[test]
fn l26_chains_that_share_their_middle() {
    let graph = "
        app::low::c -> app::mid @1
        app::low::a -> app::mid @2
        app::low::b -> app::mid @3
        app::mid -> app::high::y @4
        app::mid -> app::high::x @5
    ";
    breaks(
        graph,
        "layers app::high, app::low; reach modules",
        &[
            "app::low::c -1-> app::mid -5-> app::high::x",
            "app::low::a -2-> app::mid -5-> app::high::x",
            "app::low::b -3-> app::mid -5-> app::high::x",
        ],
    );
}

/// L27
#[test]
fn l27_every_line_of_a_hop() {
    let graph = "
        app::low -> app::mid @1
        app::low -> app::mid @101
        app::mid -> app::high @7
    ";
    let found = super::violations(graph, "layers app::high, app::low; reach modules");
    let lines = |(span, words): &(_, String)| (crate::graph::sketch::line(*span), words.clone());
    assert_eq!(found.len(), 1);
    assert_eq!(super::line(&found[0]), "app::low -1-> app::mid -7-> app::high");
    assert_eq!(
        found[0].related[1..].iter().map(lines).collect::<Vec<_>>(),
        [(101, "`app::low` uses `app::mid` here too".to_owned())]
    );
}

/// L29
#[test]
fn l29_equally_long_routes() {
    let graph = "
        app::low -> app::fork @1
        app::fork -> app::z @2
        app::fork -> app::a @3
        app::z -> app::high::one @4
        app::a -> app::high::two @5
        app::a -> app::high::one @6
    ";
    breaks(
        graph,
        "layers app::high, app::low; reach modules",
        &["app::low -1-> app::fork -3-> app::a -6-> app::high::one"],
    );
}

/// L30
#[test]
fn l30_a_longer_fork_of_a_known_route() {
    let graph = "
        app::low -> app::a @1
        app::a -> app::b @2
        app::b -> app::high @3
        app::a -> app::c @4
        app::c -> app::d @5
        app::d -> app::high @6
    ";
    breaks(
        graph,
        "layers app::high, app::low; reach modules",
        &["app::low -1-> app::a -2-> app::b -3-> app::high"],
    );
}

#[test]
fn a_layer_within_another_is_a_layer_of_its_own() {
    let graph = "
        app::db -> app::web @1
        app::web -> app::db @2
        app::web -> app::Config @3
        app::db -> app::Config @4
        app::web::page -> app::web::form @5
        app::db::rows -> app::db::pool @6
    ";
    breaks(graph, "layers app::web, app", &["1 app::db -> app::web"]);
    breaks(graph, "layers app, app::db", &["1 app::db -> app::web", "4 app::db -> app::Config"]);
}

#[test]
fn only_a_chain_through_no_layer_is_the_affair_of_its_ends() {
    let graph = "
        app::low -> app::mid @1
        app::mid -> app::high @2
    ";
    breaks(
        graph,
        "layers app::high, app::mid, app::low; reach modules",
        &["1 app::low -> app::mid", "2 app::mid -> app::high"],
    );
}

/// L33: a helper beside the layers counts where the rule says so: everywhere, or in some place
#[test]
fn l33_who_stands_outside_counts_where_asked() {
    let graph = "
        app::low -> app::shady @1
        app::shady -> app::high @2
        app::tools -> app::low @3
    ";
    keeps(graph, "layers app::high, app::low");
    breaks(
        graph,
        "layers app::high, app::low; outsiders app::shady | app::tools",
        &["2 app::shady -> app::high", "3 app::tools -> app::low"],
    );
    breaks(
        graph,
        "layers app::high, app::low; outsiders app::shady",
        &["2 app::shady -> app::high"],
    );
}
