//! The trail of a path → the re-exports that it passed, and the imports that it stands on.
//!
//! What an import itself passed on its way, everything that stands on it has passed too; so imports
//! are completed first.

use super::names::Names;
use super::references::Collected;
use super::spaces::{ImportId, Ns};
use super::walk::Met;
use super::{Hop, NodeId, ReferenceId};
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

/// Completes `through`, `written_to` and `imports` of every reference.
pub(super) fn complete(names: &mut Names<'_>, collected: &mut Collected) {
    let states = vec![State::New; collected.references.len()];
    let mut completion = Completion { names, collected, states };
    for id in 0..completion.states.len() {
        completion.reference(ReferenceId(id as u32), 0);
    }
}

struct Completion<'c, 'n> {
    names: &'c mut Names<'n>,
    collected: &'c mut Collected,
    states: Vec<State>,
}

/// The way of one reference so far.
#[derive(Debug)]
struct Way {
    /// The module it starts in, and the one it leads to: neither re-exports anything to it.
    module: NodeId,
    home: NodeId,
    hops: Vec<Hop>,
    written_to: Option<NodeId>,
    imports: Vec<ReferenceId>,
}

impl Completion<'_, '_> {
    fn reference(&mut self, id: ReferenceId, depth: usize) {
        let at = id.0 as usize;
        if self.states[at] != State::New || depth > LONGEST {
            return;
        }
        self.states[at] = State::Open;
        let trail = std::mem::take(&mut self.collected.trails[at]);
        let reference = &self.collected.references[at];
        let module_of = |node: NodeId| self.names.nodes.get(node).module;
        let mut way = Way {
            module: module_of(reference.from),
            home: module_of(reference.to),
            hops: Vec::new(),
            written_to: None,
            imports: Vec::new(),
        };
        for met in trail {
            self.follow(met, &mut way, depth);
        }
        let reference = &mut self.collected.references[at];
        reference.written_to = way.written_to.unwrap_or(reference.to);
        reference.through = way.hops.into();
        reference.imports = way.imports.into();
        self.states[at] = State::Done;
    }

    /// Adds what one segment's import passed, and through a glob what it met there.
    fn follow(&mut self, met: Met, way: &mut Way, depth: usize) {
        let mut next = Some(met);
        for _ in 0..LONGEST {
            let Some(at) = next else { return };
            self.pass(&at, way);
            let own = self.collected.of_import[at.import.0 as usize].clone();
            let glob = self.is_glob(at.import);
            let leads_on =
                |id: &&ReferenceId| glob || self.collected.references[id.0 as usize].to == at.node;
            if let Some(id) = own.iter().find(leads_on).copied() {
                self.reference(id, depth + 1);
                self.append(id, way);
            }
            if !glob {
                return;
            }
            next = self.before(&at);
        }
    }

    /// The import itself: of the own module, or a re-export.
    fn pass(&mut self, met: &Met, way: &mut Way) {
        let space = self.names.spaces.get(met.space);
        let module = self.names.spaces.get(space.module).node;
        if module == way.module {
            if met.segment == 0 && way.hops.is_empty() && way.imports.is_empty() {
                way.imports.clone_from(&self.collected.of_import[met.import.0 as usize]);
            }
        } else if module != way.home && !self.is_extern_crate(met.import) {
            let alias = self.names.nodes.below(module, met.name, &self.names.symbols);
            way.written_to.get_or_insert(alias);
            way.hops.push(self.hop(met.import, module));
        }
    }

    /// What an import passed, all that stands on it passed.
    fn append(&self, import: ReferenceId, way: &mut Way) {
        let import = &self.collected.references[import.0 as usize];
        if !import.through.is_empty() {
            way.written_to.get_or_insert(import.written_to);
            let new = import.through.iter().filter(|hop| {
                hop.module != way.module && hop.module != way.home && !way.hops.contains(hop)
            });
            let new: Vec<Hop> = new.copied().collect();
            way.hops.extend(new);
        }
    }

    fn hop(&self, import: ImportId, module: NodeId) -> Hop {
        let import = &self.names.imports[import.0 as usize];
        let names = &self.names.bodies[import.body as usize];
        Hop { module, span: names.span(self.names.import_facts(import).range) }
    }

    fn is_glob(&self, import: ImportId) -> bool {
        let facts = self.names.import_facts(&self.names.imports[import.0 as usize]);
        facts.kind == ImportKind::Glob
    }

    /// `extern crate x as y` at the root names a crate; it re-exports nothing.
    fn is_extern_crate(&self, import: ImportId) -> bool {
        let facts = self.names.import_facts(&self.names.imports[import.0 as usize]);
        matches!(facts.kind, ImportKind::ExternCrate { .. })
    }

    /// The import that a glob met in its source, if it met one.
    fn before(&self, met: &Met) -> Option<Met> {
        let (space, name) = met.origin?;
        let all = Ns::ALL.iter().flat_map(|ns| self.names.spaces.lookup(space, name, *ns));
        let mut same = all.filter(|binding| binding.node == met.node);
        let binding = same.find(|binding| binding.import != Some(met.import))?;
        Some(Met {
            segment: met.segment,
            space,
            name,
            import: binding.import?,
            origin: binding.origin,
            node: met.node,
        })
    }
}
