//! Macro definitions by name, for what they do to what their callers hand them.
//!
//! Conditions must be known before names are resolved, so a macro is taken by its name alone: one
//! of the same crate first, else one of any member.

use std::collections::BTreeMap;

use super::modules::Tree;
use crate::extract::{FileFacts, MacroDefinition};

/// The definitions of a tree that do something to their arguments.
#[derive(Debug, Default)]
pub(super) struct Templates<'a> {
    by_crate: BTreeMap<(u32, &'a str), Template<'a>>,
    anywhere: BTreeMap<&'a str, Template<'a>>,
}

/// A definition and the facts of its file.
pub(super) type Template<'a> = (&'a FileFacts, &'a MacroDefinition);

impl<'a> Templates<'a> {
    /// Collects the macros of a tree, whose bodies have these facts.
    pub(super) fn collect(tree: &Tree<'_>, facts: &[&'a FileFacts]) -> Self {
        let mut templates = Templates::default();
        for (body, facts) in tree.bodies.iter().zip(facts) {
            let krate = tree.modules[body.modules[0].0 as usize].krate;
            let acts = |made: &&MacroDefinition| {
                made.adds.is_some() || made.exports || !made.declares.is_empty()
            };
            for definition in facts.macros.iter().filter(acts) {
                let name = &facts.names[definition.name.0 as usize];
                let template = (*facts, definition);
                templates.by_crate.entry((krate, name)).or_insert(template);
                templates.anywhere.entry(name).or_insert(template);
            }
        }
        templates
    }

    /// The definition that a call in this crate means.
    pub(super) fn get(&self, krate: u32, name: &str) -> Option<Template<'a>> {
        let own = self.by_crate.get(&(krate, name));
        own.or_else(|| self.anywhere.get(name)).copied()
    }
}
