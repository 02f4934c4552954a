//! What the compiler says, in the shape in which it says it.

use serde::Serialize;

use crate::model::Span;
use crate::report::position::{Position, Positions, floor};
use crate::report::visible::shown;

/// A line of so many bytes is machine-made; repeated for each finding it would be all there is.
const LONG: u32 = 10_000;

/// One diagnostic.
#[derive(Debug, Serialize)]
pub(super) struct Diagnostic {
    #[serde(rename = "$message_type")]
    pub(super) message_type: &'static str,
    pub(super) message: String,
    pub(super) code: Option<Code>,
    pub(super) level: &'static str,
    pub(super) spans: Vec<DiagnosticSpan>,
    pub(super) children: Vec<Diagnostic>,
    pub(super) rendered: Option<String>,
}

impl Diagnostic {
    /// A message without a place.
    pub(super) fn new(level: &'static str, message: String) -> Self {
        Self {
            message_type: "diagnostic",
            message,
            code: None,
            level,
            spans: Vec::new(),
            children: Vec::new(),
            rendered: None,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Code {
    pub(super) code: String,
    pub(super) explanation: Option<String>,
}

/// A place; columns count scalar values from 1, bytes count from 0.
#[derive(Debug, Serialize)]
pub(super) struct DiagnosticSpan {
    pub(super) file_name: String,
    pub(super) byte_start: u32,
    pub(super) byte_end: u32,
    pub(super) line_start: u32,
    pub(super) line_end: u32,
    pub(super) column_start: u32,
    pub(super) column_end: u32,
    pub(super) is_primary: bool,
    /// A line each, from which readers turn columns into those that they use.
    pub(super) text: Vec<SpanLine>,
    pub(super) label: Option<String>,
    pub(super) suggested_replacement: Option<String>,
    pub(super) suggestion_applicability: Option<&'static str>,
    pub(super) expansion: Option<()>,
}

#[derive(Debug, Serialize)]
pub(super) struct SpanLine {
    text: String,
    highlight_start: u32,
    highlight_end: u32,
}

/// Where spans are.
#[derive(Clone, Copy)]
pub(super) struct Spans<'a> {
    pub(super) positions: &'a Positions<'a>,
}

impl Spans<'_> {
    /// The place, without a word.
    pub(super) fn at(self, span: Span) -> DiagnosticSpan {
        let file = self.positions.file(span.file);
        let (start, end) = (self.positions.start(span), self.positions.end(span));
        let byte_start = floor(&file.text, span.start);
        DiagnosticSpan {
            file_name: file.path.to_string(),
            byte_start,
            byte_end: floor(&file.text, span.end).max(byte_start),
            line_start: start.line,
            line_end: end.line,
            column_start: start.column,
            column_end: end.column,
            is_primary: false,
            text: self.lines(span, start, end),
            label: None,
            suggested_replacement: None,
            suggestion_applicability: None,
            expansion: None,
        }
    }

    fn lines(self, span: Span, start: Position, end: Position) -> Vec<SpanLine> {
        let text = &self.positions.file(span.file).text;
        let lines = (start.line..=end.line).map(|number| {
            let range = self.positions.line(span.file, number);
            let is_short = range.end - range.start <= LONG;
            let line = &text[range.start as usize..range.end as usize];
            is_short.then(|| SpanLine {
                text: line.chars().map(shown).collect(),
                highlight_start: if number == start.line { start.column } else { 1 },
                highlight_end: if number == end.line {
                    end.column
                } else {
                    line.chars().count() as u32 + 1
                },
            })
        });
        lines.collect::<Option<_>>().unwrap_or_default()
    }
}
