//! What the pieces of a file say one by one is what the file says as a whole.

use super::super::{FrameKind, Pieces, Receiver, SiteId, SiteKind, pieces, read_pieces};
use super::{FrameId, Range, Site, Sites, read};

const FILE: &str = r#"#!/usr/bin/env run
//! A file.
#![allow(dead_code)]

use std::{fmt, io::{self, Read}};

/// A grid.
#[derive(Clone)]
pub struct Grid<const N: usize = { 1 + 1 }> { cells: [u8; N] }
pub(crate) struct Pair(Box<u8>, u8);
enum Way { Up, Down { by: u8 } }
union Both { a: u8, b: i8 }
const CLIENT: Client = Client { name: "x", make: || Client::new("y") };
static NAMES: &[&str] = &["a", { "b" }];
type Row = [u8; { 3 }];
extern crate alloc;
extern "C" { fn there(x: i32) -> i32; static HERE: Foo; }
thread_local! { static OWN: Cell<Client> = Cell::new(Client::new("z")); }
macro_rules! made { ($x:expr) => { $x }; }
made!(Client::new("m"));

impl<const N: usize> fmt::Display for Grid<{ N }> where Pair: Into<Row>, {
    #![allow(unused)]
    const SIZE: usize = { let size = measure("grid"); size };
    type Out = Vec<Row>;
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for cell in self.cells { f.write_str(&format!("{cell}"))?; }
        fn inner() { let one = Client::new("i"); one.send(); }
        inner();
        Ok(())
    }
    made! { fn by_macro() { Client::new("k"); } }
}

unsafe impl Send for Pair {}
trait Sender: Send { fn send(&self) { self.other().go(); } fn other(&self) -> Client; }

pub const unsafe extern "C" fn raw() -> [u8; { 2 }] { [0; { 2 }] }
pub async fn fetch(client: &Client) -> Result<(), Error> {
    let held = client.lock();
    client.get("é").await?;
    drop(held);
    Ok(())
};

#[cfg(test)]
mod tests {
    #![allow(clippy::all)]
    use super::*;
    mod deeper { pub fn deep() { loop { Client::new("d"); break; } } }
    mod elsewhere;
    #[test]
    fn works() { let all: Vec<_> = (0..3).map(|at| Client::new("t").at(at)).collect(); }
}
"#;

/// A site in words that do not depend on how things are numbered.
fn said(sites: &Sites, site: &Site) -> String {
    let place = |id: &SiteId| sites.site(*id).range;
    let handed = |to: &Option<(SiteId, u32)>| to.map(|(site, at)| (place(&site), at));
    let frame = |id: FrameId| {
        let kind = match &sites.frame(id).kind {
            FrameKind::Function(one) => {
                let one = &sites.functions[one.0 as usize];
                format!("fn {:?} {:?} {:?}", one.name, one.self_type, one.of_trait)
            }
            FrameKind::Global(at) => format!("global {:?}", sites.globals[*at as usize].range),
            FrameKind::Closure { argument_of, is_async } => {
                format!("closure {:?} {is_async}", handed(argument_of))
            }
            FrameKind::Async { argument_of } => format!("async {:?}", handed(argument_of)),
            FrameKind::Macro(id) => format!("macro {:?}", place(id)),
            other => format!("{other:?}"),
        };
        let is_file = id == FrameId(0);
        (kind, (!is_file).then(|| sites.frame(id).range), sites.frame(id).body)
    };
    let around: Vec<_> = sites.around(site.frame).map(|(id, _)| frame(id)).collect();
    let arguments = site.arguments.iter();
    let arguments: Vec<_> =
        arguments.map(|one| (one.range, one.shape, frame(one.depends_on), one.path)).collect();
    let kind = match &site.kind {
        SiteKind::Method { name, receiver: Receiver::Site(root) } => {
            format!("{name} on {:?}", place(root))
        }
        SiteKind::Loop(id) => format!("loop {:?}", frame(*id)),
        other => format!("{other:?}"),
    };
    let rest = (&site.chain, site.awaited, site.fate);
    format!("{:?} {:?} {kind} {around:?} {arguments:?} {rest:?}", site.range, site.whole)
}

fn is_in(range: Range, piece: Range) -> bool {
    piece.start <= range.start && range.start < piece.end
}

#[track_caller]
fn check(text: &str) -> Pieces {
    let whole = read(text);
    assert!(!whole.sites.is_empty(), "it parses");
    let pieces = pieces(text);
    let (mut sites, mut functions, mut types, mut globals) = (vec![], vec![], vec![], vec![]);
    let mut nested = vec![];
    for piece in &pieces.list {
        let part = read_pieces(text, &pieces, [piece]);
        let own = |range: Range| is_in(range, piece.range);
        let said = part.sites.iter().filter(|one| own(one.range)).map(|one| said(&part, one));
        sites.extend(said);
        nested.extend(part.nested.iter().copied());
        functions.extend(part.functions.iter().map(|one| (one.range, one.is_async)));
        let holder = |range: Range| (range, piece.holds_types);
        types.extend(part.types.iter().map(|one| holder(one.range)));
        globals.extend(part.globals.iter().map(|one| (one.range, one.type_text.clone())));
    }
    sites.sort();
    let mut expected: Vec<String> = whole.sites.iter().map(|one| said(&whole, one)).collect();
    expected.sort();
    assert_eq!(sites, expected);
    assert_eq!(nested, whole.nested);
    let of = whole.functions.iter().map(|one| (one.range, one.is_async));
    assert_eq!(functions, of.collect::<Vec<_>>());
    assert_eq!(types, whole.types.iter().map(|one| (one.range, true)).collect::<Vec<_>>());
    let of = whole.globals.iter().map(|one| (one.range, one.type_text.clone()));
    assert_eq!(globals, of.collect::<Vec<_>>());
    pieces
}

#[test]
fn pieces_say_what_the_file_says() {
    // The `;` behind a function is no item to the parser of whole files.
    let text = FILE.replace("\n};\n", "\n}\n");
    check(&text);
    let windows = text.replace('\n', "\r\n");
    check(&windows);
    check(&format!("\u{feff}{}", text.split_once('\n').unwrap().1));
}

#[test]
fn each_item_is_a_piece() {
    let text =
        "mod a {\n  impl B { fn c() {} const D: u8 = { 1 }; }\n  use x::{y, z};\n}\n;fn e() {}";
    let pieces = pieces(text);
    let written = |range: Range| &text[range.start as usize..range.end as usize];
    let list: Vec<&str> = pieces.list.iter().map(|one| written(one.range)).collect();
    let expected =
        ["mod a {", "impl B {", "fn c() {}", "const D: u8 = { 1 };", "use x::{y, z};", "fn e() {}"];
    assert_eq!(list, expected);
    let at = |word: &str| pieces.at(text.find(word).unwrap() as u32);
    assert_eq!([at("c()"), at("D:"), at("fn e"), at("mod")], [Some(2), Some(3), Some(5), Some(0)]);
    assert_eq!(pieces.at(text.find("\n}\n").unwrap() as u32), None);
}

#[test]
fn what_cannot_be_cut_is_one_piece() {
    for text in ["fn a() { (] }", "fn a() { \"open }"] {
        let pieces = pieces(text);
        assert_eq!(pieces.list.len(), 1);
        assert_eq!(pieces.list[0].range, Range { start: 0, end: text.len() as u32 });
        assert_eq!(read_pieces(text, &pieces, &pieces.list), Sites::empty());
    }
}
