//! [`Selector`] and [`Edge`]: what a pattern says, not yet what it matches.

use crate::model::Span;

/// A pattern over the paths of crates, modules and items, or the name of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// As written, without a leading `!`.
    pub text: String,
    /// Where.
    pub span: Span,
    /// `!a`: takes out of the list that it stands in.
    pub removes: bool,
    /// `=a`: the node itself, nothing below.
    pub exact: bool,
    /// `ext:a`: a crate from outside of the workspace.
    pub external: bool,
    /// The path; never empty.
    pub segments: Vec<Segment>,
}

/// What stands between two `::`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it matches.
    pub pattern: Pattern,
    /// Where.
    pub span: Span,
}

/// What a segment matches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// This name.
    Name(String),
    /// Names with `*` for any letters.
    Glob(String),
    /// `**`: any number of names.
    Rest,
    /// `{f}`: one name, which other selectors of the same edge may use.
    Capture(String),
    /// `!{f}`: any name but the one that `{f}` stands for.
    Other(String),
}

impl Selector {
    /// Whether it names one thing rather than whatever there is.
    pub fn is_plain(&self) -> bool {
        self.segments.iter().all(|segment| matches!(segment.pattern, Pattern::Name(_)))
    }

    /// The name, where it is a lone name that a component may bear.
    pub fn lone_name(&self) -> Option<&str> {
        match &self.segments[..] {
            [Segment { pattern: Pattern::Name(name), .. }] if !self.external && !self.exact => {
                Some(name)
            }
            _ => None,
        }
    }

    /// Whether a capture stands in it, `{f}` or `!{f}`.
    pub fn has_captures(&self) -> bool {
        let capture =
            |pattern: &Pattern| matches!(pattern, Pattern::Capture(_) | Pattern::Other(_));
        self.segments.iter().any(|segment| capture(&segment.pattern))
    }

    /// The names of its captures, `{f}` only.
    pub fn captures(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match &segment.pattern {
            Pattern::Capture(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// Two sides and the arrow between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Left of the arrow.
    pub from: Vec<Selector>,
    /// Right of the arrow.
    pub to: Vec<Selector>,
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

impl Edge {
    /// Whether a capture stands in it.
    pub fn has_captures(&self) -> bool {
        self.selectors().any(Selector::has_captures)
    }

    /// The selectors of both sides.
    pub fn selectors(&self) -> impl Iterator<Item = &Selector> {
        self.from.iter().chain(&self.to)
    }

    /// The same, to be changed.
    pub fn selectors_mut(&mut self) -> impl Iterator<Item = &mut Selector> {
        self.from.iter_mut().chain(&mut self.to)
    }
}
