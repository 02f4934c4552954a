//! Resolution + sources → the graph as text: every reference, or a picture of who names whom.

mod dot;
mod html;
mod json;
mod jsonl;
mod mermaid;
mod overlay;
mod picture;
#[cfg(test)]
mod tests;

use std::io;

pub use overlay::Overlay;

use crate::model::Sources;
use crate::resolve::{NodeKind, Resolution};

/// The ways to write the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphFormat {
    /// Every reference, one line each.
    Jsonl,
    /// Modules and the edges between them.
    Json,
    /// A picture for Graphviz.
    Dot,
    /// A picture for Markdown.
    Mermaid,
    /// A map to walk through, as one page.
    Html,
}

impl GraphFormat {
    /// All formats, in the order of the help text.
    pub const ALL: [GraphFormat; 5] =
        [Self::Jsonl, Self::Json, Self::Dot, Self::Mermaid, Self::Html];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::Html => "html",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether it shows components and what breaks a rule.
    pub fn shows_rules(self) -> bool {
        matches!(self, Self::Dot | Self::Mermaid | Self::Html)
    }
}

/// What is one box in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A crate, with everything in it.
    Crate,
    /// A module, without those below it.
    Module,
}

impl Grain {
    /// Both, coarse first.
    pub const ALL: [Grain; 2] = [Self::Crate, Self::Module];

    /// The most modules that make a readable picture.
    pub const MOST_MODULES: usize = 60;

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Module => "module",
        }
    }

    /// The grain of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grain| grain.name() == name)
    }

    /// Modules, unless there are too many of them for a picture.
    pub fn fitting(resolution: &Resolution) -> Self {
        let is_module = |kind| matches!(kind, NodeKind::Crate { .. } | NodeKind::Module);
        let modules = resolution.nodes.iter().filter(|node| is_module(node.kind)).count();
        if modules > Self::MOST_MODULES { Self::Crate } else { Self::Module }
    }
}

/// What to write, and how.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    /// The format.
    pub format: GraphFormat,
    /// What is one box; none: whatever fits.
    pub grain: Option<Grain>,
    /// In the list of references: where a path has several meanings under different `cfg`s, all of
    /// them, rather than the one of a plain build.
    pub alternatives: bool,
}

/// Writes the graph; pictures have the grain asked for, or one that fits.
pub fn write(
    resolution: &Resolution,
    sources: &Sources,
    overlay: Overlay<'_>,
    asked: Picture,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let grain = asked.grain.unwrap_or_else(|| Grain::fitting(resolution));
    let members = || picture::of_members(resolution, &overlay.faults(), grain);
    match asked.format {
        GraphFormat::Jsonl => jsonl::write(resolution, sources, asked.alternatives, out),
        GraphFormat::Json => json::write(resolution, sources, out),
        GraphFormat::Dot => dot::write(&members(), out),
        GraphFormat::Mermaid => mermaid::write(&members(), out),
        GraphFormat::Html => html::write(resolution, sources, overlay, out),
    }
}

/// Every node's canonical path, each built once from its parent's.
fn paths(resolution: &Resolution) -> Vec<String> {
    let mut paths: Vec<String> = Vec::with_capacity(resolution.nodes.len());
    for (id, node) in (0..).zip(&resolution.nodes) {
        let path = match node.parent {
            Some(parent) => format!("{}::{}", paths[parent.0 as usize], node.name),
            None => resolution.path(crate::resolve::NodeId(id)),
        };
        paths.push(path);
    }
    paths
}
