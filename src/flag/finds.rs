//! Pieces that have been read → the places that a subject speaks of.

use rayon::prelude::*;

use super::index::SubjectId;
use super::library::{PieceId, Read};
use super::{AT_A_TIME, Ground};
use crate::boundaries::flag::pattern::any_fits;
use crate::boundaries::flag::{ItemIs, LiteralIs, MethodIs, Subject};
use crate::extract::Range;
use crate::extract::sites::{
    FieldFact, FrameId, FunctionId, Global, LoopKind, Receiver, Site, SiteId, SiteKind,
};
use crate::resolve::ReferenceId;

/// A place that a rule speaks of.
#[derive(Clone, Debug)]
pub(super) struct Find {
    /// Index into the rules that are awake.
    pub(super) rule: usize,
    pub(super) piece: PieceId,
    pub(super) place: Place,
    /// What stands there: `reqwest::Client::new`, `tracing::info_span.enter`, a declaration's name.
    pub(super) path: String,
    pub(super) reference: Option<ReferenceId>,
}

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Site(SiteId),
    Function(FunctionId),
    /// Index into the piece's types.
    Type(usize),
    /// Index into the piece's types, and into its fields.
    Field(usize, usize),
    /// Index into the piece's globals.
    Global(usize),
}

/// Everything that some subject speaks of, by rule and place.
pub(super) fn all(ground: &Ground<'_>) -> Vec<Find> {
    let read = ground.library.all();
    let pieces = read.par_iter().with_max_len(AT_A_TIME);
    let found: Vec<Vec<Find>> = pieces.map(|read| in_piece(ground, read)).collect();
    let mut finds: Vec<Find> = found.into_iter().flatten().collect();
    finds.sort_by_key(|find| (find.rule, find.piece, find.place));
    finds.dedup_by_key(|find| (find.rule, find.piece, find.place));
    finds
}

fn in_piece(ground: &Ground<'_>, read: &Read<'_>) -> Vec<Find> {
    let mut finds = Vec::new();
    for id in read.ids() {
        by_path(ground, read, id, &mut finds);
    }
    let sites = Unnamed::of(read);
    for (rule, shape) in ground.rules.iter().enumerate() {
        for subject in &shape.flag.subjects {
            let seeker = Seeker { ground, read, rule };
            match subject {
                Subject::Method(method) => seeker.methods(method, &sites.methods, &mut finds),
                Subject::Literal(literal) => seeker.literals(literal, &sites.literals, &mut finds),
                Subject::Item(kinds) => seeker.items(kinds, &mut finds),
                Subject::Loop(kinds) => seeker.loops(kinds, &sites.loops, &mut finds),
                _ => {}
            }
        }
    }
    finds
}

/// The sites of a piece that have no path, by kind.
#[derive(Default)]
struct Unnamed<'r> {
    methods: Vec<(SiteId, &'r str, &'r Receiver)>,
    literals: Vec<(SiteId, &'r str)>,
    loops: Vec<(SiteId, FrameId)>,
}

impl<'r> Unnamed<'r> {
    fn of(read: &'r Read<'_>) -> Self {
        let mut sites = Self::default();
        for id in read.ids() {
            match &read.site(id).kind {
                SiteKind::Method { name, receiver } => sites.methods.push((id, name, receiver)),
                SiteKind::Literal(text) => sites.literals.push((id, text)),
                SiteKind::Loop(frame) => sites.loops.push((id, *frame)),
                _ => {}
            }
        }
        sites
    }
}

fn by_path(ground: &Ground<'_>, read: &Read<'_>, id: SiteId, finds: &mut Vec<Find>) {
    let site = read.site(id);
    if !may_be_named(ground, read, site) {
        return;
    }
    for meaning in ground.paths.of_site(read.file, site) {
        for SubjectId { rule, subject } in ground.index.of(&meaning.path) {
            if is_of_kind(&ground.rules[rule].flag.subjects[subject], &site.kind) {
                finds.push(Find {
                    rule,
                    piece: read.id,
                    place: Place::Site(id),
                    path: meaning.path.clone(),
                    reference: meaning.reference,
                });
            }
        }
    }
}

/// Whether some subject may speak of a site's path, told without spelling it.
fn may_be_named(ground: &Ground<'_>, read: &Read<'_>, site: &Site) -> bool {
    let unnamed =
        matches!(site.kind, SiteKind::Method { .. } | SiteKind::Literal(_) | SiteKind::Loop(_));
    if unnamed || site.nameless {
        return false;
    }
    let named = |node: crate::resolve::NodeId| {
        ground.nodes.contains(node.0 as usize) || ground.paths.is_alias(node)
    };
    let mut here = ground.paths.references(read.file, site.range.start).peekable();
    // What is in scope everywhere has no reference.
    here.peek().is_none() || here.any(|(_, one)| named(one.to) || named(one.written_to))
}

fn is_of_kind(subject: &Subject, kind: &SiteKind) -> bool {
    matches!(
        (subject, kind),
        (Subject::Call(_), SiteKind::Call | SiteKind::Path)
            | (Subject::Macro(_), SiteKind::Macro)
            | (Subject::Struct(_), SiteKind::StructLiteral)
            | (Subject::Type(_), SiteKind::Type(_))
            | (Subject::Attribute(_), SiteKind::Attribute)
            | (Subject::Derive(_), SiteKind::Derive)
    )
}

/// One subject of one rule in one file.
struct Seeker<'g, 'a> {
    ground: &'g Ground<'a>,
    read: &'g Read<'g>,
    rule: usize,
}

impl Seeker<'_, '_> {
    fn find(&self, place: Place, path: String) -> Find {
        Find { rule: self.rule, piece: self.read.id, place, path, reference: None }
    }

    fn methods(
        &self,
        method: &MethodIs,
        sites: &[(SiteId, &str, &Receiver)],
        finds: &mut Vec<Find>,
    ) {
        for (id, name, receiver) in sites.iter().filter(|(_, name, _)| method.name.fit(name)) {
            let on = self.on(method, receiver, self.read.site(*id).frame);
            finds.extend(on.map(|on| self.find(Place::Site(*id), format!("{on}.{name}"))));
        }
    }

    /// On what, as far as it is known, if it is what the rule asks for.
    fn on(&self, method: &MethodIs, receiver: &Receiver, frame: FrameId) -> Option<String> {
        let paths = self.ground.receiver_paths(self.read, receiver, frame);
        let name = match receiver {
            Receiver::Field(name) | Receiver::Local(name) => Some(&**name),
            _ => None,
        };
        if method.on.is_empty() && method.named.is_empty() {
            let known = paths.into_iter().next();
            return Some(known.or(name.map(str::to_owned)).unwrap_or_default());
        }
        let known = paths.into_iter().find(|path| any_fits(&method.on, path));
        known.or_else(|| name.filter(|name| method.named.fit(name)).map(str::to_owned))
    }

    fn literals(&self, literal: &LiteralIs, sites: &[(SiteId, &str)], finds: &mut Vec<Find>) {
        let fitting = sites.iter().filter(|(_, text)| fits(literal, text));
        finds.extend(fitting.map(|(id, _)| self.find(Place::Site(*id), "literal".to_owned())));
    }

    fn loops(&self, kinds: &[LoopKind], sites: &[(SiteId, FrameId)], finds: &mut Vec<Find>) {
        let is = |frame: FrameId| kinds.iter().any(|kind| self.read.is_loop(frame, *kind));
        let fitting = sites.iter().filter(|(_, frame)| is(*frame));
        finds.extend(fitting.map(|(id, _)| self.find(Place::Site(*id), "loop".to_owned())));
    }

    fn items(&self, kinds: &[ItemIs], finds: &mut Vec<Find>) {
        let sites = &self.read.sites;
        if kinds.contains(&ItemIs::Function) {
            let functions = (0..).map(FunctionId).zip(&sites.functions);
            let functions =
                functions.map(|(id, one)| self.find(Place::Function(id), name(&one.name)));
            finds.extend(functions);
        }
        for (at, one) in sites.types.iter().enumerate() {
            if kinds.iter().any(|kind| self.read.is_type(*kind, one.range)) {
                finds.push(self.find(Place::Type(at), name(&one.name)));
            }
            let fields = one.fields.iter().enumerate();
            let fields = fields.filter(|(_, field)| kinds.contains(&kind_of(field)));
            finds.extend(fields.map(|(field, fact)| {
                self.find(Place::Field(at, field), format!("{}::{}", one.name, fact.name))
            }));
        }
        let globals = sites.globals.iter().enumerate();
        let globals = globals.filter(|(_, global)| kinds.contains(&kind_of_global(global)));
        finds.extend(globals.map(|(at, global)| self.find(Place::Global(at), name(&global.name))));
    }
}

fn name(name: &str) -> String {
    name.to_owned()
}

fn kind_of(field: &FieldFact) -> ItemIs {
    if field.is_variant { ItemIs::Variant } else { ItemIs::Field }
}

fn kind_of_global(global: &Global) -> ItemIs {
    match (global.thread_local, global.is_static) {
        (true, _) => ItemIs::ThreadLocal,
        (_, true) => ItemIs::Static,
        _ => ItemIs::Const,
    }
}

fn fits(literal: &LiteralIs, text: &str) -> bool {
    let matches = &literal.matches;
    (matches.is_empty() || matches.iter().any(|regex| regex.is_match(text)))
        && literal.length.is_none_or(|length| text.chars().count() >= length)
        && literal.entropy.is_none_or(|bits| entropy(text) >= bits)
}

/// Shannon entropy in bits a character.
fn entropy(text: &str) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    for letter in text.chars() {
        *counts.entry(letter).or_insert(0_u32) += 1;
    }
    let all = f64::from(text.chars().count() as u32);
    let share = |count: &u32| f64::from(*count) / all;
    -counts.values().map(share).map(|share| share * share.log2()).sum::<f64>()
}

impl Read<'_> {
    /// Whether a type is of this kind, told by the keyword before its name.
    fn is_type(&self, kind: ItemIs, name: Range) -> bool {
        let before = self.text.get(..name.start as usize).unwrap_or_default();
        let keyword = before.split_whitespace().next_back().unwrap_or_default();
        match kind {
            ItemIs::Type => true,
            ItemIs::Struct => keyword == "struct",
            ItemIs::Enum => keyword == "enum",
            ItemIs::Union => keyword == "union",
            _ => false,
        }
    }

    /// Where a place begins and ends: the name, or the whole expression's name.
    pub(super) fn range(&self, place: Place) -> Range {
        match place {
            Place::Site(id) => self.site(id).range,
            Place::Function(id) => self.function(id).range,
            Place::Type(at) => self.sites.types[at].range,
            Place::Field(at, field) => self.sites.types[at].fields[field].range,
            Place::Global(at) => self.sites.globals[at].range,
        }
    }

    /// The frame around a place.
    pub(super) fn frame(&self, place: Place) -> FrameId {
        match place {
            Place::Site(id) => self.site(id).frame,
            Place::Function(id) => self.function(id).parent,
            Place::Type(at) | Place::Field(at, _) => self.sites.types[at].frame,
            Place::Global(at) => self.sites.globals[at].parent,
        }
    }
}
