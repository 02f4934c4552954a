//! The rules and contexts that come with the program.

use super::flag::contexts::Contexts;
use super::page::parse_page;
use super::written::Rule;
use super::{builtin, parse};
use crate::model::FileId;

/// The rules of every built-in page; a page without a fault in it is what our tests ask for.
pub fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for (path, text) in builtin::RULES {
        let page = parse_page(text, FileId(0)).0;
        let (written, _) = parse(&page.boundaries, FileId(0));
        rules.extend(written.rules.into_iter().map(|rule| Rule { page: Some(*path), ..rule }));
    }
    rules
}

/// What is well known of the code that people call.
pub fn contexts() -> Contexts {
    parse(builtin::CONTEXTS, FileId(0)).0.contexts
}
