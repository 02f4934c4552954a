//! The items, macros and imports of one body → nodes and bindings.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::names::{BodyNames, ImportState, Names, item_binding};
use super::spaces::{Awaited, ImportId, Ns, SpaceId, Visible};
use super::symbols::Symbol;
use super::templates::Templates;
use super::{NodeId, NodeKind};
use crate::extract::{
    Import, ImportKind, Item, ItemKind, MacroDefinition, Name, OwnerId, ScopeId, Visibility,
};
use crate::model::Span;

impl Names<'_> {
    pub(super) fn locate_modules(&mut self, names: &BodyNames<'_>) {
        if names.body.declared.is_none() {
            let node = self.spaces.get(names.spaces[0]).node;
            self.nodes.declare(node, Span { file: names.body.file, start: 0, end: 0 }, true);
        }
        for declaration in &names.facts.modules {
            let parent = names.module(declaration.scope);
            let name = names.symbol(declaration.name);
            let parent_node = self.spaces.get(parent).node;
            let node = self.nodes.child(parent_node, name, NodeKind::Module);
            let exported = declaration.visibility != Visibility::Private;
            self.nodes.declare(node, names.span(declaration.range), exported);
            let visible = self.visible(names, declaration.scope, &declaration.visibility);
            let holds = names.holds(declaration.cfg);
            let space = names.space(declaration.scope);
            self.spaces.bind(space, name, item_binding(Ns::Type, node, visible, holds));
        }
    }

    /// Makes a node for each owner; returns the owners by scope and name.
    pub(super) fn declare_owners(
        &mut self,
        names: &mut BodyNames<'_>,
    ) -> FxHashMap<(ScopeId, Name), OwnerId> {
        let mut by_place = FxHashMap::default();
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
        self.nodes.child(parent, name, NodeKind::Item)
    }

    pub(super) fn declare_item(
        &mut self,
        names: &BodyNames<'_>,
        item: &Item,
        by_place: &FxHashMap<(ScopeId, Name), OwnerId>,
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
            self.spaces.bind(space, name, item_binding(*ns, node, visible, holds));
        }
        if item.kind == ItemKind::ProcMacro {
            let root = self.spaces.root(module);
            self.spaces.bind(root, name, item_binding(Ns::Macro, node, Visible::Everywhere, holds));
        }
        if item.kind == ItemKind::Enum {
            let variants = self.spaces.add_enum(node, module);
            for member in &item.members {
                let member = names.symbol(*member);
                let variant = self.item_node(node, member);
                for ns in [Ns::Type, Ns::Value] {
                    let binding = item_binding(ns, variant, Visible::Everywhere, holds);
                    self.spaces.bind(variants, member, binding);
                }
            }
        }
    }

    /// A macro call may declare any name that it mentions, and those in the macro's body.
    pub(super) fn declare_calls(&mut self, names: &BodyNames<'_>, templates: &Templates<'_>) {
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

    pub(super) fn declare_macro(
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
            self.spaces.bind(root, name, item_binding(Ns::Macro, node, Visible::Everywhere, holds));
        }
        if let Some(visibility) = &definition.by_path {
            let visible = self.visible(names, definition.scope, visibility);
            let space = names.space(definition.scope);
            self.spaces.bind(space, name, item_binding(Ns::Macro, node, visible, holds));
        }
    }

    /// Declares the imports of all bodies, which count on everything else being there.
    pub(super) fn declare_imports(&mut self) {
        let names = &*self;
        let of_body = |at: usize| {
            let imports = names.bodies[at].facts.imports.iter().enumerate();
            imports.map(move |(index, import)| names.import_state((at, index), import))
        };
        let bodies = (0..self.bodies.len()).into_par_iter();
        self.imports = bodies.flat_map_iter(of_body).collect();
        for id in (0..self.imports.len() as u32).map(ImportId) {
            let import = &self.imports[id.0 as usize];
            let (ImportKind::Name(Some(name))
            | ImportKind::SelfName(Some(name))
            | ImportKind::ExternCrate { name: Some(name), .. }) = self.import_facts(import).kind
            else {
                continue;
            };
            let name = self.bodies[import.body as usize].symbol(name);
            let beside = self.spaces.await_import(import.space, name, id);
            self.imports[id.0 as usize].beside = beside;
        }
    }

    fn import_state(&self, (body, index): (usize, usize), import: &Import) -> ImportState {
        let names = &self.bodies[body];
        let written = names.facts.path(import.segments);
        ImportState {
            body: body as u32,
            index: index as u32,
            space: names.space(import.scope),
            segments: written.iter().map(|name| names.symbol(*name)).collect(),
            visible: self.visible(names, import.scope, &import.visibility),
            holds: names.holds(import.cfg),
            found: false,
            beside: Awaited::default(),
            evaluated: None,
            watched: 0..0,
        }
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
