//! Files and modules.

use super::{check, resolve, unresolved};

#[test]
fn files_beside_and_inside_folders() {
    check(
        "
//- shop/src/lib.rs
mod cart;
mod price;
//- shop/src/cart/mod.rs
mod line;
use crate::price::list::Price;
//- shop/src/cart/line.rs
use super::super::price::list;
//- shop/src/price.rs
pub mod list;
//- shop/src/price/list.rs
pub struct Price;
",
        "
shop::cart -> shop::price::list::Price (use)
shop::cart::line -> shop::price::list (use)
",
    );
}

#[test]
fn a_declaration_alone_is_no_use() {
    check(
        "
//- shop/src/lib.rs
mod im;
//- shop/src/im.rs
pub struct X;
",
        "",
    );
}

#[test]
fn path_attributes_start_at_the_file_or_at_the_inline_module() {
    check(
        "
//- shop/src/lib.rs
#[path = \"odd/place.rs\"]
mod straight;
mod outer;
pub struct Root;
//- shop/src/odd/place.rs
mod beside;
//- shop/src/odd/beside.rs
use crate::Root;
//- shop/src/outer.rs
mod inline {
    #[path = \"deep.rs\"]
    mod deep;
    mod plain;
}
#[path = \"flat.rs\"]
mod flat;
//- shop/src/outer/inline/deep.rs
use crate::Root;
//- shop/src/outer/inline/plain.rs
use crate::Root;
//- shop/src/flat.rs
use crate::Root;
",
        "
shop::straight::beside -> shop::Root (use)
shop::outer::inline::deep -> shop::Root (use)
shop::outer::inline::plain -> shop::Root (use)
shop::outer::flat -> shop::Root (use)
",
    );
}

#[test]
fn an_inline_module_with_a_path_moves_its_folder() {
    check(
        "
//- shop/src/lib.rs
#[path = \"threads\"]
mod thread {
    #[path = \"tls.rs\"]
    mod local;
    mod park;
}
pub struct Root;
//- shop/src/threads/tls.rs
use crate::Root;
//- shop/src/threads/park.rs
use crate::Root;
",
        "
shop::thread::local -> shop::Root (use)
shop::thread::park -> shop::Root (use)
",
    );
}

#[test]
fn alternatives_of_one_module_are_one_module() {
    check(
        "
//- shop/src/lib.rs
#[cfg(unix)]
#[path = \"unix.rs\"]
mod imp;
#[cfg(windows)]
#[path = \"windows.rs\"]
mod imp;
#[cfg_attr(target_os = \"linux\", path = \"linux.rs\")]
mod os;
pub mod a { pub struct A; }
mod user { use crate::imp::{Unix, Windows}; use crate::os::{Linux, Other}; }
//- shop/src/unix.rs
pub struct Unix;
use crate::a::A;
//- shop/src/windows.rs
pub struct Windows;
//- shop/src/linux.rs
pub struct Linux;
//- shop/src/os.rs
pub struct Other;
",
        "
shop::imp -> shop::a::A (use, cfg unix)
shop::user -> shop::imp::Unix (use)
shop::user -> shop::imp::Windows (use)
shop::user -> shop::os::Linux (use)
shop::user -> shop::os::Other (use)
",
    );
}

#[test]
fn one_file_as_two_modules() {
    check(
        "
//- shop/src/lib.rs
#[path = \"shared.rs\"]
mod one;
#[path = \"shared.rs\"]
mod two;
pub struct Root;
//- shop/src/shared.rs
use super::Root;
",
        "
shop::one -> shop::Root (use)
shop::two -> shop::Root (use)
",
    );
}

#[test]
fn a_file_that_declares_itself_ends() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
mod a;
//- shop/src/a.rs
#[path = \"a.rs\"]
mod a;
",
    );
    assert_eq!(unresolved(&resolution), [""; 0]);
}

#[test]
fn missing_and_unreached_files_are_said() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
mod gone;
//- shop/src/orphan.rs
struct X;
",
    );
    assert_eq!(unresolved(&resolution), ["missing-file: gone"]);
    assert_eq!(resolution.unreached, ["shop/src/orphan.rs"]);
}

#[test]
fn included_files_belong_to_the_scope() {
    check(
        "
//- shop/src/lib.rs
mod a { pub struct A; }
mod b { include!(\"part.rs\"); pub fn f(_: Part) {} }
mod c { use crate::b::Part; }
//- shop/src/part.rs
pub struct Part(crate::a::A);
",
        "
shop::b -> shop::a::A
shop::c -> shop::b::Part (use)
",
    );
}

#[test]
fn library_and_program_of_one_package_are_two_crates() {
    check(
        "
//- shop/Cargo.toml
[package]
name = \"shop\"
//- shop/src/lib.rs
pub mod a { pub struct A; }
//- shop/src/main.rs
mod a { pub struct A; }
mod b { use crate::a::A; use shop::a::A as Other; }
fn main() {}
",
        "
shop/bin/shop::b -> shop/bin/shop::a::A (use)
shop/bin/shop::b -> shop::a::A (use)
",
    );
}

#[test]
fn tests_benches_examples_and_build_scripts_are_scopes() {
    check(
        "
//- shop/Cargo.toml
[package]
name = \"shop\"
[build-dependencies]
cc = \"1\"
[dev-dependencies]
kit = \"1\"
//- shop/src/lib.rs
pub struct A;
#[cfg(test)]
mod tests { use super::A; use kit::Fake; }
#[test]
fn works() { kit::run(); }
//- shop/tests/all.rs
use shop::A;
//- shop/benches/fast.rs
use shop::A;
//- shop/examples/show.rs
use shop::A;
//- shop/build.rs
fn main() { cc::Build::new(); }
",
        "
shop -> kit::run (test)
shop::tests -> shop::A (use, test)
shop::tests -> kit::Fake (use, test)
shop/test/all -> shop::A (use, test)
shop/bench/fast -> shop::A (use, bench)
shop/example/show -> shop::A (use, example)
shop/build/build -> cc::Build::new (build)
",
    );
}
