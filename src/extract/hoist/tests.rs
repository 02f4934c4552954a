use super::{Range, hoists};

/// `sign value of borrowed-count` of each call of `R::new("a")`-like form; `-` where none is offered.
fn offered(text: &str) -> Vec<String> {
    let calls: Vec<Range> = text
        .match_indices("R::new(\"a\")")
        .map(|(at, call)| Range { start: at as u32, end: (at + call.len()) as u32 })
        .collect();
    let borrows = ["is".to_owned()];
    let written = |range: Range| &text[range.start as usize..range.end as usize];
    hoists(text, &calls, &borrows)
        .into_iter()
        .map(|hoist| {
            hoist.map_or("-".to_owned(), |one| {
                format!(
                    "{}{}|{}|{}",
                    one.sign,
                    written(one.value),
                    written(one.of),
                    one.borrowed.len()
                )
            })
        })
        .collect()
}

fn body(body: &str) -> Vec<String> {
    offered(&format!("fn f(s: &str) -> bool {{\n{body}\n}}\n"))
}

const SURE: &str = "R::new(\"a\").unwrap()|R|0";

#[test]
fn what_is_borrowed_at_once() {
    assert_eq!(body("R::new(\"a\").unwrap().is(s)"), [SURE]);
    assert_eq!(body("R::new(\"a\").expect(\"b\").is(s)"), ["R::new(\"a\").expect(\"b\")|R|0"]);
    assert_eq!(body("g(&R::new(\"a\").unwrap())"), [format!("*{SURE}")]);
    assert_eq!(body("v.iter().any(|x| R::new(\"a\").unwrap().is(x))"), [SURE]);
    assert_eq!(body("{ { R::new(\"a\").unwrap().is(s) } }"), [SURE]);
}

#[test]
fn what_a_variable_holds_and_lends() {
    assert_eq!(body("let r = R::new(\"a\").unwrap(); r.is(s)"), [format!("&*{SURE}")]);
    let lent = "let r = R::new(\"a\").unwrap(); g(&r) && r.is(s)";
    assert_eq!(body(lent), ["&*R::new(\"a\").unwrap()|R|1"]);
    for kept in [
        "let r = R::new(\"a\").unwrap(); r",
        "let r = R::new(\"a\").unwrap(); g(r)",
        "let r = R::new(\"a\").unwrap(); r.into()",
        "let r = R::new(\"a\").unwrap(); r.is(s); assert!(r.is(s))",
        "let r = R::new(\"a\").unwrap(); println!(\"{r}\")",
        "let r: R = R::new(\"a\").unwrap(); r.is(s)",
        "let mut r = R::new(\"a\").unwrap(); r.is(s)",
        "let r = R::new(\"a\").unwrap(); let r = g(&r); r.is(s)",
    ] {
        assert_eq!(body(kept), ["-"], "{kept}");
    }
}

#[test]
fn what_is_not_certain() {
    for kept in [
        "R::new(\"a\").unwrap()",
        "R::new(\"a\")?.is(s)",
        "g(R::new(\"a\").unwrap())",
        "R::new(\"a\").unwrap().other(s)",
        "R::new(\"a\").unwrap_or_default().is(s)",
        "g(&mut R::new(\"a\").unwrap())",
        "assert!(R::new(\"a\").unwrap().is(s))",
        "#[cfg(x)] return R::new(\"a\").unwrap().is(s); true",
        "{ use x::R; R::new(\"a\").unwrap().is(s) }",
        "static S: bool = R::new(\"a\").unwrap().is(s); S",
    ] {
        assert_eq!(body(kept), ["-"], "{kept}");
    }
    assert_eq!(offered("const fn f() { R::new(\"a\").unwrap().is(s); }"), ["-"]);
    assert_eq!(offered("const C: bool = R::new(\"a\").unwrap().is(s);"), ["-"]);
}

#[test]
fn the_static_stands_first_in_the_innermost_function() {
    let text = "fn f() { fn g() { #![allow(x)] R::new(\"a\").unwrap().is(s); } }";
    let start = text.find("R::").unwrap() as u32;
    let call = Range { start, end: start + 11 };
    let hoist = hoists(text, &[call], &["is".to_owned()])[0].clone().unwrap();
    assert!(text[hoist.at as usize..].starts_with(" R::new"), "{hoist:?}");
    assert!(text[hoist.function.start as usize..].starts_with("fn g()"), "{hoist:?}");
}
