//! Resolved names → [`Reference`]s, and what could not be followed.

use super::hops::complete;
use super::names::Names;
use super::prelude::is_standard;
use super::spaces::{ImportId, Ns, SpaceId};
use super::symbols::Symbol;
use super::texts::Texts;
use super::textual::Position;
use super::walk::{Guess, Hit, Met, Start, Walk};
use super::{NodeId, Reference, ReferenceId, ReferenceKind, TextId, Unresolved, UnresolvedReason};
use crate::discover::TargetKind;
use crate::extract::{
    Certainty, CfgId, Import, ImportKind, Name, Namespace, OwnerId, PathUse, Place, Range, ScopeId,
};
use crate::model::{CodeScope, Span};

/// Everything that is collected while the paths are followed.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) references: Vec<Reference>,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) texts: Texts,
    /// The references of each import, by [`ImportId`].
    pub(super) of_import: Vec<Vec<ReferenceId>>,
    /// The imports that each reference met, until they are followed.
    pub(super) trails: Vec<Vec<Met>>,
}

/// Follows every import and path.
pub(super) fn collect(names: &mut Names<'_>) -> Collected {
    let mut collected = Collected::default();
    collected.texts.intern("");
    for id in (0..names.imports.len() as u32).map(ImportId) {
        names.collect_import(id, &mut collected);
    }
    for body in 0..names.bodies.len() {
        let facts = names.bodies[body].facts;
        for path in &facts.paths {
            names.collect_path(body, path, &mut collected);
        }
    }
    for missing in &names.tree.missing {
        let written = collected.texts.intern(&names.tree.modules[missing.module.0 as usize].name);
        let parent = names.tree.modules[missing.module.0 as usize].parent.unwrap_or(missing.module);
        collected.unresolved.push(Unresolved {
            from: NodeId(parent.0),
            span: Span { file: missing.file, start: missing.range.start, end: missing.range.end },
            written,
            reason: UnresolvedReason::MissingFile,
        });
    }
    complete(names, &mut collected);
    collected
}

impl Names<'_> {
    fn collect_import(&mut self, id: ImportId, collected: &mut Collected) {
        let import = &self.imports[id.0 as usize];
        let facts = self.import_facts(import);
        let body = import.body as usize;
        let written = collected.texts.intern(&self.written_import(body, facts));
        let site = Site {
            body,
            scope: facts.scope,
            owner: facts.owner,
            cfg: facts.cfg,
            range: facts.range,
            kind: ReferenceKind::Use,
            in_macro: facts.in_macro,
            written,
        };
        let hits = self.import_hits(id, facts);
        let own = self.push_all(&site, &hits, Some(id), collected);
        if own.is_empty() {
            let reason = self.import_failure(id, facts);
            let space = self.imports[id.0 as usize].space;
            let segments = self.imports[id.0 as usize].segments.clone();
            let start = (space, &segments[..], facts.global);
            self.push_unresolved(&site, start, reason, collected);
        }
        collected.of_import.push(own);
    }

    fn import_hits(&mut self, id: ImportId, facts: &Import) -> Vec<Hit> {
        let import = &self.imports[id.0 as usize];
        if let ImportKind::ExternCrate { .. } = facts.kind {
            let nodes = self.crates_named(import.space, import.segments[0]);
            return nodes.into_iter().map(Hit::direct).collect();
        }
        if import.segments.is_empty() {
            return Vec::new();
        }
        let wanted: &[Ns] = match facts.kind {
            ImportKind::Name(_) => &Ns::ALL,
            _ => &[Ns::Type, Ns::Any],
        };
        let found = self.meanings(id, facts, wanted, &mut Vec::new());
        found.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Why an import names nothing.
    fn import_failure(&mut self, id: ImportId, facts: &Import) -> UnresolvedReason {
        if let ImportKind::ExternCrate { .. } = facts.kind {
            return UnresolvedReason::UnknownRoot;
        }
        if self.imports[id.0 as usize].segments.is_empty() {
            return UnresolvedReason::NotFound;
        }
        let asked = (&[Ns::Type, Ns::Any][..], Guess::Globbed);
        match self.walk_import(id, facts, asked, &mut Vec::new()) {
            Walk::Absent(reason) => reason,
            Walk::Found(_) | Walk::Pending => UnresolvedReason::ImportCycle,
        }
    }

    fn collect_path(&mut self, body: usize, path: &PathUse, collected: &mut Collected) {
        let names = &self.bodies[body];
        let segments: Vec<Symbol> = path.segments.iter().map(|name| names.symbol(*name)).collect();
        let space = names.space(path.scope);
        let start = Start {
            space,
            segments: &segments,
            global: path.global,
            wanted: wanted(path),
            guess: match path.certainty {
                Certainty::Sure => Guess::Globbed,
                Certainty::IfResolved => Guess::Mentioned,
            },
            import: None,
            position: Position { body, scope: path.scope, offset: path.range.start },
        };
        let kind = match path.place {
            Place::Code => ReferenceKind::Path,
            Place::MacroName => ReferenceKind::Macro,
            Place::Attribute => ReferenceKind::Attribute,
        };
        match self.walk(start, &mut Vec::new()) {
            Walk::Found(hits) => {
                let written = self.written_path(body, path);
                let written = collected.texts.intern(&written);
                let site = site(body, path, kind, written);
                self.push_all(&site, &hits, None, collected);
            }
            Walk::Absent(reason) if path.certainty == Certainty::Sure && segments.len() > 1 => {
                let written = self.written_path(body, path);
                let written = collected.texts.intern(&written);
                let site = site(body, path, kind, written);
                let start = (space, &segments[..], path.global);
                self.push_unresolved(&site, start, reason, collected);
            }
            Walk::Absent(_) | Walk::Pending => {}
        }
    }

    /// Adds a reference for each distinct meaning. Where a plain build sees one of them, the others
    /// are alternatives.
    fn push_all(
        &mut self,
        site: &Site,
        hits: &[Hit],
        import: Option<ImportId>,
        collected: &mut Collected,
    ) -> Vec<ReferenceId> {
        let plain = self.bodies[site.body].holds(site.cfg) && hits.iter().any(|hit| hit.holds);
        let mut nodes: Vec<NodeId> = Vec::new();
        let mut pushed = Vec::new();
        let (first, second): (Vec<&Hit>, Vec<&Hit>) = hits.iter().partition(|hit| hit.holds);
        for hit in first.into_iter().chain(second) {
            if !nodes.contains(&hit.node) {
                nodes.push(hit.node);
                let alternative = plain && !hit.holds;
                pushed.extend(self.push(site, hit, alternative, import, collected));
            }
        }
        pushed
    }

    /// Adds the reference that a hit stands for, unless an item only names itself.
    fn push(
        &mut self,
        site: &Site,
        hit: &Hit,
        alternative: bool,
        import: Option<ImportId>,
        collected: &mut Collected,
    ) -> Option<ReferenceId> {
        let from = self.from(site);
        if from == hit.node && import.is_none() {
            return None;
        }
        let names = &self.bodies[site.body];
        let condition = &names.conditions[site.cfg.0 as usize];
        let scope = self.code_scope(site.body, condition.test);
        let id = ReferenceId(collected.references.len() as u32);
        collected.references.push(Reference {
            from,
            to: hit.node,
            written_to: hit.node,
            span: names.span(site.range),
            kind: site.kind,
            scope,
            in_macro: site.in_macro,
            alternative,
            cfg: collected.texts.intern(&condition.text),
            written: site.written,
            through: Box::default(),
            imports: Box::default(),
        });
        collected.trails.push(hit.trail.clone());
        Some(id)
    }

    /// The item, or else the module, that a site stands in.
    fn from(&self, site: &Site) -> NodeId {
        let names = &self.bodies[site.body];
        match site.owner {
            OwnerId(0) => self.spaces.get(names.module(site.scope)).node,
            owner => names.owners[owner.0 as usize],
        }
    }

    fn code_scope(&self, body: usize, test: bool) -> CodeScope {
        let body = self.bodies[body].body;
        let module = body.modules[0];
        let krate = self.tree.modules[module.0 as usize].krate;
        match self.tree.crates[krate as usize].target {
            TargetKind::Lib | TargetKind::Bin if test => CodeScope::Test,
            TargetKind::Lib | TargetKind::Bin => CodeScope::Normal,
            TargetKind::Test => CodeScope::Test,
            TargetKind::Bench => CodeScope::Bench,
            TargetKind::Example => CodeScope::Example,
            TargetKind::Build => CodeScope::Build,
        }
    }

    /// Counts a failure if the path starts in the workspace; a name of the standard prelude or of
    /// an external glob is nobody's loss.
    fn push_unresolved(
        &mut self,
        site: &Site,
        (space, segments, global): (SpaceId, &[Symbol], bool),
        reason: UnresolvedReason,
        collected: &mut Collected,
    ) {
        let helper = site.kind == ReferenceKind::Attribute;
        if helper && reason == UnresolvedReason::UnknownRoot {
            // `#[case::empty]`: a word of the attribute macro above it.
            return;
        }
        let unknown = reason == UnresolvedReason::UnknownRoot
            || (segments.len() == 1 && reason == UnresolvedReason::ExternalGlob);
        if unknown && !global && self.may_be_foreign(space, segments[0]) {
            return;
        }
        let names = &self.bodies[site.body];
        collected.unresolved.push(Unresolved {
            from: self.nodes.get(self.from(site)).module,
            span: names.span(site.range),
            written: site.written,
            reason,
        });
    }

    /// Whether a name that is not in scope comes from the standard prelude, may come from an external
    /// glob, or should have come by an import, which is told itself.
    fn may_be_foreign(&self, space: SpaceId, name: Symbol) -> bool {
        let mut around = Some(space);
        while let Some(id) = around {
            let space = self.spaces.get(id);
            if !space.external_globs.is_empty() || self.pending.contains_key(&(id, name)) {
                return true;
            }
            around = space.around;
        }
        is_standard(self.symbols.name(name))
    }

    fn written_import(&self, body: usize, facts: &Import) -> String {
        let path = self.written(body, &facts.segments, facts.global);
        match facts.kind {
            ImportKind::Glob if path.is_empty() => "*".to_owned(),
            ImportKind::Glob => format!("{path}::*"),
            _ => path,
        }
    }

    fn written_path(&self, body: usize, path: &PathUse) -> String {
        match path.stand_for_self as usize {
            0 => self.written(body, &path.segments, path.global),
            meant => format!("Self::{}", self.written(body, &path.segments[meant..], false)),
        }
    }

    fn written(&self, body: usize, segments: &[Name], global: bool) -> String {
        let facts = self.bodies[body].facts;
        let mut written = if global { String::from("::") } else { String::new() };
        for (at, segment) in segments.iter().enumerate() {
            if at > 0 {
                written.push_str("::");
            }
            written.push_str(&facts.names[segment.0 as usize]);
        }
        written
    }
}

/// What a reference takes from its place.
struct Site {
    body: usize,
    scope: ScopeId,
    owner: OwnerId,
    cfg: CfgId,
    range: Range,
    kind: ReferenceKind,
    in_macro: bool,
    written: TextId,
}

/// The namespaces in which a path's last segment is looked up, in order.
fn wanted(path: &PathUse) -> &'static [Ns] {
    // What looks like a pattern in a macro's arguments may become a type, and the other way round.
    let sure = path.certainty == Certainty::Sure && !path.in_macro;
    match (path.namespace, sure) {
        (Namespace::Macro, _) => &[Ns::Macro, Ns::Any],
        (Namespace::Type, true) => &[Ns::Type, Ns::Any],
        (Namespace::Value, true) => &[Ns::Value, Ns::Any],
        (Namespace::Type, false) => &[Ns::Type, Ns::Value, Ns::Any],
        (Namespace::Value, false) => &[Ns::Value, Ns::Type, Ns::Any],
    }
}

/// Orders references by position and target, and the links between them with them.
pub(super) fn in_order(references: Vec<Reference>) -> Vec<Reference> {
    let mut order: Vec<u32> = (0..references.len() as u32).collect();
    order.sort_by_key(|at| {
        let one = &references[*at as usize];
        (one.span, one.from, one.to)
    });
    let mut place = vec![0; references.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old as usize] = new as u32;
    }
    let mut slots: Vec<Option<Reference>> = references.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(slots.len());
    for old in order {
        let mut one = slots[old as usize].take().expect("each reference has one place");
        for import in &mut one.imports {
            *import = ReferenceId(place[import.0 as usize]);
        }
        ordered.push(one);
    }
    ordered
}

fn site(body: usize, path: &PathUse, kind: ReferenceKind, written: TextId) -> Site {
    Site {
        body,
        scope: path.scope,
        owner: path.owner,
        cfg: path.cfg,
        range: path.range,
        kind,
        in_macro: path.in_macro,
        written,
    }
}
