//! Attributes: derives, attribute macros, paths in their arguments and strings.

use super::{check, paths, placed, written};

#[test]
fn builtin_attributes_name_nothing() {
    check(
        r#"#![allow(clippy::all)] #![feature(x)] #![doc = "a::b"]
           /// a::b
           #[inline(always)] #[must_use = "a::b"] #[doc(alias = "x")] #[deprecated(since = "1", note = "a::b")] #[unsafe(no_mangle)]
           #[rustfmt::skip] #[rustc_nonsense(a::b)] #[diagnostic::on_unimplemented(message = "a::b")] #[cfg_attr(unix, inline)] fn f() {}
           #[repr(C)] #[non_exhaustive] enum E { #[default] A }"#,
        paths,
        "",
    );
}

#[test]
fn derives_are_macros() {
    check(
        "#[derive(Debug, a::B)] struct S; #[cfg_attr(feature = \"x\", derive(c::D), e::f)] struct T;",
        placed,
        "
        Debug attribute? in S
        a::B attribute in S
        c::D attribute in T if feature = \"x\"
        e::f attribute in T if feature = \"x\"
        ",
    );
}

#[test]
fn attribute_macros_and_the_paths_they_are_given() {
    check(
        "#[a::b] fn f() {} #[c] fn g() {} #[d(e::f, g = h::I, skip(j), Kl)] fn h() {} #[tokio::main(flavor = \"x\")] fn main() {}
         #[m = n::o] fn i() {}",
        paths,
        "
        a::b attribute
        c attribute?
        d attribute?
        e::f attribute value?
        h::I attribute type?
        tokio::main attribute
        m attribute?
        ",
    );
}

#[test]
fn strings_that_are_paths() {
    check(
        r#"#[serde(crate = "a::b", from = "C", try_from = "::d::E<F>", bound = "x::y")]
           struct S { #[serde(with = "g::h", default = "i::j", skip_serializing_if = "Option::is_none", rename = "k::l")] a: u8,
             #[serde(serialize_with = "m", deserialize_with = r"n :: o", getter = "p q", into = "r::Vec<u8>")] b: u8 }"#,
        paths,
        "
        serde attribute?
        a::b attribute type?
        C attribute type?
        ::d::E attribute type?
        serde attribute?
        g::h attribute type?
        i::j attribute value?
        Option::is_none attribute value?
        serde attribute?
        m attribute value?
        n::o attribute value?
        r::Vec attribute type?
        ",
    );
}

#[test]
fn strings_are_located_inside_their_quotes() {
    check(
        r##"struct S { #[a(with = "b::c", default = r#" d::e<F> "#)] a: u8 }"##,
        written,
        "
        a
        b::c
        d::e
        ",
    );
}

#[test]
fn attributes_of_parts_belong_to_the_item() {
    check(
        "#[a::b] struct S { #[c::d] x: u8 } enum E { #[e::f] #[cfg(unix)] A } impl S { #[g::h] fn m(#[i::j] x: u8) { #[k::l] let y = 1; } } #[m::n] mod o {}",
        placed,
        "
        a::b attribute in S
        c::d attribute in S
        e::f attribute in E if unix
        S type in S
        g::h attribute in S.m
        i::j attribute in S.m
        k::l attribute in S.m
        m::n attribute
        ",
    );
}

#[test]
fn a_cfg_counts_wherever_it_stands_among_the_attributes() {
    check("#[derive(a::B)] #[cfg(unix)] struct S;", placed, "a::B attribute in S if unix");
}

#[test]
fn the_condition_of_one_attribute_is_not_that_of_the_next() {
    check(
        "#[cfg_attr(unix, a::b)] #[c::d] struct S(E);",
        placed,
        "
        a::b attribute in S if unix
        c::d attribute in S
        E type in S
        ",
    );
}

#[test]
fn attributes_among_tokens_that_do_not_parse() {
    check(
        "m! { #![doc = \"x::y\"] p q #[derive(a::B)] #[c::d] r }",
        paths,
        "
        m macro
        a::B attribute
        c::d attribute
        ",
    );
}
