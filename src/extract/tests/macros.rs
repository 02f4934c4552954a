//! Macro calls and definitions.

use super::{calls, check, imports, items, modules, not_read, paths, placed};
use crate::extract::extract;

#[test]
fn item_lists_are_items() {
    let source = "cfg_rt! { mod a; pub use b::C; pub struct D; impl D { fn e() { f(); } } #[cfg(unix)] fn g() {} nested! { mod h; } }";
    check(source, modules, "mod a\nmod h");
    check(source, imports, "pub b::C as C `b::C` in macro");
    check(source, items, "pub tuple struct D\nfn g if unix");
    check(
        source,
        placed,
        "
        cfg_rt macro
        D type in D in macro
        f value in D.e in macro
        nested macro in macro
        ",
    );
    check(source, calls, "");
    check(source, not_read, "");
}

#[test]
fn cfg_chains_are_items_under_their_cfgs() {
    let source = r#"cfg_if::cfg_if! {
        if #[cfg(unix)] { mod a; } else if #[cfg(all(windows, feature = "x"))] { mod b; use c::d; } else { mod e; }
    } c! { if #[cfg(test)] { mod f; } else { mod g; } }"#;
    check(
        source,
        modules,
        r#"
        mod a if unix
        mod b if all(windows, feature = "x")
        mod e if not(any(unix, all(windows, feature = "x")))
        mod f if test (test)
        mod g if not(test)
        "#,
    );
    check(source, calls, "");
}

#[test]
fn cfg_selections_are_items_under_their_cfgs() {
    check(
        r#"cfg_select! { unix => { mod a; } feature = "x" => { mod b; }, not(any(doc, miri)) => { mod c; } _ => { mod d; } }
           other! { Foo => { mod e; } }"#,
        modules,
        r#"
        mod a if unix
        mod b if feature = "x"
        mod c if not(any(doc, miri))
        mod d if not(any(unix, feature = "x", not(any(doc, miri))))
        mod e
        "#,
    );
}

#[test]
fn a_branch_that_is_not_understood_is_noted() {
    let source = "c! { if #[cfg(unix)] { mod a; some words } else { mod b; } }";
    check(source, modules, "mod a if unix\nmod b if not(unix)");
    check(source, not_read, source);
    check(source, calls, "a b cfg some unix words");
}

#[test]
fn items_behind_a_leading_part_are_found() {
    let source = r#"feature! { #![doc = "x"] #![cfg(unix)] mod a; } named! { @feature "x"; mod b; pub fn c() {} } braced! { x { mod d; } }"#;
    check(source, modules, "mod a\nmod b\nmod d");
    check(source, calls, "b c feature\nd x");
}

#[test]
fn members_are_read_in_impls_traits_and_extern_blocks() {
    let source = "impl S { cfg! {} m! { fn a(&self) { b(); } const C: D = 1; } } trait T { m! { fn e() -> F; } } extern \"C\" { m! { fn g(h: H); } }";
    check(
        source,
        placed,
        "
        S type in S
        cfg macro in S
        m macro in S
        b value in S.a in macro
        D type in S.C in macro
        m macro in T
        F type in T.e in macro
        m macro
        H type in g in macro
        ",
    );
    check(source, items, "trait T\nfn g");
}

#[test]
fn arguments_are_expressions() {
    check(
        "fn f(x: u8) { println!(\"{} {y}\", a::b(x), x, c); vec![d::E; F]; assert!(matches!(x, 1)); g!(); h!(i => j::K, l::M => n()); }",
        paths,
        "
        println macro
        a::b value
        c value?
        vec macro
        d::E value?
        F value?
        assert macro
        matches macro
        g macro
        h macro
        j::K value?
        l::M value
        n value?
        ",
    );
}

#[test]
fn items_in_arguments_are_sure_again() {
    check(
        "fn f() { m!(a(), { fn g() { b(); } c() }); }",
        paths,
        "m macro\na value?\nb value\nc value?",
    );
}

#[test]
fn labels_and_sigils_are_let_pass() {
    let source = "fn f(x: u8) { info!(target: \"t\", parent: &a::B, c.d = %e::F, g = ?h(), ?x, %i.j, type = k::L, \"m\" = n::O, \"text {}\", x); }";
    check(
        source,
        paths,
        "
        info macro
        a::B value
        e::F value?
        h value?
        i value?
        k::L value?
        n::O value?
        ",
    );
    check(source, not_read, "");
}

#[test]
fn statements_bind_for_the_statements_behind() {
    check(
        "fn f() { m! { let a = b(); a; } a; let c = n! { let d: D = 1; d; }; d; }",
        paths,
        "
        m macro
        b value?
        n macro
        D type?
        d value
    ",
    );
}

#[test]
fn statements_declare_in_their_block() {
    let source = "fn f() { cfg_x! { use a::b; fn c() {} d(); } c(); } fn g() { if_cfg! { if #[cfg(unix)] { use e::h; h(); } else { i(); } } }";
    check(
        source,
        imports,
        "a::b as b `a::b` in f @block in macro\ne::h as h `e::h` in g @block in macro if unix",
    );
    check(
        source,
        placed,
        "
        cfg_x macro in f @block
        d value? in f @block in macro
        c value in f @block
        if_cfg macro in g @block
        h value? in g @block in macro if unix
        i value? in g @block in macro if not(unix)
        ",
    );
}

#[test]
fn types_and_patterns() {
    check(
        "fn f(a: m!(b::C<d::E>)) { n!(F<G>, [h::I; 2]); match 1 { o!(j::K(l) | M) => l, _ => 1 } matches!(x, p::Q(r) | s @ t::U if r > v::W); }",
        paths,
        "
        m macro
        d::E type
        b::C type
        n macro
        G type?
        F type?
        h::I type
        o macro
        j::K value
        M value?
        matches macro
        x value?
        p::Q value
        t::U value
        v::W value
        ",
    );
}

#[test]
fn arms_bind_for_their_bodies() {
    let source = "fn f() { select! { biased; a = b::c() => d(a), Some(e) = g.next(), if h::I => { e.j() } _ = &mut k => {} _ = n() => a, else => l::m(), } }";
    check(
        source,
        paths,
        "
        select macro
        b::c value
        d value?
        g value?
        Some value?
        h::I value
        k value?
        n value?
        a value?
        l::m value
        ",
    );
    check(source, not_read, "");
}

#[test]
fn arms_may_name_their_value_first() {
    check(
        "fn f() { select! { recv(a::B.c) -> d => d.e(f), send(g, h) -> _ => return i::J, default => k() } }",
        paths,
        "
        select macro
        recv value?
        a::B value
        f value?
        send value?
        g value?
        h value?
        i::J value
        k value?
        ",
    );
}

#[test]
fn the_last_item_may_lack_its_semicolon() {
    let source = "thread_local!(static A: b::C = d()); fn f() { local! { static E: u8 = 1; #[cfg(unix)] pub static G: H } G; }";
    check(source, items, "static A\nfn f\nstatic E @block\npub static G @block if unix");
    check(source, not_read, "");
    check(source, calls, "");
}

#[test]
fn what_parses_as_nothing_is_scanned() {
    let source = "lazy! { static ref A: b::C = d::e(f(g), H::i(), J { k: L }); } fn f(known: u8) { m!(a::b c::D::<e::F>::g known x.y(h) ::i::j 'k $l::m fn n struct O P q!(r::S) t! u); }";
    check(
        source,
        paths,
        "
        lazy macro
        b::C type?
        d::e value?
        f value?
        g value?
        H::i value
        J type?
        L value?
        m macro
        a::b value?
        c::D type?
        e::F type?
        h value?
        ::i::j value?
        P type?
        q macro?
        r::S value?
        ",
    );
    check(source, calls, "A C H J L b d e f g i k");
    assert_eq!(extract(source).macros_not_read.len(), 2);
}

#[test]
fn only_unknown_words_are_not_understood() {
    check(
        r#"fn f(x: u8) { json!({ "a": x, "b": [c::D, { "e": f() }], "g": {} }); T![fn]; t!(a: B, C d::E); u!(v w); }"#,
        not_read,
        "u!(v w)",
    );
}

#[test]
fn quoted_tokens_belong_elsewhere() {
    check(
        "fn f() { quote! { a::b() }; quote::quote_spanned!(x=> c::d); parse_quote!(e::F); stringify!(g::H); cfg!(any(unix, i)); env!(\"J\"); m!(x y quote!(k::l)); }",
        paths,
        "
        quote macro
        quote::quote_spanned macro
        parse_quote macro
        stringify macro
        cfg macro
        env macro
        m macro
        quote macro?
        ",
    );
}

#[test]
fn definitions_are_read_where_they_stand() {
    let source = "macro_rules! m { (a::b $x:expr) => { $crate::c::d!($x); $crate::e::F::new(g::h(), i(), J, $x::k, $x.l()); n!(o::p); self::q(); use $crate::r::{s, t::{U, self}}; }; () => { v::w } }";
    check(
        source,
        placed,
        "
        $crate::c::d macro? in m in macro
        $crate::e::F::new value? in m in macro
        g::h value? in m in macro
        n macro? in m in macro
        o::p value? in m in macro
        $crate::r::s type? in m in macro
        $crate::r::t::U type? in m in macro
        $crate::r::t type? in m in macro
        v::w value? in m in macro
        ",
    );
    check(source, not_read, "");
    check("pub macro m($x:expr) { a::b($x) }", placed, "a::b value? in m in macro");
}

#[test]
fn includes() {
    let source = r#"include!("a.rs"); mod m { #[cfg(unix)] include! { "b.rs" } } include!(concat!(env!("OUT_DIR"), "/c.rs")); fn f() { include!("d.rs"); }"#;
    let facts = extract(source);
    let includes: Vec<_> = facts
        .includes
        .iter()
        .map(|include| (&*include.path, include.scope.0, include.cfg.0))
        .collect();
    assert_eq!(includes, [("a.rs", 0, 0), ("b.rs", 1, 1)]);
    check(
        source,
        not_read,
        "include!(concat!(env!(\"OUT_DIR\"), \"/c.rs\")) computed\ninclude!(\"d.rs\")",
    );
}

#[test]
fn calls_among_items_mention_what_they_may_declare() {
    check(
        "define_id!(Foo); bitflags! { pub struct Flags: u8 { const A = 1; } } mod m { #[cfg(unix)] new_type!(Bar, crate::x); } fn f() { local!(Baz); }",
        calls,
        "Foo\nA Flags u8\nBar x @m if unix",
    );
}

#[test]
fn unknown_syntax_is_scanned_for_items() {
    let source = "mock! { pub File { pub fn open(a: b::C) -> d::E; } } static_key! { static KEY: f::G; } const trait H { fn i(j: k::L); }";
    check(
        source,
        paths,
        "
        mock macro
        File type?
        b::C type
        d::E type
        static_key macro
        f::G type
        k::L type
        ",
    );
    check(source, items, "static KEY\ntrait H [\"i\"]");
}
