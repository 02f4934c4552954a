//! Spans → locations.

use crate::model::{FileId, Span};
use crate::report::position::{Position, Positions, Unit};
use crate::report::sarif::document::{
    ArtifactLocation, Location, Message, PhysicalLocation, Region,
};
use crate::report::visible::visible;
use crate::report::{Outcome, place};

/// Where everything is.
pub(super) struct Places<'a> {
    outcome: &'a Outcome<'a>,
    positions: Positions<'a>,
}

impl<'a> Places<'a> {
    pub(super) fn new(outcome: &'a Outcome<'a>) -> Self {
        Self { outcome, positions: Positions::new(outcome.sources) }
    }

    /// A place of one line.
    pub(super) fn location(&self, span: Span) -> Location {
        let mut region = self.region(span);
        if region.end_line > region.start_line {
            let line = self.positions.line(span.file, region.start_line);
            region.end_line = region.start_line;
            region.end_column = self.position(span.file, line.end).column.max(region.start_column);
        }
        let artifact_location = self.artifact(span.file);
        let physical = PhysicalLocation { artifact_location, region };
        Location { id: None, physical, message: None }
    }

    /// The same with a word.
    pub(super) fn worded(&self, span: Span, word: &str) -> Location {
        let message = Some(Message { text: visible(word).into_owned() });
        Location { message, ..self.location(span) }
    }

    /// The address: relative to the base, or absolute outside of it.
    pub(super) fn artifact(&self, file: FileId) -> ArtifactLocation {
        let path = place::path(self.outcome, file);
        let uri_base_id = (!path.starts_with('/')).then_some("%SRCROOT%");
        ArtifactLocation { uri: place::uri(&path), uri_base_id }
    }

    /// All of a span.
    pub(super) fn region(&self, span: Span) -> Region {
        let start = self.position(span.file, span.start);
        let end = self.position(span.file, span.end).max(start);
        Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    fn position(&self, file: FileId, offset: u32) -> Position {
        self.positions.at(file, offset, Unit::Utf16)
    }
}
