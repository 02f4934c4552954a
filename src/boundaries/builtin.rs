//! What comes with the program: the pages of verbs and rules, the rules themselves, the contexts.

use rayon::prelude::*;

use super::flag::contexts::Contexts;
use super::page::boundaries_of;
use super::parse;
use super::written::Rule;
use crate::model::FileId;

macro_rules! page {
    ($path:literal) => {
        ($path, include_str!(concat!("../../rules/", $path)))
    };
}

/// What the verbs mean. Path below `rules/` and text, in the order in which they are shown.
pub const PAGES: [(&str, &str); 10] = [
    page!("verbs/forbid.md"),
    page!("verbs/only.md"),
    page!("verbs/protect.md"),
    page!("verbs/layers.md"),
    page!("verbs/independent.md"),
    page!("verbs/acyclic.md"),
    page!("verbs/expose.md"),
    page!("verbs/require.md"),
    page!("verbs/deprecate.md"),
    page!("verbs/flag.md"),
];

/// The rules about code shapes: every other page in `rules/`, sorted; the build script lists them.
pub const RULES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Which code makes which context, as a `[contexts]` table.
pub const CONTEXTS: &str = include_str!("../../rules/contexts.toml");

/// The rules of every built-in page; a page without a fault in it is what our tests ask for.
pub fn rules() -> Vec<Rule> {
    let of_page = |(path, text): &(&'static str, &str)| {
        let rules = parse(&boundaries_of(text), FileId(0)).0.rules;
        rules.into_iter().map(|rule| Rule { page: Some(*path), ..rule }).collect::<Vec<_>>()
    };
    RULES.par_iter().flat_map_iter(of_page).collect()
}

/// What is well known of the code that people call.
pub fn contexts() -> Contexts {
    parse(CONTEXTS, FileId(0)).0.contexts
}
