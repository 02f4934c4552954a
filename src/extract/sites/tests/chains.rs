//! Chains and receivers.

use super::{chain, check, receiver};

#[test]
fn chains_run_through_questions_and_awaits() {
    check(
        "async fn f() { Client::builder().timeout(x).build()?.get(y).await; Client::new(); }",
        chain,
        "Client::builder: .timeout.build.get awaited
         timeout: .build.get awaited
         build: .get awaited
         get: . awaited
         Client::new: .",
    );
}

#[test]
fn chains_run_on_in_variables() {
    check(
        "fn f() { let mut b = X::builder(); b = b.timeout(1); b.build(); }
         fn g() { let v = Y::new(); let w = v.one().two(); w.three(); v.four(); }
         fn h() { let z = Z::new(); let z = 1; z.none(); }
         fn i() { let (tx, rx) = pair(); tx.send(1); rx.recv(); }
         fn j() { let a = Arc::new(Inner::new()); a.outer(); }
         fn k() { Body { x }.go(); vec![1].iter(); CELL.get(); }",
        chain,
        "X::builder: .timeout.build
         Y::new: .one.two.three.four
         Z::new: .
         pair: .send.recv
         Arc::new: .outer
         Inner::new: .
         Body: .go
         vec: .iter
         CELL: .get",
    );
}

#[test]
fn receivers() {
    check(
        "impl T {
             fn f(&self, p: &Arc<Pool>, d: Box<dyn Db>, q: impl Run, raw: &[u8], v: Vec<u8>,
                 out: <T>::Pool) {
                 self.own();
                 self.cache.field();
                 self.a.b.deep();
                 self.own2().after();
                 p.typed();
                 d.object();
                 q.bound();
                 raw.slice();
                 v.vector();
                 out.output();
                 let c = Client::new();
                 c.site();
                 let t: Handle = make();
                 t.written();
                 let l = 1 + 1;
                 l.local();
                 l.x.of_local();
                 for e in p { e.element() }
                 CELL.global();
                 (1 + 2).nothing();
                 Client::new()?.one().two();
             }
         }",
        receiver,
        "own: self
         field: field cache
         deep: field b
         after: unknown
         typed: a Pool
         object: a Db
         bound: a Run
         slice: local raw
         vector: a Vec
         output: local out
         site: result of Client::new
         written: a Handle
         local: local l
         of_local: field x
         element: local e
         global: result of CELL
         nothing: unknown
         one: result of Client::new
         two: result of Client::new",
    );
}
