//! [`Names`]: the module tree, its nodes and spaces, filled with every declared item; the state on
//! which imports and paths are then resolved.

use std::ops::Range;

use super::conditions::{self, Condition};
use super::externs::{Prelude, preludes};
use super::modules::{Body, FactsByFile, ModuleIndex, Tree};
use super::nodes::Nodes;
use super::spaces::{Awaited, Binding, Ns, SpaceId, Spaces, Visible};
use super::symbols::{Symbol, Symbols};
use super::templates::Templates;
use super::textual::Textual;
use super::{Node, NodeId, NodeKind};
use crate::discover::{TargetKind, Workspace};
use crate::extract::{CfgId, FileFacts, Import, Name, ScopeId, ScopeKind};
use crate::model::{FileId, Span};

/// Everything that is known by name.
pub(super) struct Names<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) tree: &'a Tree<'a>,
    pub(super) symbols: Symbols<'a>,
    pub(super) nodes: Nodes,
    pub(super) spaces: Spaces,
    pub(super) bodies: Vec<BodyNames<'a>>,
    pub(super) imports: Vec<ImportState>,
    /// Per crate, by the order of [`Tree::crates`].
    pub(super) preludes: Vec<Prelude>,
    /// Whether an import for which nothing has been found no longer stops a look-up.
    pub(super) patient: bool,
    /// Per crate, those that it declares with `#[macro_use] extern crate`.
    pub(super) macro_crates: Vec<Vec<NodeId>>,
    /// `macro_rules!` by textual scope.
    pub(super) textual: Textual,
}

/// A body with its file's names translated.
pub(super) struct BodyNames<'a> {
    pub(super) body: &'a Body,
    pub(super) facts: &'a FileFacts,
    /// The kind of target that its crate is.
    pub(super) target: TargetKind,
    /// By [`Name`].
    pub(super) symbols: Vec<Symbol>,
    /// By [`ScopeId`].
    pub(super) spaces: Vec<SpaceId>,
    /// By [`OwnerId`].
    pub(super) owners: Vec<NodeId>,
    /// By [`CfgId`].
    pub(super) conditions: Vec<Condition>,
}

/// An import while it is being resolved.
#[derive(Debug)]
pub(super) struct ImportState {
    /// Index into [`Names::bodies`].
    pub(super) body: u32,
    /// Index into the file's imports.
    pub(super) index: u32,
    pub(super) space: SpaceId,
    pub(super) segments: Box<[Symbol]>,
    pub(super) visible: Visible,
    /// Exists in a plain build.
    pub(super) holds: bool,
    /// Something was found for it.
    pub(super) found: bool,
    /// An import before it that brings the same name.
    pub(super) beside: Awaited,
    /// When it was last looked for, by [`Spaces::now`], and what it depended on then: a part of
    /// what the search for imports watches.
    pub(super) evaluated: Option<u32>,
    pub(super) watched: Range<u32>,
}

impl<'a> Names<'a> {
    /// Declares every module, item, macro and import of the tree; nothing is resolved yet.
    pub(super) fn declare(
        workspace: &'a Workspace,
        tree: &'a Tree<'a>,
        files: &'a FactsByFile,
    ) -> Self {
        let mut names = Names {
            workspace,
            tree,
            symbols: Symbols::new(),
            nodes: Nodes::default(),
            spaces: Spaces::new(),
            bodies: Vec::new(),
            imports: Vec::new(),
            preludes: Vec::new(),
            patient: false,
            macro_crates: vec![Vec::new(); tree.crates.len()],
            textual: Textual::default(),
        };
        names.declare_modules();
        names.preludes = preludes(workspace, tree, &mut names.nodes, &mut names.symbols);
        let facts: Vec<&FileFacts> =
            tree.bodies.iter().map(|body| &files.facts[&body.file]).collect();
        let templates = Templates::collect(tree, &facts);
        let (symbols, conditions) = rayon::join(
            || names.symbols.of_files(&facts),
            || conditions::of_bodies(tree, &facts, &templates),
        );
        names.reserve(&facts);
        let bodies = tree.bodies.iter().zip(facts).zip(symbols.into_iter().zip(conditions));
        for ((body, facts), (symbols, conditions)) in bodies {
            names.declare_body((body, facts), symbols, conditions, &templates);
        }
        names.declare_imports();
        names.textual = Textual::collect(&mut names);
        names
    }

    /// Makes room at once for what the bodies will declare and mention: tables that grow step by
    /// step are filled several times.
    fn reserve(&mut self, facts: &[&FileFacts]) {
        let sum = |count: fn(&FileFacts) -> usize| facts.iter().map(|facts| count(facts)).sum();
        let owners: usize = sum(|facts| facts.owners.len());
        let items: usize = sum(|facts| facts.items.len());
        let members: usize = sum(|facts| facts.items.iter().map(|item| item.members.len()).sum());
        let imports: usize = sum(|facts| facts.imports.len());
        self.nodes.reserve(owners + items + members + imports);
        self.spaces.reserve(2 * (items + members + 3 * imports));
    }

    fn declare_modules(&mut self) {
        let mut nodes: Vec<NodeId> = Vec::with_capacity(self.tree.modules.len());
        for module in &self.tree.modules {
            let node = if let Some(parent) = module.parent {
                let name = self.symbols.intern(&module.name);
                let parent = nodes[parent.0 as usize];
                self.nodes.child(parent, name, NodeKind::Module)
            } else {
                let root = &self.tree.crates[module.krate as usize];
                let kind = NodeKind::Crate { package: root.package, target: root.target };
                self.nodes.add_crate(&root.name, kind)
            };
            nodes.push(node);
            self.spaces.add_module(node, module.parent.map(|parent| SpaceId(parent.0)));
        }
    }

    fn declare_body(
        &mut self,
        (body, facts): (&'a Body, &'a FileFacts),
        symbols: Vec<Symbol>,
        conditions: Vec<Condition>,
        templates: &Templates<'_>,
    ) {
        let spaces = self.body_spaces(body, facts);
        let krate = self.tree.modules[body.modules[0].0 as usize].krate;
        let target = self.tree.crates[krate as usize].target;
        let owners = Vec::with_capacity(facts.owners.len());
        let mut names = BodyNames { body, facts, target, symbols, spaces, owners, conditions };
        self.locate_modules(&names);
        let by_place = self.declare_owners(&mut names);
        for item in &facts.items {
            self.declare_item(&names, item, &by_place);
        }
        for definition in &facts.macros {
            self.declare_macro(&names, definition, templates);
        }
        self.declare_calls(&names, templates);
        self.bodies.push(names);
    }

    fn body_spaces(&mut self, body: &Body, facts: &FileFacts) -> Vec<SpaceId> {
        let mut spaces: Vec<SpaceId> = Vec::with_capacity(facts.scopes.len());
        for (at, scope) in facts.scopes.iter().enumerate() {
            let space = match scope.kind {
                ScopeKind::File => self.file_space(body),
                ScopeKind::Module(_) => SpaceId(body.modules[at].0),
                ScopeKind::Block => self.spaces.add_block(spaces[scope.parent.0 as usize]),
            };
            spaces.push(space);
        }
        spaces
    }

    /// The module's space; for an included file the space that includes it, which may be a block.
    fn file_space(&self, body: &Body) -> SpaceId {
        match body.declared {
            Some(declared) if declared.include => {
                self.bodies[declared.body].spaces[declared.scope.0 as usize]
            }
            _ => SpaceId(body.modules[0].0),
        }
    }

    /// The nodes, when all is resolved.
    pub(super) fn into_nodes(self) -> Vec<Node> {
        self.nodes.named(&self.symbols)
    }

    /// The index of a space's crate.
    pub(super) fn crate_of(&self, space: SpaceId) -> usize {
        let module = self.spaces.get(space).module;
        self.tree.modules[module.0 as usize].krate as usize
    }

    /// The facts of an import.
    pub(super) fn import_facts(&self, import: &ImportState) -> &'a Import {
        &self.bodies[import.body as usize].facts.imports[import.index as usize]
    }
}

impl BodyNames<'_> {
    /// Whether something under this condition exists in a plain build.
    pub(super) fn holds(&self, cfg: CfgId) -> bool {
        self.conditions[cfg.0 as usize].holds
    }

    pub(super) fn symbol(&self, name: Name) -> Symbol {
        self.symbols[name.0 as usize]
    }

    pub(super) fn space(&self, scope: ScopeId) -> SpaceId {
        self.spaces[scope.0 as usize]
    }

    /// The space of the module around a scope.
    pub(super) fn module(&self, scope: ScopeId) -> SpaceId {
        let ModuleIndex(module) = self.body.modules[scope.0 as usize];
        SpaceId(module)
    }

    pub(super) fn span(&self, range: crate::extract::Range) -> Span {
        Span { file: self.file(), start: range.start, end: range.end }
    }

    pub(super) fn file(&self) -> FileId {
        self.body.file
    }
}

pub(super) fn item_binding(ns: Ns, node: NodeId, visible: Visible, holds: bool) -> Binding {
    Binding { ns, node, visible, import: None, origin: None, glob: false, holds }
}
