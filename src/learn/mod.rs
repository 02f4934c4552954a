//! Workspace + Graph → a `boundaries.toml` whose rules hold today.
//!
//! Invariants: pure; every rule holds and says from which fact it was learned; what nearly holds is
//! a remark for people to decide on, or a rule where debt is asked for; the same workspace gives the
//! same text. What is learned is the order of crates and of a dominating crate's modules, where
//! there are no circles, and who alone uses an external crate or a part of `std`.

mod circles;
mod confined;
mod draft;
mod families;
mod layers;
mod order;
mod places;
mod remarks;
mod standard;

#[cfg(test)]
mod tests;

use crate::discover::Workspace;
use crate::graph::Graph;
use crate::model::{Sources, Span};
use crate::resolve::ReferenceId;

use draft::Draft;
use places::Places;

/// What is learned from.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Its files, by which places are told.
    pub sources: &'a Sources,
    /// Who names whom.
    pub graph: &'a Graph,
    /// Also write rules that few references break: somebody will record these in a baseline.
    pub debt: bool,
}

/// Writes the configuration.
pub fn learn(lesson: Lesson<'_>) -> String {
    let places = Places::new(lesson.workspace, lesson.graph);
    let place = |id: ReferenceId| place(lesson.sources, lesson.graph.reference(id).span);
    let mut draft = Draft::default();
    layers::crates(&places, &mut draft);
    circles::crates(&places, &mut draft);
    let dominant = layers::dominant(&places);
    for package in &dominant {
        layers::modules(&places, *package, &mut draft);
    }
    draft.rules.extend(circles::modules(&places, false));
    confined::externals(&places, &dominant, &mut draft);
    standard::parts(&places, &dominant, &mut draft);
    remarks::circles(&places, &dominant, &place, &mut draft);
    draft.prove(lesson.workspace, lesson.graph);
    if lesson.debt {
        draft.rules.retain(|rule| rule.id != circles::MODULES);
        draft.rules.extend(circles::modules(&places, true));
        draft.rules.extend(remarks::near_orders(&places, &dominant));
    }
    draft.text()
}

/// `src/lib.rs:3`.
fn place(sources: &Sources, span: Span) -> String {
    let file = sources.file(span.file);
    let before = file.text.get(..span.start as usize).unwrap_or_default();
    format!("{}:{}", file.path, before.matches('\n').count() + 1)
}

/// "3 references", "1 reference".
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
