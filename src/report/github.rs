//! Verdict + sources → commands to GitHub's runners, which show them beside the changed lines.
//!
//! A step shows ten errors and ten warnings. The first ten of each are commands, the rest are plain
//! lines of its log.

use std::io;

use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::{visible, visible_lines};
use crate::report::{Outcome, Style, place, summary};
use crate::settle::Finding;

/// So many of each level does a step show.
const MOST_SHOWN: usize = 10;

/// Writes the findings and the summary.
pub fn write(outcome: &Outcome<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let positions = Positions::new(outcome.sources);
    let selection = select(outcome.verdict, style);
    let mut left = [MOST_SHOWN; 3];
    for finding in &selection.shown {
        let left = &mut left[Level::of(finding) as usize];
        if *left > 0 {
            *left -= 1;
            writeln!(out, "{}", command(outcome, finding, &positions))?;
        } else {
            writeln!(out, "{}", line(outcome, finding, &positions))?;
        }
    }
    if let Some(rest) = selection.rest(style.ascii) {
        writeln!(out, "{rest}")?;
    }
    if !style.quiet {
        writeln!(out, "{}", summary::line(&outcome.verdict.summary))?;
    }
    Ok(())
}

fn command(outcome: &Outcome<'_>, finding: &Finding, positions: &Positions<'_>) -> String {
    let violation = &finding.violation;
    let name = match Level::of(finding) {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let (start, end) = (positions.start(violation.span), positions.end(violation.span));
    let title = property(&visible(&violation.rule));
    let file = property(&visible(&place::path(outcome, violation.span.file)));
    // Columns are heard only where the place is on one line.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    let lines = format!("line={},endLine={}", start.line, end.line);
    format!("::{name} title={title},file={file},{lines}{columns}::{}", text(&words(finding)))
}

/// The message and what makes it understood, a line each.
fn words(finding: &Finding) -> String {
    let violation = &finding.violation;
    let because = violation.because.iter().map(|because| format!("because: {because}"));
    let notes = violation.notes.iter().map(|note| format!("note: {note}"));
    let help = violation.help.iter().map(|help| format!("help: {help}"));
    let lines = std::iter::once(violation.message.clone()).chain(because).chain(notes).chain(help);
    lines.map(|line| visible_lines(&line)).collect::<Vec<_>>().join("\n")
}

/// A line that begins with a word of ours is no command.
fn line(outcome: &Outcome<'_>, finding: &Finding, positions: &Positions<'_>) -> String {
    let violation = &finding.violation;
    let start = positions.start(violation.span);
    let path = place::path(outcome, violation.span.file);
    format!(
        "{}[{}]: {}:{}:{}: {}",
        Level::of(finding).name(),
        visible(&violation.rule),
        visible(&path),
        start.line,
        start.column,
        visible(&violation.message)
    )
}

fn text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Severity, Sources};
    use crate::report::Format;
    use crate::report::tests::{finding, full, of, sources, span, written};
    use crate::settle::Status;

    fn github(findings: Vec<Finding>) -> String {
        written(findings, &sources(), Format::Github, Style::default())
    }

    #[test]
    fn a_finding_is_a_command_of_one_line() {
        let expected = "\
::error title=accounts-not-im,file=ws/src/flows/deposit.rs,line=1,endLine=1,col=5,endColumn=27::\
`accounts` may not use `im`%0Abecause: accounts is the core domain%0Anote: 100%25 sure%0A\
help: go through `accounts::im_gateway`
1 error; 2 files, 6 lines
";
        assert_eq!(github(vec![full()]), expected);
    }

    #[test]
    fn what_commands_are_made_of_is_escaped() {
        let mut sources = Sources::default();
        sources.add("a,b:c%.rs".into(), "one\ntwo".into());
        let mut finding = finding(span(0, 0, 5));
        finding.violation.rule = "a:b,c".into();
        finding.violation.message = "a::b, 5%\r\nc".into();
        let expected =
            "::error title=a%3Ab%2Cc,file=ws/a%2Cb%3Ac%25.rs,line=1,endLine=2::a::b, 5%25%0Ac";
        let text = written(vec![finding], &sources, Format::Github, Style::default());
        assert_eq!(text.lines().next(), Some(expected));
    }

    #[test]
    fn ten_errors_and_ten_warnings_are_commands() {
        let errors = (0..12).map(|_| of(Severity::Deny, Status::New, "e"));
        let warnings = (0..11).map(|_| of(Severity::Warn, Status::New, "w"));
        let text = github(warnings.chain(errors).collect());
        let count = |start| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!([count("::error "), count("::warning ")], [10, 10]);
        let place = "ws/src/flows/deposit.rs:1:5";
        let rest = [
            format!("warning[accounts-not-im]: {place}: w"),
            format!("error[accounts-not-im]: {place}: e"),
        ];
        assert_eq!([count(rest[0].as_str()), count(rest[1].as_str())], [1, 2]);
        assert_eq!(text.lines().count(), 24);
    }
}
