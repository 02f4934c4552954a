//! `use` trees and `extern crate`.

use super::{check, imports};

#[test]
fn every_leaf_is_an_import() {
    check(
        "use a; use a::b; use a::b::C as D; use a::{b, c::{d, e as f}, g::*}; use a::*; use *; use {h, i::j};",
        imports,
        "
        a as a `a`
        a::b as b `a::b`
        a::b::C as D `a::b::C`
        a::b as b `b`
        a::c::d as d `d`
        a::c::e as f `e`
        a::g glob `g::*`
        a glob `a::*`
        glob `*`
        h as h `h`
        i::j as j `i::j`
        ",
    );
}

#[test]
fn self_names_the_module_around_it() {
    check(
        "use a::b::{self, c}; use a::b::{self as x}; use a::b::{self as _}; use self::x; use crate::{self as root};
         use super::super::y; use crate as k; use a::Tr as _;",
        imports,
        "
        a::b self as b `self`
        a::b::c as c `c`
        a::b self as x `self`
        a::b self as _ `self`
        self::x as x `self::x`
        crate self as root `self`
        super::super::y as y `super::super::y`
        crate as k `crate`
        a::Tr as _ `a::Tr`
        ",
    );
}

#[test]
fn global_and_visible_imports() {
    check(
        "use ::a::b; pub use ::{c, d::e}; pub(crate) use f::g; pub(in crate::x) use h::*; use r#type::r#fn;",
        imports,
        "
        ::a::b as b `a::b`
        pub ::c as c `c`
        pub ::d::e as e `d::e`
        pub(crate) f::g as g `f::g`
        pub(in crate::x) h glob `h::*`
        type::fn as fn `r#type::r#fn`
        ",
    );
}

#[test]
fn imports_know_their_place() {
    check(
        "#[cfg(unix)] use a::b; mod m { use c::d; } fn f() { use e::g; if x { use h::*; } } impl S { fn n() { #[cfg(test)] use i; } }",
        imports,
        "
        a::b as b `a::b` if unix
        c::d as d `c::d` @m
        e::g as g `e::g` in f @block
        h glob `h::*` in f @block
        i as i `i` in S.n @block if test (test)
        ",
    );
}

#[test]
fn extern_crates() {
    check(
        "extern crate a; pub extern crate b as c; #[macro_use] extern crate d; extern crate self as me; extern crate e as _;",
        imports,
        "
        a crate as a `a`
        pub b crate as c `b`
        d crate as d with macros `d`
        self crate as me `self`
        e crate as _ `e`
        ",
    );
}
