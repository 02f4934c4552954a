//! Finding → what an editor is told of it: words, places, changes. What these look like on the wire
//! is the business of [`super::cargo`] and of the language server.

use crate::boundaries::policy::Rule;
use crate::check::{Fix, Violation};
use crate::model::Span;
use crate::report::position::Positions;
use crate::report::selection::select;
use crate::report::visible::{visible, visible_lines};
use crate::report::{Outcome, Style, allow};
use crate::settle::Finding;

/// A finding in words that are fit to be shown.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// What is told.
    pub finding: &'a Finding,
    /// What is wrong.
    pub message: String,
    /// Where more is written about the rule.
    pub address: Option<String>,
    /// What is said at the place itself.
    pub label: Option<String>,
    /// The way to it, then what else is related, with a word each.
    pub places: Vec<(Span, String)>,
    /// What is said without a place: `note` or `help`, and the text.
    pub remarks: Vec<(&'static str, String)>,
    /// What can be done about it: what mends it first.
    pub fixes: Vec<Fix>,
}

/// Everything that is to be shown, in the verdict's order.
pub fn all<'a>(outcome: &Outcome<'a>, positions: &Positions<'_>) -> Vec<Told<'a>> {
    let shown = select(outcome.verdict, Style::default()).shown;
    shown.into_iter().map(|finding| tell(outcome, finding, positions)).collect()
}

/// One finding.
pub(super) fn tell<'a>(
    outcome: &Outcome<'_>,
    finding: &'a Finding,
    positions: &Positions<'_>,
) -> Told<'a> {
    let violation = &finding.violation;
    let label = Some(&violation.label).filter(|label| !label.is_empty());
    let rule = outcome.policy.rules.iter().find(|rule| rule.id == violation.rule);
    let allowance = allow::allow(outcome, finding, positions);
    Told {
        finding,
        message: visible(&violation.message).into_owned(),
        address: rule.and_then(address),
        label: label.map(|label| visible(label).into_owned()),
        places: places(violation),
        remarks: remarks(violation),
        fixes: violation.fix.iter().cloned().chain(allowance).collect(),
    }
}

/// The link of a rule, if it is one that may be followed unasked.
pub(super) fn address(rule: &Rule) -> Option<String> {
    let docs = rule.docs.as_ref().filter(|docs| docs.starts_with("https://"));
    docs.map(|docs| visible(docs).into_owned())
}

/// The way to the place, then what else is related.
fn places(violation: &Violation) -> Vec<(Span, String)> {
    let mut places = Vec::new();
    let mut add = |span, word: &str| places.push((span, visible(word).into_owned()));
    for step in &violation.through {
        add(step.span, &format!("`{}` re-exports `{}`", step.from, step.to));
    }
    for (number, step) in (1..).zip(&violation.chain) {
        add(step.span, &format!("{number}. `{}` → `{}`", step.from, step.to));
    }
    for (span, word) in &violation.related {
        add(*span, word);
    }
    places
}

fn remarks(violation: &Violation) -> Vec<(&'static str, String)> {
    let because = violation.because.iter().map(|text| ("note", format!("because: {text}")));
    let notes = violation.notes.iter().map(|text| ("note", text.clone()));
    let help = violation.help.iter().map(|text| ("help", text.clone()));
    let remarks = because.chain(notes).chain(help);
    remarks.map(|(level, text)| (level, visible_lines(&text))).collect()
}
