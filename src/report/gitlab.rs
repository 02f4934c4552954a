//! Verdict + sources → a code quality report, as GitLab shows it in merge requests.

use std::io;

use serde::Serialize;

use crate::report::json_text::write_list;
use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::visible;
use crate::report::{Outcome, Style, place};
use crate::settle::Finding;

/// Writes an array with an object for each finding.
pub fn write(outcome: &Outcome<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let positions = Positions::new(outcome.sources);
    let selection = select(outcome.verdict, style);
    write_list(out, selection.shown.iter().map(|finding| row(outcome, finding, &positions)))?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Row<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn row<'a>(outcome: &Outcome<'_>, finding: &'a Finding, positions: &Positions<'_>) -> Row<'a> {
    let violation = &finding.violation;
    let because = violation.because.iter().map(|because| format!(" (because: {because})"));
    let words = violation.message.clone() + &because.collect::<String>();
    Row {
        description: format!("{}: {}", visible(&violation.rule), visible(&words)),
        check_name: &violation.rule,
        fingerprint: &finding.fingerprint,
        severity: match Level::of(finding) {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Note => "info",
        },
        location: Location {
            path: place::path(outcome, violation.span.file),
            lines: Lines {
                begin: positions.start(violation.span).line,
                end: positions.end(violation.span).line,
            },
        },
    }
}
