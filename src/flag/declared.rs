//! Items by where they are declared.

use super::Code;
use crate::model::FileId;
use crate::resolve::{NodeId, NodeKind};

/// Items by the place of their name, in order.
pub(super) struct Declared(Vec<(FileId, u32, NodeId)>);

impl Declared {
    pub(super) fn new(code: Code<'_>) -> Self {
        let nodes = (0..).map(NodeId).zip(&code.graph.resolution.nodes);
        let items = nodes.filter(|(_, node)| node.kind == NodeKind::Item);
        let places =
            items.filter_map(|(id, node)| node.span.map(|span| (span.file, span.start, id)));
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        Self(places)
    }

    /// The item whose name stands here; the last one, where a file is several modules.
    pub(super) fn at(&self, file: FileId, start: u32) -> Option<NodeId> {
        let behind = self.0.partition_point(|(f, s, _)| (*f, *s) <= (file, start));
        let (found, place, node) = *self.0.get(behind.checked_sub(1)?)?;
        ((found, place) == (file, start)).then_some(node)
    }
}
