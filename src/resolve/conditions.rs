//! The whole condition of everything in a body: of its file's `mod` declarations, of the `#[cfg]`s
//! around it, and of the macros inside whose calls it stands.

use super::cfg::{conjoin, holds};
use super::modules::{Body, Tree};
use super::templates::Templates;
use crate::extract::FileFacts;

/// A condition with nothing left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Condition {
    /// `all(unix, feature = "net")`; empty if it always holds.
    pub(super) text: String,
    /// It holds in test builds only.
    pub(super) test: bool,
    /// It holds in a plain build.
    pub(super) holds: bool,
}

impl Condition {
    /// Holds where one of several does; always if there are none.
    pub(super) fn any<'c>(several: impl Iterator<Item = &'c Condition>) -> Self {
        let several: Vec<&Condition> = several.collect();
        match several.as_slice() {
            [] => Condition { holds: true, ..Condition::default() },
            [only] => (*only).clone(),
            all if all.iter().any(|one| one.text.is_empty()) => Self::any([].into_iter()),
            all => {
                let mut texts: Vec<&str> = all.iter().map(|one| one.text.as_str()).collect();
                texts.dedup();
                Condition {
                    text: if let [only] = texts[..] {
                        only.to_owned()
                    } else {
                        format!("any({})", texts.join(", "))
                    },
                    test: all.iter().all(|one| one.test),
                    holds: all.iter().any(|one| one.holds),
                }
            }
        }
    }
}

/// The whole conditions of all bodies, each by [`crate::extract::CfgId`].
pub(super) fn of_bodies(
    tree: &Tree<'_>,
    facts: &[&FileFacts],
    templates: &Templates<'_>,
) -> Vec<Vec<Condition>> {
    let mut all: Vec<Vec<Condition>> = Vec::with_capacity(tree.bodies.len());
    for (body, facts) in tree.bodies.iter().zip(facts) {
        // A body exists where any of its declarations does, which stand in bodies before it.
        let declared = body.declared.iter().chain(&body.declared_again);
        let known =
            declared.filter_map(|declared| all.get(declared.body)?.get(declared.cfg.0 as usize));
        let outer = Condition::any(known);
        all.push(conditions(body, facts, tree, templates, &outer));
    }
    all
}

/// The whole conditions of a body; `outer` is that of its declarations.
fn conditions(
    body: &Body,
    facts: &FileFacts,
    tree: &Tree<'_>,
    templates: &Templates<'_>,
    outer: &Condition,
) -> Vec<Condition> {
    let krate = tree.modules[body.modules[0].0 as usize].krate;
    let whole = facts.cfgs.iter().map(|own| {
        let mut text = conjoin(&outer.text, &own.text);
        let mut in_tests = outer.test || own.test;
        for name in &own.macros {
            let called = &facts.names[name.0 as usize];
            if let Some(more) =
                templates.get(krate, called).and_then(|(_, made)| made.adds.as_ref())
            {
                text = conjoin(&text, &more.text);
                in_tests |= more.test;
            }
        }
        Condition { holds: holds(&text), text, test: in_tests }
    });
    whole.collect()
}
