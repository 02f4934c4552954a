//! `forbid`, `only`, `protect`, `independent`, `expose`, `require`, `deprecate`.

use super::{breaks, keeps, line};
use crate::check::{check, sketch as policies};
use crate::graph::sketch;
use crate::model::Severity;
use crate::resolve::{ReferenceId, Resolution, Row};

/// F1
#[test]
fn f1_children_count() {
    breaks(
        "app::a::x::y -> app::b::z @3",
        "forbid app::a -> app::b",
        &["3 app::a::x::y -> app::b::z"],
    );
}

/// F2
#[test]
fn f2_exact_names() {
    let graph = "
        app::a::x::y -> app::b::z
        app::a -> app::b::z
        app::a::f() -> app::b::Item @9
    ";
    breaks(graph, "forbid =app::a -> =app::b", &["9 app::a::f -> app::b::Item"]);
}

/// F3
#[test]
fn f3_source_equals_target() {
    keeps("app::a::x -> app::a::y", "forbid app::a -> app::a");
}

/// F4
#[test]
fn f4_what_stands_in_the_target_is_its_own_business() {
    let graph = "
        app::b -> app::a @1
        app::a -> app::a::x @2
    ";
    breaks(graph, "forbid app::a | app::b -> app::a", &["1 app::b -> app::a"]);
}

/// F5
#[test]
fn f5_target_within_the_source() {
    let graph = "
        app::a::x -> app::a::y @1
        app::b -> app::a::x @2
        app -> app::a @3
    ";
    breaks(graph, "forbid app -> app::a", &["2 app::b -> app::a::x", "3 app -> app::a"]);
    breaks(graph, "forbid =app -> app::a", &["3 app -> app::a"]);
}

/// F6
#[test]
fn f6_direct_uses_only() {
    keeps("app::a -> app::h\napp::h -> app::b", "forbid app::a -> app::b");
    breaks("app::a -> app::b", "forbid app::a -> app::b", &["1 app::a -> app::b"]);
}

/// F7: the binding warns where the lock file does not know the crate
#[test]
fn f7_a_crate_that_nobody_uses() {
    keeps("mod app\nmod ext:openssl", "forbid app -> ext:openssl");
}

/// F8
#[test]
fn f8_a_part_of_an_external_crate() {
    let graph = "
        app -> ext:tokio::fs::File @1
        app -> ext:tokio::net @2
        app -> ext:tokio @3
    ";
    breaks(graph, "forbid app -> ext:tokio::fs", &["1 app -> ext:tokio::fs::File"]);
}

/// F9
#[test]
fn f9_only_from_the_last_source_to_the_first_target() {
    let graph = "
        app::a::one -> app::a::two @1
        app::a::two -> app::a::three @2
        app::a::three -> app::b::four @3
        app::b::four -> app::b::five @4
    ";
    breaks(graph, "forbid app::a -> app::b; reach modules", &["3 app::a::three -> app::b::four"]);
}

/// F10
#[test]
fn f10_no_chain_comes_back_into_its_source() {
    let graph = "
        app::a::baz -> app::brown @1
        app::brown -> app::a::foo @2
        app::a::foo -> app::b::foo @3
        app::a::baz -> app::three @4
        app::three -> app::two @5
        app::two -> app::one @6
        app::one -> app::b::foo @7
    ";
    breaks(
        graph,
        "forbid app::a -> app::b; reach modules",
        &[
            "3 app::a::foo -> app::b::foo",
            "app::a::baz -4-> app::three -5-> app::two -6-> app::one -7-> app::b::foo",
        ],
    );
}

/// F11
#[test]
fn f11_through_the_gateway() {
    let graph = "
        shop::web -> shop::gateway @1
        shop::gateway -> im @2
    ";
    keeps(graph, "forbid shop::web -> im; via shop::gateway; reach modules");
    keeps(graph, "forbid shop -> im; via shop::gateway");
}

/// F12
#[test]
fn f12_through_another() {
    let graph = "
        shop::web -> shop::helper @1
        shop::helper -> im @2
        mod shop::gateway
    ";
    breaks(
        graph,
        "forbid shop::web -> im; via shop::gateway; reach modules",
        &["shop::web -1-> shop::helper -2-> im"],
    );
}

/// F13
#[test]
fn f13_the_gateway_has_helpers() {
    let graph = "
        shop::web -> shop::gateway @1
        shop::gateway -> shop::gw_helper @2
        shop::gw_helper -> im @3
    ";
    keeps(graph, "forbid shop::web -> im; via shop::gateway; reach modules");
    keeps(graph, "forbid shop::web | shop::gateway -> im; via shop::gateway; reach modules");
}

/// F14
#[test]
fn f14_back_out_of_the_gateway() {
    let graph = "
        shop::web -> shop::gateway @1
        shop::gateway -> shop::web2 @2
        shop::web2 -> im @3
    ";
    breaks(
        graph,
        "forbid shop::web | shop::web2 -> im; via shop::gateway; reach modules",
        &["3 shop::web2 -> im"],
    );
}

#[test]
fn the_gateway_may_be_a_part_of_the_target() {
    let graph = "
        shop::web -> accounts::api::Account @1
        shop::web -> accounts::repo::Row @2
        accounts::api -> accounts::repo::Row @3
    ";
    breaks(
        graph,
        "forbid shop -> accounts; via accounts::api; reach modules",
        &["2 shop::web -> accounts::repo::Row"],
    );
}

/// P1
#[test]
fn p1_the_allowed() {
    keeps("app::x -> app::p::child", "protect app::p: app::x");
}

/// P2
#[test]
fn p2_the_others() {
    breaks(
        "app::other -> app::p::Item\nmod app::x",
        "protect app::p: app::x",
        &["1 app::other -> app::p::Item"],
    );
    breaks("app::other -> app::p::Item", "protect app::p:", &["1 app::other -> app::p::Item"]);
}

/// P3
#[test]
fn p3_within() {
    keeps("app::p::a -> app::p::b\nmod app::x", "protect app::p: app::x");
}

/// P4
#[test]
fn p4_the_allowed_as_a_subtree_and_exactly() {
    let graph = "app::x::deep::child -> app::p @2";
    keeps(graph, "protect app::p: app::x");
    breaks(graph, "protect app::p: =app::x", &["2 app::x::deep::child -> app::p"]);
}

/// P5
#[test]
fn p5_two_protected_ones() {
    let graph = "
        app::p1 -> app::p2 @1
        app::x -> app::p1 @2
        app::x -> app::p2 @3
    ";
    let rules = "
        protect app::p1: app::x
        protect app::p2: app::x
    ";
    breaks(graph, rules, &["1 app::p1 -> app::p2"]);
    keeps(graph, "protect app::p2: app::x | app::p1");
}

/// P6
#[test]
fn p6_an_external_crate() {
    let graph = "
        app::gateway -> ext:reqwest::Client @1
        app::web -> ext:reqwest::Client @2
    ";
    breaks(graph, "protect ext:reqwest: app::gateway", &["2 app::web -> ext:reqwest::Client"]);
}

#[test]
fn a_protected_module_may_be_used_through_the_allowed() {
    let graph = "
        app::web -> app::x @1
        app::x -> app::p @2
    ";
    keeps(graph, "protect app::p: app::x; reach modules");
}

/// I1
#[test]
fn i1_through_a_helper() {
    let graph = "
        app::a::x -> app::h @1
        app::h -> app::b::y @2
    ";
    keeps(graph, "independent app::a, app::b");
    breaks(
        graph,
        "independent app::a, app::b; reach modules",
        &["app::a::x -1-> app::h -2-> app::b::y"],
    );
}

/// I2
#[test]
fn i2_neighbours_only() {
    let graph = "
        app::a -> app::b @1
        app::b -> app::c @2
    ";
    breaks(
        graph,
        "independent app::a, app::b, app::c; reach modules",
        &["1 app::a -> app::b", "2 app::b -> app::c"],
    );
}

#[test]
fn each_direction_of_a_pair_counts() {
    breaks(
        "app::a -> app::b\napp::b -> app::a",
        "independent app::a, app::b",
        &["1 app::a -> app::b", "2 app::b -> app::a"],
    );
}

/// O1
#[test]
fn o1_a_private_component() {
    let graph = "
        app::private::a -> app::private::b @1
        app::other -> app::private::a @2
    ";
    breaks(graph, "protect app::private:", &["2 app::other -> app::private::a"]);
}

/// O2
#[test]
fn o2_a_face_and_one_for_a_single_consumer() {
    let graph = "
        app::web -> app::accounts::api @1
        app::web -> app::accounts::repo @2
        app::web -> app::accounts::export @3
        app::batch -> app::accounts::export @4
        app::batch -> app::accounts::api @5
        app::accounts::api -> app::accounts::repo @6
    ";
    let rules = "
        expose app::accounts: app::accounts::api
        expose app::accounts: app::accounts::export; to app::batch
    ";
    breaks(
        graph,
        rules,
        &[
            "2 app::web -> app::accounts::repo",
            "3 app::web -> app::accounts::export",
            "5 app::batch -> app::accounts::api",
        ],
    );
}

#[test]
fn the_face_leads_inside() {
    let graph = "
        app::web -> app::accounts::api @1
        app::accounts::api -> app::accounts::repo @2
        app::web -> app::helper @3
        app::helper -> app::accounts::repo @4
    ";
    breaks(
        graph,
        "expose app::accounts: app::accounts::api; to app::web; reach modules",
        &["app::web -3-> app::helper -4-> app::accounts::repo"],
    );
}

#[test]
fn only_what_is_allowed_and_itself() {
    let graph = "
        app::domain::a -> app::domain::b @1
        app::domain -> app::money::Money @2
        app::domain -> ext:serde::Serialize @3
        app::domain -> app::web @4
        app::domain -> ext:reqwest::Client @5
        app::domain -> std::fs::File @6
        app::web -> ext:reqwest @7
    ";
    let found = ["4 app::domain -> app::web", "5 app::domain -> ext:reqwest::Client"];
    breaks(graph, "only app::domain: app::money | ext:serde", &found);
    let with_std = [found[0], found[1], "6 app::domain -> std::fs::File"];
    breaks(graph, "only app::domain: app::money | ext:serde; std", &with_std);
}

#[test]
fn require_is_broken_where_it_is_not_met() {
    let graph = "
        app::handlers::pay -> app::auth::Session
        app::handlers::list -> app::db
        app::handlers::tests -> app::auth::Session test
    ";
    breaks(
        graph,
        "require app::handlers::pay, app::handlers::list, app::handlers::tests: app::auth",
        &["0 app::handlers::list -> app::auth", "0 app::handlers::tests -> app::auth"],
    );
}

/// X16
#[test]
fn x16_deprecated_edges_are_warnings() {
    let found = super::violations("app::a -> app::old", "deprecate app::a -> app::old");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Warn);
}

/// X9
#[test]
fn x9_rules_do_not_disturb_each_other() {
    let graph = "
        app::a -> app::h @1
        app::h -> app::b @2
        app::a -> app::b @3
    ";
    let one = "forbid app::a -> app::b; reach modules; except app::a -> app::b";
    let two = "independent app::a, app::b; reach modules";
    let chain = "app::a -1-> app::h -2-> app::b";
    let direct = "3 app::a -> app::b";
    breaks(graph, &format!("{one}\n{two}"), &[chain, chain, direct]);
    breaks(graph, &format!("{two}\n{one}"), &[chain, direct, chain]);
}

/// X12
#[test]
fn x12_a_module_in_no_component() {
    let graph = "
        app::a::x -> app::b @1
        mod app::c::deep
        mod app::d::one
        mod app::d::two
        mod app/bin/app::cli
        mod app/test/smoke
        mod ext:serde
    ";
    let policy = "
        component app::a
        component app::b
        component app::d::one
        exhaustive
    ";
    breaks(graph, policy, &["0 app::c -> ", "0 app::d::two -> ", "0 app/bin/app -> "]);
}

#[test]
fn scopes_decide_what_is_judged() {
    let graph = "
        app::a -> app::b @1
        app::a::tests -> app::b @2 test
        app/test/it -> app::b @3 test
    ";
    breaks(graph, "forbid app::a -> app::b", &["1 app::a -> app::b"]);
    breaks(graph, "forbid app::a -> app::b; scope test", &["2 app::a::tests -> app::b"]);
    breaks(
        graph,
        "protect app::b:; scope test",
        &["2 app::a::tests -> app::b", "3 app/test/it -> app::b"],
    );
}

#[test]
fn a_use_of_a_forbidden_import_is_not_told_again() {
    let graph = "
        use accounts::flows -> im::Client @1 #client
        accounts::flows::create() -> im::Client::new() @5 by client
        accounts::flows::create() -> im::Client::drop() @6
        use accounts::mail -> im @7 #im as managers
        use accounts::mail -> im::Letter @8 by im
        accounts::mail::send() -> im::Client::new() @9 by im
    ";
    breaks(
        graph,
        "forbid accounts -> im",
        &[
            "1 accounts::flows -> im::Client",
            "6 accounts::flows::create -> im::Client::drop",
            "7 accounts::mail -> im",
        ],
    );
    breaks(
        graph,
        "forbid accounts -> im::Client::new()",
        &[
            "5 accounts::flows::create -> im::Client::new",
            "9 accounts::mail::send -> im::Client::new",
        ],
    );
}

#[test]
fn a_re_export_by_a_forbidden_import_is_not_told_again() {
    let graph = "
        use app::flows -> im @1 #im as managers
        use app::flows -> im::Profile @2 #profile by im
        app::flows::run() -> im::Profile @3 by profile
        app::mail -> im::Profile @4 through app::flows@2
    ";
    breaks(graph, "forbid app -> im", &["1 app::flows -> im", "4 app::mail -> im::Profile"]);
}

/// What is told where the imports of three references are the ones with these numbers.
fn told(imports: [&[u32]; 3]) -> Vec<String> {
    let mut graph = sketch::graph("use app -> im::a\nuse app -> im::b\nuse app -> im::c");
    let Resolution { references, imports: list, .. } = &mut graph.resolution;
    for (reference, imports) in references.iter_mut().zip(imports) {
        let imports: Vec<_> = imports.iter().map(|id| ReferenceId(*id)).collect();
        reference.imports = Row::push(list, &imports);
    }
    let policy = policies::policy(&graph, "forbid app -> im");
    check(&graph, &policy, None).violations.iter().map(line).collect()
}

#[test]
fn imports_may_stand_on_imports() {
    assert_eq!(told([&[], &[0], &[1]]), ["1 app -> im::a"]);
    assert_eq!(told([&[1], &[2], &[]]), ["3 app -> im::c"]);
    assert_eq!(told([&[1], &[0], &[]]), ["1 app -> im::a", "2 app -> im::b", "3 app -> im::c"]);
}

#[test]
fn a_use_stays_unless_all_its_imports_are_told() {
    let graph = "
        use app -> im::Client @1 #one cfg unix
        use app -> fake::Client @2 #two cfg windows
        app::run() -> im::Client @5 by one,two
    ";
    breaks(graph, "forbid app -> im", &["1 app -> im::Client", "5 app::run -> im::Client"]);
}

#[test]
fn one_place_is_told_once() {
    let graph = "
        app::a -> app::b::One @1
        app::a -> app::b::Two @1
        app::a -> app::b::One @1:5
        app::a -> app::b::One @2 alternative
        app::a -> app::b::Two @2
    ";
    let found = super::violations(graph, "forbid app::a -> app::b");
    assert_eq!(
        found.iter().map(line).collect::<Vec<_>>(),
        ["1 app::a -> app::b::One", "1 app::a -> app::b::One", "2 app::a -> app::b::Two"]
    );
    assert_eq!(found[0].notes, ["the same path may also mean `app::b::Two`"]);
    assert_eq!(found[1].notes, [""; 0]);
}

/// R5
#[test]
fn r5_a_re_export_is_seen_through_or_not() {
    let graph = "
        shop::web -> im::Client @3 through shop::gateway@8
        use shop::gateway -> im::Client @8
    ";
    breaks(graph, "forbid shop::web -> im", &["3 shop::web -> im::Client"]);
    keeps(graph, "forbid shop::web -> im; opaque");
    keeps(graph, "forbid shop::web -> shop::gateway");
    breaks(graph, "forbid shop::web -> shop::gateway; opaque", &["3 shop::web -> shop::gateway"]);
    breaks(graph, "forbid shop -> im; via shop::gateway", &["3 shop::web -> im::Client"]);
}

#[test]
fn chains_from_item_to_item() {
    let graph = "
        app::web::page() -> app::hub::plain() @1
        app::hub::plain() -> app::hub::Config @2
        app::hub::other() -> im::Client @3
        app::web::pay() -> app::hub::Order::pay() @4
        app::hub::Order -> app::hub::Config @5
        app::hub::Order::pay() -> im::Client @6
    ";
    breaks(
        graph,
        "forbid app::web -> im; reach items",
        &["app::web::pay -4-> app::hub::Order::pay -6-> im::Client"],
    );
    breaks(graph, "forbid app::web -> im; reach modules", &["app::web -1-> app::hub -3-> im"]);
}

#[test]
fn a_chain_does_not_pass_its_source_again() {
    let graph = "
        app::a::f() -> app::b @1
        app::b -> app::a::f() @2
        app::a::g() -> im @3
    ";
    keeps(graph, "forbid app::a::f() -> im; reach modules");
    breaks(
        &format!("{graph}\napp::b -> app::a::g() @4"),
        "forbid app::a::f() -> im; reach modules",
        &["app::a -1-> app::b -4-> app::a -3-> im"],
    );
}

#[test]
fn manifests_are_judged_by_rules_about_whole_crates() {
    let graph = "
        accounts => im @1
        accounts => test_kit @2 dev
        accounts::gateway -> im::Client @3
        mod im::dto
    ";
    breaks(
        graph,
        "forbid accounts -> im",
        &["1 accounts -> im", "3 accounts::gateway -> im::Client"],
    );
    keeps(graph, "forbid accounts -> im; via accounts::gateway");
    keeps(graph, "protect im: accounts::gateway");
    keeps(graph, "forbid accounts -> im::dto");
    keeps(graph, "expose im: im::Client");
    keeps(graph, "forbid accounts -> test_kit");
    breaks(graph, "forbid accounts -> test_kit; scope dev", &["2 accounts -> test_kit"]);
}

#[test]
fn chains_end_before_the_dev_dependencies_of_others() {
    let graph = "
        protocol => config @1
        config => harness @2 dev
        harness => engine @3
    ";
    let rule = |from: &str| format!("forbid {from} -> engine; reach crates; scope normal,dev");
    keeps(graph, &rule("protocol"));
    breaks(graph, &rule("config"), &["config -2-> harness -3-> engine"]);
}

#[test]
fn chains_from_crate_to_crate() {
    let graph = "
        web => app @1
        app => db @2
        web => log @3
        log => db @4 dev
    ";
    breaks(graph, "forbid web -> db; reach crates", &["web -1-> app -2-> db"]);
    keeps(graph, "forbid web -> db; reach modules");
    keeps(graph, "forbid web -> db; via app; reach crates");
    let gateway = format!("{graph}\nmod app::gateway");
    keeps(&gateway, "forbid web -> db; via app::gateway; reach crates");
}

/// What a member's own file judges starts in the member, and what it shows to itself opens nothing
/// that the workspace's file closes.
#[test]
fn a_members_rule_judges_what_starts_there() {
    let graph = sketch::graph("app::a -> lib::x @1\napp::b -> lib::x @2\nlib::y -> lib::x @3");
    let mut policy = policies::policy(&graph, "protect lib::x:; id here\nforbid app::a -> lib::x");
    policy.rules[0].within =
        Some(policies::policy(&graph, "component app").components[0].set.nodes.clone());
    let lines: Vec<String> = check(&graph, &policy, None).violations.iter().map(line).collect();
    assert_eq!(lines, ["1 app::a -> lib::x", "2 app::b -> lib::x", "1 app::a -> lib::x"]);

    let rules = "expose lib: lib::y; id outer\nexpose lib: lib::x; to app::a; id inner";
    let mut policy = policies::policy(&graph, rules);
    let told = |policy: &_| -> Vec<String> {
        check(&graph, policy, None)
            .violations
            .iter()
            .map(|one| format!("{} {}", one.rule, line(one)))
            .collect()
    };
    assert_eq!(told(&policy), ["outer 2 app::b -> lib::x"]);
    policy.rules[1].span.file = crate::model::FileId(7);
    assert_eq!(told(&policy), ["outer 1 app::a -> lib::x", "outer 2 app::b -> lib::x"]);
}
