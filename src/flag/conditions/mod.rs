//! Whether the circumstances of a find are as a rule says.

mod declarations;
mod surroundings;

use super::Ground;
use super::around::Around;
use super::finds::{Find, Place};
use super::library::Read;
use crate::boundaries::flag::pattern::{PathPattern, Words, any_fits};
use crate::boundaries::flag::{
    ArgumentIs, ArgumentShape, BodyIs, BodyOf, ChainIs, Condition, FateIs,
};
use crate::extract::sites::{
    Argument, Body, Fate, FrameId, FrameKind, Shape, Site, SiteId, SiteKind,
};

/// A find with its file and surroundings.
#[derive(Clone, Copy)]
pub(super) struct Case<'c, 'a> {
    pub(super) ground: &'c Ground<'a>,
    pub(super) read: &'c Read<'c>,
    pub(super) find: &'c Find,
    pub(super) around: &'c Around,
    /// It stands for a construction further down: only the surroundings are asked about.
    pub(super) lifted: bool,
}

impl Case<'_, '_> {
    /// Whether all conditions of a list hold.
    pub(super) fn all(&self, conditions: &[Condition]) -> bool {
        // What takes paths to be spelled, or callers to be read, is asked last.
        let is_dear = |condition: &&Condition| {
            matches!(
                condition,
                Condition::Derives(_) | Condition::CalledFrom { .. } | Condition::OnlyCalledFrom(_)
            )
        };
        let mut cheap = conditions.iter().filter(|one| !is_dear(one));
        let mut dear = conditions.iter().filter(is_dear);
        cheap.all(|condition| self.holds(condition)) && dear.all(|condition| self.holds(condition))
    }

    /// Whether one of the conditions holds.
    pub(super) fn any(&self, conditions: &[Condition]) -> bool {
        conditions.iter().any(|condition| self.holds(condition))
    }

    pub(super) fn holds(&self, condition: &Condition) -> bool {
        if let Condition::Any(lists) = condition {
            return lists.iter().any(|list| self.all(list));
        }
        if let Some(holds) = self.surroundings(condition) {
            return holds;
        }
        match self.site() {
            Some((id, site)) if !self.lifted || matches!(condition, Condition::Result(_)) => {
                self.of_site(condition, id, site)
            }
            Some(_) => false,
            None => self.of_declaration(condition),
        }
    }

    fn site(&self) -> Option<(SiteId, &Site)> {
        match self.find.place {
            Place::Site(id) => Some((id, self.read.site(id))),
            _ => None,
        }
    }

    fn of_site(&self, condition: &Condition, id: SiteId, site: &Site) -> bool {
        match condition {
            Condition::Argument(all) => all.iter().all(|one| self.argument(one, site)),
            Condition::Arguments(count) => site.arguments.len() == *count,
            Condition::Chain(chain) => chain_is(chain, &site.chain),
            Condition::Awaited(wanted) => site.awaited == *wanted,
            Condition::Result(fates) => fates.iter().any(|fate| becomes(site.fate, *fate)),
            Condition::Body(body) => self.body(body, id, site),
            Condition::HeldAcrossAwait(wanted) => site.fate.held_across.is_some() == *wanted,
            Condition::Inside(patterns) => {
                self.inside(site, &|around| self.is_path(around, patterns))
            }
            Condition::InsideMethod(words) => self.inside(site, &|around| match &around.kind {
                SiteKind::Method { name, .. } => words.fit(name),
                _ => false,
            }),
            Condition::LoopOver { has, constant } => self.loop_over(site.frame, has, *constant),
            Condition::Place(places) => match site.kind {
                SiteKind::Type(place) => places.contains(&place),
                _ => false,
            },
            _ => false,
        }
    }

    fn is_path(&self, site: &Site, patterns: &[PathPattern]) -> bool {
        let meanings = self.ground.paths.of_site(self.read.file, site);
        meanings.iter().any(|meaning| any_fits(patterns, &meaning.path))
    }

    /// Whether a site stands in the arguments of another one.
    fn inside(&self, site: &Site, wanted: &dyn Fn(&Site) -> bool) -> bool {
        let frames = self.read.sites.around(site.frame);
        let in_macro = frames.filter_map(|(_, frame)| match frame.kind {
            FrameKind::Macro(id) => Some(id),
            _ => None,
        });
        if in_macro.into_iter().any(|id| wanted(self.read.site(id))) {
            return true;
        }
        let calls =
            self.read.sites.sites.iter().filter(|one| {
                one.whole.start <= site.whole.start && site.whole.end <= one.whole.end
            });
        let mut around = calls.filter(|one| {
            let within = |argument: &Argument| {
                argument.range.start <= site.whole.start && site.whole.end <= argument.range.end
            };
            one.arguments.iter().any(within)
        });
        around.any(wanted)
    }

    fn argument(&self, wanted: &ArgumentIs, site: &Site) -> bool {
        match wanted.at {
            Some(at) => site.arguments.get(at).is_some_and(|one| self.fits(wanted, site, one)),
            None => site.arguments.iter().any(|one| self.fits(wanted, site, one)),
        }
    }

    fn fits(&self, wanted: &ArgumentIs, site: &Site, argument: &Argument) -> bool {
        let text = self.read.written(argument.range);
        let mentions =
            |words: &Words| self.read.words_of(argument.range).any(|word| words.fit(word));
        let shape = |shape: &ArgumentShape| self.shape(*shape, site, argument);
        (wanted.is.is_empty() || wanted.is.iter().any(shape))
            && (wanted.matches.is_empty() || wanted.matches.iter().any(|one| one.is_match(text)))
            && (wanted.mentions.is_empty() || mentions(&wanted.mentions))
            && (wanted.lacks.is_empty() || !mentions(&wanted.lacks))
    }

    fn shape(&self, shape: ArgumentShape, site: &Site, argument: &Argument) -> bool {
        match shape {
            ArgumentShape::Literal => argument.shape == Shape::Literal,
            ArgumentShape::Constant => argument.depends_on == FrameId(0),
            ArgumentShape::Closure => argument.shape == Shape::Closure,
            ArgumentShape::Path => argument.shape == Shape::Path,
            ArgumentShape::LoopInvariant => self
                .repeated(site.frame)
                .is_some_and(|frame| !self.within(argument.depends_on, frame)),
        }
    }

    /// The innermost frame around that runs for each element.
    fn repeated(&self, frame: FrameId) -> Option<FrameId> {
        let frames = self.read.sites.around(frame);
        let inner = frames.take_while(|(_, one)| !matches!(one.kind, FrameKind::Function(_)));
        let mut repeated = inner.filter(|(_, one)| match &one.kind {
            FrameKind::Loop { .. } => true,
            FrameKind::Closure { argument_of: Some((call, _)), .. } => {
                self.ground.is_iterator(self.read, *call)
            }
            _ => false,
        });
        repeated.next().map(|(id, _)| id)
    }

    fn within(&self, inner: FrameId, outer: FrameId) -> bool {
        self.read.sites.around(inner).any(|(id, _)| id == outer)
    }

    fn loop_over(&self, frame: FrameId, has: &Words, wanted: Option<bool>) -> bool {
        let mut frames = self.read.sites.around(frame);
        let over = frames.find_map(|(_, frame)| match &frame.kind {
            FrameKind::Loop { chain, constant, .. } => Some((chain, *constant)),
            _ => None,
        });
        let Some((chain, constant)) = over else { return false };
        let method = !has.is_empty() && chain.iter().any(|name| has.fit(name));
        method || wanted == Some(constant)
    }

    fn body(&self, wanted: &BodyIs, id: SiteId, site: &Site) -> bool {
        let frames = self.bodies(wanted.of, id, site);
        let arguments = site.arguments.iter().filter(|_| wanted.of == BodyOf::Site);
        let words: Vec<&str> = arguments.flat_map(|one| self.read.words_of(one.range)).collect();
        body_is(
            wanted,
            |word| words.contains(&word) || frames.iter().any(|frame| self.has_word(*frame, word)),
            |words_wanted| {
                let mut bodies = frames.iter().flat_map(|frame| self.read.words_in(*frame));
                words.iter().any(|word| words_wanted.fit(word))
                    || bodies.any(|word| words_wanted.fit(word))
            },
        )
    }

    /// The frames whose bodies a condition speaks of.
    fn bodies(&self, of: BodyOf, id: SiteId, site: &Site) -> Vec<FrameId> {
        let sites = &self.read.sites;
        let innermost = |wanted: &dyn Fn(&FrameKind) -> bool| {
            let mut frames = sites.around(site.frame);
            frames.find(|(_, frame)| wanted(&frame.kind)).map(|(id, _)| id).into_iter().collect()
        };
        match (of, &site.kind) {
            (BodyOf::Site | BodyOf::Loop, SiteKind::Loop(frame)) => vec![*frame],
            (BodyOf::Site, _) => {
                let frames = (0..).map(FrameId).zip(&sites.frames);
                let own = frames.filter(|(_, frame)| match frame.kind {
                    FrameKind::Closure { argument_of: Some((call, _)), .. }
                    | FrameKind::Async { argument_of: Some((call, _)) } => call == id,
                    _ => false,
                });
                own.map(|(frame, _)| frame).collect()
            }
            (BodyOf::Function, _) => innermost(&|kind| matches!(kind, FrameKind::Function(_))),
            (BodyOf::Loop, _) => innermost(&|kind| matches!(kind, FrameKind::Loop { .. })),
            (BodyOf::Closure, _) => innermost(&|kind| {
                matches!(kind, FrameKind::Closure { .. } | FrameKind::Async { .. })
            }),
        }
    }

    /// Whether a body has a keyword.
    fn has_word(&self, frame: FrameId, word: &str) -> bool {
        let sites = &self.read.sites;
        keyword(sites.frame(frame).body, word).unwrap_or_else(|| {
            word == "loop"
                && (0..sites.frames.len() as u32).map(FrameId).any(|other| {
                    other != frame
                        && matches!(sites.frame(other).kind, FrameKind::Loop { .. })
                        && self.within(other, frame)
                })
        })
    }
}

/// What is said of a body, with what tells its keywords and its words.
fn body_is(wanted: &BodyIs, keyword: impl Fn(&str) -> bool, word: impl Fn(&Words) -> bool) -> bool {
    let has = |words: &Words| word(words) || words.0.iter().any(|word| keyword(word));
    (wanted.has.is_empty() || has(&wanted.has)) && (wanted.lacks.is_empty() || !has(&wanted.lacks))
}

/// Whether a body can be left by a keyword, if it is one.
fn keyword(body: Body, word: &str) -> Option<bool> {
    match word {
        "break" => Some(body.breaks),
        "return" => Some(body.returns),
        "?" => Some(body.questions),
        ".await" => Some(body.awaits),
        _ => None,
    }
}

fn chain_is(wanted: &ChainIs, chain: &[Box<str>]) -> bool {
    let has = |words: &Words| chain.iter().any(|name| words.fit(name));
    (wanted.has.is_empty() || has(&wanted.has))
        && (wanted.lacks.is_empty() || !has(&wanted.lacks))
        && (wanted.ends.is_empty() || chain.last().is_some_and(|name| wanted.ends.fit(name)))
}

fn becomes(fate: Fate, wanted: FateIs) -> bool {
    match wanted {
        FateIs::Discarded => fate.discarded,
        FateIs::Unused => fate.unused,
        FateIs::Returned => fate.returned,
        FateIs::Stored => fate.stored,
        FateIs::Moved => fate.moved,
        FateIs::Bound => fate.bound,
    }
}
