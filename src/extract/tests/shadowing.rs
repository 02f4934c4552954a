//! Locals and generic parameters are no items.

use super::{check, paths};

#[test]
fn a_let_binds_from_its_statement_on() {
    check(
        "fn f() { a(); let a = a; a(); { let b = 1; b; } b; let c; let d = { let e = 1; e }; e; let (g, H { i, j: k }, ref l) = m; g; i; j; k; l; }",
        paths,
        "
        a value
        a value
        b value
        e value
        m value
        H type
        j value
        ",
    );
}

#[test]
fn parameters_bind() {
    check(
        "fn f(a: A, mut b: B, (c, d): C) { a(b, c, d); self_(); e; } fn g(a: A) { |x, (y, z): T| x(y, z, a); x; }
         impl S { fn h(&self, a: A) { self.b(a); } }",
        paths,
        "
        A type
        B type
        C type
        self_ value
        e value
        A type
        T type
        x value
        S type
        A type
        ",
    );
}

#[test]
fn conditions_bind_in_their_branch() {
    check(
        "fn f() { if let Some(a) = a && let Some(b) = g(a) { b(a); } else { a; b; } while let Some(c) = c { c; } c;
         for d in d { d; } d; let Some(e) = e else { e; return }; e; }",
        paths,
        "
        a value
        Some value
        g value
        Some value
        a value
        b value
        c value
        Some value
        c value
        d value
        d value
        e value
        e value
        Some value
        ",
    );
}

#[test]
fn arms_bind_in_guard_and_body() {
    check(
        "fn f() { match x { Some(a) if a > b => a, c @ (1 | 2) => c, d => d, E => E, _ => a } }",
        paths,
        "
        x value
        Some value
        b value
        E value?
        E value
        a value
        ",
    );
}

#[test]
fn shorthand_fields_are_locals_first() {
    check("fn f(a: u8) { S { a, b } }", paths, "S type\nb value?");
}

#[test]
fn longer_paths_are_not_shadowed_by_locals() {
    check("fn f(a: u8) { a::b(); a.c(); a!(); }", paths, "a::b value\na macro");
}

#[test]
fn types_are_not_shadowed_by_locals() {
    check("fn f(a: u8) { let x: a = 1; }", paths, "a type");
}

#[test]
fn generic_parameters_shadow_everywhere() {
    check(
        "struct A<T: B, const N: usize = 3>(T, [T; N]); impl<U: Default> C<U> { fn f<V>(a: U::X, b: V) { U::new(); V::y; D::<U>::z(); } fn g(a: V) {} }
         trait E<W> { type F<X: G>: H<W, X>; fn h(w: W, x: X); } type I<Y> = J<Y>; fn k<Z>() { Z; fn l(a: Z) {} }
         enum M<T> { N(T) } fn o<const P: usize>() { P; [0; P]; let a: Q<P>; }",
        paths,
        "
        B type
        Default type
        C type
        D::z value
        V type
        G type
        H type
        X type
        J type
        Z type
        Q type
        ",
    );
}

#[test]
fn items_in_a_function_do_not_see_its_locals() {
    check("fn f(a: u8) { fn g() { a; } const B: u8 = a; a; }", paths, "a value\na value");
}

#[test]
fn methods_see_the_parameters_of_their_impl_only() {
    check(
        "impl<T> S<T> { fn f(a: T) { impl X { fn g(b: T) {} } } } fn h(c: T) {}",
        paths,
        "S type\nX type\nT type\nT type",
    );
}

#[test]
fn labels_and_lifetimes_are_nothing() {
    check("fn f<'a>(x: &'a u8) { 'b: loop { break 'b; } let _ = 1; }", paths, "");
}
