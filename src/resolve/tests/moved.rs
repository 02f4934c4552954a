//! A resolution that was kept, put where everything is now, is the one of today.

use super::files;
use crate::extract::moved;
use crate::resolve::{MovedByFile, Resolution};
use crate::sketch::{Sketch, sketch};

const LIB: &str = "//- shop/src/lib.rs
mod cart;
mod price;
mod lost;
pub use cart::*;
macro_rules! total { ($x:expr) => { $crate::price::sum($x) } }
";
const CART: &str = "//- shop/src/cart.rs
use std::collections::BTreeMap as Map;
pub use crate::price::Price as Cost;
pub struct Cart(Map<u8, Cost>);
impl Cart { fn total(&self) -> Cost { total!(self.0); crate::nowhere::at_all(); crate::price::sum(1) } }
unread!(a b => c::d);
";
const PRICE: &str = "//- shop/src/price.rs
#[cfg(unix)] pub use std::path::PathBuf as Price;
#[cfg(not(unix))] pub use std::fs::File as Price;
pub fn sum(_: u8) -> Price { loop {} }
";

/// What was kept before, in the places of today; none if some file says something else.
fn again(before: &Sketch, now: &Sketch) -> Option<Resolution> {
    let kept = postcard::to_allocvec(&before.resolve()).unwrap();
    let mut changed = MovedByFile::new();
    for (file, facts) in &before.files.facts {
        if before.sources.file(*file).text != now.sources.file(*file).text {
            changed.insert(*file, moved(facts, &now.files.facts[file])?);
        }
    }
    let kept: Resolution = postcard::from_bytes(&kept).unwrap();
    now.grown(|tree, files| kept.moved(&changed, tree, files))
}

fn workspace(texts: [&str; 3]) -> Sketch {
    sketch(files(&texts.concat()))
}

/// The same words for the resolution of today, whether kept or found anew.
#[track_caller]
fn check_same(now: [&str; 3]) {
    let (before, now) = (workspace([LIB, CART, PRICE]), workspace(now));
    let again = again(&before, &now).expect("everything has only moved");
    assert_eq!(format!("{again:#?}"), format!("{:#?}", now.resolve()));
}

#[test]
fn what_is_kept_comes_back_as_it_was() {
    let resolution = workspace([LIB, CART, PRICE]).resolve();
    assert!(resolution.references.iter().any(|one| one.alternative));
    assert!(!resolution.hops.is_empty() && !resolution.imports.is_empty());
    assert!(resolution.unresolved.len() > 1 && !resolution.macros_not_read.is_empty());
    check_same([LIB, CART, PRICE]);
}

#[test]
fn what_has_moved_is_found_in_its_new_place() {
    let below = |text: &str| text.replacen('\n', "\n// a line more\n\n", 1);
    check_same([&below(LIB), CART, PRICE]);
    check_same([LIB, &below(CART), PRICE]);
    check_same([&below(LIB), &below(CART), &below(PRICE)]);
    check_same([LIB, &CART.replace("sum(1)", "sum(1 /* or more */ + 22)"), PRICE]);
}

#[test]
fn what_says_something_else_is_not_taken_from_before() {
    let before = workspace([LIB, CART, PRICE]);
    for now in [
        [LIB, &CART.replace("price::sum(1)", "price::sam(1)"), PRICE],
        [LIB, CART, &PRICE.replace("cfg(unix)", "cfg(windows)")],
        [&LIB.replace("pub use cart", "use cart"), CART, PRICE],
    ] {
        assert!(again(&before, &workspace(now)).is_none(), "{now:?}");
    }
}
