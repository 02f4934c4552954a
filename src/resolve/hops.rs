//! The trail of a path → the re-exports that it passed, and the imports that it stands on.
//!
//! What an import itself passed on its way, everything that stands on it has passed too; so imports
//! are completed first.

use smallvec::SmallVec;

use super::names::Names;
use super::nodes::Fresh;
use super::references::OfImports;
use super::spaces::{ImportId, Ns, in_namespace};
use super::track::{Met, Track, Trail};
use super::{Hop, NodeId, Reference, Row};
use crate::extract::ImportKind;

/// The longest chain of imports on imports that is followed: longer than any code has, and short
/// enough for the stack.
const LONGEST: usize = 64;

/// What has been found out of one reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Completes `through`, `written_to` and `imports` of the references of all imports, whose trails
/// these are.
pub(super) fn complete_imports(
    names: &Names<'_>,
    imports: &mut OfImports,
    track: &mut Track,
    trails: &[Trail],
) {
    let states = vec![State::New; trails.len()];
    let mut completion = Completion { names, track, imports, trails, states };
    for at in 0..completion.states.len() {
        completion.reference(at, 0);
    }
}

/// What a trail from one module to a node passed; the imports on it are complete.
pub(super) fn way(
    names: &Names<'_>,
    track: &mut Track,
    imports: &OfImports,
    trail: Trail,
    (from, to): (NodeId, NodeId),
) -> Way {
    let met = track.way(trail);
    let fresh = &mut track.fresh;
    let module_of = |node: NodeId| names.nodes.module(fresh, node);
    let mut way = Way {
        module: module_of(from),
        home: module_of(to),
        hops: SmallVec::new(),
        written_to: None,
        imports: Row::default(),
    };
    for met in met {
        follow(names, fresh, imports, met, &mut way);
    }
    way
}

struct Completion<'c, 'n> {
    names: &'c Names<'n>,
    track: &'c mut Track,
    imports: &'c mut OfImports,
    trails: &'c [Trail],
    states: Vec<State>,
}

/// The way of one reference so far.
#[derive(Debug)]
pub(super) struct Way {
    /// The module it starts in, and the one it leads to: neither re-exports anything to it.
    module: NodeId,
    home: NodeId,
    pub(super) hops: SmallVec<[Hop; 2]>,
    /// What is written, where that is not what it leads to.
    pub(super) written_to: Option<NodeId>,
    /// References of imports.
    pub(super) imports: Row,
}

impl Completion<'_, '_> {
    /// Completes a reference, and before it those on which it stands.
    fn reference(&mut self, at: usize, depth: usize) {
        if self.states[at] != State::New || depth > LONGEST {
            return;
        }
        self.states[at] = State::Open;
        let trail = self.trails[at];
        for met in self.track.way(trail) {
            let mut next = Some(met);
            for _ in 0..LONGEST {
                let Some(met) = next else { break };
                if let Some(id) = leads_on(self.names, self.imports, &met) {
                    self.reference(id as usize, depth + 1);
                }
                next = before(self.names, &met);
            }
        }
        if trail != Trail::default() {
            let Reference { from, to, .. } = self.imports.references[at];
            let way = way(self.names, self.track, self.imports, trail, (from, to));
            let through = Row::push(&mut self.imports.hops, &way.hops);
            let reference = &mut self.imports.references[at];
            reference.written_to = way.written_to.unwrap_or(to);
            (reference.through, reference.imports) = (through, way.imports);
        }
        self.states[at] = State::Done;
    }
}

/// Adds what one segment's import passed, and through a glob what it met there.
fn follow(names: &Names<'_>, fresh: &mut Fresh, imports: &OfImports, met: Met, way: &mut Way) {
    let mut next = Some(met);
    for _ in 0..LONGEST {
        let Some(at) = next else { return };
        pass(names, fresh, imports, &at, way);
        if let Some(id) = leads_on(names, imports, &at) {
            append(imports, &imports.references[id as usize], way);
        }
        next = before(names, &at);
    }
}

/// The reference of an import that leads on to what was met.
fn leads_on(names: &Names<'_>, imports: &OfImports, met: &Met) -> Option<u32> {
    let glob = is_glob(names, met.import);
    let Row { start, end } = imports.rows[met.import.0 as usize];
    (start..end).find(|id| glob || imports.references[*id as usize].to == met.node)
}

/// The import itself: of the own module, or a re-export.
fn pass(names: &Names<'_>, fresh: &mut Fresh, imports: &OfImports, met: &Met, way: &mut Way) {
    let space = names.spaces.get(met.space);
    let module = names.spaces.get(space.module).node;
    if module == way.module {
        if met.segment == 0 && way.hops.is_empty() && way.imports.is_empty() {
            way.imports = imports.rows[met.import.0 as usize];
        }
    } else if module != way.home && !is_extern_crate(names, met.import) {
        let alias = names.nodes.below(fresh, module, met.name);
        way.written_to.get_or_insert(alias);
        way.hops.push(hop(names, met.import, module));
    }
}

/// What an import passed, all that stands on it passed.
fn append(imports: &OfImports, import: &Reference, way: &mut Way) {
    if !import.through.is_empty() {
        way.written_to.get_or_insert(import.written_to);
        let known = way.hops.len();
        for hop in import.through.of(&imports.hops) {
            let foreign = hop.module != way.module && hop.module != way.home;
            if foreign && !way.hops[..known].contains(hop) {
                way.hops.push(*hop);
            }
        }
    }
}

fn hop(names: &Names<'_>, import: ImportId, module: NodeId) -> Hop {
    let import = &names.imports[import.0 as usize];
    let body = &names.bodies[import.body as usize];
    Hop { module, span: body.span(names.import_facts(import).range) }
}

fn is_glob(names: &Names<'_>, import: ImportId) -> bool {
    names.import_facts(&names.imports[import.0 as usize]).kind == ImportKind::Glob
}

/// `extern crate x as y` at the root names a crate; it re-exports nothing.
fn is_extern_crate(names: &Names<'_>, import: ImportId) -> bool {
    let facts = names.import_facts(&names.imports[import.0 as usize]);
    matches!(facts.kind, ImportKind::ExternCrate { .. })
}

/// The import that a glob met in its source, if it is a glob and met one.
fn before(names: &Names<'_>, met: &Met) -> Option<Met> {
    if !is_glob(names, met.import) {
        return None;
    }
    let entry = names.spaces.entry(met.origin?);
    let all = Ns::ALL.iter().flat_map(|ns| in_namespace(&entry.bindings, *ns));
    let mut same = all.filter(|binding| binding.node == met.node);
    let binding = same.find(|binding| binding.import != Some(met.import))?;
    Some(Met {
        segment: met.segment,
        space: entry.space,
        name: entry.name,
        import: binding.import?,
        origin: binding.origin,
        node: met.node,
    })
}
