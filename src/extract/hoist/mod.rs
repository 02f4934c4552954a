//! Source text + calls → where each could be replaced by a `static` of the function around it.
//!
//! Invariants: pure; never fails; only what is certain is offered. A call is offered if it is made
//! of one string literal and unwrapped at once, and if what comes of it is only borrowed: by a
//! method that is known to, by `&`, or through a variable of which the same holds. Whatever is not
//! seen as such, tokens of macros above all, makes it uncertain.

mod finder;
mod uses;

#[cfg(test)]
mod tests;

use syn::visit::Visit as _;

use super::{Range, nesting, parse};

/// A place where a `static` could be used instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hoist {
    /// Behind the opening brace of the innermost function, or behind its last inner attribute.
    pub at: u32,
    /// That function.
    pub function: Range,
    /// The type as written, the call's path without its last name: `Regex`.
    pub of: Range,
    /// The expression: `Regex::new("a").unwrap()`.
    pub value: Range,
    /// What stands before the name: nothing, `*` or `&*`.
    pub sign: &'static str,
    /// The `&`s before a variable that is a reference afterwards.
    pub borrowed: Vec<Range>,
}

/// Where these calls (from the path's first byte to the closing parenthesis) could be hoisted, in
/// their order; none where it is not certain. `borrows` are the methods that only borrow.
pub fn hoists(text: &str, calls: &[Range], borrows: &[String]) -> Vec<Option<Hoist>> {
    match nesting::of(text) {
        nesting::Nesting::Shallow => find(text, calls, borrows),
        _ => vec![None; calls.len()],
    }
}

fn find(text: &str, calls: &[Range], borrows: &[String]) -> Vec<Option<Hoist>> {
    let start = parse::preamble(text);
    let mut found = vec![None; calls.len()];
    if let Ok(file) = parse::tree(&text[start..]) {
        let mut finder = finder::Finder::new(text, start, calls, borrows, &mut found);
        finder.visit_file(&file);
    }
    proc_macro2::extra::invalidate_current_thread_spans();
    found
}
