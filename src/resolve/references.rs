//! Resolved names → [`Reference`]s, and what could not be followed.
//!
//! Imports come first, for paths stand on them; then the paths of all bodies, several at a time.
//! Each thread numbers its own new nodes and texts, which are taken in one after the other in the
//! order of the bodies: the result does not depend on the number of threads.

use std::ops::Range;

use rayon::prelude::*;

use super::hops;
use super::names::Names;
use super::nodes::Renumbered;
use super::spaces::{ImportId, SpaceId};
use super::symbols::Symbol;
use super::texts::Texts;
use super::track::{Hit, Track, Trail};
use super::{NodeId, Reference, ReferenceKind, TextId, Unresolved, UnresolvedReason};
use crate::discover::TargetKind;
use crate::extract::{self, CfgId, OwnerId, ScopeId};
use crate::model::{CodeScope, Span};

/// So many bodies are followed at a time.
const BODIES_AT_A_TIME: usize = 32;

/// Everything that is collected while paths are followed.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) references: Vec<Reference>,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) texts: Texts,
    /// The imports that each of the last references met, until they are followed themselves.
    pub(super) trails: Vec<Trail>,
    /// What following paths leaves behind.
    pub(super) track: Track,
    /// The conditions of the body at hand, by [`CfgId`].
    cfgs: Vec<TextId>,
    /// Room that is used again and again: what the path at hand is made of, …
    pub(super) segments: Vec<Symbol>,
    /// … and how it is written.
    pub(super) written: String,
}

/// The references of imports, by [`ImportId`].
#[derive(Debug, Default)]
pub(super) struct OfImports {
    pub(super) references: Vec<Reference>,
    /// Indices into `references`.
    pub(super) rows: Vec<Range<u32>>,
}

/// Everything that imports and paths name.
#[derive(Debug)]
pub(super) struct All {
    pub(super) references: Vec<Reference>,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) texts: Texts,
}

/// Follows every import and path.
pub(super) fn collect(names: &mut Names<'_>) -> All {
    let (imports, mut all) = of_imports(names);
    let bodies: Vec<usize> = (0..names.bodies.len()).collect();
    let follow = |bodies: &[usize]| {
        let mut collected = Collected::new(names);
        for body in bodies {
            names.collect_paths(*body, &imports, &mut collected);
        }
        collected
    };
    let parts: Vec<Collected> = bodies.par_chunks(BODIES_AT_A_TIME).map(follow).collect();
    all.references = imports.references;
    let more = parts.iter().map(|part| part.references.len());
    let entries = names.workspace.packages.iter().map(|package| package.dependencies.len());
    all.references.reserve_exact(more.chain(entries).sum());
    for part in parts {
        all.take_in(part, names);
    }
    all.missing_files(names);
    all
}

fn of_imports(names: &mut Names<'_>) -> (OfImports, All) {
    let mut collected = Collected::new(names);
    let mut imports = OfImports::default();
    let mut body = None;
    for id in (0..names.imports.len() as u32).map(ImportId) {
        let of = names.imports[id.0 as usize].body as usize;
        if body.replace(of) != Some(of) {
            collected.enter(names, of);
        }
        imports.rows.push(names.collect_import(id, &mut collected));
    }
    imports.references = std::mem::take(&mut collected.references);
    hops::complete_imports(names, &mut imports, &mut collected);
    names.nodes.take_in(&collected.track.fresh, &names.symbols);
    let Collected { unresolved, texts, .. } = collected;
    (imports, All { references: Vec::new(), unresolved, texts })
}

impl All {
    /// Adds what one thread found.
    fn take_in(&mut self, part: Collected, names: &mut Names<'_>) {
        let nodes: Renumbered = names.nodes.take_in(&part.track.fresh, &names.symbols);
        let texts: Vec<TextId> = part.texts.all.into_iter().map(|it| self.texts.take(it)).collect();
        let text = |id: TextId| texts[id.0 as usize];
        self.references.extend(part.references.into_iter().map(|one| Reference {
            to: nodes.of(one.to),
            written_to: nodes.of(one.written_to),
            cfg: text(one.cfg),
            written: text(one.written),
            ..one
        }));
        let unresolved = part.unresolved.into_iter();
        self.unresolved
            .extend(unresolved.map(|one| Unresolved { written: text(one.written), ..one }));
    }

    fn missing_files(&mut self, names: &Names<'_>) {
        for missing in &names.tree.missing {
            let module = &names.tree.modules[missing.module.0 as usize];
            let (start, end) = (missing.range.start, missing.range.end);
            self.unresolved.push(Unresolved {
                from: NodeId(module.parent.unwrap_or(missing.module).0),
                span: Span { file: missing.file, start, end },
                written: self.texts.intern(&module.name),
                reason: UnresolvedReason::MissingFile,
            });
        }
    }
}

impl Collected {
    fn new(names: &Names<'_>) -> Self {
        let mut texts = Texts::default();
        texts.intern("");
        Self {
            references: Vec::new(),
            unresolved: Vec::new(),
            texts,
            trails: Vec::new(),
            track: Track::new(names.nodes.fresh()),
            cfgs: Vec::new(),
            segments: Vec::new(),
            written: String::new(),
        }
    }

    /// Turns to the imports or paths of a body.
    pub(super) fn enter(&mut self, names: &Names<'_>, body: usize) {
        self.cfgs.clear();
        let conditions = names.bodies[body].conditions.iter();
        self.cfgs.extend(conditions.map(|condition| self.texts.intern(&condition.text)));
    }
}

impl Names<'_> {
    /// Adds a reference for each distinct meaning, unless an item only names itself. Where a plain
    /// build sees one of them, the others are alternatives.
    pub(super) fn push_all(
        &self,
        site: &Site,
        hits: &[Hit],
        import: Option<ImportId>,
        collected: &mut Collected,
    ) -> Range<u32> {
        let plain = self.bodies[site.body].holds(site.cfg) && hits.iter().any(|hit| hit.holds);
        let from = self.from(site);
        let first = collected.references.len();
        for holds in [true, false] {
            for hit in hits.iter().filter(|hit| hit.holds == holds) {
                let known = collected.references[first..].iter().any(|one| one.to == hit.node);
                if !known && (from != hit.node || import.is_some()) {
                    let alternative = plain && !hit.holds;
                    let reference = self.reference(site, (from, hit.node), alternative, collected);
                    collected.references.push(reference);
                    collected.trails.push(hit.trail);
                }
            }
        }
        first as u32..collected.references.len() as u32
    }

    fn reference(
        &self,
        site: &Site,
        (from, to): (NodeId, NodeId),
        alternative: bool,
        collected: &Collected,
    ) -> Reference {
        let names = &self.bodies[site.body];
        let condition = &names.conditions[site.cfg.0 as usize];
        Reference {
            from,
            to,
            written_to: to,
            span: names.span(site.range),
            kind: site.kind,
            scope: code_scope(names.target, condition.test),
            in_macro: site.in_macro,
            alternative,
            cfg: collected.cfgs[site.cfg.0 as usize],
            written: site.written,
            through: Box::default(),
            imports: Box::default(),
        }
    }

    /// The item, or else the module, that a site stands in.
    fn from(&self, site: &Site) -> NodeId {
        let names = &self.bodies[site.body];
        match site.owner {
            OwnerId(0) => self.spaces.get(names.module(site.scope)).node,
            owner => names.owners[owner.0 as usize],
        }
    }

    /// Counts a failure if the path starts in the workspace; a name of the standard prelude or of
    /// an external glob is nobody's loss.
    pub(super) fn push_unresolved(
        &self,
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
        name.is_standard()
    }
}

fn code_scope(target: TargetKind, test: bool) -> CodeScope {
    match target {
        TargetKind::Lib | TargetKind::Bin if test => CodeScope::Test,
        TargetKind::Lib | TargetKind::Bin => CodeScope::Normal,
        TargetKind::Test => CodeScope::Test,
        TargetKind::Bench => CodeScope::Bench,
        TargetKind::Example => CodeScope::Example,
        TargetKind::Build => CodeScope::Build,
    }
}

/// What a reference takes from its place.
#[derive(Clone, Copy)]
pub(super) struct Site {
    pub(super) body: usize,
    pub(super) scope: ScopeId,
    pub(super) owner: OwnerId,
    pub(super) cfg: CfgId,
    pub(super) range: extract::Range,
    pub(super) kind: ReferenceKind,
    pub(super) in_macro: bool,
    pub(super) written: TextId,
}
