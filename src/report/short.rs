//! Verdict + sources → `file:line:column: error[rule]: message`, one line a finding.

use std::io;

use crate::model::Sources;
use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::visible;
use crate::report::{Style, summary};
use crate::settle::{Finding, Verdict};

/// Writes the findings and the summary.
pub fn write(
    verdict: &Verdict,
    sources: &Sources,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let positions = Positions::new(sources);
    let selection = select(verdict, style);
    for finding in &selection.shown {
        writeln!(out, "{}", line(finding, &positions))?;
    }
    if let Some(rest) = selection.rest(style.ascii) {
        writeln!(out, "{rest}")?;
    }
    if !style.quiet {
        writeln!(out, "{}", summary::line(&verdict.summary))?;
    }
    Ok(())
}

fn line(finding: &Finding, positions: &Positions<'_>) -> String {
    let violation = &finding.violation;
    let place = positions.place(violation.span);
    let level = Level::of(finding).name();
    format!("{place}: {level}[{}]: {}", visible(&violation.rule), visible(&violation.message))
}
