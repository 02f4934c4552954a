//! Resolved names → [`Reference`]s, and what could not be followed.
//!
//! Imports come first, for paths stand on them; then the paths of all bodies, several at a time.
//! Each thread numbers its own new nodes and texts, which are taken in one after the other in the
//! order of the bodies: the result does not depend on the number of threads.

use rayon::prelude::*;
use smallvec::SmallVec;

use super::hops;
use super::meanings::{Meaning, distinct};
use super::names::Names;
use super::nodes::Renumbered;
use super::scopes::code_scope;
use super::spaces::{Awaited, ImportId, SpaceId};
use super::symbols::Symbol;
use super::texts::Texts;
use super::track::{Hit, Track, Trail};
use super::{Hop, NodeId, Reference, ReferenceKind, Row, TextId, Unresolved, UnresolvedReason};
use crate::extract::{self, CfgId, OwnerId, ScopeId};
use crate::model::Span;

/// So many bodies are followed at a time, and by one thread …
const BODIES_AT_A_TIME: usize = 32;
/// … and so many imports.
const IMPORTS_AT_A_TIME: usize = 1024;

/// Everything that is collected while paths are followed.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) references: Vec<Reference>,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) texts: Texts,
    /// For [`Reference::through`].
    pub(super) hops: Vec<Hop>,
    /// Of imports, the way of each reference.
    pub(super) trails: Vec<Trail>,
    /// What following paths leaves behind.
    pub(super) track: Track,
    /// The conditions of the body at hand, by [`CfgId`].
    cfgs: Vec<TextId>,
    /// Room that is used again and again: how the path at hand is written.
    pub(super) written: String,
}

/// The references of imports, by [`ImportId`].
#[derive(Debug, Default)]
pub(super) struct OfImports {
    pub(super) references: Vec<Reference>,
    /// For [`Reference::through`].
    pub(super) hops: Vec<Hop>,
    /// Which of `references` are an import's.
    pub(super) rows: Vec<Row>,
}

/// Everything that imports and paths name.
#[derive(Debug)]
pub(super) struct All {
    /// In parts, the first of which are the references of imports.
    pub(super) references: Vec<Vec<Reference>>,
    pub(super) unresolved: Vec<Unresolved>,
    pub(super) texts: Texts,
    pub(super) hops: Vec<Hop>,
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
    let mut parts: Vec<Collected> =
        bodies.par_chunks(BODIES_AT_A_TIME).with_max_len(1).map(follow).collect();
    (all.references, all.hops) = (vec![imports.references], imports.hops);
    let numbers = all.number(&mut parts, names);
    parts.par_iter_mut().zip(&numbers).for_each(|(part, numbers)| numbers.give(part));
    for part in &mut parts {
        all.add(part);
    }
    all.missing_files(names);
    all
}

fn of_imports(names: &mut Names<'_>) -> (OfImports, All) {
    let ids: Vec<ImportId> = (0..names.imports.len() as u32).map(ImportId).collect();
    let follow = |ids: &[ImportId]| {
        let mut collected = Collected::new(names);
        let mut body = None;
        let follow = |id: &ImportId| {
            let of = names.imports[id.0 as usize].body as usize;
            if body.replace(of) != Some(of) {
                collected.enter(names, of);
            }
            names.collect_import(*id, &mut collected)
        };
        let rows: Vec<Row> = ids.iter().map(follow).collect();
        (rows, collected)
    };
    let followed = ids.par_chunks(IMPORTS_AT_A_TIME).with_max_len(1).map(follow);
    let (rows, mut parts): (Vec<_>, Vec<_>) = followed.unzip();
    let mut all = All {
        references: Vec::new(),
        unresolved: Vec::new(),
        texts: Texts::new(),
        hops: Vec::new(),
    };
    let mut imports = OfImports::default();
    let mut track = Track::new(names.nodes.fresh());
    let mut trails = Vec::new();
    let numbers = all.number(&mut parts, names);
    for ((rows, mut part), numbers) in rows.into_iter().zip(parts).zip(numbers) {
        let before = imports.references.len() as u32;
        imports.rows.extend(rows.into_iter().map(|row| row.behind(before)));
        numbers.give(&mut part);
        all.add(&mut part);
        imports.references.extend(all.references.drain(..).flatten());
        let further = track.append(&part.track, &numbers.nodes);
        trails.extend(part.trails.into_iter().map(|trail| trail.behind(further)));
    }
    track.fresh = names.nodes.fresh();
    hops::complete_imports(names, &mut imports, &mut track, &trails);
    names.nodes.take_in(&track.fresh);
    (imports, all)
}

impl All {
    /// Takes in the nodes, texts and hops that each thread made, and says what number each has now.
    fn number(&mut self, parts: &mut [Collected], names: &mut Names<'_>) -> Vec<Numbers> {
        let nodes = &mut names.nodes;
        let texts: Vec<Vec<Box<str>>> =
            parts.iter_mut().map(|part| std::mem::take(&mut part.texts.all)).collect();
        let (nodes, texts): (Vec<_>, Vec<_>) = rayon::join(
            || parts.iter().map(|part| nodes.take_in(&part.track.fresh)).collect(),
            || texts.into_iter().map(|all| self.texts.take_all(all)).collect(),
        );
        let number = |((part, nodes), texts): ((&mut Collected, Renumbered), Vec<TextId>)| {
            let hops = self.hops.len() as u32;
            self.hops.append(&mut part.hops);
            Numbers { nodes, texts, hops }
        };
        parts.iter_mut().zip(nodes).zip(texts).map(number).collect()
    }

    /// Adds what one thread found, numbers given.
    fn add(&mut self, part: &mut Collected) {
        self.references.push(std::mem::take(&mut part.references));
        self.unresolved.append(&mut part.unresolved);
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

/// The numbers by which all know what one thread made.
struct Numbers {
    nodes: Renumbered,
    texts: Vec<TextId>,
    /// How many hops stand before its own.
    hops: u32,
}

impl Numbers {
    /// Gives them to what the thread found.
    fn give(&self, part: &mut Collected) {
        let text = |id: TextId| self.texts[id.0 as usize];
        for one in &mut part.references {
            (one.to, one.written_to) = (self.nodes.of(one.to), self.nodes.of(one.written_to));
            (one.cfg, one.written) = (text(one.cfg), text(one.written));
            one.through = one.through.behind(self.hops);
        }
        for one in &mut part.unresolved {
            one.written = text(one.written);
        }
    }
}

impl Collected {
    fn new(names: &Names<'_>) -> Self {
        Self {
            references: Vec::new(),
            unresolved: Vec::new(),
            texts: Texts::new(),
            hops: Vec::new(),
            trails: Vec::new(),
            track: Track::new(names.nodes.fresh()),
            cfgs: Vec::new(),
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
    /// Adds a reference for each distinct meaning of an import, whose ways are completed later.
    pub(super) fn push_import(&self, site: &Site, hits: &[Hit], collected: &mut Collected) -> Row {
        let start = collected.references.len() as u32;
        let hits = distinct(hits);
        collected.trails.extend(hits.iter().map(|hit| hit.trail));
        let meanings: SmallVec<[Meaning; 1]> = hits.iter().map(Meaning::of_import).collect();
        self.push_all(site, self.from(site), &meanings, collected);
        Row { start, end: collected.references.len() as u32 }
    }

    /// Adds a reference for each meaning, unless an item only names itself. Where a plain build sees
    /// one of them, the others are alternatives.
    pub(super) fn push_all(
        &self,
        site: &Site,
        from: NodeId,
        meanings: &[Meaning],
        collected: &mut Collected,
    ) {
        let names = &self.bodies[site.body];
        let condition = &names.conditions[site.cfg.0 as usize];
        let plain = names.holds(site.cfg) && meanings.iter().any(|one| one.holds);
        let reference = |meaning: &Meaning| Reference {
            from,
            to: meaning.to,
            written_to: meaning.written_to,
            span: names.span(site.range),
            kind: site.kind,
            scope: code_scope(names.target, condition.test),
            in_macro: site.in_macro,
            alternative: plain && !meaning.holds,
            cfg: collected.cfgs[site.cfg.0 as usize],
            written: site.written,
            through: meaning.through,
            imports: meaning.imports,
        };
        let counts = |meaning: &&Meaning| meaning.to != from || site.kind == ReferenceKind::Use;
        collected.references.extend(meanings.iter().filter(counts).map(reference));
    }

    /// The item, or else the module, that a site stands in.
    fn from(&self, site: &Site) -> NodeId {
        self.holder(site.body, site.scope, site.owner)
    }

    /// The item, or else the module, around a place of a body.
    pub(super) fn holder(&self, body: usize, scope: ScopeId, owner: OwnerId) -> NodeId {
        let names = &self.bodies[body];
        match owner {
            OwnerId(0) => self.spaces.get(names.module(scope)).node,
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
            let entry = self.spaces.find(id, name).map(|entry| self.spaces.entry(entry));
            let is_imported = entry.is_some_and(|entry| entry.awaited != Awaited::default());
            if is_imported || !space.external_globs.is_empty() {
                return true;
            }
            around = space.around;
        }
        name.is_standard()
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
