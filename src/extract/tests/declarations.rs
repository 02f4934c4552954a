//! Items, modules, macro definitions: what a file declares, where, and when.

use super::{check, definitions, items, modules, placed};

#[test]
fn every_kind_of_item_is_declared() {
    check(
        "pub fn f() {} struct Named { a: u8 } pub(crate) struct Tuple(u8); struct Unit;
         enum E { A, B(u8), C { d: u8 } } union U { a: u8 } pub(super) trait T { type A; const B: u8; fn c(); }
         type Alias = u8; const K: u8 = 1; static S: u8 = 1; trait Both = A + B; pub(in crate::a) fn g() {}
         const _: () = (); pub(self) fn h() {}",
        items,
        r#"
        pub fn f
        struct Named
        pub(crate) tuple struct Tuple
        tuple struct Unit
        enum E ["A", "B", "C"]
        union U
        pub(in super) trait T ["A", "B", "c"]
        type Alias
        const K
        static S
        trait Both
        pub(in crate::a) fn g
        fn h
        "#,
    );
}

#[test]
fn items_belong_to_the_innermost_module_or_block() {
    check(
        "mod a { pub struct A; mod b { fn c() {} } }
         fn f() { struct Local; { fn deeper() {} } let x = || { const K: u8 = 1; }; }
         const _: () = { fn hidden() {} };
         impl A { fn method() { fn helper() {} } }",
        items,
        "
        pub tuple struct A @a
        fn c @b
        fn f
        tuple struct Local @block
        fn deeper @block
        const K @block
        fn hidden @block
        fn helper @block
        ",
    );
}

#[test]
fn a_block_that_declares_nothing_is_no_scope() {
    check(
        "fn f() { a(); { b(); use c::d; e(); } }",
        placed,
        "
        a value in f
        b value in f @block
        e value in f @block
        ",
    );
}

#[test]
fn foreign_items_belong_to_the_scope_around() {
    check(
        r#"mod a { extern "C" { pub fn f(x: T); static S: u8; type O; } unsafe extern "C" { safe fn g(); } }"#,
        items,
        "
        pub fn f @a
        static S @a
        type O @a
        fn g @a
        ",
    );
}

#[test]
fn procedural_macros_are_functions_and_macros() {
    check(
        "#[proc_macro] pub fn a(x: T) -> T {} #[proc_macro_attribute] pub fn b() {}
         #[proc_macro_derive(Name, attributes(help))] pub fn c() {}",
        items,
        "
        pub fn a
        pub proc macro a
        pub fn b
        pub proc macro b
        pub fn c
        pub proc macro Name
        ",
    );
}

#[test]
fn raw_identifiers_lose_their_mark() {
    check("pub fn r#type() {}", items, "pub fn type");
    check("mod r#async;", modules, "mod async");
}

#[test]
fn modules_say_where_their_file_may_be() {
    check(
        r#"mod a; pub mod b { mod c; } #[path = "x.rs"] mod d; #[macro_use] mod e;
           #[cfg_attr(unix, path = "u.rs")] #[cfg_attr(windows, path = "w.rs")] pub(crate) mod f;
           #[cfg_attr(all(unix, feature = "x"), cfg_attr(miri, path = "m.rs"), path = "n.rs")] #[path = "o.rs"] mod g;
           #[path = "dir"] mod h { mod i; }"#,
        modules,
        r#"
        mod a
        pub mod b {}
        mod c @b
        mod d ["x.rs"]
        mod e with macros
        pub(crate) mod f or ["u.rs", "w.rs"]
        mod g ["m.rs", "n.rs", "o.rs"]
        mod h {} ["dir"]
        mod i @h
        "#,
    );
}

#[test]
fn a_module_in_a_function_begins_anew() {
    check("fn f() { mod inner { fn g() { x(); } } }", placed, "x value in g @inner");
}

#[test]
fn macros_are_defined_in_scopes_or_by_path() {
    check(
        "macro_rules! a { () => {} } #[macro_export] macro_rules! b { () => {} } pub macro c($x:expr) { $x }
         macro d { () => {} } #[cfg_attr(unix, macro_export)] macro_rules! e { () => {} }
         mod m { #[cfg(unix)] macro_rules! f { () => {} } } fn g() { macro_rules! h { () => {} } }",
        definitions,
        "
        macro_rules a
        macro_rules b exported
        pub macro c
        macro d
        macro_rules e exported
        macro_rules f @m if unix
        macro_rules h @block
        ",
    );
}

#[test]
fn owners_are_the_items_around() {
    check(
        "use a::b; fn f() { x1(); fn g() { x2(); } } struct S { a: X3 } impl S { fn m() { x4(); } const K: X5 = 1; }
         impl a::Tr for b::S<Xa> { type A = X7; } impl Tr for (X8, u8) {} impl Tr for &mut [X9] {} impl Tr for Box<dyn Tr2> {}
         impl Tr for dyn q::Tr3 + Send {} impl Tr for fn(X10) {} trait Tr { fn d() { x11(); } }
         static Z: X12 = { fn h() { x13(); } 1 };",
        placed,
        "
        x1 value in f @block
        x2 value in f.g @block
        X3 type in S
        S type in S
        x4 value in S.m
        X5 type in S.K
        a::Tr type in S<Tr>
        Xa type in S<Tr>
        b::S type in S<Tr>
        X7 type in S<Tr>.A
        Tr type in tuple<Tr>
        X8 type in tuple<Tr>
        Tr type in slice<Tr>
        X9 type in slice<Tr>
        Tr type in Box<Tr>
        Tr2 type in Box<Tr>
        Box type in Box<Tr>
        Tr type in Tr3<Tr>
        q::Tr3 type in Tr3<Tr>
        Send type in Tr3<Tr>
        Tr type in fn<Tr>
        X10 type in fn<Tr>
        x11 value in Tr.d
        X12 type in Z
        x13 value in Z.h @block
        ",
    );
}

#[test]
fn cfgs_are_conjoined_from_the_outside_in() {
    check(
        r#"#![cfg(unix)]
           #[cfg(feature="x")] mod a { #[cfg(all(b , not( c )))] fn f() {} #[cfg(unix)] fn g() {} }
           #[cfg(all(test, feature = "y"))] fn h() {}
           #[cfg(any(test, doc))] fn i() {} #[cfg(any(test, all(test, doc)))] fn j() {} #[cfg(not(test))] fn k() {}
           #[cfg(any())] fn l() {} fn m() {}"#,
        items,
        r#"
        fn f @a if all(unix, feature = "x", b, not(c))
        fn g @a if all(unix, feature = "x")
        fn h if all(unix, test, feature = "y") (test)
        fn i if all(unix, any(test, doc))
        fn j if all(unix, any(test, all(test, doc))) (test)
        fn k if all(unix, not(test))
        fn l if all(unix, any())
        fn m if unix
        "#,
    );
}

#[test]
fn tests_exist_in_test_builds_only() {
    check(
        "#[test] fn a() {} #[tokio::test(flavor = \"x\")] async fn b() {} #[bench] fn c() {} #[rstest] fn d() {}
         #[wasm_bindgen_test] fn e() {} #[test_case(1)] fn f() {} #[latest] fn g() {} #[cfg(test)] mod t { #[test] fn h() {} }",
        items,
        "
        fn a if test (test)
        fn b if test (test)
        fn c if test (test)
        fn d if test (test)
        fn e if test (test)
        fn f if test (test)
        fn g
        fn h @t if test (test)
        ",
    );
}

#[test]
fn cfgs_stand_on_everything() {
    check(
        "struct S { #[cfg(a)] x: X, y: Y } enum E { #[cfg(b)] V(V) , W(W) }
         fn f(#[cfg(c)] p: P, q: Q) {
             #[cfg(d)] let x = l(); #[cfg(e)] { m(); } #[cfg(f)] n(); o();
             match x { #[cfg(g)] A::B => p1(), _ => q1() }
             T { #[cfg(h)] a: r(), b: s() };
             #[cfg(i)] t!(u()); w!();
             a(#[cfg(j)] v(), x1());
         }
         impl S { #[cfg(k)] fn g() { y1(); } fn h() { z(); } }",
        placed,
        "
        X type in S if a
        Y type in S
        V type in E if b
        W type in E
        P type in f if c
        Q type in f
        l value in f if d
        m value in f if e
        n value in f if f
        o value in f
        A::B value in f if g
        p1 value in f if g
        q1 value in f
        T type in f
        r value in f if h
        s value in f
        t macro in f if i
        u value? in f in macro if i
        w macro in f
        a value in f
        v value in f if j
        x1 value in f
        S type in S
        y1 value in S.g if k
        z value in S.h
        ",
    );
}
