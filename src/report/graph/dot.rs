//! Picture → Graphviz.
//!
//! A cluster per crate that has modules; an arrow's number says how many references it stands for;
//! arrows that break a rule are red and bold, others on a cycle orange, those of tests and the
//! like dashed.

use std::io::{self, Write};

use super::picture::{Edge, Picture};
use crate::report::visible::visible;

/// Writes the picture.
pub(super) fn write(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph archlint {{\n  rankdir=LR;\n  node [shape=box];")?;
    for (name, nodes) in picture.by_crate() {
        if let [node] = nodes[..] {
            write_node(picture, node, "  ", out)?;
        } else {
            write_cluster(picture, name, &nodes, out)?;
        }
    }
    for ((from, to), edge) in &picture.edges {
        let [from, to] = [from, to].map(|end| quoted(&picture.nodes[*end].path));
        writeln!(out, "  {from} -> {to} [{}];", attributes(edge))?;
    }
    writeln!(out, "}}")
}

fn write_cluster(
    picture: &Picture,
    name: &str,
    nodes: &[usize],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "  subgraph {} {{", quoted(&format!("cluster_{name}")))?;
    writeln!(out, "    label={};", quoted(name))?;
    nodes.iter().try_for_each(|node| write_node(picture, *node, "    ", out))?;
    writeln!(out, "  }}")
}

fn write_node(picture: &Picture, node: usize, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let [path, label] = [&*picture.nodes[node].path, picture.label(node)].map(quoted);
    writeln!(out, "{indent}{path} [label={label}];")
}

fn attributes(edge: &Edge) -> String {
    let mut attributes = format!("label=\"{}\"", edge.references.len());
    if edge.faults > 0 {
        attributes.push_str(", color=red, penwidth=2");
    } else if edge.on_cycle {
        attributes.push_str(", color=orange");
    }
    if !edge.is_shipped() {
        attributes.push_str(", style=dashed");
    }
    attributes
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in visible(text).chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted + "\""
}
