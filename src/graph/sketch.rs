//! Graphs from text, for tests.
//!
//! One line is one reference, `a::b -> c::Item`; words after it say more:
//!
//! - `@7`: on line 7 (the line's own number if absent), `@7:3` in column 3;
//! - `use` in front: an import; `#x`: called `x`; `by x`: its first segment came in by `x`;
//! - `test`, `build`, `bench`, `example`, `dev`: its scope; `cfg unix`, `macro`, `alternative`;
//! - `through m@4`: by a re-export in `m` on line 4; `as text`: written so.
//!
//! `a => b` is a dependency entry, `mod a::b` only declares. Names that begin in upper case or end
//! with `()` are items, `ext:` and `std` begin external paths.

use std::collections::BTreeMap;

use crate::discover::{DependencyKind, PackageId, TargetKind};
use crate::graph::Graph;
use crate::model::{CodeScope, FileId, Span};
use crate::resolve::{
    Hop, Node, NodeId, NodeKind, Reference, ReferenceId, ReferenceKind, Resolution, Row, TextId,
};

/// The graph that the text describes.
pub(crate) fn graph(text: &str) -> Graph {
    let mut sketch = Sketch::default();
    sketch.resolution.texts.push("".into());
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        sketch.line(number, line);
    }
    Graph::new(sketch.resolution)
}

/// The line on which a span of a sketch lies.
pub(crate) fn line(span: Span) -> u32 {
    span.start / 100
}

/// The node at this path, of which the text must have spoken.
pub(crate) fn node(graph: &Graph, path: &str) -> NodeId {
    let path = path.replace("()", "");
    let mut ids = (0..).map(NodeId).take(graph.resolution.nodes.len());
    ids.find(|id| graph.resolution.path(*id) == path)
        .unwrap_or_else(|| panic!("the sketch does not speak of `{path}`"))
}

#[derive(Default)]
struct Sketch {
    resolution: Resolution,
    nodes: BTreeMap<String, NodeId>,
    named: BTreeMap<String, ReferenceId>,
}

impl Sketch {
    fn line(&mut self, number: usize, line: &str) {
        if let Some(path) = line.strip_prefix("mod ") {
            self.node(path);
            return;
        }
        let (kind, line) = match line.strip_prefix("use ") {
            Some(line) => (ReferenceKind::Use, line),
            None => (ReferenceKind::Path, line),
        };
        let mut words = line.split_whitespace();
        let mut word = || words.next().expect("a line has two ends and an arrow");
        let (from, arrow, to) = (word(), word(), word());
        let (from, to) = (self.node(from), self.node(to));
        let mut reference = Reference {
            from,
            to,
            written_to: to,
            span: span(&number.to_string()),
            kind: if arrow == "=>" {
                ReferenceKind::Manifest(DependencyKind::Normal)
            } else {
                kind
            },
            scope: CodeScope::Normal,
            in_macro: false,
            alternative: false,
            cfg: TextId(0),
            written: self.text(&self.resolution.path(to)),
            through: Row::default(),
            imports: Row::default(),
        };
        while let Some(word) = words.next() {
            self.word(&mut reference, word, &mut words);
        }
        self.resolution.references.push(reference);
    }

    fn word<'a>(
        &mut self,
        reference: &mut Reference,
        word: &str,
        rest: &mut impl Iterator<Item = &'a str>,
    ) {
        let id = ReferenceId(u32::try_from(self.resolution.references.len()).unwrap());
        let mut next = || rest.next().expect("the word wants another");
        if let Some(position) = word.strip_prefix('@') {
            reference.span = span(position);
        } else if let Some(name) = word.strip_prefix('#') {
            self.named.insert(name.to_owned(), id);
        } else if let Some(scope) = CodeScope::ALL.into_iter().find(|scope| scope.name() == word) {
            reference.scope = scope;
        } else {
            match word {
                "by" => {
                    let imports: Vec<_> = next().split(',').map(|name| self.named[name]).collect();
                    reference.imports = Row::push(&mut self.resolution.imports, &imports);
                }
                "cfg" => reference.cfg = self.text(next()),
                "macro" => reference.in_macro = true,
                "alternative" => reference.alternative = true,
                "as" => reference.written = self.text(next()),
                "through" => self.hop(reference, next()),
                _ => panic!("`{word}` means nothing here"),
            }
        }
    }

    fn hop(&mut self, reference: &mut Reference, hop: &str) {
        let (module, position) = hop.split_once('@').expect("a hop has a line");
        let hop = Hop { module: self.node(module), span: span(position) };
        if reference.through.is_empty() {
            reference.written_to = hop.module;
        }
        let so_far = self.resolution.through(reference).to_vec();
        let hops: Vec<_> = so_far.into_iter().chain([hop]).collect();
        reference.through = Row::push(&mut self.resolution.hops, &hops);
    }

    fn text(&mut self, text: &str) -> TextId {
        self.resolution.texts.push(text.into());
        TextId(u32::try_from(self.resolution.texts.len() - 1).unwrap())
    }

    fn node(&mut self, path: &str) -> NodeId {
        if let Some(node) = self.nodes.get(path) {
            return *node;
        }
        let (parent, name) = match path.rsplit_once("::") {
            Some((parent, name)) => (Some(self.node(parent)), name),
            None => (None, path),
        };
        let id = NodeId(u32::try_from(self.resolution.nodes.len()).unwrap());
        let kind = self.kind(parent, name);
        let module = match (kind, parent) {
            (NodeKind::Item | NodeKind::ExternalPath, Some(parent)) => {
                self.resolution.module(parent)
            }
            _ => id,
        };
        let name = name.trim_end_matches("()").into();
        let span = Some(span("0"));
        self.resolution.nodes.push(Node { name, parent, kind, module, span, exported: true });
        self.nodes.insert(path.to_owned(), id);
        id
    }

    fn kind(&self, parent: Option<NodeId>, name: &str) -> NodeKind {
        let is_item = name.ends_with("()") || name.starts_with(char::is_uppercase);
        match parent.map(|parent| self.resolution.node(parent).kind) {
            Some(NodeKind::ExternalCrate(_) | NodeKind::ExternalPath) => NodeKind::ExternalPath,
            Some(NodeKind::Item) => NodeKind::Item,
            Some(_) if is_item => NodeKind::Item,
            Some(_) => NodeKind::Module,
            None if name == "std" => NodeKind::ExternalCrate(None),
            None if name.starts_with("ext:") => NodeKind::ExternalCrate(Some(0)),
            None => NodeKind::Crate { package: PackageId(0), target: target(name) },
        }
    }
}

fn target(name: &str) -> TargetKind {
    match name.split('/').nth(1) {
        Some("bin") => TargetKind::Bin,
        Some("test") => TargetKind::Test,
        _ => TargetKind::Lib,
    }
}

fn span(position: &str) -> Span {
    let (line, column) = position.split_once(':').unwrap_or((position, "0"));
    let start = line.parse::<u32>().unwrap() * 100 + column.parse::<u32>().unwrap();
    Span { file: FileId(0), start, end: start + 1 }
}
