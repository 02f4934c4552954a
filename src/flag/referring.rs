//! Where references stand that lead to wanted paths.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Code;
use super::index::{Index, SubjectId};
use super::paths::Paths;
use crate::model::{BitSet, FileId};
use crate::resolve::{NodeId, Reference};

/// Who wants a path: indices into the rules that are awake, or into the conditions that were asked
/// for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asker {
    Rule(usize),
    Condition(usize),
}

/// Where references stand, and who wants what they lead to, in order.
pub(super) struct Places(Vec<(FileId, Asker, u32)>);

impl Places {
    /// Where in a file something stands that somebody wants, in order.
    pub(super) fn of(&self, file: FileId, asker: Asker) -> impl Iterator<Item = u32> {
        let first = self.0.partition_point(|(f, a, _)| (*f, *a) < (file, asker));
        let own = self.0[first..].iter().take_while(move |(f, a, _)| (*f, *a) == (file, asker));
        own.map(|(.., start)| *start)
    }
}

/// What is wanted, by rules and by conditions.
struct Wanted<'w, 'a> {
    code: Code<'a>,
    paths: &'w Paths<'a>,
    subjects: &'w Index<SubjectId>,
    conditions: &'w Index<usize>,
}

/// Where something refers to what is wanted, and the nodes whose path some subject names.
pub(super) fn places(
    code: Code<'_>,
    paths: &Paths<'_>,
    subjects: &Index<SubjectId>,
    conditions: &Index<usize>,
) -> (Places, BitSet) {
    let wanted = Wanted { code, paths, subjects, conditions };
    let named = wanted.nodes();
    let mut nodes = BitSet::new();
    let by_rule = |askers: &[Asker]| askers.iter().any(|asker| matches!(asker, Asker::Rule(_)));
    let count = code.graph.resolution.nodes.len() as u32;
    let own = (0..count).filter(|node| named.get(&NodeId(*node)).is_some_and(|all| by_rule(all)));
    own.for_each(|node| nodes.insert(node as usize));
    (wanted.references(&named), nodes)
}

/// How many references are looked at in one go.
const CHUNK: usize = 1 << 14;

impl Wanted<'_, '_> {
    fn askers(&self, path: &str) -> impl Iterator<Item = Asker> {
        let rules = self.subjects.of(path).map(|id| Asker::Rule(id.rule));
        rules.chain(self.conditions.of(path).map(Asker::Condition)).collect::<Vec<_>>().into_iter()
    }

    /// For each node of a wanted path, who wants it. Aliases are looked at use by use.
    fn nodes(&self) -> FxHashMap<NodeId, Vec<Asker>> {
        let (graph, paths) = (self.code.graph, self.paths);
        let aliases = &self.code.policy.contexts.aliases;
        let renamed: BTreeSet<&str> =
            aliases.iter().filter_map(|(names, _)| names.last()).map(String::as_str).collect();
        let may = |id: &NodeId| {
            self.subjects.may_name(graph, paths, *id)
                || self.conditions.may_name(graph, paths, *id)
                || renamed.contains(&*graph.resolution.node(*id).name)
        };
        let count = graph.resolution.nodes.len() as u32;
        let named = (0..count).into_par_iter().map(NodeId).filter(may).filter_map(|id| {
            let path = graph.resolution.path(id);
            let more = paths.renamed(&path);
            let all = std::iter::once(&path).chain(&more).flat_map(|path| self.askers(path));
            let all: Vec<Asker> = all.collect();
            (!all.is_empty()).then_some((id, all))
        });
        named.collect::<Vec<_>>().into_iter().collect()
    }

    fn references(&self, named: &FxHashMap<NodeId, Vec<Asker>>) -> Places {
        let mut nodes = BitSet::new();
        let count = self.code.graph.resolution.nodes.len() as u32;
        let looked_at =
            |node: &u32| named.contains_key(&NodeId(*node)) || self.paths.is_alias(NodeId(*node));
        (0..count).filter(looked_at).for_each(|node| nodes.insert(node as usize));
        let chunks = self.code.graph.resolution.references.par_chunks(CHUNK);
        let found = chunks.map(|references| self.among(references, named, &nodes));
        let mut found = found.collect::<Vec<_>>().concat();
        found.par_sort_unstable();
        found.dedup();
        Places(found)
    }

    /// `nodes` are those of `named`, and all that an alias may stand for.
    fn among(
        &self,
        references: &[Reference],
        named: &FxHashMap<NodeId, Vec<Asker>>,
        nodes: &BitSet,
    ) -> Vec<(FileId, Asker, u32)> {
        let mut found = Vec::new();
        let mut by_alias: FxHashMap<_, Vec<Asker>> = FxHashMap::default();
        let is_wanted = |node: NodeId| nodes.contains(node.0 as usize);
        for one in references.iter().filter(|one| is_wanted(one.to) || is_wanted(one.written_to)) {
            let span = one.span;
            let mut add = |askers: &[Asker]| {
                found.extend(askers.iter().map(|asker| (span.file, *asker, span.start)));
            };
            [one.to, one.written_to]
                .iter()
                .filter_map(|node| named.get(node))
                .for_each(|all| add(all));
            if self.paths.is_alias(one.to) {
                let known = by_alias.entry((one.to, one.written_to, one.written));
                add(known.or_insert_with(|| {
                    let paths = self.paths.of_reference(one);
                    paths.iter().flat_map(|path| self.askers(path)).collect()
                }));
            }
        }
        found
    }
}
