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
use crate::report::told::{Told, tell};
use crate::report::visible::visible;
use crate::report::{Outcome, Style, human};
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
    let Told { message, label, places, remarks, fixes, .. } = tell(outcome, finding, positions);
    let spans = Spans { positions };
    let mut children: Vec<Diagnostic> =
        remarks.into_iter().map(|(level, text)| Diagnostic::new(level, text)).collect();
    children.extend(fixes.iter().map(|fix| change(fix, &finding.violation, spans)));
    let here = DiagnosticSpan { is_primary: true, label, ..spans.at(finding.violation.span) };
    let others = places
        .into_iter()
        .map(|(span, word)| DiagnosticSpan { label: Some(word), ..spans.at(span) });
    Ok(Diagnostic {
        code: Some(Code {
            code: format!("archlint::{}", visible(&finding.violation.rule)),
            explanation: None,
        }),
        spans: std::iter::once(here).chain(others).collect(),
        children,
        rendered: Some(human::render(finding, positions, Style::default())?),
        ..Diagnostic::new(level(finding), message)
    })
}

/// The word that the compiler has for it.
fn level(finding: &Finding) -> &'static str {
    match Level::of(finding) {
        Level::Info => Level::Note.name(),
        level => level.name(),
    }
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
