//! Places in files → the paths that stand there, resolved and as text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Code;
use super::everywhere::Everywhere;
use crate::extract::sites::{Site, SiteKind};
use crate::extract::{ItemKind, Range};
use crate::model::{BitSet, FileId, Span};
use crate::resolve::{NodeId, NodeKind, Reference, ReferenceId, ReferenceKind, Resolution};

/// How many `type` aliases of aliases are followed.
const DEEPEST: usize = 4;

/// What places mean.
pub(super) struct Paths<'a> {
    code: Code<'a>,
    /// `type` aliases of the workspace, and what the first path of their right side is.
    aliases: FxHashMap<NodeId, ReferenceId>,
    /// Where the references of each file begin, and where those of the last one end.
    files: Vec<usize>,
    pub(super) everywhere: Everywhere<'a>,
    /// Heads of paths that are known by another name, too: what is written, what it is.
    renamed: Vec<(String, &'a str)>,
    /// The aliases, and what is declared in them.
    through_alias: BitSet,
}

/// A meaning of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) path: String,
    /// The reference that says so; none for what is in scope everywhere.
    pub(super) reference: Option<ReferenceId>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(code: Code<'a>) -> Self {
        let everywhere = Everywhere::new(&code.policy.contexts);
        let renamed = code.policy.contexts.aliases.iter();
        let renamed = renamed.map(|(names, known)| (names.join("::"), known.as_str())).collect();
        let aliases = aliases(code);
        let through_alias = through(code, &aliases);
        Self { code, aliases, files: files(code), everywhere, renamed, through_alias }
    }

    /// The references of a file in order, and the number of the first.
    pub(super) fn in_file(&self, file: FileId) -> (usize, &'a [Reference]) {
        let (first, end) = (self.files[file.0 as usize], self.files[file.0 as usize + 1]);
        (first, &self.resolution().references[first..end])
    }

    fn resolution(&self) -> &'a Resolution {
        &self.code.graph.resolution
    }

    /// The references that begin at a place of a file, imports left out.
    pub(super) fn references(
        &self,
        file: FileId,
        start: u32,
    ) -> impl Iterator<Item = (ReferenceId, &'a Reference)> {
        let (number, all) = self.in_file(file);
        let first = all.partition_point(|one| one.span.start < start);
        let here = all[first..].iter().zip(number + first..);
        here.take_while(move |(one, _)| one.span.start == start)
            .filter(|(one, _)| !matches!(one.kind, ReferenceKind::Use | ReferenceKind::Manifest(_)))
            .map(|(one, at)| (ReferenceId(at as u32), one))
    }

    /// What the path at this place means.
    pub(super) fn at(&self, file: FileId, range: Range) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for (id, reference) in self.references(file, range.start) {
            let paths = self.of_reference(reference).into_iter();
            meanings.extend(paths.map(|path| Meaning { path, reference: Some(id) }));
        }
        if meanings.is_empty() {
            meanings = self.everywhere(file, range);
        }
        meanings
    }

    /// What a site's path means; a method has none.
    pub(super) fn of_site(&self, file: FileId, site: &Site) -> Vec<Meaning> {
        match site.kind {
            SiteKind::Method { .. } | SiteKind::Literal(_) | SiteKind::Loop(_) => Vec::new(),
            _ if site.nameless => Vec::new(),
            _ => self.at(file, site.range),
        }
    }

    /// What is in scope everywhere under the name at this place.
    fn everywhere(&self, file: FileId, range: Range) -> Vec<Meaning> {
        let text = &self.code.sources.file(file).text;
        let written = text.get(range.start as usize..range.end as usize).unwrap_or_default();
        let (first, rest) = match written.find("::") {
            Some(at) => (&written[..at], &written[at..]),
            None => (written, ""),
        };
        let first = first.split('<').next().unwrap_or_default().trim();
        let known = self.everywhere.named(first).iter();
        known.map(|path| Meaning { path: format!("{path}{rest}"), reference: None }).collect()
    }

    /// The node that the path at this place leads to.
    pub(super) fn node_at(&self, file: FileId, range: Range) -> Option<NodeId> {
        self.references(file, range.start).next().map(|(_, one)| self.seen_through(one.to))
    }

    /// An alias' target, where it is code of the workspace; the node itself otherwise.
    pub(super) fn seen_through(&self, mut node: NodeId) -> NodeId {
        for _ in 0..DEEPEST {
            let Some(target) = self.aliases.get(&node) else { break };
            node = self.code.graph.reference(*target).to;
        }
        node
    }

    /// The paths of a reference: of what it leads to, and of what it names on the way.
    pub(super) fn of_reference(&self, reference: &Reference) -> Vec<String> {
        let mut paths = self.of_node(reference.to, DEEPEST);
        if self.aliases.contains_key(&reference.to) {
            paths.extend(self.associated(reference));
        }
        if reference.written_to != reference.to {
            paths.extend(self.of_node(reference.written_to, 0));
        }
        let more: Vec<String> = paths.iter().flat_map(|path| self.renamed(path)).collect();
        paths.extend(more);
        paths.sort();
        paths.dedup();
        paths
    }

    /// `Http::new`, where `Http` is an alias of `reqwest::Client`: what is associated is not followed.
    fn associated(&self, reference: &Reference) -> Vec<String> {
        let written = self.resolution().text(reference.written);
        let Some((_, last)) = written.rsplit_once("::") else { return Vec::new() };
        if *last == *self.resolution().node(reference.to).name {
            return Vec::new();
        }
        let targets = self.of_node(reference.to, DEEPEST).into_iter();
        targets.map(|path| format!("{path}::{last}")).collect()
    }

    /// The paths of a node: its own, and with an alias above it replaced.
    fn of_node(&self, node: NodeId, deepest: usize) -> Vec<String> {
        let mut paths = vec![self.resolution().path(node)];
        if deepest == 0 {
            return paths;
        }
        let mut rest = Vec::new();
        let mut at = Some(node);
        while let Some(id) = at {
            let Some(item) = self.item(id) else { break };
            if let Some(target) = self.aliases.get(&id) {
                let target = self.code.graph.reference(*target).to;
                for path in self.of_node(target, deepest - 1) {
                    let names = std::iter::once(path.as_str()).chain(rest.iter().rev().copied());
                    paths.push(names.collect::<Vec<_>>().join("::"));
                }
            }
            rest.push(&*item.name);
            at = item.parent;
        }
        paths
    }

    fn item(&self, id: NodeId) -> Option<&'a crate::resolve::Node> {
        let node = self.resolution().node(id);
        (node.kind == NodeKind::Item).then_some(node)
    }

    /// The path under the names by which it is known besides.
    pub(super) fn renamed(&self, path: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (head, known) in &self.renamed {
            let rest = path.strip_prefix(head);
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with("::")) {
                found.push(format!("{known}{rest}"));
            }
        }
        found
    }

    /// Whether what belongs to a crate may be known by another name.
    pub(super) fn may_be_renamed(&self, krate: &str) -> bool {
        let mut heads = self.renamed.iter().map(|(head, _)| head.split("::").next());
        heads.any(|first| first == Some(krate))
    }

    /// The aliases of the workspace, and what is declared in them.
    pub(super) fn aliases(&self) -> impl Iterator<Item = NodeId> {
        self.through_alias.iter().map(|node| NodeId(node as u32))
    }

    /// Whether a reference goes to, or through, an alias of the workspace.
    pub(super) fn is_alias(&self, node: NodeId) -> bool {
        self.through_alias.contains(node.0 as usize)
    }
}

fn files(code: Code<'_>) -> Vec<usize> {
    let all = &code.graph.resolution.references;
    let mut begin = 0;
    let files = (0..=code.sources.files.len() as u32).map(|file| {
        begin += all[begin..].partition_point(|one| one.span.file < FileId(file));
        begin
    });
    files.collect()
}

fn through(code: Code<'_>, aliases: &FxHashMap<NodeId, ReferenceId>) -> BitSet {
    let mut found = BitSet::new();
    let nodes = (0..).map(NodeId).zip(&code.graph.resolution.nodes);
    let is = |id: NodeId| aliases.contains_key(&id);
    let own =
        nodes.filter(|(id, node)| !aliases.is_empty() && (is(*id) || node.parent.is_some_and(is)));
    own.for_each(|(id, _)| found.insert(id.0 as usize));
    found
}

fn aliases(code: Code<'_>) -> FxHashMap<NodeId, ReferenceId> {
    let mut places: FxHashSet<(FileId, u32)> = FxHashSet::default();
    for (file, facts) in &code.files.facts {
        let items = facts.items.iter().filter(|item| item.kind == ItemKind::TypeAlias);
        places.extend(items.map(|item| (*file, item.range.start)));
    }
    let mut found = FxHashMap::default();
    if places.is_empty() {
        return found;
    }
    for (id, node) in (0..).map(NodeId).zip(&code.graph.resolution.nodes) {
        let Some(span) = node.span.filter(|span| places.contains(&(span.file, span.start))) else {
            continue;
        };
        if node.kind == NodeKind::Item {
            found.extend(target(code, id, span).map(|target| (id, target)));
        }
    }
    found
}

/// The first path on the right side of an alias.
fn target(code: Code<'_>, alias: NodeId, span: Span) -> Option<ReferenceId> {
    let right = |one: &Reference| {
        one.span.file == span.file && one.span.start > span.end && one.kind == ReferenceKind::Path
    };
    code.graph.outgoing(alias).find(|(_, one)| right(one)).map(|(id, _)| id)
}
