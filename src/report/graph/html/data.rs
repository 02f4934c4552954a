//! What the page knows: modules, components, edges, and the lines that prove them.
//!
//! Numbers point into lists, so that a path or file is written once; the page's scripts name the
//! columns.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Sources;
use crate::report::graph::overlay::{Faults, Overlay};
use crate::report::graph::picture::{Edge, Node, Picture};
use crate::report::position::Positions;
use crate::resolve::{Reference, ReferenceId, Resolution};
use crate::settle::{Finding, Status};

/// So many lines prove an edge; those that break a rule come first.
const MOST_LINES: usize = 24;
/// And no more than so many of those.
const MOST_FAULTS: usize = 240;

#[derive(Serialize)]
pub(super) struct Map<'a> {
    version: u32,
    modules: Vec<Module<'a>>,
    components: Vec<ComponentRow<'a>>,
    rules: Vec<RuleRow<'a>>,
    edges: Vec<EdgeRow>,
    files: Vec<&'a str>,
    /// Paths of items.
    items: Vec<String>,
}

/// Path, kind, file, line, component.
#[derive(Serialize)]
struct Module<'a>(&'a str, &'static str, Option<u32>, Option<u32>, Option<usize>);

#[derive(Serialize)]
struct ComponentRow<'a> {
    name: &'a str,
    owner: Option<&'a str>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    id: &'a str,
    because: Option<&'a str>,
}

/// From, to, references, shipped (1) or for tests only (0), how many break a rule, lines.
#[derive(Serialize)]
struct EdgeRow(usize, usize, usize, u8, usize, Vec<Line>);

/// File, line, column, the item that names, the item that is named, the rule that it breaks, and
/// whether that is known debt (1).
#[derive(Serialize)]
struct Line(u32, u32, u32, u32, u32, Option<usize>, u8);

impl<'a> Map<'a> {
    pub(super) fn new(
        resolution: &Resolution,
        sources: &'a Sources,
        overlay: Overlay<'a>,
        faults: &Faults<'a>,
        picture: &'a Picture,
    ) -> Self {
        let positions = Positions::new(sources);
        let mut lines = Lines {
            resolution,
            positions: &positions,
            faults,
            files: Numbered::new(),
            items: Numbered::new(),
            rules: Numbered::new(),
        };
        let edges = picture.edges.iter().map(|(ends, edge)| lines.edge(*ends, edge)).collect();
        let module = |node| module(node, &positions, &mut lines.files, overlay);
        let modules = picture.nodes.iter().map(module).collect();
        Self {
            version: 1,
            modules,
            components: overlay.components.iter().map(component).collect(),
            rules: rows(lines.rules),
            edges,
            files: lines.files.all,
            items: lines.items.all,
        }
    }
}

fn module<'a>(
    node: &'a Node,
    positions: &Positions<'a>,
    files: &mut Numbered<&'a str>,
    overlay: Overlay<'_>,
) -> Module<'a> {
    let file = node.span.map(|span| files.number(positions.file(span.file).path.as_str()));
    let line = node.span.map(|span| positions.start(span).line);
    Module(&node.path, node.kind, file, line, overlay.component_of(node.id))
}

fn component(component: &crate::boundaries::policy::Component) -> ComponentRow<'_> {
    ComponentRow { name: &component.name, owner: component.owner.as_deref() }
}

fn rows<'a>(rules: Numbered<(&'a str, Option<&'a str>)>) -> Vec<RuleRow<'a>> {
    rules.all.into_iter().map(|(id, because)| RuleRow { id, because }).collect()
}

/// Things in the order in which they were first asked for.
struct Numbered<T> {
    all: Vec<T>,
    numbers: BTreeMap<T, u32>,
}

impl<T: Ord + Clone> Numbered<T> {
    fn new() -> Self {
        Self { all: Vec::new(), numbers: BTreeMap::new() }
    }

    fn number(&mut self, thing: T) -> u32 {
        *self.numbers.entry(thing).or_insert_with_key(|thing| {
            self.all.push(thing.clone());
            self.all.len() as u32 - 1
        })
    }
}

/// Makes the lines of edges, and numbers what they name.
struct Lines<'r, 'a> {
    resolution: &'r Resolution,
    positions: &'r Positions<'a>,
    faults: &'r Faults<'a>,
    files: Numbered<&'a str>,
    items: Numbered<String>,
    rules: Numbered<(&'a str, Option<&'a str>)>,
}

impl<'a> Lines<'_, 'a> {
    fn edge(&mut self, (from, to): (usize, usize), edge: &Edge) -> EdgeRow {
        let at_fault = |id: &&ReferenceId| !self.faults.of(self.reference(**id)).is_empty();
        let (broken, fine): (Vec<_>, Vec<_>) = edge.references.iter().partition(at_fault);
        let fine = fine.into_iter().take(MOST_LINES.saturating_sub(broken.len()));
        let chosen: Vec<&ReferenceId> = broken.into_iter().take(MOST_FAULTS).chain(fine).collect();
        let lines = chosen.into_iter().flat_map(|id| self.lines(*id)).collect();
        let shipped = u8::from(edge.is_shipped());
        EdgeRow(from, to, edge.references.len(), shipped, edge.faults, lines)
    }

    /// One for each rule that the reference breaks, or one for none.
    fn lines(&mut self, id: ReferenceId) -> Vec<Line> {
        let reference = *self.reference(id);
        let broken = self.faults.of(&reference).to_vec();
        if broken.is_empty() {
            return vec![self.line(&reference, None)];
        }
        broken.into_iter().map(|finding| self.line(&reference, Some(finding))).collect()
    }

    fn line(&mut self, reference: &Reference, broken: Option<&'a Finding>) -> Line {
        let start = self.positions.start(reference.span);
        let file = self.positions.file(reference.span.file).path.as_str();
        let rule = broken.map(|finding| {
            let violation = &finding.violation;
            self.rules.number((&violation.rule, violation.because.as_deref())) as usize
        });
        let known = broken.is_some_and(|finding| finding.status == Status::Known);
        Line(
            self.files.number(file),
            start.line,
            start.column,
            self.items.number(self.resolution.path(reference.from)),
            self.items.number(self.resolution.path(reference.to)),
            rule,
            u8::from(known),
        )
    }

    fn reference(&self, id: ReferenceId) -> &Reference {
        &self.resolution.references[id.0 as usize]
    }
}
