//! Paths → where they lead now.

use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use crate::resolve::{NodeId, NodeKind};

/// Where some paths lead.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Those that lead somewhere; several nodes where `cfg`s or namespaces share a path.
    pub nodes: BTreeMap<String, Vec<NodeId>>,
    /// The crates that are no target of a member.
    pub outside: BTreeSet<String>,
}

impl Places {
    /// Looks paths up. Where there are none, nothing is said of what lies outside.
    pub fn find<'p>(graph: &Graph, paths: impl IntoIterator<Item = &'p str>) -> Self {
        let paths: BTreeSet<&str> = paths.into_iter().collect();
        let names: BTreeSet<&str> = paths.iter().map(|path| last(path)).collect();
        let mut places = Self::default();
        if paths.is_empty() {
            return places;
        }
        for (id, node) in (0..).map(NodeId).zip(&graph.resolution.nodes) {
            if matches!(node.kind, NodeKind::ExternalCrate(_)) {
                places.outside.insert(node.name.to_string());
            }
            if names.contains(last(&node.name)) {
                let path = graph.resolution.path(id);
                if paths.contains(path.as_str()) {
                    places.nodes.entry(path).or_default().push(id);
                }
            }
        }
        places
    }

    /// Whether a path of the workspace leads nowhere any more. What lies outside is known only
    /// where it is named, so it is never lost.
    pub fn is_lost(&self, path: &str) -> bool {
        let first = path.split("::").next().unwrap_or(path);
        !self.nodes.contains_key(path) && !self.outside.contains(first)
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
