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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::report::Format;
    use crate::report::tests::{full, of, sources, written};
    use crate::settle::Status;

    #[test]
    fn a_finding_is_an_object() {
        let findings = vec![
            full(),
            of(Severity::Warn, Status::New, "w"),
            of(Severity::Deny, Status::Known, "k"),
        ];
        let style = Style { show_suppressed: true, ..Style::default() };
        let row = |description: &str, severity: &str| {
            format!(
                "{{\"description\":\"accounts-not-im: {description}\",\
                 \"check_name\":\"accounts-not-im\",\"fingerprint\":\"f\",\
                 \"severity\":\"{severity}\",\"location\":{{\
                 \"path\":\"ws/src/flows/deposit.rs\",\"lines\":{{\"begin\":1,\"end\":1}}}}}}"
            )
        };
        let expected = format!(
            "[\n{},\n{},\n{}\n]\n",
            row("`accounts` may not use `im` (because: accounts is the core domain)", "major"),
            row("w", "minor"),
            row("k", "info"),
        );
        assert_eq!(written(findings, &sources(), Format::Gitlab, style), expected);
    }

    #[test]
    fn nothing_is_an_empty_array() {
        assert_eq!(written(Vec::new(), &sources(), Format::Gitlab, Style::default()), "[]\n");
    }
}
