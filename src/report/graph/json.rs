//! Resolution → modules and the edges between them, as one JSON document.
//!
//! `{"version":1,"nodes":[{path,kind,file,line}],"edges":[{from,to,references,scopes}]}`, one node
//! or edge a line; external crates are nodes too, without a file. Both lists are sorted.

use std::io::Write;

use serde::Serialize;

use super::overlay::Overlay;
use super::picture::{Edge, Node, Picture, of_modules_and_externals};
use crate::model::{CodeScope, Sources};
use crate::report::json_text::write_list;
use crate::report::position::Positions;
use crate::resolve::Resolution;

/// Writes the graph at module grain.
pub(super) fn write(
    resolution: &Resolution,
    sources: &Sources,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let positions = Positions::new(sources);
    let picture = of_modules_and_externals(resolution, &Overlay::default().faults());
    out.write_all(b"{\"version\":1,\"nodes\":")?;
    write_list(out, picture.nodes.iter().map(|node| NodeRow::new(node, &positions)))?;
    out.write_all(b",\"edges\":")?;
    write_list(out, picture.edges.iter().map(|(ends, edge)| EdgeRow::new(&picture, *ends, edge)))?;
    out.write_all(b"}\n")
}

#[derive(Serialize)]
struct NodeRow<'a> {
    path: &'a str,
    kind: &'static str,
    file: Option<&'a str>,
    line: Option<u32>,
}

impl<'a> NodeRow<'a> {
    fn new(node: &'a Node, positions: &Positions<'a>) -> Self {
        Self {
            path: &node.path,
            kind: node.kind,
            file: node.span.map(|span| positions.file(span.file).path.as_str()),
            line: node.span.map(|span| positions.start(span).line),
        }
    }
}

#[derive(Serialize)]
struct EdgeRow<'a> {
    from: &'a str,
    to: &'a str,
    references: usize,
    scopes: Vec<&'static str>,
}

impl<'a> EdgeRow<'a> {
    fn new(picture: &'a Picture, (from, to): (usize, usize), edge: &Edge) -> Self {
        Self {
            from: &picture.nodes[from].path,
            to: &picture.nodes[to].path,
            references: edge.references.len(),
            scopes: edge.scopes.iter().copied().map(CodeScope::name).collect(),
        }
    }
}
