//! Picture → Mermaid.
//!
//! A subgraph per crate that has modules; an arrow's number says how many references it stands
//! for; arrows that break a rule are red and bold, others on a cycle orange and thick, those of
//! tests and the like dotted.

use std::io::{self, Write};

use super::picture::{Edge, Picture};
use crate::report::visible::visible;

/// Writes the picture.
pub(super) fn write(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (number, (name, nodes)) in picture.by_crate().into_iter().enumerate() {
        if let [node] = nodes[..] {
            write_node(picture, node, "  ", out)?;
        } else {
            writeln!(out, "  subgraph c{number}[{}]", quoted(name))?;
            nodes.iter().try_for_each(|node| write_node(picture, *node, "    ", out))?;
            writeln!(out, "  end")?;
        }
    }
    for ((from, to), edge) in &picture.edges {
        writeln!(out, "  n{from} {}|{}| n{to}", arrow(edge), edge.references.len())?;
    }
    let is_fault = |edge: &Edge| edge.faults > 0;
    write_style(picture, is_fault, "red,stroke-width:3px", out)?;
    write_style(picture, |edge| edge.on_cycle && !is_fault(edge), "orange", out)
}

/// Colours the edges that are chosen; Mermaid counts them from 0.
fn write_style(
    picture: &Picture,
    chosen: impl Fn(&Edge) -> bool,
    stroke: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let edges = picture.edges.values().enumerate().filter(|(_, edge)| chosen(edge));
    let numbers: Vec<String> = edges.map(|(number, _)| number.to_string()).collect();
    if numbers.is_empty() {
        return Ok(());
    }
    writeln!(out, "  linkStyle {} stroke:{stroke}", numbers.join(","))
}

fn write_node(picture: &Picture, node: usize, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{indent}n{node}[{}]", quoted(picture.label(node)))
}

fn arrow(edge: &Edge) -> &'static str {
    match (edge.on_cycle, edge.is_shipped()) {
        (true, _) => "==>",
        (false, true) => "-->",
        (false, false) => "-.->",
    }
}

/// In quotes, with everything that Mermaid or Markdown might read written as an entity.
fn quoted(text: &str) -> String {
    let escaped: String = visible(text).chars().map(escaped).collect();
    format!("\"{escaped}\"")
}

fn escaped(character: char) -> String {
    if character.is_alphanumeric() || ":/-_ ".contains(character) {
        character.into()
    } else {
        format!("#{};", u32::from(character))
    }
}
