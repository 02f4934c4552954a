//! The parts of the build that files can be of.

use super::files;
use crate::sketch::sketch;

/// `path: normal test` for each file.
fn scopes(fixture: &str) -> Vec<String> {
    let sketch = sketch(files(fixture));
    let by_file = sketch.scopes();
    let mut lines: Vec<String> = Vec::new();
    for (path, file) in sketch.files.by_path.iter().filter_map(|(path, id)| Some((path, (*id)?))) {
        let mut names: Vec<String> = by_file[&file].iter().map(ToString::to_string).collect();
        names.sort();
        lines.push(format!("{path}: {}", names.join(" ")));
    }
    lines.sort();
    lines
}

#[test]
fn a_file_declared_in_tests_only_is_a_test_and_so_is_what_it_declares() {
    let found = scopes(
        "
//- shop/src/lib.rs
mod cart;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod both;
#[cfg(not(test))]
mod both;
//- shop/src/cart.rs
//- shop/src/both.rs
//- shop/src/tests.rs
mod deep;
//- shop/src/tests/deep.rs
//- shop/tests/it.rs
//- shop/benches/speed.rs
//- shop/build.rs
",
    );
    let expected = [
        "shop/benches/speed.rs: bench",
        "shop/build.rs: build",
        "shop/src/both.rs: normal test",
        "shop/src/cart.rs: normal test",
        "shop/src/lib.rs: normal test",
        "shop/src/tests.rs: test",
        "shop/src/tests/deep.rs: test",
        "shop/tests/it.rs: test",
    ];
    assert_eq!(found, expected);
}
