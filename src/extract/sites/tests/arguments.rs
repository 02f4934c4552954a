//! Arguments: shape, and on what they depend.

use super::{Site, SiteKind, arguments, check, read, words};

#[test]
fn shapes() {
    check(
        "fn f() { a(1, -1, &\"x\", concat!(\"a\", \"b\"), X, &m::Y, |x| x, async {}, 1 + 1, b(X)); }",
        arguments,
        "a: literal on nothing, literal on nothing, literal on nothing, literal on nothing, \
            path on nothing, path on nothing, closure on nothing, closure on nothing, \
            other on nothing, other on nothing",
    );
}

#[test]
fn lets_are_followed() {
    check(
        "fn f(p: u8) {
             let constant = [\"a\", \"b\"].join(\"|\");
             let text = format!(\"{}-{constant}\", PREFIX);
             let from_parameter = p + 1;
             let inline = format!(\"{p}\");
             a(constant, text, from_parameter, inline, now(), String::from(\"x\"));
             let from_parameter = 1;
             b(from_parameter);
             let (l, r) = (1, p);
             c(l, self.x);
         }",
        arguments,
        "a: path on nothing, path on nothing, path on fn f, path on fn f, other on fn f, \
            other on nothing
         b: path on nothing
         c: path on fn f, other on nothing",
    );
}

#[test]
fn loops_and_closures() {
    check(
        "impl T { fn f(&self, p: u8) {
             for x in p { let y = x.z(); a(x, y, p, self.q); b(|v| v + x); }
             items.map(|v| c(v, p, 1));
             while let Some(n) = it.next() { d(n); }
             match p { Some(m) => e(m), _ => e(1) }
             if let Some(i) = LIMIT { g(i); }
             loop { let r = 1; h(r); }
         } }",
        arguments,
        "a: path on for, path on for, path on fn f, other on fn f
         b: closure on for
         c: path on closure(map 0), path on fn f, literal on nothing
         d: path on while
         e: path on fn f
         e: literal on nothing
         g: path on nothing
         h: path on nothing",
    );
}

#[test]
fn what_changes_depends_on_the_loop_that_may_change_it() {
    check(
        "fn f() {
             let mut delay = 1;
             a(delay);
             loop { b(delay); delay *= 2; }
             let late; late = 1;
             c(late);
         }",
        arguments,
        "a: path on fn f
         b: path on loop
         c: path on fn f",
    );
}

#[test]
fn words_and_paths() {
    let source = "fn f() { a(&m::PATTERN, b(x, x).y, \"w\", r#type); }";
    let sites = read(source);
    let site: &Site =
        sites.sites.iter().find(|site| matches!(site.kind, SiteKind::Call)).expect("`a(..)`");
    let words: Vec<String> =
        site.arguments.iter().map(|one| words(source, one.range, &[])).collect();
    assert_eq!(words, ["PATTERN m", "b x y", "", "type"]);
    let path = site.arguments[0].path.expect("`&m::PATTERN` is the reference of a path");
    assert_eq!(&source[path.start as usize..path.end as usize], "m::PATTERN");
    assert_eq!(site.arguments[1].path, None);
}
