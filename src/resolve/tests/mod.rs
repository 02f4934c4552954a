//! Small workspaces in, resolved references out.
//!
//! A fixture is one text, each file under a line `//- path`. An expectation lists the references
//! that leave their module (or, with `all`, every one) as `from -> item`, with marks behind it.

mod macros;
mod meanings;
mod modules;
mod moved;
mod names;
mod places;
mod scopes;

use std::fmt::Write as _;

use super::{Reference, ReferenceKind, Resolution};
use crate::model::CodeScope;
use crate::sketch::sketch;

/// The files of a fixture.
fn files(fixture: &str) -> Vec<(&str, &str)> {
    fixture
        .split("//- ")
        .skip(1)
        .map(|file| {
            let (path, text) = file.split_once('\n').expect("a path stands on its own line");
            (path.trim(), text)
        })
        .collect()
}

fn resolve(fixture: &str) -> Resolution {
    sketch(files(fixture)).resolve()
}

/// Compares the references that leave their module with the expected lines, both sorted.
#[track_caller]
fn check(fixture: &str, expected: &str) {
    let resolution = resolve(fixture);
    let leaves = |one: &&Reference| {
        resolution.module(one.from) != resolution.module(one.to)
            && !matches!(one.kind, ReferenceKind::Manifest(_))
    };
    compare(&resolution, resolution.references.iter().filter(leaves), expected);
}

#[track_caller]
fn compare<'r>(
    resolution: &Resolution,
    references: impl Iterator<Item = &'r Reference>,
    expected: &str,
) {
    let mut found: Vec<String> = references.map(|one| line(resolution, one)).collect();
    found.sort();
    found.dedup();
    let mut wanted: Vec<String> = expected
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    wanted.sort();
    let mut difference = String::new();
    for line in found.iter().filter(|line| !wanted.contains(line)) {
        writeln!(difference, "not expected: {line}").expect("a string takes any text");
    }
    for line in wanted.iter().filter(|line| !found.contains(line)) {
        writeln!(difference, "missing:      {line}").expect("a string takes any text");
    }
    assert!(difference.is_empty(), "\n{difference}all found:\n{}\n", found.join("\n"));
}

/// `shop::cart -> shop::price::Price (use, test, cfg unix, macro) via shop::api`.
fn line(resolution: &Resolution, one: &Reference) -> String {
    let module = resolution.path(resolution.module(one.from));
    let mut line = format!("{module} -> {}", resolution.path(one.to));
    let mut marks = Vec::new();
    if one.kind != ReferenceKind::Path {
        marks.push(one.kind.name().to_owned());
    }
    if one.scope != CodeScope::Normal {
        marks.push(one.scope.to_string());
    }
    if one.in_macro {
        marks.push("in macro".to_owned());
    }
    if !resolution.text(one.cfg).is_empty() && one.scope == CodeScope::Normal {
        marks.push(format!("cfg {}", resolution.text(one.cfg)));
    }
    if !marks.is_empty() {
        write!(line, " ({})", marks.join(", ")).expect("a string takes any text");
    }
    for hop in resolution.through(one) {
        write!(line, " via {}", resolution.path(hop.module)).expect("a string takes any text");
    }
    line
}

/// The unresolved paths as `reason: written`.
fn unresolved(resolution: &Resolution) -> Vec<String> {
    let lines = resolution.unresolved.iter();
    lines.map(|one| format!("{}: {}", one.reason.name(), resolution.text(one.written))).collect()
}
