//! Verdict + sources → text for people, drawn as rustc draws it.

mod excerpt;
mod paint;
#[cfg(test)]
mod tests;

use std::io::{self, Write as _};

use codespan_reporting::diagnostic::{Diagnostic, LabelStyle, Severity};
use codespan_reporting::term::{self, Chars, Config};
use rayon::prelude::*;

use crate::check::{Step, Violation};
use crate::model::Sources;
use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::{visible, visible_lines};
use crate::report::{Style, summary};
use crate::settle::{Finding, Status, Verdict};
use excerpt::{Excerpts, Mark};
use paint::Paint;

/// A chain with more hops is told in notes: a dozen excerpts bury the finding.
const MOST_HOPS_DRAWN: usize = 6;

/// So many drawings are held in memory.
const DRAWN_AT_ONCE: usize = 4096;

/// Writes the findings and the summary.
pub fn write(
    verdict: &Verdict,
    sources: &Sources,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let positions = Positions::new(sources);
    let selection = select(verdict, style);
    for findings in selection.shown.chunks(DRAWN_AT_ONCE) {
        let drawn = findings.par_iter().map(|finding| render(finding, &positions, style));
        for text in drawn.collect::<io::Result<Vec<String>>>()? {
            out.write_all(text.as_bytes())?;
        }
    }
    if let Some(rest) = selection.rest(style.ascii) {
        writeln!(out, "{rest}\n")?;
    }
    if !style.quiet {
        writeln!(out, "{}", summary::line(&verdict.summary))?;
    }
    Ok(())
}

/// Draws one finding, a blank line at its end included.
pub fn render(finding: &Finding, positions: &Positions<'_>, style: Style) -> io::Result<String> {
    let (diagnostic, excerpts) = diagnostic(finding, positions, style);
    let chars = if style.ascii { Chars::ascii() } else { Chars::box_drawing() };
    let config = Config { chars, ..Config::default() };
    let mut paint = Paint { text: Vec::new(), color: style.color };
    term::emit_to_write_style(&mut paint, &config, &excerpts, &diagnostic)
        .map_err(io::Error::other)?;
    paint.flush()?;
    Ok(String::from_utf8(paint.text).expect("only whole strings are written"))
}

fn diagnostic(
    finding: &Finding,
    positions: &Positions<'_>,
    style: Style,
) -> (Diagnostic<usize>, Excerpts) {
    let violation = &finding.violation;
    let marks = marks(violation, style.ascii);
    let excerpts = Excerpts::new(&marks, positions, if style.ascii { "..." } else { "…" });
    let (drawn, off): (Vec<_>, Vec<_>) = marks
        .iter()
        .map(|mark| (mark, excerpts.label(mark, positions)))
        .partition(|m| m.1.is_some());
    let mut notes: Vec<_> = off.iter().map(|(mark, _)| note_of(mark, positions)).collect();
    notes.extend(self::notes(finding, positions, style.ascii));
    let diagnostic = Diagnostic::new(severity(finding))
        .with_code(visible(&violation.rule))
        .with_message(visible(&violation.message))
        .with_labels(drawn.into_iter().filter_map(|(_, label)| label).collect())
        .with_notes(notes);
    (diagnostic, excerpts)
}

fn severity(finding: &Finding) -> Severity {
    match Level::of(finding) {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Info | Level::Note => Severity::Note,
    }
}

/// The place itself, then the way to it, then what else is related.
fn marks(violation: &Violation, ascii: bool) -> Vec<Mark> {
    let mark = |style, span, text: &str| Mark { style, span, text: visible(text).into_owned() };
    let mut marks = vec![mark(LabelStyle::Primary, violation.span, &violation.label)];
    for step in &violation.through {
        let text = format!("`{}` re-exports `{}`", step.from, step.to);
        marks.push(mark(LabelStyle::Secondary, step.span, &text));
    }
    for (number, step) in (1..).zip(drawn_hops(violation)) {
        if step.span != violation.span {
            let text = format!("{number}. {}", hop(step, ascii));
            marks.push(mark(LabelStyle::Secondary, step.span, &text));
        }
    }
    for (span, text) in &violation.related {
        marks.push(mark(LabelStyle::Secondary, *span, text));
    }
    marks
}

fn drawn_hops(violation: &Violation) -> &[Step] {
    if violation.chain.len() > MOST_HOPS_DRAWN { &[] } else { &violation.chain }
}

fn hop(step: &Step, ascii: bool) -> String {
    format!("`{}` {} `{}`", step.from, if ascii { "->" } else { "→" }, step.to)
}

fn note_of(mark: &Mark, positions: &Positions<'_>) -> String {
    format!("{}: {}", positions.place(mark.span), mark.text)
}

fn notes(finding: &Finding, positions: &Positions<'_>, ascii: bool) -> Vec<String> {
    let violation = &finding.violation;
    let mut notes = Vec::new();
    if drawn_hops(violation).is_empty() {
        notes.extend(violation.chain.iter().map(|step| told_hop(step, positions, ascii)));
    }
    notes.extend(violation.because.iter().map(|because| titled("because", because)));
    notes.extend(violation.notes.iter().map(|note| titled("note", note)));
    notes.extend(violation.help.iter().map(|help| titled("help", help)));
    match finding.status {
        Status::Known => notes.push("known: the baseline lets it pass".to_owned()),
        Status::Suppressed => {
            notes.push("suppressed: a comment or an exception lets it pass".to_owned());
        }
        Status::New | Status::Stale => {}
    }
    notes
}

fn told_hop(step: &Step, positions: &Positions<'_>, ascii: bool) -> String {
    let arrow = if ascii { "->" } else { "→" };
    let place = positions.place(step.span);
    format!("{} ({place}) {arrow} {}", visible(&step.from), visible(&step.to))
}

fn titled(title: &str, text: &str) -> String {
    format!("{title}: {}", visible_lines(text))
}
