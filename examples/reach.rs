//! How many pairs of modules are connected, by chains of modules and by chains of items.
//!
//! `cargo run --release --example reach -- WORKSPACE`: a hub such as `crate::Error` connects
//! everything with everything from module to module; from item to item it does not.

#![expect(clippy::disallowed_methods, reason = "a program of its own")]
#![expect(clippy::print_stdout, reason = "writes what it found")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use archlint::discover::{Options, discover};
use archlint::graph::{Grain, Graph};
use archlint::load::load;
use archlint::model::{CodeScope, Sources};
use archlint::resolve::{NodeId, NodeKind, resolve};

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let options = Options {
        cargo: "cargo".into(),
        current_dir: camino::Utf8Path::new(&folder).canonicalize_utf8()?,
        manifest_path: None,
        locked: false,
    };
    let mut sources = Sources::default();
    let workspace = discover(&options, &mut sources)?;
    let (tree, files) = load(&workspace, &mut sources);
    let graph = Graph::new(resolve(&workspace, &tree, &files));
    let modules = graph
        .resolution
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, NodeKind::Crate { .. } | NodeKind::Module));
    println!("{} modules", modules.count());
    for grain in [Grain::Modules, Grain::Items] {
        println!("{grain:?}: {} pairs of modules connected", connected(&graph, grain));
    }
    Ok(())
}

/// Ordered pairs of different modules of which the first reaches the second.
fn connected(graph: &Graph, grain: Grain) -> usize {
    let mut edges: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    for (_, one) in graph.references() {
        let code = matches!(one.scope, CodeScope::Normal | CodeScope::Build) && !one.is_manifest();
        if code {
            edges.entry(graph.at(grain, one.from)).or_default().insert(graph.at(grain, one.to));
        }
    }
    let mut starts: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for node in edges.keys() {
        starts.entry(graph.resolution.module(*node)).or_default().push(*node);
    }
    let reached = starts.iter().map(|(module, nodes)| {
        let mut modules = reached_modules(graph, &edges, nodes);
        modules.remove(module);
        modules.len()
    });
    reached.sum()
}

fn reached_modules(
    graph: &Graph,
    edges: &BTreeMap<NodeId, BTreeSet<NodeId>>,
    starts: &[NodeId],
) -> BTreeSet<NodeId> {
    let mut seen: BTreeSet<NodeId> = starts.iter().copied().collect();
    let mut queue: VecDeque<NodeId> = starts.iter().copied().collect();
    while let Some(node) = queue.pop_front() {
        for next in edges.get(&node).into_iter().flatten() {
            if seen.insert(*next) {
                queue.push_back(*next);
            }
        }
    }
    let own = |node: &NodeId| {
        let module = graph.resolution.module(*node);
        let kind = graph.resolution.node(module).kind;
        matches!(kind, NodeKind::Crate { .. } | NodeKind::Module).then_some(module)
    };
    seen.iter().filter_map(own).collect()
}
