//! Verdict + sources → the messages of `cargo check --message-format=json`, one a line.
//!
//! Whatever reads the compiler reads this: an editor shows the findings where they are, with the
//! way there and the changes that mend them. Paths count from the workspace's root, as cargo's do.

mod message;
mod origin;
#[cfg(test)]
mod tests;

use std::io;

use serde::Serialize;

use crate::check::{Fix, Violation};
use crate::report::json_text::write_value;
use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::{visible, visible_lines};
use crate::report::{Outcome, Style, allow, human};
use crate::settle::Finding;
use message::{Code, Diagnostic, DiagnosticSpan, Spans};
use origin::Origin;

/// Writes a message for each finding, and that the build has come to its end.
pub fn write(outcome: &Outcome<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    write_messages(outcome, style, out)?;
    let success = !outcome.verdict.findings.iter().any(|one| Level::of(one) == Level::Error);
    writeln!(out, "{{\"reason\":\"build-finished\",\"success\":{success}}}")
}

/// Writes a message for each finding: to stand among those of cargo itself.
pub fn write_messages(
    outcome: &Outcome<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let positions = Positions::new(outcome.sources);
    for finding in select(outcome.verdict, style).shown {
        let message = diagnostic(outcome, finding, &positions)?;
        let path = &positions.file(finding.violation.span.file).path;
        let origin = Origin::of(outcome.workspace, path);
        write_value(&mut *out, &Line { reason: "compiler-message", origin, message })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Line<'a> {
    reason: &'static str,
    #[serde(flatten)]
    origin: Origin<'a>,
    message: Diagnostic,
}

fn diagnostic(
    outcome: &Outcome<'_>,
    finding: &Finding,
    positions: &Positions<'_>,
) -> io::Result<Diagnostic> {
    let violation = &finding.violation;
    let spans = Spans { positions };
    let mut children = remarks(violation);
    let fixes = violation.fix.iter().cloned().chain(allow::allow(outcome, finding, positions));
    children.extend(fixes.map(|fix| change(&fix, violation, spans)));
    Ok(Diagnostic {
        code: Some(Code {
            code: format!("archlint::{}", visible(&violation.rule)),
            explanation: None,
        }),
        spans: places(violation, spans),
        children,
        rendered: Some(human::render(finding, positions, Style::default())?),
        ..Diagnostic::new(Level::of(finding).name(), visible(&violation.message).into_owned())
    })
}

/// The place itself, then the way to it, then what else is related: the latter need a word each.
fn places(violation: &Violation, spans: Spans<'_>) -> Vec<DiagnosticSpan> {
    let label = Some(&violation.label).filter(|label| !label.is_empty());
    let mut places = vec![DiagnosticSpan { is_primary: true, ..spans.at(violation.span) }];
    places[0].label = label.map(|label| visible(label).into_owned());
    let mut add = |span, word: &str| {
        let label = Some(visible(word).into_owned());
        places.push(DiagnosticSpan { label, ..spans.at(span) });
    };
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

/// What is said without a place.
fn remarks(violation: &Violation) -> Vec<Diagnostic> {
    let because = violation.because.iter().map(|text| ("note", format!("because: {text}")));
    let notes = violation.notes.iter().map(|text| ("note", text.clone()));
    let help = violation.help.iter().map(|text| ("help", text.clone()));
    let remarks = because.chain(notes).chain(help);
    remarks.map(|(level, text)| Diagnostic::new(level, visible_lines(&text))).collect()
}

/// A change. Editors offer one only where it has a span, so the finding's own place comes first.
fn change(fix: &Fix, violation: &Violation, spans: Spans<'_>) -> Diagnostic {
    let here = DiagnosticSpan { is_primary: true, ..spans.at(violation.span) };
    let edits = fix.edits.iter().map(|(span, text)| DiagnosticSpan {
        is_primary: true,
        suggested_replacement: Some(text.clone()),
        suggestion_applicability: Some(fix.applicability.name()),
        ..spans.at(*span)
    });
    let spans = std::iter::once(here).chain(edits).collect();
    Diagnostic { spans, ..Diagnostic::new("help", visible(&fix.title).into_owned()) }
}
