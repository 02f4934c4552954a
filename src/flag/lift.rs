//! Finds → violations: circumstances asked, and the blame passed from constructors to callers.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::around::{Around, OFTEN, OFTEN_BEYOND_LOOPS};
use super::calls::{Call, Callee, ONCE};
use super::conditions::Case;
use super::finds::{Find, Place};
use super::library::Read;
use super::words::{self, Said};
use super::{Ground, Shape};
use crate::boundaries::flag::{Condition, Context, Plain};
use crate::boundaries::policy::Verb;
use crate::check::{Step, Violation};
use crate::model::{Severity, Span};
use crate::resolve::NodeId;

/// How many constructors a chain may have.
const LONGEST: usize = 8;

/// What a rule found, with the rule's index among those that are awake.
pub(super) struct Found {
    pub(super) rule: usize,
    pub(super) violation: Violation,
    /// The item it stands in, and what it leads to.
    pub(super) ends: (Option<NodeId>, Option<NodeId>),
}

/// Judges every find.
pub(super) fn judge(ground: &Ground<'_>, finds: &[Find]) -> Vec<Found> {
    let by_rule: Vec<&[Find]> = finds.chunk_by(|one, two| one.rule == two.rule).collect();
    let judged = by_rule.into_par_iter().map(|finds| {
        let judge = Judge { ground, shape: &ground.rules[finds[0].rule] };
        if judge.shape.flag.callers {
            judge.with_callers(finds)
        } else {
            judge.by_themselves(finds)
        }
    });
    judged.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// One rule.
struct Judge<'g, 'a> {
    ground: &'g Ground<'a>,
    shape: &'g Shape<'a>,
}

/// A find, or a call that leads to one.
#[derive(Clone)]
struct Suspect {
    find: Find,
    /// From this find to the construction itself; empty where it is that.
    chain: Vec<Step>,
    /// What is built in the end, and where.
    built: (String, Option<Span>),
}

impl Judge<'_, '_> {
    fn by_themselves(&self, finds: &[Find]) -> Vec<Found> {
        let judged = finds.par_iter().filter_map(|find| {
            let read = self.ground.library.get(find.piece);
            let around = self.ground.around(read, find.place);
            let case = Case { ground: self.ground, read, find, around: &around, lifted: false };
            let flag = self.shape.flag;
            let holds = self.is_judged(read, find, &around)
                && case.all(&flag.when)
                && !case.any(&flag.unless);
            let suspect = || Suspect {
                find: find.clone(),
                chain: Vec::new(),
                built: (find.path.clone(), None),
            };
            holds.then(|| self.found(read, &suspect(), &around, self.shape.rule.severity))
        });
        judged.collect()
    }

    fn with_callers(&self, finds: &[Find]) -> Vec<Found> {
        let suspect = |find: &Find| Suspect {
            find: find.clone(),
            chain: Vec::new(),
            built: (find.path.clone(), None),
        };
        let mut open: Vec<Suspect> = finds.iter().map(suspect).collect();
        let (mut seen, mut lifted) = (BTreeSet::new(), BTreeSet::new());
        let mut found = Vec::new();
        while !open.is_empty() {
            open.retain(|suspect| seen.insert((suspect.find.piece, suspect.find.place)));
            let judged: Vec<Judged> = open.par_iter().map(|suspect| self.judged(suspect)).collect();
            let mut handed_on = Vec::new();
            for (suspect, judged) in open.into_iter().zip(judged) {
                match judged {
                    Judged::Fine => {}
                    Judged::HandsOn(callee) => {
                        if lifted.insert(callee) && suspect.chain.len() < LONGEST {
                            handed_on.push((suspect, callee));
                        }
                    }
                    Judged::AtFault(one) => found.push(*one),
                }
            }
            let callers = handed_on.par_iter().map(|(suspect, callee)| {
                self.callers(self.ground.library.get(suspect.find.piece), suspect, *callee)
            });
            open = callers.collect::<Vec<_>>().concat();
        }
        found
    }

    fn judged(&self, suspect: &Suspect) -> Judged {
        let read = self.ground.library.get(suspect.find.piece);
        let around = self.ground.around(read, suspect.find.place);
        match self.verdict(read, suspect, &around) {
            Outcome::Fine => Judged::Fine,
            Outcome::HandsOn(callee) => Judged::HandsOn(callee),
            Outcome::AtFault(severity) => {
                Judged::AtFault(Box::new(self.found(read, suspect, &around, severity)))
            }
        }
    }

    /// Whether a rule speaks of code here at all.
    fn is_judged(&self, read: &Read<'_>, find: &Find, around: &Around) -> bool {
        if !self.shape.rule.scopes.contains(around.scope) {
            return false;
        }
        let Verb::Flag { from, .. } = &self.shape.rule.verb else { return true };
        let from = from.iter().map(|from| &from.nodes);
        let mut sets = from.chain(&self.shape.rule.within).peekable();
        if sets.peek().is_none() {
            return true;
        }
        let owner = self.ground.owner(read, find.place);
        owner.is_some_and(|owner| sets.all(|set| set.contains(owner.0 as usize)))
    }

    fn verdict(&self, read: &Read<'_>, suspect: &Suspect, around: &Around) -> Outcome {
        let (flag, find) = (self.shape.flag, &suspect.find);
        let lifted = !suspect.chain.is_empty();
        let case = Case { ground: self.ground, read, find, around, lifted };
        let is_fate = |condition: &&Condition| matches!(condition, Condition::Result(_));
        let excused = || flag.unless.iter().filter(|one| !is_fate(one)).any(|one| case.holds(one));
        if !self.shape.rule.scopes.contains(around.scope) || (!lifted && !case.all(&flag.when)) {
            return Outcome::Fine;
        }
        if excused() || self.runs_once_here(around) {
            return Outcome::Fine;
        }
        let often = around.contexts.any(&OFTEN);
        // To return what is built leaves every loop around it.
        let again = around.contexts.any(&OFTEN_BEYOND_LOOPS);
        let function = around.function.and_then(|id| self.ground.callee(read, id));
        if !again && self.ground.hands_on(read, find) {
            return function.map_or(Outcome::Fine, Outcome::HandsOn);
        }
        if flag.unless.iter().filter(is_fate).any(|one| case.holds(one))
            || !self.is_judged(read, find, around)
            || (!often && function.is_some_and(|callee| self.ground.only_from(callee, ONCE)))
        {
            return Outcome::Fine;
        }
        self.severity(read, around).map_or(Outcome::Fine, Outcome::AtFault)
    }

    /// A private static is private to the rule's taste: `unless` says so itself where it matters.
    fn runs_once_here(&self, around: &Around) -> bool {
        let contexts = around.contexts;
        let asked = self.asks_about_visibility() && contexts.has(Context::Once);
        let starts = contexts.has(Context::Main) && !contexts.any(&OFTEN);
        !asked && (starts || contexts.any(&[Context::Once, Context::Cached, Context::ByValue]))
    }

    /// Whether the rule tells initialisers apart by who may name the static.
    fn asks_about_visibility(&self) -> bool {
        fn asks(conditions: &[Condition]) -> bool {
            conditions.iter().any(|condition| match condition {
                Condition::Visibility(_) => true,
                Condition::Any(lists) => lists.iter().any(|list| asks(list)),
                _ => false,
            })
        }
        asks(&self.shape.flag.unless)
    }

    /// The rule's severity where code runs often; in a plain function what the rule says.
    fn severity(&self, read: &Read<'_>, around: &Around) -> Option<Severity> {
        let severity = self.shape.rule.severity;
        let often = |contexts: &[Context]| around.contexts.any(contexts);
        let registered = || around.function.is_some_and(|id| self.ground.is_registered(read, id));
        if often(&OFTEN) || often(&[Context::Method, Context::TraitImpl]) || registered() {
            return Some(severity);
        }
        match self.shape.flag.plain {
            Plain::Same => Some(severity),
            Plain::Lower if severity == Severity::Deny => Some(Severity::Warn),
            Plain::Lower => Some(Severity::Info),
            Plain::Off => None,
        }
    }

    /// The calls of a function that hands on what it builds.
    fn callers(&self, read: &Read<'_>, suspect: &Suspect, callee: Callee) -> Vec<Suspect> {
        let resolution = &self.ground.code.graph.resolution;
        let path = resolution.path(callee.node);
        let span = span(read, &suspect.find);
        let step = Step { from: path.clone(), to: suspect.find.path.clone(), span };
        let built = (suspect.built.0.clone(), suspect.built.1.or(Some(span)));
        // A call that the rule does not judge leads nowhere.
        let is_judged = |scope| self.shape.rule.scopes.contains(scope);
        let calls = self.ground.callers(callee, is_judged).into_iter();
        calls
            .map(|Call { piece, site, reference }| Suspect {
                find: Find {
                    rule: suspect.find.rule,
                    piece,
                    place: Place::Site(site),
                    path: path.clone(),
                    reference,
                },
                chain: std::iter::once(step.clone()).chain(suspect.chain.clone()).collect(),
                built: built.clone(),
            })
            .collect()
    }

    fn found(
        &self,
        read: &Read<'_>,
        suspect: &Suspect,
        around: &Around,
        severity: Severity,
    ) -> Found {
        let owner = self.ground.owner(read, suspect.find.place);
        let target = suspect.find.reference.map(|id| self.ground.code.graph.reference(id).to);
        let said = Said {
            find: &suspect.find,
            chain: &suspect.chain,
            built: (&suspect.built.0, suspect.built.1),
            span: span(read, &suspect.find),
            around,
            severity,
            ends: (owner, target),
        };
        let violation = words::violation(self.ground, self.shape, read, &said);
        Found { rule: suspect.find.rule, violation, ends: (owner, target) }
    }
}

/// What becomes of a suspect.
enum Outcome {
    Fine,
    /// The function that hands on what is built.
    HandsOn(Callee),
    AtFault(Severity),
}

/// The same, with what is said of a fault.
enum Judged {
    Fine,
    HandsOn(Callee),
    AtFault(Box<Found>),
}

fn span(read: &Read<'_>, find: &Find) -> Span {
    let range = read.range(find.place);
    Span { file: read.file, start: range.start, end: range.end }
}
