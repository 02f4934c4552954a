//! A finding → the comment that lets it pass at its place.

use crate::check::{Applicability, Fix};
use crate::model::Span;
use crate::report::Outcome;
use crate::report::position::Positions;
use crate::settle::{Finding, Status};

/// The comment above the finding's line, where one can excuse it.
///
/// The reason is left to the user: without one the comment excuses nothing and says so.
pub(super) fn allow(
    outcome: &Outcome<'_>,
    finding: &Finding,
    positions: &Positions<'_>,
) -> Option<Fix> {
    let violation = &finding.violation;
    let file = positions.file(violation.span.file);
    let is_rule = outcome.policy.rules.iter().any(|rule| rule.id == violation.rule);
    if finding.status != Status::New || !is_rule || file.path.extension() != Some("rs") {
        return None;
    }
    let line = positions.line(violation.span.file, positions.start(violation.span).line);
    let text = &file.text[line.start as usize..line.end as usize];
    let indent = &text[..text.len() - text.trim_start().len()];
    let at = line.start + indent.len() as u32;
    let end = if file.text[line.end as usize..].starts_with('\r') { "\r\n" } else { "\n" };
    let comment = format!("// archlint: allow({}, reason = \"\"){end}{indent}", violation.rule);
    Some(Fix {
        title: "allow it here, with a reason".to_owned(),
        edits: vec![(Span { file: violation.span.file, start: at, end: at }, comment)],
        applicability: Applicability::MaybeIncorrect,
    })
}
