//! Imports, globs, re-exports, shadowing.

use super::{check, resolve, unresolved};

#[test]
fn re_exports_are_followed_with_each_hop() {
    check(
        "
//- im/src/lib.rs
pub mod dto { pub struct Profile; }
pub use dto::*;
//- shop/src/lib.rs
pub mod gateway { pub use im::Profile; }
pub mod api { pub use crate::gateway::*; }
pub mod web { use crate::api::Profile as P; fn f(_: P) {} }
",
        "
im -> im::dto (use)
shop::gateway -> im::dto::Profile (use) via im
shop::api -> shop::gateway (use)
shop::web -> im::dto::Profile (use) via shop::api via shop::gateway via im
shop::web -> im::dto::Profile via shop::api via shop::gateway via im
",
    );
}

#[test]
fn globs_in_a_circle_end() {
    check(
        "
//- shop/src/lib.rs
pub mod a { pub use crate::b::*; pub struct A; }
pub mod b { pub use crate::a::*; pub struct B; }
pub mod c { use crate::a::{A, B}; use crate::b::{A as A2, B as B2}; }
",
        "
shop::a -> shop::b (use)
shop::b -> shop::a (use)
shop::c -> shop::a::A (use)
shop::c -> shop::b::B (use) via shop::a
shop::c -> shop::a::A (use) via shop::b
shop::c -> shop::b::B (use)
",
    );
}

#[test]
fn imports_that_only_name_each_other_are_said() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
mod a { pub use crate::b::X; }
mod b { pub use crate::a::X; }
",
    );
    assert_eq!(unresolved(&resolution), ["not-found: crate::b::X", "not-found: crate::a::X"]);
}

#[test]
fn explicit_imports_and_items_hide_globs() {
    check(
        "
//- shop/src/lib.rs
pub mod one { pub struct X; pub struct Y; }
pub mod two { pub struct X; }
mod user { use crate::one::*; use crate::two::X; pub struct Y; fn f(_: X, _: Y) {} }
",
        "
shop::user -> shop::one (use)
shop::user -> shop::two::X (use)
shop::user -> shop::two::X
",
    );
}

#[test]
fn names_of_a_glob_hide_the_standard_prelude() {
    check(
        "
//- shop/src/lib.rs
pub mod result { pub enum Result { Ok } }
mod user { use crate::result::*; fn f() -> Result { Result::Ok } }
",
        "
shop::user -> shop::result (use)
shop::user -> shop::result::Result
shop::user -> shop::result::Result::Ok
",
    );
}

#[test]
fn variants_come_by_glob_also_inside_a_function() {
    check(
        "
//- shop/src/lib.rs
pub mod meal { pub enum Meal { Soup, Bread(u8) } }
mod user {
    use crate::meal::Meal;
    fn f(meal: Meal) -> u8 {
        use Meal::*;
        match meal { Soup => 0, Bread(x) => x }
    }
}
",
        "
shop::user -> shop::meal::Meal (use)
shop::user -> shop::meal::Meal
shop::user -> shop::meal::Meal::Soup
shop::user -> shop::meal::Meal::Bread
",
    );
}

#[test]
fn private_names_come_by_glob_only_to_those_below() {
    check(
        "
//- shop/src/lib.rs
pub mod a {
    use crate::b::B;
    struct Hidden;
    mod inner { use super::*; fn f(_: B, _: Hidden) {} }
}
pub mod b { pub struct B; }
mod c { use crate::a::*; fn f(_: Hidden) {} }
",
        "
shop::a -> shop::b::B (use)
shop::a::inner -> shop::a (use)
shop::a::inner -> shop::a::Hidden
shop::a::inner -> shop::b::B via shop::a
shop::c -> shop::a (use)
",
    );
}

#[test]
fn a_local_module_comes_before_a_dependency_of_its_name() {
    check(
        "
//- json/src/lib.rs
pub struct Value;
//- shop/src/lib.rs
mod json { pub struct Mine; }
mod inner { use ::json::Value; fn f(_: crate::json::Mine) {} }
fn f(_: json::Mine) {}
",
        "
shop::inner -> json::Value (use)
shop::inner -> shop::json::Mine
shop -> shop::json::Mine
",
    );
}

#[test]
fn nobody_settles_for_a_glob_before_crates_are_known_that_are_declared_below() {
    check(
        "
//- shop/Cargo.toml
[package]
name = \"shop\"
edition = \"2024\"
//- shop/src/lib.rs
mod part {
    use crate::own::*;
    pub use self::Vec as Many;
    use me::inner::Vec;
}
mod own;
mod inner;
mod cart;
extern crate self as me;
//- shop/src/own.rs
pub struct Vec;
//- shop/src/inner.rs
pub struct Vec;
//- shop/src/cart.rs
use crate::part::Many;
",
        "
shop::part -> shop::own (use)
shop::part -> shop::inner::Vec (use)
shop::cart -> shop::inner::Vec (use) via shop::part
",
    );
}

#[test]
fn in_the_2015_edition_imports_start_at_the_root() {
    check(
        "
//- shop/Cargo.toml
[package]
name = \"shop\"
edition = \"2015\"
[dependencies]
json = \"1\"
//- shop/src/lib.rs
extern crate json as js;
pub mod a { pub struct A; }
mod b { use a::A; use js::Value; fn f(_: ::a::A) {} }
",
        "
shop -> json (use)
shop::b -> shop::a::A (use)
shop::b -> json::Value (use)
shop::b -> shop::a::A
",
    );
}

#[test]
fn a_renamed_dependency_is_its_package() {
    check(
        "
//- im/Cargo.toml
[package]
name = \"im\"
[lib]
name = \"im_service\"
//- im/src/lib.rs
pub struct X;
//- shop/Cargo.toml
[package]
name = \"shop\"
[dependencies]
im = { path = \"../im\" }
lsp = { package = \"gen-lsp-types\", version = \"1\" }
//- shop/src/lib.rs
use im_service::X;
use lsp::Url;
",
        "
shop -> im_service::X (use)
shop -> gen_lsp_types::Url (use)
",
    );
}

#[test]
fn a_registry_crate_with_a_members_name_is_not_the_member() {
    check(
        "
//- home/src/lib.rs
pub fn dir() {}
//- shop/Cargo.toml
[package]
name = \"shop\"
[dependencies]
home = \"0.5\"
//- shop/src/lib.rs
fn f() { home::dir(); }
",
        "shop -> ext:home::dir",
    );
}

#[test]
fn a_name_of_unknown_kind_does_not_hide_its_crate() {
    check(
        "
//- shop/src/lib.rs
use anyhow::{anyhow, Context};
fn f() { anyhow::bail(); anyhow!(\"x\"); }
",
        "
shop -> anyhow::anyhow (use)
shop -> anyhow::Context (use)
shop -> anyhow::bail
shop -> anyhow::anyhow (macro)
",
    );
}

#[test]
fn associated_items_belong_to_their_types_module() {
    check(
        "
//- shop/src/lib.rs
pub mod money {
    pub struct Money;
    impl Money { pub fn new() -> Self { Self } pub const ZERO: u8 = 0; }
    pub trait Round { fn round(); }
}
mod user {
    use crate::money;
    fn f() { money::Money::new(); money::Money::ZERO; money::Round::round(); }
}
",
        "
shop::user -> shop::money (use)
shop::user -> shop::money::Money::new
shop::user -> shop::money::Money::ZERO
shop::user -> shop::money::Round::round
",
    );
}

#[test]
fn locals_and_generics_shadow() {
    check(
        "
//- shop/src/lib.rs
pub fn price() {}
pub struct T;
mod user {
    use super::*;
    fn f(price: u8) { let x = price; }
    fn g<T: Iterator>(_: T) -> T::Item { loop {} }
    fn h() { price(); let price = 1; drop(price); }
}
",
        "
shop::user -> shop (use)
shop::user -> shop::price
",
    );
}

#[test]
fn imports_inside_a_function_stay_there() {
    check(
        "
//- shop/src/lib.rs
pub mod a { pub struct X; }
pub mod b { pub struct X; }
mod user {
    use crate::a::X;
    fn f() { use crate::b::X; let _: X; }
    fn g(_: X) {}
}
",
        "
shop::user -> shop::a::X (use)
shop::user -> shop::a::X
shop::user -> shop::b::X (use)
shop::user -> shop::b::X
",
    );
}

#[test]
fn self_names_the_type_of_its_impl() {
    check(
        "
//- shop/src/lib.rs
pub mod meal { pub enum Meal { Soup } }
mod user { impl crate::meal::Meal { fn f() -> Self { Self::Soup } } }
",
        "
shop::user -> shop::meal::Meal
shop::user -> shop::meal::Meal::Soup
",
    );
}

#[test]
fn a_module_and_a_function_may_share_a_name() {
    check(
        "
//- shop/src/lib.rs
pub mod log { pub struct Line; }
pub fn log() {}
mod user { use crate::log; fn f(_: log::Line) { log(); } }
",
        "
shop::user -> shop::log (use)
shop::user -> shop::log::Line
shop::user -> shop::log
",
    );
}

#[test]
fn restricted_re_exports_count_as_others() {
    check(
        "
//- shop/src/lib.rs
mod im { pub struct Client; }
mod gateway { pub(in crate) use crate::im::Client; }
mod web { use crate::gateway::Client; }
",
        "
shop::gateway -> shop::im::Client (use)
shop::web -> shop::im::Client (use) via shop::gateway
",
    );
}

#[test]
fn names_of_the_one_external_glob_are_its_own() {
    check(
        "
//- math/src/lib.rs
pub use glam::*;
pub struct Own;
//- shop/src/lib.rs
mod one { use math::{Own, Vec2}; fn f(_: Vec2, _: Own, _: Option<u8>) {} }
mod two { use glam::*; use rand::*; fn f(_: Quat) {} }
mod three { use math::*; fn f(_: Mat4) { Mat4::new(); } }
",
        "
math -> glam (use)
shop::one -> math::Own (use)
shop::one -> math::Own
shop::one -> glam::Vec2 (use) via math
shop::one -> glam::Vec2 via math
shop::two -> glam (use)
shop::two -> rand (use)
shop::three -> math (use)
shop::three -> glam::Mat4
shop::three -> glam::Mat4::new
",
    );
}

/// R17: what only a build script or a procedural macro knows is counted, not passed over.
#[test]
fn r17_what_is_generated_is_counted() {
    let resolution = resolve(
        "//- app/src/lib.rs
        mod wire { include!(concat!(env!(\"OUT_DIR\"), \"/wire.rs\")); }
        mod web;
        //- app/src/web.rs
        use crate::wire::Message;
        use crate::web::Generated;",
    );
    let expected = ["not-found: crate::wire::Message", "not-found: crate::web::Generated"];
    assert_eq!(unresolved(&resolution), expected);
}
