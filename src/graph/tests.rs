//! Chains and cycles.

use crate::graph::chains::{Arcs, Search};
use crate::graph::cycles::{Cycle, Weight, Weights, cycles};
use crate::graph::{Grain, sketch};
use crate::model::BitSet;

/// The shortest chain, as `a -> b -> c`, between nodes and all that comes after in the sketch's
/// tree.
fn shortest(text: &str, from: &str, to: &str, grain: Grain, avoiding: &[&str]) -> String {
    let graph = sketch::graph(text);
    let set = |paths: &[&str]| {
        let mut set = BitSet::new();
        for path in paths {
            set.insert(sketch::node(&graph, path).0 as usize);
        }
        set
    };
    let (from, to, avoiding) = (set(&[from]), set(&[to]), set(avoiding));
    let search = Search { from: &from, to: &to, avoiding: &avoiding };
    let arcs = Arcs::new(&graph, grain, |reference| Some(reference.to));
    let Some(chain) = arcs.shortest(search) else { return "none".to_owned() };
    let path = |node| graph.resolution.path(node);
    let hops = chain.iter().map(|link| format!(" -> {}", path(link.to)));
    path(chain[0].from) + &hops.collect::<String>()
}

#[test]
fn the_shortest_chain_wins_then_the_smallest() {
    let text = "
        web -> b
        web -> a
        web -> z
        a -> c
        b -> im
        c -> im
        z -> im
    ";
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &[]), "web -> b -> im");
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &["b"]), "web -> z -> im");
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &["b", "z"]), "web -> a -> c -> im");
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &["b", "z", "c"]), "none");
    assert_eq!(shortest(text, "im", "web", Grain::Modules, &[]), "none");
}

#[test]
fn a_fork_with_a_smaller_name_is_no_short_cut() {
    let text = "
        web -> hub
        hub -> a
        a -> b
        b -> im
        hub -> z
        z -> im
    ";
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &[]), "web -> hub -> z -> im");
}

#[test]
fn a_single_reference_is_the_shortest_chain() {
    let text = "
        web -> a
        a -> im
        web -> im
    ";
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &[]), "web -> im");
}

#[test]
fn manifests_lead_from_crate_to_crate_only() {
    let text = "
        web => app
        app => im
    ";
    assert_eq!(shortest(text, "web", "im", Grain::Crates, &[]), "web -> app -> im");
    assert_eq!(shortest(text, "web", "im", Grain::Modules, &[]), "none");
}

#[test]
fn dev_dependencies_of_a_dependency_lead_nowhere() {
    let text = "
        protocol => config
        config => harness dev
        harness => engine
    ";
    assert_eq!(shortest(text, "protocol", "engine", Grain::Crates, &[]), "none");
    assert_eq!(
        shortest(text, "config", "engine", Grain::Crates, &[]),
        "config -> harness -> engine"
    );
}

#[test]
fn tests_benches_examples_and_build_scripts_of_a_dependency_lead_nowhere() {
    for scope in ["test", "bench", "example", "build"] {
        let text = format!(
            "
            app::a -> app::b
            app::b -> lib::inner {scope}
            lib::inner -> lib::deep
            lib::deep -> im
            lib::deep -> far {scope}
        "
        );
        assert_eq!(
            shortest(&text, "app::a", "im", Grain::Modules, &[]),
            "app::a -> app::b -> lib::inner -> lib::deep -> im",
            "{scope}: still in the first crate"
        );
        assert_eq!(shortest(&text, "app::a", "far", Grain::Modules, &[]), "none", "{scope}");
    }
}

#[test]
fn a_chain_that_comes_home_stays_away() {
    let text = "
        app::a -> lib
        lib -> app::b
        app::b -> im test
        app::a -> app::c
        app::c -> app::d
        app::d -> app::b
    ";
    assert_eq!(
        shortest(text, "app::a", "im", Grain::Modules, &[]),
        "app::a -> app::c -> app::d -> app::b -> im"
    );
    assert_eq!(shortest(text, "app::a", "im", Grain::Modules, &["app::c"]), "none");
}

#[test]
fn an_edge_of_both_kinds_is_told_by_what_is_built() {
    let text = "
        app -> lib::x @1
        lib::x -> im @2 test
        lib::x -> im @3
    ";
    let graph = sketch::graph(text);
    let set = |path| {
        let mut set = BitSet::new();
        set.insert(sketch::node(&graph, path).0 as usize);
        set
    };
    let (from, to) = (set("app"), set("im"));
    let search = Search { from: &from, to: &to, avoiding: &BitSet::new() };
    let arcs = Arcs::new(&graph, Grain::Modules, |reference| Some(reference.to));
    let chain = arcs.shortest(search).unwrap();
    let evidence = chain[1].evidence.iter().map(|id| sketch::line(graph.reference(*id).span));
    assert_eq!(evidence.collect::<Vec<_>>(), [3]);
}

#[test]
fn a_long_chain_is_followed_without_recursion() {
    let line = |at: usize| format!("app::m{at} -> app::m{}", at + 1);
    let text = (0..500).map(line).collect::<Vec<_>>().join("\n");
    let chain = shortest(&text, "app::m0", "app::m500", Grain::Modules, &[]);
    assert_eq!(chain.matches("->").count(), 500);
}

/// The cycles among edges written `a-b` with single letters, or `a-b*3` for three uses of one
/// module edge, `a-b#3` for three module edges of one use each.
fn found(edges: &str) -> Vec<String> {
    cycles(&edges.split_whitespace().map(edge).collect()).iter().map(render).collect()
}

fn edge(text: &str) -> ((usize, usize), Weight) {
    let letter = |at: usize| usize::from(text.as_bytes()[at] - b'a');
    let count = || text[4..].parse().unwrap();
    let weight = match text.get(3..4) {
        Some("*") => Weight { first: 1, then: count() },
        Some("#") => Weight { first: count(), then: count() },
        _ => Weight { first: 1, then: 1 },
    };
    ((letter(0), letter(2)), weight)
}

/// The members, the shortest way round, and the cuts.
fn render(cycle: &Cycle) -> String {
    let letter = |node: &usize| char::from(b'a' + u8::try_from(*node).unwrap());
    let letters = |nodes: &[usize]| nodes.iter().map(letter).collect::<String>();
    let cuts: Vec<String> =
        cycle.cuts.iter().map(|(from, to)| format!("{}-{}", letter(from), letter(to))).collect();
    format!("{} {} cut {}", letters(&cycle.members), letters(&cycle.shortest), cuts.join(" "))
}

/// C1
#[test]
fn c1_none_one_nested_and_several() {
    assert_eq!(found("a-b b-c a-c"), [""; 0]);
    assert_eq!(found("a-b b-c c-a"), ["abc abc cut c-a"]);
    assert_eq!(found("a-b b-a b-c c-a"), ["abc ab cut a-b"]);
    assert_eq!(found("a-b b-a b-c c-d d-c"), ["ab ab cut b-a", "cd cd cut d-c"]);
}

/// C2
#[test]
fn c2_three_nodes_linked_both_ways() {
    assert_eq!(found("a-b b-a b-c c-b a-c c-a"), ["abc ab cut b-a c-a c-b"]);
}

/// C5
#[test]
fn c5_the_smaller_direction_is_cut() {
    assert_eq!(found("a-b#5 b-a#3"), ["ab ab cut b-a"]);
    assert_eq!(found("a-b*3 b-a*5"), ["ab ab cut a-b"]);
}

/// C6
#[test]
fn c6_all_equal() {
    assert_eq!(found("a-b b-c c-d d-e e-f f-a"), ["abcdef abcdef cut f-a"]);
}

/// C7
#[test]
fn c7_edges_count_not_uses() {
    assert_eq!(found("a-b*30 b-a#3"), ["ab ab cut a-b"]);
}

/// C11
#[test]
fn c11_tails_are_left_alone() {
    assert_eq!(found("x-y y-a a-b b-a b-p p-q"), ["ab ab cut b-a"]);
}

#[test]
fn the_way_round_goes_through_the_cheapest_cut() {
    assert_eq!(found("a-b*9 b-a*9 b-c*9 c-d*9 d-b*2"), ["abcd bcd cut d-b a-b"]);
}

/// Six nodes, and edges drawn by a small generator.
fn drawn(seed: u64) -> Weights {
    let mut state = seed;
    let mut draw = move |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).unwrap()
    };
    let edges = (0..14).map(|_| ((draw(6), draw(6)), Weight { first: 1 + draw(3), then: 3 }));
    edges.filter(|((from, to), _)| from != to).collect()
}

#[test]
fn every_cut_is_needed_and_all_are_enough() {
    let mut cut = 0;
    for weights in (0..500).map(drawn) {
        let mut left = weights.clone();
        let cuts: Vec<_> = cycles(&weights).into_iter().flat_map(|cycle| cycle.cuts).collect();
        left.retain(|edge, _| !cuts.contains(edge));
        assert_eq!(cycles(&left), [], "{weights:?} without {cuts:?}");
        for edge in &cuts {
            let mut back = left.clone();
            back.insert(*edge, weights[edge]);
            assert_eq!(cycles(&back).len(), 1, "{weights:?}: {edge:?} closes no circle");
        }
        cut += cuts.len();
    }
    assert!(cut > 500, "the graphs have cycles to speak of");
}

#[test]
fn many_nodes_in_one_circle() {
    let mut weights: Weights =
        (0..600).map(|node| ((node, node + 1), Weight { first: 1, then: 1 })).collect();
    weights.insert((600, 0), Weight { first: 1, then: 1 });
    let cycles = cycles(&weights);
    assert_eq!(cycles.len(), 1);
    assert_eq!(cycles[0].cuts, [(600, 0)]);
    assert_eq!(cycles[0].shortest.len(), 601);
}
