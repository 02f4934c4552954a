//! Paths in code: which there are, in which namespace, and how far they reach in the text.

use super::{check, paths, written};

#[test]
fn types_and_bounds() {
    check(
        "fn f(a: a::B, b: &'a mut [c::D; e::F], g: impl h::I + 'a, j: Box<dyn k::L<m::N, O = p::Q>>) -> Option<r::S> where t::U: v::W<fn(x::Y) -> z::Z> {}",
        paths,
        "
        a::B type
        c::D type
        e::F value
        h::I type
        m::N type
        p::Q type
        k::L type
        Box type
        r::S type
        Option type
        t::U type
        x::Y type
        z::Z type
        v::W type
        ",
    );
}

#[test]
fn expressions() {
    check(
        "fn f() { a::b(c::D, E); g.h::<i::J>(k()); L { m: n::O, ..p::Q }; r::S { t }; u as v::W; X::<y::Z>::new(); A; &B.c; 1..D; }",
        paths,
        "
        a::b value
        c::D value
        E value
        g value
        i::J type
        k value
        L type
        n::O value
        p::Q value
        r::S type
        t value?
        u value
        v::W type
        y::Z type
        X::new value
        A value
        B value
        D value
        ",
    );
}

#[test]
fn patterns() {
    check(
        "fn f() { match 1 { a::B => 1, C(d) => 2, e::F { g, h: i::J, .. } => 3, K => 4, l @ m::N => 5, o::P..=q::R => 6, S | T => 7, (u, &V) => 8, [W, ..] => 9, None => 0, ref X => 1, _ => 2 } }",
        paths,
        "
        a::B value
        C value
        e::F type
        i::J value
        K value?
        m::N value
        o::P value
        q::R value
        S value?
        T value?
        V value?
        W value?
        None value?
        ",
    );
}

#[test]
fn qualified_paths_name_the_trait() {
    check(
        "fn f<T>() { <a::B as c::D<e::F>>::g(); <h::I>::j::<k::L>(); <[m::N]>::o(); let p: <T as Q>::R; <Vec<u8>>::new(); }",
        paths,
        "
        a::B type
        e::F type
        c::D::g value
        h::I type
        k::L type
        m::N type
        Q::R type
        Vec type
        ",
    );
}

#[test]
fn primitives_are_not_recorded() {
    check(
        "fn f(a: u32, b: &str, c: [bool; 2]) { u32::MAX; str::len(b); f64::consts::PI; char::from(1); ::u8::x(); String::new(); }",
        paths,
        "
        ::u8::x value
        String::new value
        ",
    );
}

#[test]
fn self_means_the_type_and_is_nothing_alone() {
    check(
        "struct S { a: Option<Self> } enum E { A(Box<Self>) } trait Tr { fn f(&self) -> Self; fn g() -> Self::Out; }
         impl a::B<X> { fn f() -> Self { Self::g(); Self { c: Self::K }; Self(1); self.h() } }
         impl Tr for (u8, u8) { fn f() -> Self {} } impl<T> Tr for T { fn f() -> Self::Out {} } impl Tr for &'static Y { fn f() -> Self {} }
         impl Tr for ::q::R { fn f() -> Self {} } impl Tr for u8 { fn f() -> Self {} }",
        paths,
        "
        Option type
        Box type
        Tr::Out type
        X type
        a::B type
        a::B::g value
        a::B::K value
        Tr type
        Tr type
        Tr type
        Y type
        Tr type
        ::q::R type
        Tr type
        ",
    );
}

#[test]
fn a_nested_item_has_no_self() {
    check("impl S { fn f() { fn g(a: Self::X) {} } }", paths, "S type");
}

#[test]
fn constants_as_generic_arguments_are_values() {
    check(
        "type A = B<MAX_LEN, a::LIMIT, { C }, 3, T, Io>;",
        paths,
        "
        MAX_LEN value?
        a::LIMIT value?
        C value
        T type
        Io type
        B type
        ",
    );
}

#[test]
fn ranges_are_the_path_without_its_last_arguments() {
    check(
        "fn f() -> a :: B<c::D> { ::e::f(); G::<h::I>::j::<K>(); let _: r#type::L; m!(); }
         impl N { fn f() -> Self { Self::o } }",
        written,
        "
        c::D
        a :: B
        e::f
        h::I
        K
        G::<h::I>::j
        r#type::L
        m
        N
        Self::o
        ",
    );
}

#[test]
fn visibilities_name_nothing() {
    check("pub(in crate::a) struct S { pub(super) a: B }", paths, "B type");
}
