//! What violations say.

use crate::check::Violation;
use crate::model::CodeScope;

/// Message, label, notes and help of the only violation.
#[track_caller]
fn says(graph: &str, policy: &str, expected: &[&str]) {
    let found = only(graph, policy);
    let mut said = vec![found.message, found.label];
    said.extend(found.notes);
    said.extend(found.help);
    assert_eq!(said, expected);
}

#[track_caller]
fn only(graph: &str, policy: &str) -> Violation {
    let mut found = super::violations(graph, policy);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[test]
fn forbid() {
    says(
        "shop::web::page() -> im::dto::Profile",
        "forbid shop -> im",
        &["`shop::web` may not use `im::dto::Profile`", "names `im::dto::Profile`"],
    );
    says(
        "shop::web -> im::Client\nmod shop::gateway",
        "forbid shop -> im; via shop::gateway",
        &[
            "`shop::web` may not use `im::Client`",
            "names `im::Client`",
            "go through `shop::gateway`",
        ],
    );
    says("shop => im", "forbid shop -> im", &["`shop` may not depend on `im`", "names `im`"]);
}

#[test]
fn forbid_through_re_exports() {
    says(
        "shop::web -> im::dto::Profile through shop::dto@5",
        "forbid shop -> im",
        &[
            "`shop::web` may not use `im::dto::Profile`",
            "reaches `im::dto::Profile` through a re-export in `shop::dto`",
        ],
    );
    says(
        "shop::web -> im::dto::Profile through shop::front@4 through shop::dto@5 through im@6",
        "forbid shop -> im",
        &[
            "`shop::web` may not use `im::dto::Profile`",
            "reaches `im::dto::Profile` through re-exports in `shop::front`, then `shop::dto`",
        ],
    );
    says(
        "shop::web -> im::client::Client through im@6",
        "forbid shop -> im",
        &["`shop::web` may not use `im::client::Client`", "names `im::client::Client`"],
    );
}

#[test]
fn forbid_over_a_chain() {
    says(
        "shop::web::page() -> shop::helper::Helper\nshop::helper -> im::Client",
        "forbid shop::web -> im; reach modules",
        &["`shop::web` may not reach `im`", "leads to `im` through `shop::helper`"],
    );
}

#[test]
fn only_the_allowed() {
    says(
        "shop::web -> im::Client\nmod core",
        "only shop: core",
        &[
            "`shop::web` may not use `im::Client`",
            "names `im::Client`",
            "`shop` may use `core` only",
        ],
    );
}

#[test]
fn protect() {
    says(
        "shop::web -> im::Client\nmod shop::gateway",
        "protect im: shop::gateway",
        &[
            "`shop::web` may not use `im::Client`: `im` is protected",
            "names `im::Client`",
            "only `shop::gateway` may use it",
        ],
    );
    says(
        "shop::web -> im::Client",
        "protect im:",
        &[
            "`shop::web` may not use `im::Client`: `im` is protected",
            "names `im::Client`",
            "nobody outside of `im` may use it",
        ],
    );
}

#[test]
fn layers() {
    says(
        "shop::db -> shop::web::Page",
        "layers shop::web, shop::db",
        &[
            "`shop::db` may not use `shop::web::Page`: layer `shop::db` is below layer `shop::web`",
            "names `shop::web::Page`",
        ],
    );
    says(
        "shop::web -> shop::db::Row\nmod shop::flows",
        "layers shop::web, closed shop::flows, shop::db",
        &[
            "`shop::web` may not use `shop::db::Row`: \
             layer `shop::flows` between `shop::web` and `shop::db` is closed",
            "names `shop::db::Row`",
            "go through `shop::flows`",
        ],
    );
    says(
        "shop::a -> shop::b\nmod shop::c",
        "layers shop::a || shop::b, shop::c",
        &[
            "`shop::a` may not use `shop::b`: `shop::a` and `shop::b` are independent of each other",
            "names `shop::b`",
        ],
    );
}

#[test]
fn layers_that_are_all_there_is() {
    says(
        "app::high -> app::low\nmod app::stray",
        "layers app::high, app::low; undeclared app::stray",
        &[
            "`app::stray` stands in no layer of `app`",
            "this module",
            "give it a layer, or list it in `ignore`",
        ],
    );
}

#[test]
fn independent() {
    says(
        "shop::a::x -> shop::b::Item",
        "independent shop::a, shop::b",
        &[
            "`shop::a::x` may not use `shop::b::Item`: \
             `shop::a` and `shop::b` are independent of each other",
            "names `shop::b::Item`",
        ],
    );
}

#[test]
fn expose() {
    says(
        "im -> accounts::repo::Row\nmod accounts::api",
        "expose accounts: accounts::api",
        &[
            "`im` may not use `accounts::repo::Row`: `accounts` does not expose it",
            "names `accounts::repo::Row`",
            "`accounts` exposes `accounts::api`",
        ],
    );
}

#[test]
fn require() {
    says(
        "mod app::pay\nmod app::auth",
        "require app::pay: app::auth",
        &["`app::pay` must use `app::auth`, and does not", "nothing in here names `app::auth`"],
    );
}

#[test]
fn deprecate() {
    says(
        "app::new -> app::old::Thing",
        "deprecate app -> app::old; docs https://example.org/old",
        &[
            "`app::new` should no longer use `app::old::Thing`",
            "names `app::old::Thing`",
            "see https://example.org/old",
        ],
    );
}

#[test]
fn r12_circumstances_are_told() {
    says(
        "app::a -> app::b cfg unix macro alternative",
        "forbid app::a -> app::b",
        &[
            "`app::a` may not use `app::b`",
            "names `app::b`",
            "compiled only under `cfg(unix)`",
            "in a plain build the same path means something else",
            "written inside a macro",
        ],
    );
}

#[test]
fn the_facts_of_a_direct_use() {
    let found = only(
        "app::a::run() -> ext:serde::de::Error @7 as de::Error build",
        "forbid app -> ext:serde; because serde stays outside",
    );
    assert_eq!(found.rule, "forbid");
    assert_eq!(found.because.as_deref(), Some("serde stays outside"));
    assert_eq!(found.from, "app::a");
    assert_eq!(found.to, "ext:serde");
    assert_eq!(found.item, "ext:serde::de::Error");
    assert_eq!(found.owner, "app::a::run");
    assert_eq!(found.written, "de::Error");
    assert_eq!(found.scope, CodeScope::Build);
    assert_eq!(found.related[0].1, "rule `forbid` says so");
    assert!(found.edge.is_some() && found.chain.is_empty() && found.through.is_empty());
}

#[test]
fn the_facts_of_a_chain() {
    let found = only(
        "app::a::run() -> app::h @7\napp::h -> app::b::Item @9",
        "forbid app::a -> app::b; reach modules",
    );
    assert_eq!((found.from.as_str(), found.to.as_str()), ("app::a", "app::b"));
    assert_eq!((found.owner.as_str(), found.item.as_str()), ("app::a", "app::b"));
}
