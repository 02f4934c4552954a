//! Macros: their scope, what stands in their calls and bodies.

use super::check;

#[test]
fn modules_and_imports_inside_macro_calls() {
    check(
        "
//- shop/src/lib.rs
macro_rules! cfg_net { ($($i:item)*) => { $($i)* } }
cfg_net! { pub mod net; pub use net::Stream; }
mod user { use crate::Stream; }
//- shop/src/net.rs
pub struct Stream;
",
        "
shop -> shop::net::Stream (use, in macro)
shop::user -> shop::net::Stream (use) via shop
",
    );
}

#[test]
fn arms_of_cfg_if_and_cfg_select_are_items() {
    check(
        "
//- shop/src/lib.rs
cfg_if::cfg_if! {
    if #[cfg(unix)] { mod unix; } else if #[cfg(windows)] { mod windows; } else { mod other; }
}
cfg_select! {
    feature = \"a\" => { mod a; }
    _ => { mod b; }
}
pub struct Root;
//- shop/src/unix.rs
use crate::Root;
//- shop/src/windows.rs
use crate::Root;
//- shop/src/other.rs
use crate::Root;
//- shop/src/a.rs
use crate::Root;
//- shop/src/b.rs
use crate::Root;
",
        "
shop -> cfg_if::cfg_if (macro)
shop::unix -> shop::Root (use, cfg unix)
shop::windows -> shop::Root (use, cfg windows)
shop::other -> shop::Root (use, cfg not(any(unix, windows)))
shop::a -> shop::Root (use, cfg feature = \"a\")
shop::b -> shop::Root (use, cfg not(feature = \"a\"))
",
    );
}

#[test]
fn textual_scope_goes_down_and_out_of_macro_use() {
    check(
        "
//- shop/src/lib.rs
#[macro_use]
mod macros;
mod user { fn f() { shout!(); } }
//- shop/src/macros.rs
macro_rules! shout { () => {} }
",
        "shop::user -> shop::macros::shout (macro)",
    );
}

#[test]
fn a_macro_is_not_in_scope_before_its_definition() {
    check(
        "
//- shop/src/lib.rs
mod early { fn f() { shout!(); } }
#[macro_use]
mod macros { macro_rules! shout { () => {} } }
mod late { fn f() { shout!(); } }
",
        "shop::late -> shop::macros::shout (macro)",
    );
}

#[test]
fn exported_and_imported_macros_are_found_by_path() {
    check(
        "
//- kit/src/lib.rs
mod inner { #[macro_export] macro_rules! made { () => { $crate::help() } } }
pub fn help() {}
//- shop/src/lib.rs
mod a { macro_rules! local { () => {} } pub(crate) use local; }
mod b { fn f() { kit::made!(); crate::a::local!(); } }
mod c { use kit::made; fn f() { made!(); } }
",
        "
kit::inner -> kit::help (in macro)
shop::b -> kit::inner::made (macro)
shop::b -> shop::a::local (macro)
shop::c -> kit::inner::made (use)
shop::c -> kit::inner::made (macro)
",
    );
}

#[test]
fn arguments_are_read_as_expressions() {
    check(
        "
//- shop/src/lib.rs
pub mod im { pub struct X; pub fn send() {} pub const LIMIT: u8 = 1; }
mod user {
    use crate::im;
    fn f(y: u8) {
        vec![im::X];
        println!(\"{} im::Y\", im::LIMIT);
        select! { x = im::send() => x, }
        matches!(y, im::LIMIT);
    }
}
",
        "
shop::user -> shop::im (use)
shop::user -> shop::im::X (in macro)
shop::user -> shop::im::LIMIT (in macro)
shop::user -> shop::im::send (in macro)
",
    );
}

#[test]
fn bodies_speak_of_the_crate_that_defines_them() {
    check(
        "
//- im/src/lib.rs
pub mod client { pub fn audit() {} }
//- shop/src/lib.rs
mod macros;
mod mail { pub fn note() {} }
mod user { fn f() { crate::im_log!(); } }
//- shop/src/macros.rs
#[macro_export]
macro_rules! im_log { ($x:expr) => { $crate::mail::note(); im::client::audit($x) } }
",
        "
shop::macros -> shop::mail::note (in macro)
shop::macros -> im::client::audit (in macro)
shop::user -> shop::macros::im_log (macro)
",
    );
}

#[test]
fn a_macro_call_may_declare_what_it_mentions() {
    check(
        "
//- shop/src/lib.rs
mod flags { bitflags! { pub struct Flags: u32 { const A = 1; } } }
mod user { use crate::flags::Flags; fn f() { Flags::A; } }
",
        "
shop::user -> shop::flags::Flags (use)
shop::user -> shop::flags::Flags::A
",
    );
}
