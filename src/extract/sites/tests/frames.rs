//! What code stands in, and how it may be left.

use super::{File, check, lines, place, read, words};

#[test]
fn every_kind_of_frame() {
    check(
        "static S: T = a();
         mod m { const C: T = b(); impl X { const D: T = c(); fn f() { d(); } } }
         fn g() {
             for _ in over() { e(); }
             while cond() { h(); }
             loop { i(); }
             if test() { j(); } else { k(); }
             match on() { X if guard() => l(), _ => { n() } }
             unsafe { o(); }
             fn nested() { p(); }
             async { q() };
         }",
        place,
        "a: file > =S
         b: file > mod > =C
         c: file > mod > =D
         d: file > mod > fn f
         over: file > fn g
         e: file > fn g > for
         cond: file > fn g > while
         h: file > fn g > while
         i: file > fn g > loop
         test: file > fn g
         j: file > fn g > block
         k: file > fn g > block
         on: file > fn g
         guard: file > fn g > block
         l: file > fn g > block
         n: file > fn g > block
         o: file > fn g > block
         p: file > fn g > fn nested
         q: file > fn g > async",
    );
}

#[test]
fn closures_know_whose_argument_they_are() {
    check(
        "fn f() {
             spawn(1, move || a());
             it.map(|x| b());
             spawn(async move { c() });
             join!(async { d() });
             let local = || e();
             local(|| g());
             h(Box::new(|| i()));
             j(|x| async move { k() });
             static L: T = LazyLock::new(|| l());
         }",
        place,
        "a: file > fn f > closure(spawn 1)
         b: file > fn f > closure(map 0)
         c: file > fn f > async(spawn 0)
         d: file > fn f > join! > async(join 0)
         e: file > fn f > closure
         g: file > fn f > closure
         i: file > fn f > closure(Box::new 0)
         k: file > fn f > async closure(j 0) > async
         l: file > fn f > =L > closure(LazyLock::new 0)",
    );
}

/// `frame: words; how it can be left`.
#[track_caller]
fn bodies(source: &str, expected: &str) {
    let file = File { text: source, sites: read(source) };
    let render = |frame: &super::super::Frame| {
        let body = &frame.body;
        let exits = [
            (body.breaks, " break"),
            (body.returns, " return"),
            (body.questions, " ?"),
            (body.awaits, " await"),
        ];
        let exits: String =
            exits.iter().filter(|(holds, _)| *holds).map(|(_, exit)| *exit).collect();
        let words = words(source, frame.range, &file.sites.nested);
        format!("{}: {words};{exits}", file.frame_name(&frame.kind))
    };
    let found: Vec<String> = file.sites.frames[1..].iter().map(render).collect();
    assert_eq!(found, lines(expected), "of {source}");
}

#[test]
fn words_leave_nested_items_out_but_not_closures() {
    bodies(
        "fn f(p: u8) { let a = 1; fn g() { b } || c; use d::e; }",
        "fn f: a c;
         fn g: b;
         closure: c;",
    );
}

#[test]
fn exits() {
    bodies(
        "async fn f() { loop { if a { break; } } }
         fn g() { 'x: loop { loop { break 'x; } } }
         fn h() { loop { loop { break; } } }
         fn i() { loop { return; } }
         fn j() { loop { || k()?; async { l.await }; } }
         async fn m() { while n.await { o?; } }
         fn p() { 'b: { break 'b; } }",
        "fn f: a;
         loop: a; break
         block: ; break
         fn g: ;
         loop: ; break
         loop: ; break
         fn h: ;
         loop: ;
         loop: ; break
         fn i: ; return
         loop: ; return
         fn j: k l;
         loop: k l;
         closure: k; ?
         async: l; await
         fn m: n o; ? await
         while: n o; ? await
         fn p: ;
         block: ; break",
    );
}

#[test]
fn loops_say_over_what() {
    let source = "fn f() { for _ in rows.chunks(3) {} for _ in [1, 2] {} for _ in 0..9 {} \
                  for _ in 0..n {} for _ in &[1] {} while go() {} loop {} }";
    let file = File { text: source, sites: read(source) };
    let found: Vec<String> = file
        .sites
        .frames
        .iter()
        .filter_map(|frame| match &frame.kind {
            super::FrameKind::Loop { over, chain, constant, .. } => {
                let over = over.map_or("", |over| file.at(over));
                Some(format!("{over} .{} {constant}", chain.join(".")))
            }
            _ => None,
        })
        .collect();
    let expected = "rows.chunks(3) .chunks false
         [1, 2] . true
         0..9 . true
         0..n . false
         &[1] . true
         go() . false
         . false";
    assert_eq!(found.iter().map(|line| line.trim()).collect::<Vec<_>>(), lines(expected));
    let loops: Vec<&str> = file
        .sites
        .sites
        .iter()
        .filter(|site| matches!(site.kind, super::SiteKind::Loop(_)))
        .map(|site| file.at(site.range))
        .collect();
    assert_eq!(loops, ["for", "for", "for", "for", "for", "while", "loop"]);
}
