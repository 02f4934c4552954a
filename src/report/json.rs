//! Verdict + sources → one JSON document, a finding a line.
//!
//! Every finding is in it, also what is let pass, with its status. Lines and columns count from 1,
//! columns in Unicode scalar values, ends are exclusive. Fields may be added, never renamed: what
//! changes their meaning changes `version`.

use std::io;

use serde::Serialize;

use crate::check::{Step, Violation};
use crate::model::{Severity, Sources};
use crate::report::json_text::{write_list, write_value};
use crate::report::position::Positions;
use crate::settle::{Finding, Summary, Verdict};

/// Writes the whole verdict.
pub fn write(verdict: &Verdict, sources: &Sources, out: &mut dyn io::Write) -> io::Result<()> {
    let positions = Positions::new(sources);
    out.write_all(b"{\"version\":1,\"summary\":")?;
    write_value(&mut *out, &SummaryRow::new(&verdict.summary))?;
    out.write_all(b",\"findings\":")?;
    write_list(out, verdict.findings.iter().map(|finding| FindingRow::new(finding, &positions)))?;
    out.write_all(b"}\n")
}

#[derive(Serialize)]
struct SummaryRow {
    errors: usize,
    warnings: usize,
    known: usize,
    suppressed: usize,
    stale: usize,
    files: usize,
    lines: usize,
    unparsed: usize,
    unreached: usize,
    unresolved: usize,
    macros_not_read: usize,
}

impl SummaryRow {
    fn new(summary: &Summary) -> Self {
        Self {
            errors: summary.errors,
            warnings: summary.warnings,
            known: summary.known,
            suppressed: summary.suppressed,
            stale: summary.stale,
            files: summary.files,
            lines: summary.lines,
            unparsed: summary.unparsed,
            unreached: summary.unreached,
            unresolved: summary.unresolved,
            macros_not_read: summary.macros_not_read,
        }
    }
}

#[derive(Serialize)]
struct FindingRow<'a> {
    rule: &'a str,
    severity: &'static str,
    status: &'static str,
    message: &'a str,
    because: Option<&'a str>,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    written: &'a str,
    scope: &'static str,
    through: Vec<StepRow<'a>>,
    chain: Vec<StepRow<'a>>,
    fingerprint: &'a str,
    help: Option<&'a str>,
    notes: &'a [String],
    owner: &'a str,
}

impl<'a> FindingRow<'a> {
    fn new(finding: &'a Finding, positions: &Positions<'a>) -> Self {
        let violation = &finding.violation;
        let start = positions.start(violation.span);
        let end = positions.end(violation.span);
        Self {
            rule: &violation.rule,
            severity: severity(violation),
            status: finding.status.name(),
            message: &violation.message,
            because: violation.because.as_deref(),
            file: positions.file(violation.span.file).path.as_str(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            from: &violation.from,
            to: &violation.to,
            item: &violation.item,
            written: &violation.written,
            scope: violation.scope.name(),
            through: StepRow::list(&violation.through, positions),
            chain: StepRow::list(&violation.chain, positions),
            fingerprint: &finding.fingerprint,
            help: violation.help.as_deref(),
            notes: &violation.notes,
            owner: &violation.owner,
        }
    }
}

fn severity(violation: &Violation) -> &'static str {
    match violation.severity {
        Severity::Deny => "error",
        Severity::Warn => "warning",
        Severity::Info => "info",
    }
}

/// One hop of a chain.
#[derive(Serialize)]
pub(super) struct StepRow<'a> {
    from: &'a str,
    to: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
}

impl<'a> StepRow<'a> {
    pub(super) fn list(steps: &'a [Step], positions: &Positions<'a>) -> Vec<Self> {
        steps.iter().map(|step| Self::new(step, positions)).collect()
    }

    fn new(step: &'a Step, positions: &Positions<'a>) -> Self {
        let start = positions.start(step.span);
        let file = positions.file(step.span.file).path.as_str();
        Self { from: &step.from, to: &step.to, file, line: start.line, column: start.column }
    }
}
