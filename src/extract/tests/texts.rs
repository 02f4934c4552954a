//! Whatever the text is: positions are right, errors are facts, nothing exhausts the stack.

use super::{Range, by_tokens, by_tree, check, extract, items, paths, written};

#[test]
fn positions_count_bytes_of_the_text_as_given() {
    for start in
        ["", "\u{feff}", "#!/usr/bin/env x\n", "\u{feff}#!/usr/bin/env x\r\n", "// ä€😀\r\n"]
    {
        check(&format!("{start}fn f() {{ \"ü\"; a::b; }}\r\nfn g() {{ c }}"), written, "a::b\nc");
    }
    check("#![cfg(unix)]\nfn f() { a::b }", written, "a::b");
}

#[test]
fn words_outside_of_ascii() {
    check(
        "struct Größe; fn f(größe: Größe) { größe; ändern(); }",
        paths,
        "Größe type\nändern value",
    );
    check("struct Größe;", items, "tuple struct Größe");
}

#[test]
fn names_are_listed_once() {
    let facts = extract("use a::b; fn f() { a::b::c(); b(); }");
    let names: Vec<&str> = facts.names.iter().collect();
    assert_eq!(names, ["self", "a", "b", "f", "c"]);
}

#[test]
fn lines_are_counted() {
    assert_eq!(extract("").lines, 0);
    assert_eq!(extract("fn f() {}\n\nfn g() {}").lines, 3);
    assert_eq!(extract("fn f() {\n").lines, 1);
}

#[test]
fn a_syntax_error_is_a_fact() {
    let facts = extract("\u{feff}fn f() {}\nstruct 1;\n");
    let error = facts.syntax_error.expect("this does not parse");
    assert_eq!(error.message, "expected identifier");
    assert_eq!(error.range, Range { start: 20, end: 21 });
    assert!(facts.items.is_empty());
    let end = extract("fn f()").syntax_error.expect("this does not parse");
    assert_eq!(end.range, Range { start: 6, end: 6 });
}

#[test]
fn what_never_ends_is_told_at_its_beginning() {
    let torn = |text: &str| {
        let error = extract(text).syntax_error.expect("this does not parse");
        (error.range.start, error.message)
    };
    let told = |at, message: &str| (at, message.to_owned());
    assert_eq!(torn("struct A {\n    a: u8,\n"), told(9, "this `{` is never closed"));
    assert_eq!(torn("\u{feff}fn f() { g(1]; }"), told(13, "this `(` is closed by a `]`"));
    assert_eq!(torn("fn f() {} }"), told(10, "this `}` closes nothing"));
    assert_eq!(torn("const A: &str = \"{;"), told(16, "this string never ends"));
    assert_eq!(torn("/* {"), told(0, "this comment never ends"));
    assert_eq!(torn("const A: char = '{"), told(16, "this character never ends"));
    assert_eq!(torn("const A: &str = \"}\"; struct 1;"), told(28, "expected identifier"));
}

#[test]
fn broken_text_is_no_trouble() {
    for text in [
        "}",
        "\"",
        "/*",
        "'",
        "fn f( {",
        "r#\"",
        "#!",
        "#![",
        "\u{feff}\u{feff}fn f() {}",
        "\0",
        "b'",
        "0x",
        "1e",
    ] {
        extract(text);
    }
}

/// Reads such a text by both ways, on a small stack; a tree of it is refused at some depth.
#[track_caller]
fn deep(before: &str, repeated: &str, middle: &str, closed: &str, after: &str) {
    for count in [30, 60, 300, 3_000, 100_000] {
        let (repeated, closed) = (repeated.repeat(count), closed.repeat(count));
        let text = format!("{before}{repeated}{middle}{closed}{after}");
        let read = move || (by_tokens(&text), by_tree(&text));
        let (by_tokens, by_tree) = std::thread::spawn(read).join().expect("no panic");
        let error = by_tree.syntax_error.as_ref();
        let refused = error.is_some_and(|error| error.message == "nested too deeply");
        assert_eq!(refused, count > 3_000 || (count == 3_000 && !closed.is_empty()), "{count}");
        assert!(refused || by_tokens.is_none_or(|facts| facts == by_tree), "{count}");
    }
}

#[test]
fn nested_brackets_do_not_exhaust_the_stack() {
    deep("fn f() { ", "(", "1", ")", "; }");
    deep("fn f() ", "{", "", "}", "");
    deep("fn f() { ", "m!(", "x y", ")", "; }");
    deep("m! { ", "{", "x y", "}", "}");
    deep("", "mod a {", "", "}", "");
    deep("#[cfg(", "not(", "unix", ")", ")] fn f() {}");
    deep("type A = ", "Vec<", "u8", ">", ";");
}

#[test]
fn long_chains_do_not_exhaust_the_stack() {
    deep("fn f() { ", "a + ", "a", "", "; }");
    deep("fn f() { ", "!", "a", "", "; }");
    deep("fn f() { a", "?", "", "", "; }");
    deep("fn f() { a", "()", "", "", "; }");
    deep("fn f() { a", ".b", "", "", "; }");
    deep("fn f() { ", "return ", "a", "", "; }");
    deep("fn f() { ", "if a {} else ", "{}", "", " }");
}

#[test]
fn long_lists_are_not_deep() {
    let list = "(1, 2), ".repeat(20_000);
    check(&format!("const A: &[(u8, u8)] = &[{list}];"), items, "const A");
    let arms = "A => {} ".repeat(20_000);
    let text = format!("fn f() {{ match 1 {{ {arms} }} }}");
    assert_eq!(extract(&text).syntax_error, None);
}
