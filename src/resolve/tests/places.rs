//! Where names stand: attributes, derives, strings, comments; items and their names.

use super::{check, compare, resolve};

#[test]
fn derives_attributes_and_their_path_strings() {
    check(
        "
//- shop/src/lib.rs
pub mod wire { pub fn serialize() {} pub fn is_empty() {} }
mod user {
    #[derive(im::Wire, Debug)]
    struct A {
        #[serde(with = \"crate::wire\")]
        a: u8,
        #[serde(skip_serializing_if = \"crate::wire::is_empty\")]
        b: u8,
    }
    #[tokio::test]
    async fn f() {}
}
",
        "
shop::user -> im::Wire (attr)
shop::user -> shop::wire (attr)
shop::user -> shop::wire::is_empty (attr)
shop::user -> tokio::test (attr, test)
",
    );
}

#[test]
fn comments_strings_and_docs_never_count() {
    check(
        "
//- shop/src/lib.rs
//! [`crate::im::X`]
pub mod im { pub struct X; }
mod user {
    // use crate::im::X;
    /* crate::im::X */
    /// crate::im::X
    #[doc = \"crate::im::X\"]
    fn f() { let _ = \"crate::im::X\"; let _ = r#\"use crate::im::X;\"#; }
}
",
        "",
    );
}

#[test]
fn a_full_path_without_import_counts() {
    check(
        "
//- shop/src/lib.rs
pub mod im { pub fn send() {} pub struct X; pub trait Tr {} }
mod user {
    fn f() -> crate::im::X { crate::im::send(); loop {} }
    impl crate::im::Tr for u8 {}
    struct S<T: super::im::Tr>(T);
}
",
        "
shop::user -> shop::im::X
shop::user -> shop::im::send
shop::user -> shop::im::Tr
",
    );
}

#[test]
fn a_reference_knows_its_item() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
pub fn callee() {}
pub struct S;
impl S { fn method(&self) { callee(); } }
impl From<S> for u8 { fn from(_: S) -> u8 { callee(); 1 } }
fn outer() { fn inner() { callee(); } }
",
    );
    let mut found: Vec<String> = resolution
        .references
        .iter()
        .filter(|one| resolution.path(one.to) == "shop::callee")
        .map(|one| resolution.path(one.from))
        .collect();
    found.sort();
    assert_eq!(found, ["shop::S::method", "shop::outer::inner", "shop::u8::from"]);
}

#[test]
fn a_use_through_an_import_knows_the_import() {
    let resolution = resolve(
        "
//- im/src/lib.rs
pub struct Client;
//- shop/src/lib.rs
use im as managers;
fn f(_: managers::Client) {}
",
    );
    let through: Vec<String> = resolution
        .references
        .iter()
        .filter(|one| !one.imports.is_empty())
        .map(|one| {
            let import = &resolution.references[resolution.imports(one)[0].0 as usize];
            format!("{} by {}", resolution.path(one.to), resolution.path(import.to))
        })
        .collect();
    assert_eq!(through, ["im::Client by im"]);
}

#[test]
fn the_written_target_stops_at_the_first_re_export() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
mod im { pub struct Client; impl Client { pub fn new() {} } }
mod gateway { pub use crate::im::Client; }
mod web { use crate::gateway::Client; fn f() { Client::new(); } }
",
    );
    let web = resolution
        .references
        .iter()
        .filter(|one| resolution.path(resolution.module(one.from)) == "shop::web");
    let found: Vec<String> = web
        .clone()
        .map(|one| format!("{} as {}", resolution.path(one.to), resolution.path(one.written_to)))
        .collect();
    assert_eq!(
        found,
        [
            "shop::im::Client as shop::gateway::Client",
            "shop::im::Client::new as shop::gateway::Client"
        ]
    );
    compare(
        &resolution,
        web,
        "
shop::web -> shop::im::Client (use) via shop::gateway
shop::web -> shop::im::Client::new via shop::gateway
",
    );
}

#[test]
fn what_an_import_passed_its_uses_passed_too() {
    check(
        "
//- def/src/lib.rs
pub mod map { pub enum Mode { A } }
//- hir/src/lib.rs
pub use def::map;
//- ide/src/lib.rs
mod one { use hir::map::Mode; fn f(_: Mode) { let _ = Mode::A; } }
mod glob { use hir::map::*; fn f(_: Mode) {} }
",
        "
hir -> def::map (use)
ide::one -> def::map::Mode (use) via hir
ide::one -> def::map::Mode via hir
ide::one -> def::map::Mode::A via hir
ide::glob -> def::map (use) via hir
ide::glob -> def::map::Mode via hir
",
    );
}

#[test]
fn self_is_written_as_it_stands() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
pub trait Up: Sized { fn up(self) -> Option<Self>; }
impl Up for std::collections::HashMap<u8, u8> {
    fn up(self) -> Option<Self> { let _ = Self::new(); Some(self) }
}
",
    );
    let outside = resolution
        .references
        .iter()
        .filter(|one| resolution.path(resolution.crate_of(one.to)) == "std");
    let found: Vec<String> = outside
        .map(|one| format!("{} as {}", resolution.path(one.to), resolution.text(one.written)))
        .collect();
    assert_eq!(
        found,
        [
            "std::collections::HashMap as std::collections::HashMap",
            "std::collections::HashMap::new as Self::new"
        ]
    );
}

#[test]
fn a_visibility_that_says_nothing_is_let_pass() {
    check(
        "
//- shop/src/lib.rs
pub trait Up {}
mod inner {
    #[extension_trait]
    pub(crate) impl Ext for u8 { fn x() {} }
    use crate::Up;
}
",
        "shop::inner -> shop::Up (use)",
    );
}
