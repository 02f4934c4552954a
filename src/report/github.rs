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
