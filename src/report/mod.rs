//! Verdict + sources → text; one file per format.
//!
//! Invariants: pure, the only effect is on the writer that is handed in; the same verdict gives the
//! same bytes; no control character of the workspace reaches the output; byte offsets become lines
//! and columns in [`position`] and nowhere else. Every span's file is in [`Sources`].

pub mod explain;
pub mod gaps;
pub mod graph;
pub mod human;
pub mod json;
pub mod page;
pub mod position;
pub mod progress;
pub mod proof;
pub mod short;
pub mod summary;
pub mod why;

mod json_text;
mod selection;
#[cfg(test)]
mod tests;
mod visible;

use std::io;

use crate::model::Sources;
use crate::settle::Verdict;

/// The ways to write a verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With excerpts of the source, for people.
    #[default]
    Human,
    /// One line a finding.
    Short,
    /// One document with everything, for scripts.
    Json,
}

impl Format {
    /// All formats, in the order of the help text.
    pub const ALL: [Format; 3] = [Self::Human, Self::Short, Self::Json];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// What the formats for people leave to taste.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of taste of its own")]
pub struct Style {
    /// With ANSI colours.
    pub color: bool,
    /// Frames and arrows in ASCII.
    pub ascii: bool,
    /// Also what the baseline, an exception or a comment lets pass.
    pub show_suppressed: bool,
    /// Leave the summary out.
    pub quiet: bool,
    /// Show no more than so many findings, errors first.
    pub max_findings: Option<usize>,
}

/// Writes the verdict.
pub fn write(
    verdict: &Verdict,
    sources: &Sources,
    format: Format,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Human => human::write(verdict, sources, style, out),
        Format::Short => short::write(verdict, sources, style, out),
        Format::Json => json::write(verdict, sources, out),
    }
}
