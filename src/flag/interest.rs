//! Which pieces of files a rule could find something in, told without their syntax.
//!
//! Paths are looked for among the references (`referring.rs`), all else by words that must stand in
//! the text.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::calling::may_be_of;
use super::demands::Asked;
use super::index::{Index, SubjectId};
use super::library::{Library, PieceId};
use super::lookout::Lookout;
use super::notes::{Listed, Notes, of_list};
use super::paths::Paths;
use super::plans::{Plan, Sought, Where};
use super::referring::{Places, places};
use super::{AT_A_TIME, Code, Shape};
use crate::boundaries::policy::Scopes;
use crate::extract::Range;
use crate::extract::sites::any_in_code;
use crate::model::{BitSet, FileId};
use crate::resolve::Reference;

/// Where something could be found.
pub(super) struct Interest {
    /// The pieces to read, in order.
    pub(super) pieces: Vec<PieceId>,
    /// The nodes whose path some subject names.
    pub(super) nodes: BitSet,
    /// What was noted of the texts of files, where it was not known and somebody keeps it.
    pub(super) notes: FxHashMap<FileId, Vec<u8>>,
}

/// The pieces of the workspace that are worth reading.
pub(super) fn pieces<'a>(
    code: Code<'a>,
    library: &Library<'a>,
    rules: &[Shape<'_>],
    index: &Index<SubjectId>,
    paths: &Paths<'a>,
) -> Interest {
    let mut sought = Sought::default();
    let plans = rules.iter();
    let plans = plans.map(|it| sought.plan(it.flag, &it.rule.scopes, &paths.everywhere));
    let plans: Vec<Plan<'_>> = plans.collect();
    let Sought { conditions, words, demands, .. } = sought;
    let (places, nodes) = places(code, paths, index, &conditions);
    let lookout = Lookout::new(words, demands);
    let search = Search { code, library, paths, plans, places, lookout };
    let files: Vec<FileId> = code.files.facts.keys().copied().collect();
    let files = files.into_par_iter().with_max_len(AT_A_TIME);
    let found = files.map(|file| search.in_file(file));
    let mut interest = Interest { pieces: Vec::new(), nodes, notes: FxHashMap::default() };
    for (file, pieces, notes) in found.collect::<Vec<_>>() {
        interest.pieces.extend(pieces);
        interest.notes.extend(notes.map(|notes| (file, notes)));
    }
    interest
}

/// All that tells where to look.
struct Search<'s, 'a> {
    code: Code<'a>,
    library: &'s Library<'a>,
    paths: &'s Paths<'a>,
    plans: Vec<Plan<'s>>,
    places: Places,
    lookout: Lookout,
}

/// A file, and what was found out about it.
struct Page<'p> {
    id: FileId,
    text: &'p str,
    /// Which lists have a word in it, and where, in order; none: nobody has looked.
    listed: Option<Listed>,
    references: &'p [Reference],
    asked: Asked<'p>,
}

impl<'s> Search<'s, '_> {
    /// The pieces of a file in which some rule could find something, in order; with it what was
    /// noted of its text, where that is to be kept.
    fn in_file(&self, id: FileId) -> (FileId, Vec<PieceId>, Option<Vec<u8>>) {
        let text = &*self.code.sources.file(id).text;
        let (_, references) = self.paths.in_file(id);
        let bytes = self.library.sheet(id).notes;
        let mut notes = Notes::open(bytes, self.lookout.sought, self.lookout.demands.len());
        let known = notes.known();
        let ahead = self.code.ahead.and_then(|ahead| ahead.found(id, self.lookout.sought));
        let answered = ahead.map_or(&[][..], |ahead| &ahead.answers);
        let asked = self.lookout.demands.asked_of(text, &notes.answers, answered);
        let mut page = Page { id, text, listed: notes.listed.take(), references, asked };
        let plans = self.judged_in(&page);
        if !plans.is_empty() {
            page.listed.get_or_insert_with(|| match ahead {
                // Somebody has looked while names were being resolved.
                Some(ahead) => ahead.listed.clone(),
                None => self.lookout.sieve.find(text),
            });
        }
        let mut found = Vec::new();
        for plan in plans {
            plan.places.iter().for_each(|place| self.of_rule(&page, plan, place, &mut found));
        }
        found.sort_unstable();
        found.dedup();
        (notes.answers, notes.listed) = (page.asked.answers(), page.listed);
        let is_new = self.code.sheets.is_some() && notes.known() > known;
        (id, found, if is_new { notes.to_bytes() } else { None })
    }

    /// The plans of the rules that judge something in a file. Most rules judge the same parts of the
    /// build.
    fn judged_in(&self, page: &Page<'_>) -> Vec<&Plan<'s>> {
        let whole = Range { start: 0, end: page.text.len() as u32 };
        let mut asked: Vec<(&Scopes, bool)> = Vec::new();
        let mut is_judged = |plan: &&Plan<'s>| {
            let known = asked.iter().find(|(scopes, _)| *scopes == plan.scopes).map(|(_, is)| *is);
            let is = known.unwrap_or_else(|| page.is_judged(whole, plan.scopes));
            if known.is_none() {
                asked.push((plan.scopes, is));
            }
            is
        };
        self.plans.iter().filter(|plan| is_judged(plan)).collect()
    }

    /// The pieces in which a rule could find one of its subjects.
    fn of_rule(&self, page: &Page<'_>, plan: &Plan<'_>, place: &Where, found: &mut Vec<PieceId>) {
        let holds = || plan.demands.iter().all(|one| page.asked.holds(*one));
        let fits = |piece: &PieceId| self.fits(page, plan, *piece);
        match place {
            Where::Named(asker) => {
                let mut places = self.places.of(page.id, *asker).peekable();
                if places.peek().is_some() && holds() {
                    let pieces = places.filter_map(|place| self.library.at(page.id, place));
                    found.extend(pieces.filter(fits));
                }
            }
            Where::Listed(list) => {
                let own = page.listed(*list);
                if !own.is_empty() && holds() {
                    self.in_code(page, own, fits, found);
                }
            }
            Where::Spelled(number) if page.asked.holds(*number) && holds() => {
                let is = |range| self.lookout.demands.is_in(*number, page.written(range));
                found.extend(self.library.pieces_with(page.id, is).into_iter().filter(fits));
            }
            Where::Anywhere if holds() => {
                found.extend(self.library.pieces_with(page.id, |_| true).into_iter().filter(fits));
            }
            _ => {}
        }
    }

    /// Whether a rule judges something in a piece, and all stands there that it demands.
    fn fits(&self, page: &Page<'_>, plan: &Plan<'_>, piece: PieceId) -> bool {
        let range = self.library.range_of(piece);
        let holds = |demand: &usize| self.lookout.demands.hold_in(*demand, page.text, range);
        page.is_judged(range, plan.scopes) && plan.demands.iter().all(holds)
    }

    /// Adds the fitting pieces in whose code a word stands, comments and strings apart.
    fn in_code(
        &self,
        page: &Page<'_>,
        places: &[(usize, u32)],
        fits: impl Fn(&PieceId) -> bool,
        found: &mut Vec<PieceId>,
    ) {
        let words = places.iter().map(|(_, at)| *at);
        let words = words.filter_map(|at| Some((self.library.at(page.id, at)?, at)));
        let words: Vec<(PieceId, u32)> = words.collect();
        for own in words.chunk_by(|one, two| one.0 == two.0) {
            let piece = own[0].0;
            let start = self.library.range_of(piece).start;
            let stands = || any_in_code(page.text, start, own.iter().map(|(_, at)| *at));
            if fits(&piece) && stands() {
                found.push(piece);
            }
        }
    }
}

impl Page<'_> {
    /// Where words of a list stand.
    fn listed(&self, list: usize) -> &[(usize, u32)] {
        of_list(self.listed.as_deref().unwrap_or_default(), list)
    }

    fn written(&self, range: Range) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    fn is_judged(&self, range: Range, scopes: &Scopes) -> bool {
        may_be_of(self.references, range, |scope| scopes.contains(scope))
    }
}
