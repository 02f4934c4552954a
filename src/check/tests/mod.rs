//! Golden behaviours: a graph and a policy in, violations out. The tests are called after the
//! behaviours' numbers.

use crate::check::{Violation, check, sketch as policies};
use crate::graph::sketch;

mod cycles;
mod exceptions;
mod layers;
mod uses;
mod words;

/// Everything that is broken, one line each, by rule and position.
fn broken(graph: &str, policy: &str) -> Vec<String> {
    violations(graph, policy).iter().map(line).collect()
}

fn violations(graph: &str, policy: &str) -> Vec<Violation> {
    let graph = sketch::graph(graph);
    let policy = policies::policy(&graph, policy);
    check(&graph, &policy, None).violations
}

/// `7 owner -> item`, or the hops of a chain with their lines: `a -7-> b -8-> c`.
fn line(violation: &Violation) -> String {
    let Some(last) = violation.chain.last() else {
        let line = sketch::line(violation.span);
        return format!("{line} {} -> {}", violation.owner, violation.item);
    };
    let hop = |from: &str, span| format!("{from} -{}-> ", sketch::line(span));
    let hops = violation.chain.iter().map(|step| hop(&step.from, step.span));
    hops.collect::<String>() + &last.to
}

#[track_caller]
fn keeps(graph: &str, policy: &str) {
    breaks(graph, policy, &[]);
}

#[track_caller]
fn breaks(graph: &str, policy: &str, expected: &[&str]) {
    assert_eq!(broken(graph, policy), expected);
}
