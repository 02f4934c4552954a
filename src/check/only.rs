//! `only`: A names nothing but B, and itself.

use crate::boundaries::policy::NodeSet;
use crate::check::bans::{Ban, Words, outside};
use crate::graph::{Grain, Graph};
use crate::model::BitSet;
use crate::resolve::{NodeId, NodeKind};

pub(super) fn bans<'a>(
    graph: &Graph,
    from: &'a NodeSet,
    allowed: &'a NodeSet,
    judges_std: bool,
) -> Vec<Ban<'a>> {
    let mut to = outside(graph, &[&from.nodes, &allowed.nodes]);
    if !judges_std {
        to.subtract(&standard(graph));
    }
    vec![Ban {
        from: from.nodes.clone(),
        to,
        avoiding: BitSet::new(),
        say: Box::new(|ends| Words {
            message: ends.may_not(),
            help: Some(format!("`{}` may use `{}` only", from.label, allowed.label)),
        }),
    }]
}

/// `std` and its kin, with all that is named in them.
fn standard(graph: &Graph) -> BitSet {
    let mut standard = BitSet::new();
    for node in 0..graph.resolution.nodes.len() {
        let root = graph.at(Grain::Crates, NodeId(node as u32));
        if graph.resolution.node(root).kind == NodeKind::ExternalCrate(None) {
            standard.insert(node);
        }
    }
    standard
}
