//! What becomes of results.

use super::{check, fate};

#[test]
fn statements_discard() {
    check(
        "fn f() { a(); let _ = b(); c().ok(); _ = d()?; drop(e()); if x { g(); } else { h() } }
         fn i() { let j = k(); j.abort(); }",
        fate,
        "a: discarded
         b: discarded
         c: discarded
         ok: discarded
         d: discarded
         drop: discarded
         e: discarded
         g: discarded
         h: nothing
         k: bound
         abort: discarded",
    );
}

#[test]
fn variables_are_used_or_not() {
    check(
        "fn f() { let a = used(); let b = unused(); let _c = guard(); g(&a); }
         fn h() { let x = shadowed(); let x = 1; println!(\"{x}\"); }
         fn i() { let (tx, rx) = channel(); tx.send(); }
         fn j() { let y = inline(); println!(\"{y:?}\"); }
         fn k() { match matched() { Ok(v) => l(&v), Err(e) => {} } }
         fn m() { match ignored() { Ok(v) => {} Err(e) => {} } }",
        fate,
        "used: bound
         unused: unused bound
         guard: unused bound
         shadowed: unused bound
         channel: bound
         inline: bound
         matched: bound
         ignored: unused bound",
    );
}

#[test]
fn what_functions_return() {
    check(
        "fn a() -> T { direct() }
         fn b() -> T { return early(); }
         fn c() -> T { Ok(inside()) }
         fn d() -> T { let x = named()?; x.ping()?; Ok(x) }
         fn e() -> T { if p { one() } else { let y = two(); y } }
         fn g() -> T { match p { 1 => three(), _ => { return four(); } } }
         fn h() -> T { (five(), 1) }
         fn i() -> T { Arc::new(six()) }
         fn j() -> T { loop { break seven(); } }
         fn k() { |x| eight() }
         fn l() -> T { nine().1 + 2 }
         fn m() -> T { eaten(ten()) }
         fn n() -> T { <Outer>::new(eleven()) }",
        fate,
        "direct: returned
         early: returned
         inside: returned
         named: returned bound
         one: returned
         two: returned bound
         three: returned
         four: returned
         five: returned
         six: returned moved
         seven: returned
         eight: returned
         nine: nothing
         ten: moved
         eleven: returned moved",
    );
}

#[test]
fn what_is_stored() {
    check(
        "impl Q {
             fn new() -> Self { Self { http: a() } }
             fn shorthand() -> Self { let client = b(); let n = 1; Self { client, n } }
             fn wrapped() -> Self { let client = Arc::new(c()); Ok(Self { client }) }
             fn set(&mut self) { self.http = d(); self.map[1] = e(); *self.slot = g(); }
             fn tuple() -> Self { Wrapper(h()) }
         }
         static X: T = i();",
        fate,
        "a: returned stored
         b: returned stored bound
         c: returned stored moved bound
         d: stored
         e: moved
         g: stored
         h: returned stored
         i: stored",
    );
}

#[test]
fn what_is_moved() {
    check(
        "fn f() { g(a()); g(&b()); x.push(c()); let v = vec![d()]; let e = e0(); g(e); let h = h0(); g(&h); }
         fn i() { let s = [j(), k()]; s.l() }",
        fate,
        "a: moved
         b: nothing
         c: moved
         d: unused moved bound
         e0: moved bound
         h0: bound
         j: moved bound
         k: moved bound",
    );
}

#[test]
fn builders_go_on_in_variables() {
    check(
        "fn f() -> T { let mut b = X::builder(); b = b.timeout(1); b.build() }
         fn g() -> T { let c = Client::new(); c.get(u).send().await }",
        fate,
        "X::builder: returned bound
         timeout: returned bound
         build: returned
         Client::new: bound
         send: returned",
    );
}

#[test]
fn guards_live_over_awaits() {
    check(
        "async fn a() { let g = lock1(); work().await; }
         async fn b() { let g = lock2(); drop(g); work().await; }
         async fn c() { { let g = lock3(); } work().await; }
         async fn d() { let g = lock4(); g.done().await; }
         async fn e() { let g = lock5().await; let h = || async { other().await }; }
         async fn h() { let g = lock6(); if x { drop(g); return; } work().await; }
         async fn i() { let g = lock7(); if x { drop(g); } else { eat(g); } work().await; }
         async fn j() { let g = lock8(); spawn(async move { g.len() }); work().await; }
         async fn k() { let _ = lock9(); work().await; }
         async fn l() { let g = self.m.lock().await; self.n.fetch().await; }
         async fn m() { let s = span!(); let _e = s.enter(); work().await }",
        fate,
        "lock1: unused bound across work().await
         lock2: bound
         lock3: unused bound
         lock4: bound
         lock5: unused bound
         lock6: bound across work().await
         lock7: moved bound
         lock8: returned bound
         lock9: discarded
         lock: unused bound across self.n.fetch().await
         span: bound across work().await
         enter: unused bound across work().await",
    );
}
