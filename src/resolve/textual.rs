//! Textual scope of `macro_rules!`: a definition reaches from where it stands to the end of its
//! scope, into the modules declared after it, and out of `#[macro_use]` modules.

use rustc_hash::{FxHashMap, FxHashSet};

use super::NodeId;
use super::names::Names;
use super::symbols::Symbol;
use crate::extract::{FileFacts, ScopeId, ScopeKind};

/// A place in a body, as it counts for textual scope.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Position {
    /// Index into the bodies.
    pub(super) body: usize,
    pub(super) scope: ScopeId,
    /// Byte offset.
    pub(super) offset: u32,
}

/// The definitions of each body by name, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Textual {
    definitions: FxHashMap<(usize, Symbol), Vec<Definition>>,
    /// Every name in `definitions`.
    names: FxHashSet<Symbol>,
}

#[derive(Clone, Copy, Debug)]
struct Definition {
    offset: u32,
    scope: ScopeId,
    node: NodeId,
}

impl Textual {
    /// Collects the definitions of all bodies; those of `#[macro_use]` modules and included files
    /// also stand where they are declared.
    pub(super) fn collect(names: &mut Names<'_>) -> Self {
        let mut textual = Textual::default();
        // Bodies come after those that declare them, so the innermost go first.
        let mut passed_up: Vec<Vec<(Symbol, Definition)>> = vec![Vec::new(); names.bodies.len()];
        for at in (0..names.bodies.len()).rev() {
            let mut all = std::mem::take(&mut passed_up[at]);
            all.extend(own_definitions(names, at));
            let body = &names.bodies[at];
            let mut visible_after: Vec<(Symbol, Definition)> = Vec::new();
            for (name, definition) in &all {
                for scope in scopes_reached(body.facts, definition.scope) {
                    visible_after.push((*name, Definition { scope, ..*definition }));
                }
            }
            if let Some(declared) = body.body.declared
                && (declared.macro_use || declared.include)
            {
                let (scope, offset) = (declared.scope, declared.range.start);
                let top = visible_after.iter().filter(|(_, known)| known.scope.0 == 0);
                passed_up[declared.body].extend(
                    top.map(|(name, known)| {
                        (*name, Definition { offset, scope, node: known.node })
                    }),
                );
            }
            for (name, definition) in visible_after {
                textual.names.insert(name);
                textual.definitions.entry((at, name)).or_default().push(definition);
            }
        }
        textual
    }
}

fn own_definitions(names: &mut Names<'_>, at: usize) -> Vec<(Symbol, Definition)> {
    let body = &names.bodies[at];
    let mut found = Vec::new();
    for definition in body.facts.macros.iter().filter(|made| made.by_path.is_none()) {
        let name = body.symbol(definition.name);
        let module = names.spaces.get(body.module(definition.scope)).node;
        let kind = super::NodeKind::Item;
        let node = names.nodes.child(module, name, kind);
        found.push((
            name,
            Definition { offset: definition.range.start, scope: definition.scope, node },
        ));
    }
    found
}

/// The scope itself and, out of inline `#[macro_use]` modules, those around it.
fn scopes_reached(facts: &FileFacts, scope: ScopeId) -> Vec<ScopeId> {
    let mut reached = vec![scope];
    let mut at = scope;
    while let ScopeKind::Module(module) = facts.scopes[at.0 as usize].kind {
        if !facts.modules[module as usize].macro_use {
            break;
        }
        at = facts.scopes[at.0 as usize].parent;
        reached.push(at);
    }
    reached
}

impl Names<'_> {
    /// The macro of this name that is in textual scope; several under different `cfg`s.
    pub(super) fn textual(&self, position: Position, name: Symbol) -> Vec<NodeId> {
        if !self.textual.names.contains(&name) {
            return Vec::new();
        }
        let mut at = position;
        loop {
            let found = self.textual_in(at, name);
            if !found.is_empty() {
                return found;
            }
            let Some(declared) = self.bodies[at.body].body.declared else { return Vec::new() };
            at = Position {
                body: declared.body,
                scope: declared.scope,
                offset: declared.range.start,
            };
        }
    }

    fn textual_in(&self, position: Position, name: Symbol) -> Vec<NodeId> {
        let Some(all) = self.textual.definitions.get(&(position.body, name)) else {
            return Vec::new();
        };
        let facts = self.bodies[position.body].facts;
        let mut scope = position.scope;
        loop {
            let here = all.iter().filter(|known| known.scope == scope);
            let mut nodes: Vec<NodeId> = here
                .filter(|known| known.offset <= position.offset)
                .map(|known| known.node)
                .collect();
            if !nodes.is_empty() {
                nodes.sort();
                nodes.dedup();
                return nodes;
            }
            let parent = facts.scopes[scope.0 as usize].parent;
            if parent == scope {
                return Vec::new();
            }
            scope = parent;
        }
    }
}
