//! Reading by tokens: what it leaves to the tree, and that it never says more than the tree.

use super::{by_tokens, by_tree};

/// Whether a text is left to the tree; if it is not, both say the same.
#[track_caller]
fn left(text: &str) -> bool {
    let facts = by_tokens(text);
    assert!(facts.as_ref().is_none_or(|facts| *facts == by_tree(text)), "{text}");
    facts.is_none()
}

#[test]
fn ordinary_code_is_read_by_tokens() {
    for text in [
        "",
        "#!/usr/bin/env x\n//! Doc\n#![cfg(unix)]\nuse a::{self, b::*, c as _};",
        "impl<'a, T: A<B = C>> !Send for &'a mut (dyn D + 'a) where T: ?Sized, {}",
        "fn f() { let S { a, ref b, .. }: S = x else { return }; while let Some(c) = d.e::<F>()? {} }",
        "fn f() { g(|a, (b, c): D| -> E { a + b }, async move { h.await }, [1; 2], (3,), ..=4) }",
        "fn f() { a.0.1 = b as u8 >> 1 != c && !d || -e..f; 'g: loop { break 'g h } }",
        "fn f() { match a { B::C(..) | [d, .., e] if e => {} 1..=2 => return, -1 => g!(), _ => h } }",
        "m! { mod a; fn b(); static C: D; type E: F; const G: H; } n! { unsafe default become }",
        "thread_local! { static A: B = const { C::new() } } fn f() { try!(a); }",
        "#[cfg_attr(unix, path = \"a.rs\")] mod b; include!(\"c.rs\"); extern \"C\" { fn d(e: F); }",
        "macro_rules! m { ($($a:item)*) => { $(#[cfg(b)] $a)* struct C; }; () => { d::e } }",
        "fn f() { #[cfg(a)] b = c; #[cfg(d)] return e == g; S { #[cfg(h)] i, ..j } }",
    ] {
        assert!(!left(text), "{text}");
    }
}

#[test]
fn what_only_a_tree_can_tell_is_left_to_it() {
    for text in [
        "fn f() {} }",
        "fn f( { )}",
        "struct 1;",
        "fn f() { \"",
        "fn f() { a b }",
        "fn f() { a < b < c }",
        "fn f() { [a b] }",
        "fn f() { let a = 1 }",
        "pub impl A {}",
        "const trait A {}",
        "auto trait A {}",
        "fn f() { box_! (box a) }\nfn g(box a: B) {}",
        "fn f() { #![a::b] }",
        "/// a\rb\nfn f() {}",
    ] {
        assert!(left(text), "{text}");
    }
}

#[test]
fn looking_ahead_ends() {
    for repeated in ["type A ", "fn a ", "const A ", "struct A ", "impl A ", "a! ", "use a:: "] {
        by_tokens(&format!("m! {{ {} }}", repeated.repeat(30_000)));
    }
}

#[test]
fn reading_again_ends() {
    for (open, middle, close) in [
        ("let a: [u8; { ", "1", " }] = 1;"),
        ("m! { if a { ", "b c", " } }"),
        ("m!(a => ", "b c", ")"),
        ("m!([", "b c", "])"),
        ("if let A = ", "b", " {}"),
        ("match a { B => ", "c", ", }"),
        ("|a| { ", "b", " }"),
        ("{ fn f() { ", "", " } }"),
        ("a(&", "b", ")"),
    ] {
        for count in [20, 34, 70] {
            let (open, close) = (open.repeat(count), close.repeat(count));
            let text = format!("fn f() {{ {open}{middle}{close} }}");
            std::thread::spawn(move || left(&text)).join().expect("no panic");
        }
    }
}
