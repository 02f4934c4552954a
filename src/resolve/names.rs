//! [`Names`]: the module tree, its nodes and spaces, filled with every declared item; the state on
//! which imports and paths are then resolved.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::conditions::{Condition, conditions};
use super::externs::{Prelude, preludes};
use super::modules::{Body, FactsByFile, ModuleIndex, Tree};
use super::nodes::Nodes;
use super::spaces::{Binding, ImportId, Ns, SpaceId, Spaces, Visible};
use super::symbols::{Symbol, Symbols};
use super::templates::Templates;
use super::textual::Textual;
use super::{NodeId, NodeKind};
use crate::discover::Workspace;
use crate::extract::{
    CfgId, FileFacts, Import, ImportKind, Item, ItemKind, MacroDefinition, Name, OwnerId, ScopeId,
    ScopeKind, Visibility,
};
use crate::model::{FileId, Span};

/// Everything that is known by name.
pub(super) struct Names<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) tree: &'a Tree<'a>,
    pub(super) symbols: Symbols,
    pub(super) nodes: Nodes,
    pub(super) spaces: Spaces,
    pub(super) bodies: Vec<BodyNames<'a>>,
    pub(super) imports: Vec<ImportState>,
    /// Per crate, by the order of [`Tree::crates`].
    pub(super) preludes: Vec<Prelude>,
    /// Explicit imports by the name that they bring, while nothing has been found for them.
    pub(super) pending: FxHashMap<(SpaceId, Symbol), Vec<ImportId>>,
    /// Whether an import that is still pending no longer stops a look-up.
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
    /// The round of its last evaluation, and the spaces that it looked into.
    pub(super) evaluated: Option<u32>,
    pub(super) watched: Vec<SpaceId>,
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
            spaces: Spaces::default(),
            bodies: Vec::new(),
            imports: Vec::new(),
            preludes: Vec::new(),
            pending: FxHashMap::default(),
            patient: false,
            macro_crates: vec![Vec::new(); tree.crates.len()],
            textual: Textual::default(),
        };
        names.declare_modules();
        names.preludes = preludes(workspace, tree, &mut names.nodes, &mut names.symbols);
        let templates = Templates::collect(tree, files);
        for body in &tree.bodies {
            names.declare_body(body, &files.facts[&body.file], &templates);
        }
        names.textual = Textual::collect(&mut names);
        names
    }

    fn declare_modules(&mut self) {
        let mut nodes: Vec<NodeId> = Vec::with_capacity(self.tree.modules.len());
        for module in &self.tree.modules {
            let node = match module.parent {
                Some(parent) => {
                    let name = self.symbols.intern(&module.name);
                    let parent = nodes[parent.0 as usize];
                    self.nodes.child(parent, name, NodeKind::Module, &self.symbols)
                }
                None => {
                    let root = &self.tree.crates[module.krate as usize];
                    let kind = NodeKind::Crate { package: root.package, target: root.target };
                    self.nodes.add_crate(&root.name, kind)
                }
            };
            nodes.push(node);
            self.spaces.add_module(node, module.parent.map(|parent| SpaceId(parent.0)));
        }
    }

    fn declare_body(&mut self, body: &'a Body, facts: &'a FileFacts, templates: &Templates<'_>) {
        let symbols = self.symbols.of_file(facts);
        let spaces = self.body_spaces(body, facts);
        let outer = self.outer_condition(body);
        let conditions = conditions(body, facts, self.tree, templates, &outer);
        let mut names = BodyNames { body, facts, symbols, spaces, owners: Vec::new(), conditions };
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
        let at = self.bodies.len() - 1;
        for (index, import) in facts.imports.iter().enumerate() {
            self.declare_import(at, index, import);
        }
    }

    /// The condition under which a body exists: that of any of its declarations.
    fn outer_condition(&self, body: &Body) -> Condition {
        let declared = body.declared.iter().chain(&body.declared_again);
        let known = declared.filter_map(|declared| {
            self.bodies.get(declared.body)?.conditions.get(declared.cfg.0 as usize)
        });
        Condition::any(known)
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

    fn locate_modules(&mut self, names: &BodyNames<'_>) {
        if names.body.declared.is_none() {
            let node = self.spaces.get(names.spaces[0]).node;
            self.nodes.declare(node, Span { file: names.body.file, start: 0, end: 0 }, true);
        }
        for declaration in &names.facts.modules {
            let parent = names.module(declaration.scope);
            let name = names.symbol(declaration.name);
            let parent_node = self.spaces.get(parent).node;
            let node = self.nodes.child(parent_node, name, NodeKind::Module, &self.symbols);
            let exported = declaration.visibility != Visibility::Private;
            self.nodes.declare(node, names.span(declaration.range), exported);
            let visible = self.visible(names, declaration.scope, &declaration.visibility);
            let holds = names.holds(declaration.cfg);
            let space = names.space(declaration.scope);
            self.spaces.bind(space, name, Ns::Type, item_binding(node, visible, holds));
        }
    }

    /// Makes a node for each owner; returns the owners by scope and name.
    fn declare_owners(&mut self, names: &mut BodyNames<'_>) -> BTreeMap<(ScopeId, Name), OwnerId> {
        let mut by_place = BTreeMap::new();
        // Below a trait's impl, methods belong to the type itself.
        let mut bases: Vec<NodeId> = Vec::with_capacity(names.facts.owners.len());
        for (at, owner) in names.facts.owners.iter().enumerate() {
            let module = self.spaces.get(names.module(owner.scope)).node;
            if at == 0 {
                names.owners.push(module);
                bases.push(module);
                continue;
            }
            let parent = if owner.parent.0 == 0 { module } else { bases[owner.parent.0 as usize] };
            let base = self.item_node(parent, names.symbol(owner.name));
            let node = match owner.of_trait {
                Some(of_trait) => {
                    let of_trait = self.symbols.name(names.symbol(of_trait));
                    let header = format!("{{impl {of_trait}}}");
                    let header = self.symbols.intern(&header);
                    self.item_node(base, header)
                }
                None => base,
            };
            names.owners.push(node);
            bases.push(base);
            by_place.entry((owner.scope, owner.name)).or_insert(OwnerId(at as u32));
        }
        by_place
    }

    fn item_node(&mut self, parent: NodeId, name: Symbol) -> NodeId {
        self.nodes.child(parent, name, NodeKind::Item, &self.symbols)
    }

    fn declare_item(
        &mut self,
        names: &BodyNames<'_>,
        item: &Item,
        by_place: &BTreeMap<(ScopeId, Name), OwnerId>,
    ) {
        let name = names.symbol(item.name);
        let module = names.module(item.scope);
        let node = match by_place.get(&(item.scope, item.name)) {
            Some(owner) if item.kind != ItemKind::ProcMacro => names.owners[owner.0 as usize],
            _ => self.item_node(self.spaces.get(module).node, name),
        };
        self.nodes.declare(node, names.span(item.range), item.visibility != Visibility::Private);
        let visible = self.visible(names, item.scope, &item.visibility);
        let holds = names.holds(item.cfg);
        let space = names.space(item.scope);
        for ns in namespaces(item.kind) {
            self.spaces.bind(space, name, *ns, item_binding(node, visible, holds));
        }
        if item.kind == ItemKind::ProcMacro {
            let root = self.spaces.root(module);
            self.spaces.bind(root, name, Ns::Macro, item_binding(node, Visible::Everywhere, holds));
        }
        if item.kind == ItemKind::Enum {
            let variants = self.spaces.add_enum(node, module);
            for member in &item.members {
                let member = names.symbol(*member);
                let variant = self.item_node(node, member);
                for ns in [Ns::Type, Ns::Value] {
                    let binding = item_binding(variant, Visible::Everywhere, holds);
                    self.spaces.bind(variants, member, ns, binding);
                }
            }
        }
    }

    /// A macro call may declare any name that it mentions, and those in the macro's body.
    fn declare_calls(&mut self, names: &BodyNames<'_>, templates: &Templates<'_>) {
        for call in &names.facts.macro_calls {
            let space = names.space(call.scope);
            let mentions = call.mentions.iter().map(|name| names.symbol(*name));
            self.spaces.get_mut(space).mentions.extend(mentions);
            let called = &names.facts.names[call.name.0 as usize];
            let Some((facts, template)) = templates.get(self.crate_of(space) as u32, called) else {
                continue;
            };
            for name in &template.declares {
                let name = self.symbols.intern(&facts.names[name.0 as usize]);
                self.spaces.get_mut(space).mentions.insert(name);
            }
        }
    }

    fn declare_macro(
        &mut self,
        names: &BodyNames<'_>,
        definition: &MacroDefinition,
        templates: &Templates<'_>,
    ) {
        let name = names.symbol(definition.name);
        let module = names.module(definition.scope);
        let node = self.item_node(self.spaces.get(module).node, name);
        let exported = definition.exported || definition.by_path.is_some();
        let holds = names.holds(definition.cfg);
        self.nodes.declare(node, names.span(definition.range), exported);
        let around = &names.facts.cfgs[definition.cfg.0 as usize].macros;
        let krate = self.crate_of(names.space(definition.scope)) as u32;
        let exported_by = |name: &Name| {
            let called = &names.facts.names[name.0 as usize];
            templates.get(krate, called).is_some_and(|(_, template)| template.exports)
        };
        if definition.exported || around.iter().any(exported_by) {
            let root = self.spaces.root(module);
            self.spaces.bind(root, name, Ns::Macro, item_binding(node, Visible::Everywhere, holds));
        }
        if let Some(visibility) = &definition.by_path {
            let visible = self.visible(names, definition.scope, visibility);
            let space = names.space(definition.scope);
            self.spaces.bind(space, name, Ns::Macro, item_binding(node, visible, holds));
        }
    }

    fn declare_import(&mut self, body: usize, index: usize, import: &Import) {
        let names = &self.bodies[body];
        let id = ImportId(self.imports.len() as u32);
        let space = names.space(import.scope);
        let segments = import.segments.iter().map(|name| names.symbol(*name)).collect();
        let brings = match import.kind {
            ImportKind::Name(name) | ImportKind::SelfName(name) => name,
            ImportKind::ExternCrate { name, .. } => name,
            ImportKind::Glob => None,
        };
        if let Some(name) = brings {
            self.pending.entry((space, names.symbol(name))).or_default().push(id);
        }
        let visible = self.visible(names, import.scope, &import.visibility);
        self.imports.push(ImportState {
            body: body as u32,
            index: index as u32,
            space,
            segments,
            visible,
            holds: self.bodies[body].holds(import.cfg),
            found: false,
            evaluated: None,
            watched: Vec::new(),
        });
    }

    fn visible(&self, names: &BodyNames<'_>, scope: ScopeId, visibility: &Visibility) -> Visible {
        let module = names.module(scope);
        match visibility {
            Visibility::Public => Visible::Everywhere,
            Visibility::Private => Visible::Within(module),
            Visibility::Crate => Visible::Within(self.spaces.root(module)),
            Visibility::In(path) => Visible::Within(self.module_above(names, module, path)),
        }
    }

    /// The module that `pub(in path)` names; what cannot be followed is the crate's root.
    fn module_above(&self, names: &BodyNames<'_>, module: SpaceId, path: &[Name]) -> SpaceId {
        let mut at = module;
        for segment in path {
            at = match names.symbol(*segment) {
                Symbol::SELF => at,
                Symbol::SUPER => self.spaces.parent(at).unwrap_or(at),
                Symbol::CRATE => self.spaces.root(at),
                name => {
                    let next = self.spaces.lookup(at, name, Ns::Type).first();
                    match next.and_then(|binding| self.spaces.of_node(binding.node)) {
                        Some(next) => next,
                        None => return self.spaces.root(module),
                    }
                }
            };
        }
        at
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

pub(super) fn item_binding(node: NodeId, visible: Visible, holds: bool) -> Binding {
    Binding { node, visible, import: None, origin: None, glob: false, holds }
}

/// The namespaces in which an item has a name.
fn namespaces(kind: ItemKind) -> &'static [Ns] {
    match kind {
        ItemKind::Function | ItemKind::Constant | ItemKind::Static => &[Ns::Value],
        ItemKind::TupleStruct => &[Ns::Type, Ns::Value],
        ItemKind::Struct
        | ItemKind::Enum
        | ItemKind::Union
        | ItemKind::Trait
        | ItemKind::TypeAlias => &[Ns::Type],
        ItemKind::ProcMacro => &[],
    }
}
