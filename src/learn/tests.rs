use super::{Lesson, learn};
use crate::boundaries::{bind, parse};
use crate::check::check;
use crate::graph::Graph;
use crate::model::FileId;
use crate::sketch::sketch;

/// What is learned from these files, without the head of the file. It must hold.
fn learned(files: &[(&str, &str)]) -> String {
    let sketch = sketch(files.iter().copied());
    let graph = Graph::new(sketch.resolve());
    let (workspace, sources) = (&sketch.workspace, &sketch.sources);
    let text = learn(Lesson { workspace, sources, graph: &graph, debt: false });
    let (boundaries, mut problems) = parse(&text, FileId::default());
    let (policy, more) = bind(&boundaries, workspace, &graph.resolution);
    problems.extend(more);
    assert_eq!(problems, []);
    assert_eq!(check(&graph, &policy, None).violations, []);
    let (_, body) = text.split_once("version = 1\n").expect("a head");
    body.trim().to_owned()
}

fn manifest(name: &str, dependencies: &[&str]) -> String {
    let entry = |name: &&str| format!("{name} = {{ path = \"../{name}\" }}\n");
    let entries: String = dependencies.iter().map(entry).collect();
    format!("[package]\nname = \"{name}\"\nedition = \"2021\"\n[dependencies]\n{entries}")
}

#[test]
fn the_order_of_crates_is_learned_with_programs_on_top() {
    let shop = manifest("shop", &["cart", "search"]);
    let cart = manifest("cart", &["money"]);
    let search = manifest("search", &["money"]);
    let (money, task) = (manifest("money", &[]), manifest("task", &["money"]));
    let expected = "\
# 5 references down this list, none up.
[[rule]]
id = \"crates-in-layers\"
layers = [
    \"shop | task\",
    \"cart | search\",
    \"money\",
]
because = \"a crate does not know who builds on it, so it can be built, tested and reused without them\"

# Not even dev-dependencies close a circle.
[[rule]]
id = \"crates-without-circles\"
acyclic = \"crates\"
scope = [\"normal\", \"build\", \"dev\"]
because = \"crates that need each other, if only in tests, cannot be published in order\"";
    let learned = learned(&[
        ("shop/Cargo.toml", &shop),
        ("shop/src/main.rs", "fn main() {}"),
        ("cart/Cargo.toml", &cart),
        ("cart/src/lib.rs", ""),
        ("search/Cargo.toml", &search),
        ("search/src/lib.rs", ""),
        ("money/Cargo.toml", &money),
        ("money/src/lib.rs", ""),
        ("task/Cargo.toml", &task),
        ("task/src/main.rs", "fn main() {}"),
    ]);
    assert_eq!(learned, expected);
}

#[test]
fn the_order_of_modules_is_learned_in_the_crate_that_is_all_there_is() {
    let expected = "\
# 4 references down this list, none up.
[[rule]]
id = \"shop-in-layers\"
layers = [
    \"web\",
    \"cart | search\",
    \"money\",
]
within = \"shop\"
because = \"a module does not know who builds on it, so it can be read and tested without them\"

[[rule]]
id = \"modules-without-circles\"
acyclic = \"shop\"
because = \"modules that need each other can only be read, tested and moved together\"";
    let learned = learned(&[
        ("shop/src/web.rs", "use crate::cart::Cart;\nuse crate::search::Index;"),
        ("shop/src/cart.rs", "use crate::money::Money;\npub struct Cart;"),
        ("shop/src/search.rs", "use crate::money::Money;\npub struct Index;"),
        ("shop/src/money.rs", "pub struct Money;"),
    ]);
    assert_eq!(learned, expected);
}

#[test]
fn what_needs_each_other_shares_a_layer_and_is_told_with_the_reference_to_cut() {
    let expected = "\
# 3 references down this list, none up.
[[rule]]
id = \"shop-in-layers\"
layers = [
    \"web\",
    \"cart : search\",
    \"money\",
]
within = \"shop\"
because = \"a module does not know who builds on it, so it can be read and tested without them\"

# To decide on:
#
# Circles of modules, closed by these references:
#     shop: search -> cart, 1 reference (shop/src/search.rs:2)
#
# A circle that has to stay for now can be kept from growing: name its crate in `acyclic`, then run
# `cargo archlint baseline --grow`.";
    let learned = learned(&[
        ("shop/src/web.rs", "use crate::cart::Cart;"),
        (
            "shop/src/cart.rs",
            "use crate::money::Money;\nuse crate::search::Index;\nuse crate::search::Page;\n\
             pub struct Cart;",
        ),
        (
            "shop/src/search.rs",
            "use crate::money::Money;\nuse crate::cart::Cart;\npub struct Index;\npub struct Page;",
        ),
        ("shop/src/money.rs", "pub struct Money;"),
    ]);
    assert_eq!(learned, expected);
}

#[test]
fn an_item_that_is_called_like_a_module_keeps_it_out_of_the_layers() {
    let learned = learned(&[
        (
            "shop/src/lib.rs",
            "pub mod web; pub mod cart; pub mod money; pub mod search;\n\
             pub fn money() { web::page() }",
        ),
        ("shop/src/web.rs", "use crate::cart::Cart;\npub fn page() {}"),
        ("shop/src/cart.rs", "use crate::money::Money;\npub struct Cart;"),
        ("shop/src/search.rs", "use crate::cart::Cart;"),
        ("shop/src/money.rs", "pub struct Money;"),
    ]);
    assert!(!learned.contains("in-layers"), "{learned}");
    assert!(learned.contains("acyclic = \"shop\""), "{learned}");
}

#[test]
fn who_alone_uses_something_outside_may_go_on() {
    let learned = learned(&[
        (
            "shop/Cargo.toml",
            "[package]\nname = \"shop\"\n[dependencies]\nsqlx = \"1\"\nlog = \"1\"",
        ),
        ("shop/src/lib.rs", "mod web; mod cart; mod store; mod money; mod page;"),
        ("shop/src/web.rs", "fn page() { log::info(); }"),
        ("shop/src/cart.rs", "fn add() { log::info(); log::warn(); }"),
        (
            "shop/src/store.rs",
            "use sqlx::Pool;\nfn open() { sqlx::connect(); sqlx::migrate(); std::fs::read(\"x\"); }",
        ),
        ("shop/src/money.rs", ""),
        ("shop/src/page.rs", ""),
    ]);
    let expected = "\
# 3 uses, nowhere else.
[[rule]]
id = \"sqlx-in-shop-store\"
protect = \"ext:sqlx\"
allow = \"shop::store\"
because = \"sqlx can be upgraded or replaced in one place\"

# 1 use, nowhere else; build scripts are not judged.
[[rule]]
id = \"std-fs-in-shop-store\"
protect = \"std::fs\"
allow = \"shop::store\"
scope = [\"normal\"]
because = \"what touches the world in few places can be tested without it everywhere else\"";
    assert_eq!(learned, expected);
}

/// Three plugins say by their name what they are; the tool of the macros needs no rule.
#[test]
fn kin_stay_apart_and_macros_keep_their_tools_to_themselves() {
    let member = |name: &str| manifest(name, &["money"]);
    let macros = "[package]\nname = \"macros\"\n[lib]\nproc-macro = true\n\
        [dependencies]\nsyn = \"2\"";
    let tools = "use syn::A;\n".repeat(20);
    let (one, two, three) = (member("plug-a"), member("plug-b"), member("plug-c"));
    let learned = learned(&[
        ("plug-a/Cargo.toml", &one),
        ("plug-a/src/main.rs", ""),
        ("plug-b/Cargo.toml", &two),
        ("plug-b/src/main.rs", ""),
        ("plug-c/Cargo.toml", &three),
        ("plug-c/src/main.rs", ""),
        ("cart/Cargo.toml", &manifest("cart", &["money"])),
        ("cart/src/lib.rs", ""),
        ("search/Cargo.toml", &manifest("search", &["money"])),
        ("search/src/lib.rs", ""),
        ("money/Cargo.toml", &manifest("money", &["macros"])),
        ("money/src/lib.rs", ""),
        ("macros/Cargo.toml", macros),
        ("macros/src/lib.rs", &tools),
    ]);
    assert!(learned.contains("plug-crates = \"plug-*\""), "{learned}");
    assert!(learned.contains("independent = \"plug-*\""), "{learned}");
    assert!(!learned.contains("syn"), "{learned}");
}

#[test]
fn nothing_is_learned_from_nothing() {
    assert_eq!(learned(&[("shop/src/lib.rs", "")]), "");
}

mod names {
    use crate::learn::families::{families, selectors};

    #[test]
    fn packages_that_are_called_alike_are_a_family_and_a_glob_where_one_fits() {
        let names = ["shop", "shop-web", "shop-web-api", "shop-web-page", "money"];
        let found = families(&names, |_| false);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].stem.as_str(), &found[0].members[..]), ("shop-web", &[1, 2, 3][..]));
        assert_eq!(selectors("shop-web", &[1, 2, 3], &names), ["shop-web", "shop-web-*"]);
        assert_eq!(selectors("shop-web", &[2, 3], &names), ["shop-web-api", "shop-web-page"]);
    }

    #[test]
    fn plugins_and_their_makers_differ_by_what_they_are_and_by_their_separator() {
        let names = ["nu_plugin_a", "nu_plugin_b", "nu_plugin_c", "nu-plugin-core", "nu-x", "nu-y"];
        let found = families(&names, |at| at < 3);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].members, [0, 1, 2]);
        // `_` and `-` are alike to a glob, so it would take the makers in.
        assert_eq!(selectors("nu_plugin", &[0, 1, 2], &names), &names[..3]);
    }
}

mod heights {
    use crate::graph::cycles::{Weight, Weights};
    use crate::learn::order::{Level, levels, shorten};

    fn weights(edges: &[(usize, usize)]) -> Weights {
        edges.iter().map(|edge| (*edge, Weight { first: 1, then: 1 })).collect()
    }

    fn level(members: &[usize], apart: bool) -> Level {
        Level { members: members.to_vec(), apart }
    }

    #[test]
    fn everything_stands_above_all_that_it_names() {
        let found = levels(&weights(&[(0, 1), (1, 2), (0, 2), (3, 2)]));
        assert_eq!(found, [level(&[0, 3], true), level(&[1], true), level(&[2], true)]);
    }

    #[test]
    fn a_circle_stands_on_one_level() {
        let found = levels(&weights(&[(0, 1), (1, 2), (2, 1), (2, 3)]));
        assert_eq!(found, [level(&[0], true), level(&[1, 2], false), level(&[3], true)]);
    }

    #[test]
    fn what_has_one_user_stands_right_below_it() {
        // 5 is named by the program 0 alone; 4 names nothing and stays at the bottom.
        let found = levels(&weights(&[(0, 1), (1, 2), (2, 3), (0, 5), (5, 3), (0, 4)]));
        let expected = [level(&[0], true), level(&[1, 5], true), level(&[2], true)];
        assert_eq!(found[..3], expected);
        assert_eq!(found[3..], [level(&[3, 4], true)]);
    }

    #[test]
    fn neighbours_that_share_the_fewest_references_are_joined() {
        let mut weights = weights(&[(0, 1), (1, 2), (2, 3)]);
        let edge = weights.get_mut(&(2, 3)).unwrap();
        edge.then = 5;
        let mut found = levels(&weights);
        shorten(&mut found, &weights, 3);
        assert_eq!(found, [level(&[0], true), level(&[1, 2], false), level(&[3], true)]);
    }
}
