//! What is written down of a file is what was read of it.

use super::super::{Pieces, Sheet, pieces, read_pieces};
use super::Sites;

const FILE: &str = "use a::B;
struct C { #[serde(rename = \"d\")] d: Vec<B> }
static E: &str = \"e\";
async fn f(b: &B) -> Result<C, ()> {
    for one in b.all().iter() { g(one, |x| x.h()).await?; }
    fn i() { loop { break; } }
    println!(\"{}\", i());
}
";

/// What is read of every other piece.
fn every_other(pieces: &Pieces) -> Vec<Option<Sites>> {
    let all = pieces.list.iter().enumerate();
    all.map(|(at, one)| (at % 2 == 1).then(|| read_pieces(FILE, pieces, [one]))).collect()
}

#[test]
fn what_was_read_is_known() {
    let pieces = pieces(FILE);
    let read = every_other(&pieces);
    let read = || read.iter().map(Option::as_ref);
    assert!(!Sheet::default().knows(read()));
    let bytes = Sheet::default().with(b"notes", &pieces, read()).unwrap();
    let sheet = Sheet::open(&bytes).unwrap();
    assert!(sheet.knows(read()) && sheet.notes == b"notes");
    assert_eq!(sheet.pieces(), Some(pieces.clone()));
    for (at, read) in read().enumerate() {
        assert_eq!(sheet.sites(at).as_ref(), read);
    }
    let all: Vec<Sites> = pieces.list.iter().map(|one| read_pieces(FILE, &pieces, [one])).collect();
    assert!(!sheet.knows(all.iter().map(Some)));
    let bytes = sheet.with(sheet.notes, &pieces, all.iter().map(Some)).unwrap();
    let sheet = Sheet::open(&bytes).unwrap();
    let known: Vec<Sites> = (0..all.len()).map(|at| sheet.sites(at).unwrap()).collect();
    assert_eq!(known, all);
    let bytes = sheet.with_notes(b"more").unwrap();
    let renewed = Sheet::open(&bytes).unwrap();
    assert!(renewed.notes == b"more" && renewed.knows(all.iter().map(Some)));
}

#[test]
fn of_other_bytes_nothing_is_known() {
    let nothing = Sheet::default();
    assert!(nothing.pieces().is_none() && nothing.sites(0).is_none());
    let pieces = pieces(FILE);
    let bytes = nothing.with(b"", &pieces, every_other(&pieces).iter().map(Option::as_ref));
    let bytes = bytes.unwrap();
    for end in 0..bytes.len() {
        if let Some(sheet) = Sheet::open(&bytes[..end]) {
            assert!(sheet.pieces().is_none_or(|known| known == pieces));
        }
    }
}
