//! Verdict + what it speaks of → text; one file or folder per format.
//!
//! Invariants: pure, the only effect is on the writer that is handed in; the same verdict gives the
//! same bytes; no control character of the workspace reaches the output; byte offsets become lines
//! and columns in [`position`] and nowhere else. Every span's file is in [`Sources`].

pub mod cargo;
pub mod explain;
pub mod gaps;
pub mod github;
pub mod gitlab;
pub mod graph;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod page;
pub mod position;
pub mod progress;
pub mod proof;
pub mod rules;
pub mod sarif;
pub mod short;
pub mod summary;
pub mod told;
pub mod why;

mod allow;
mod json_text;
mod place;
mod selection;
#[cfg(test)]
mod tests;
mod visible;

use std::io;

use camino::Utf8Path;

use crate::boundaries::policy::Policy;
use crate::discover::Workspace;
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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// The messages of `cargo check --message-format=json`, for editors.
    Cargo,
    /// Commands to GitHub's runners.
    Github,
    /// A code quality report, as GitLab reads it.
    Gitlab,
    /// A test report: a suite per rule.
    Junit,
    /// A table for comments and summaries.
    Markdown,
}

impl Format {
    /// All formats, in the order of the help text.
    pub const ALL: [Format; 9] = [
        Self::Human,
        Self::Short,
        Self::Json,
        Self::Sarif,
        Self::Cargo,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Markdown,
    ];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Cargo => "cargo",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// A verdict, and what a format may have to look up for it.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// What the run says.
    pub verdict: &'a Verdict,
    /// Every file that was read.
    pub sources: &'a Sources,
    /// By what was judged: some formats also tell which rules hold.
    pub policy: &'a Policy,
    /// Whose code it is.
    pub workspace: &'a Workspace,
    /// The absolute folder from which documents for other software count their paths.
    pub base: &'a Utf8Path,
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
    outcome: &Outcome<'_>,
    format: Format,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let Outcome { verdict, sources, .. } = outcome;
    match format {
        Format::Human => human::write(verdict, sources, style, out),
        Format::Short => short::write(verdict, sources, style, out),
        Format::Json => json::write(verdict, sources, out),
        Format::Sarif => sarif::write(outcome, style, out),
        Format::Cargo => cargo::write(outcome, style, out),
        Format::Github => github::write(outcome, style, out),
        Format::Gitlab => gitlab::write(outcome, style, out),
        Format::Junit => junit::write(outcome, style, out),
        Format::Markdown => markdown::write(outcome, style, out),
    }
}
