//! What stands in the arguments of macros.

use super::{arguments, check, fate, place};

#[test]
fn arguments_are_read_as_what_they_look_like() {
    check(
        "fn f() {
             vec![a()];
             select! { x = b() => { c(x) } _ = d() => e() }
             join!(g(), h());
             json!({ \"k\": i() });
             let n = matches!(j(), Some(k) if l(k));
             outer!(inner!(m()));
             html! { <p> { o() } </p> };
         }
         cfg_if! { if #[cfg(unix)] { fn q() { r(); } } else { fn s() { t(); } } }
         items! { fn u() { v(); } }
         thread_local! { static W: T = w(); }
         lazy_static! { static ref X: T = x1(); }",
        place,
        "a: file > fn f > vec!
         b: file > fn f > select! > block
         c: file > fn f > select! > block
         d: file > fn f > select! > block
         e: file > fn f > select! > block
         g: file > fn f > join!
         h: file > fn f > join!
         i: file > fn f > json!
         j: file > fn f > matches!
         l: file > fn f > matches!
         m: file > fn f > outer! > inner!
         o: file > fn f > html!
         r: file > cfg_if! > fn q
         t: file > cfg_if! > fn s
         v: file > items! > fn u
         w: file > thread_local! > =W
         x1: file > lazy_static! > =X",
    );
}

#[test]
fn text_macros_have_arguments_but_no_sites() {
    check(
        "fn f(p: u8) { include_str!(\"x\"); quote! { a::b(), query!() }; query!(\"s\", p, X); }",
        arguments,
        "include_str: literal on nothing
         quote:
         query: literal on nothing, path on fn f, path on nothing",
    );
}

#[test]
fn what_macros_bind_and_hold() {
    check(
        "fn f() -> T { select! { x = a() => x, } }
         fn g() -> T { vec![b()] }
         fn h() -> T { let c = d(); unknown!(c => => c); 1 }",
        fate,
        "a: returned bound
         b: returned moved
         d: bound",
    );
}
