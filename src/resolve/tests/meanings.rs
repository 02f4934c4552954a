//! Equal paths of one file, asked for in places where they mean different things.

use super::{resolve, unresolved};
use crate::resolve::{Reference, ReferenceKind, Resolution};

/// Compares the references outside of imports with the expected lines, in the order of files and texts:
/// `who: written -> item`, and the condition behind it.
#[track_caller]
fn check(fixture: &str, expected: &str) {
    let resolution = resolve(fixture);
    let mut references: Vec<&Reference> = resolution
        .references
        .iter()
        .filter(|one| !matches!(one.kind, ReferenceKind::Use | ReferenceKind::Manifest(_)))
        .collect();
    references.sort_by_key(|one| (one.span.file, one.span.start));
    let found: Vec<String> = references.into_iter().map(|one| line(&resolution, one)).collect();
    let expected: Vec<&str> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected);
}

fn line(resolution: &Resolution, one: &Reference) -> String {
    let cfg = resolution.text(one.cfg);
    let cfg = if cfg.is_empty() { String::new() } else { format!(" if {cfg}") };
    let (from, to) = (resolution.path(one.from), resolution.path(one.to));
    format!("{from}: {} -> {to}{cfg}", resolution.text(one.written))
}

#[test]
fn blocks_with_imports_of_their_own() {
    check(
        "
//- shop/src/lib.rs
pub mod a { pub struct X; }
pub mod b { pub struct X; }
pub mod user;
//- shop/src/user.rs
use crate::a::X;
fn f(_: X) {
    { use crate::b::X; let _: X; }
    { use crate::a::X; let _: X; { let _: X; } }
    { struct X; let _: X; }
    { use crate::b::*; let _: X; }
    { let _: X; }
}
",
        "
shop::user::f: X -> shop::a::X
shop::user::f: X -> shop::b::X
shop::user::f: X -> shop::a::X
shop::user::f: X -> shop::a::X
shop::user::f: X -> shop::user::f::X
shop::user::f: X -> shop::b::X
shop::user::f: X -> shop::a::X
",
    );
}

#[test]
fn inline_modules() {
    check(
        "
//- shop/src/lib.rs
pub struct X;
mod one { use crate::far::X; fn f(_: X, _: super::X) {} }
mod two { pub struct X; fn f(_: X) {} mod below { fn f(_: super::X, _: self::X) {} struct X; } }
mod far;
//- shop/src/far.rs
pub struct X;
fn f(_: X, _: super::X) {}
",
        "
shop::far::f: X -> shop::far::X
shop::far::f: super::X -> shop::X
shop::one::f: X -> shop::far::X
shop::one::f: super::X -> shop::X
shop::two::f: X -> shop::two::X
shop::two::below::f: super::X -> shop::two::X
shop::two::below::f: self::X -> shop::two::below::X
",
    );
}

#[test]
fn behind_self() {
    check(
        "
//- im/src/lib.rs
pub struct A; pub struct B;
//- shop/src/lib.rs
use im::{A, B};
impl Tr for A { fn f() { Self::new(); A::new(); } }
impl Tr for B { fn f() { Self::new(); A::new(); Self::new(); B::new(); } }
trait Tr {}
",
        "
shop::A::{impl Tr}: Tr -> shop::Tr
shop::A::{impl Tr}: A -> im::A
shop::A::f: Self::new -> im::A::new
shop::A::f: A::new -> im::A::new
shop::B::{impl Tr}: Tr -> shop::Tr
shop::B::{impl Tr}: B -> im::B
shop::B::f: Self::new -> im::B::new
shop::B::f: A::new -> im::A::new
shop::B::f: Self::new -> im::B::new
shop::B::f: B::new -> im::B::new
",
    );
}

#[test]
fn before_and_behind_a_macro_of_that_name() {
    check(
        "
//- shop/src/lib.rs
#[macro_use] mod macros;
mod user;
//- shop/src/macros.rs
macro_rules! say { () => {} }
//- shop/src/user.rs
fn f() { say!(); }
fn g() { say!(); macro_rules! say { () => {} } say!(); }
fn h() { say!(); }
macro_rules! say { () => {} }
fn i() { say!(); }
",
        "
shop::user::f: say -> shop::macros::say
shop::user::g: say -> shop::macros::say
shop::user::g: say -> shop::user::say
shop::user::h: say -> shop::macros::say
shop::user::i: say -> shop::user::say
",
    );
}

#[test]
fn under_conditions_of_their_own() {
    check(
        "
//- shop/src/lib.rs
pub mod a { pub struct X; }
pub mod b { pub struct X; }
mod user {
    #[cfg(unix)] use crate::a::X;
    #[cfg(windows)] use crate::b::X;
    #[cfg(unix)] fn f(_: X) {}
    #[cfg(windows)] fn g(_: X, #[cfg(test)] _: X) {}
    fn h(_: crate::a::X) {}
    #[cfg(unix)] fn i(_: crate::a::X) {}
}
",
        "
shop::user::f: X -> shop::a::X if unix
shop::user::f: X -> shop::b::X if unix
shop::user::g: X -> shop::a::X if windows
shop::user::g: X -> shop::b::X if windows
shop::user::g: X -> shop::a::X if all(windows, test)
shop::user::g: X -> shop::b::X if all(windows, test)
shop::user::h: crate::a::X -> shop::a::X
shop::user::i: crate::a::X -> shop::a::X if unix
",
    );
}

#[test]
fn in_other_namespaces_and_behind_two_colons() {
    check(
        "
//- im/src/lib.rs
pub struct Client {}
//- shop/src/lib.rs
mod a { pub struct X {} }
mod b { pub fn X() {} }
mod user {
    use crate::{a::X, b::X};
    mod im { pub struct Client {} }
    fn f(_: X) { X(); let _: X; let _: (im::Client, ::im::Client, im::Client); }
}
",
        "
shop::user::f: X -> shop::a::X
shop::user::f: X -> shop::b::X
shop::user::f: X -> shop::a::X
shop::user::f: im::Client -> shop::user::im::Client
shop::user::f: ::im::Client -> im::Client
shop::user::f: im::Client -> shop::user::im::Client
",
    );
}

#[test]
fn in_a_call_of_a_macro_and_outside() {
    let fixture = "
//- shop/src/lib.rs
mod b { pub fn X() {} }
fn f() { 1 as b::X; say!(1 as b::X); 1 as b::X; }
";
    // Who knows what a macro makes of it.
    check(fixture, "shop::f: b::X -> shop::b::X");
    assert_eq!(unresolved(&resolve(fixture)), ["not-found: b::X", "not-found: b::X"]);
}

#[test]
fn where_it_may_and_where_it_must_name_something() {
    let resolution = resolve(
        "
//- shop/src/lib.rs
fn f(_: Of<crate::GONE>) { crate::GONE; }
",
    );
    assert_eq!(unresolved(&resolution), ["not-found: crate::GONE"]);
}
