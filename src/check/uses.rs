//! Where the graph breaks a [`Ban`]: single references, and chains as far as the rule looks.

use crate::boundaries::policy::Reach;
use crate::check::Violation;
use crate::check::bans::Ban;
use crate::check::view::View;
use crate::check::words;
use crate::graph::chains::{Arcs, Link, Search};
use crate::graph::{Grain, Graph};
use crate::model::{BitSet, Span};
use crate::resolve::{NodeId, Reference, ReferenceId};

/// A reference that breaks a ban.
pub(super) struct Use<'a> {
    pub ban: &'a Ban<'a>,
    pub reference: &'a Reference,
    /// What it names as far as the rule is concerned.
    pub target: NodeId,
    /// What else the same place names against the rule.
    pub others: Vec<NodeId>,
}

/// A chain of at least two hops that breaks a ban.
pub(super) struct Chain<'a> {
    pub ban: &'a Ban<'a>,
    pub links: Vec<Link>,
}

pub(super) fn violations(view: &View, bans: &[Ban]) -> Vec<Violation> {
    let mut violations: Vec<Violation> =
        uses(view, bans).iter().map(|one| words::direct(view, one)).collect();
    violations.extend(chains(view, bans).iter().map(|chain| words::indirect(view, chain)));
    violations
}

/// The places and the two ends of what [`violations`] tells of single references, in its order.
pub(super) fn edges(view: &View, bans: &[Ban]) -> Vec<(Span, NodeId, NodeId)> {
    let uses = uses(view, bans).into_iter();
    uses.map(|one| (one.reference.span, one.reference.from, one.target)).collect()
}

/// One for each place, none for a place whose imports are told already.
fn uses<'a>(view: &View<'a>, bans: &'a [Ban<'a>]) -> Vec<Use<'a>> {
    let broken = broken(view, bans);
    let told_by_imports = told_by_imports(view.graph, &broken);
    let told = broken.into_iter().filter(|(id, _)| !told_by_imports.contains(id.0 as usize));
    let mut uses: Vec<Use> = told.map(|(_, one)| one).collect();
    uses.sort_by_key(|one| (one.reference.span, one.reference.alternative, one.target));
    uses.dedup_by(|next, first| {
        let same = one_place(first.reference, next.reference);
        if same && next.target != first.target {
            first.others.push(next.target);
        }
        same
    });
    uses.retain(|one| !view.lets_pass(one.reference, one.target));
    uses
}

/// References whose first segment came in by imports that are all against the rule themselves:
/// the imports are the place to mend, and mending them breaks these.
fn told_by_imports(graph: &Graph, broken: &[(ReferenceId, Use)]) -> BitSet {
    let imports = |one: &Use| graph.resolution.imports(one.reference);
    let has = |set: &BitSet, id: &ReferenceId| set.contains(id.0 as usize);
    let mut all = BitSet::new();
    for (id, _) in broken {
        all.insert(id.0 as usize);
    }
    let (mut waiting, told): (Vec<_>, Vec<_>) = broken.iter().partition(|(_, one)| {
        let imports = imports(one);
        !imports.is_empty() && imports.iter().all(|import| has(&all, import))
    });
    let mut led = BitSet::new();
    for (id, _) in told {
        led.insert(id.0 as usize);
    }
    // An import may stand on another one, but in the end on one that is told itself.
    let mut by_imports = BitSet::new();
    let mut before = usize::MAX;
    while waiting.len() < before {
        before = waiting.len();
        waiting.retain(|(id, one)| {
            let follows = imports(one).iter().all(|import| has(&led, import));
            if follows {
                led.insert(id.0 as usize);
                by_imports.insert(id.0 as usize);
            }
            !follows
        });
    }
    by_imports
}

/// Every reference that breaks a ban, with the first ban that it breaks.
fn broken<'a>(view: &View<'a>, bans: &'a [Ban<'a>]) -> Vec<(ReferenceId, Use<'a>)> {
    let mut seen = BitSet::new();
    let mut broken: Vec<(ReferenceId, Use)> = Vec::new();
    for ban in bans {
        let first = broken.len();
        each_between(view.graph, ban, |id, reference| {
            if let Some(target) = view.target(reference)
                && view.graph.leads(&ban.from, &ban.to, reference, target)
                && !seen.contains(id.0 as usize)
            {
                seen.insert(id.0 as usize);
                broken.push((id, Use { ban, reference, target, others: Vec::new() }));
            }
        });
        broken[first..].sort_unstable_by_key(|(id, one)| (one.reference.from, *id));
    }
    broken
}

/// All references that leave the one side of a ban, or all that name something of the other:
/// whichever side is smaller. Most rules are about few nodes on one side.
fn each_between<'a>(graph: &'a Graph, ban: &Ban, mut look: impl FnMut(ReferenceId, &'a Reference)) {
    let node = |at: usize| NodeId(at as u32);
    if ban.from.len() <= ban.to.len() {
        let leaving = ban.from.iter().flat_map(|at| graph.outgoing(node(at)));
        leaving.for_each(|(id, one)| look(id, one));
    } else {
        let naming = ban.to.iter().flat_map(|at| graph.incoming(node(at)));
        naming.for_each(|(id, one)| look(id, one));
    }
}

/// `cfg`s and namespaces can give one path several meanings.
fn one_place(one: &Reference, two: &Reference) -> bool {
    one.span == two.span && !one.is_manifest() && !two.is_manifest()
}

fn chains<'a>(view: &View<'a>, bans: &'a [Ban<'a>]) -> Vec<Chain<'a>> {
    let Some(grain) = grain(view.rule.reach) else { return Vec::new() };
    let arcs = Arcs::new(view.graph, grain, |reference| view.judged(reference));
    let of = |ban: &'a Ban<'a>| {
        let search = Search { from: &ban.from, to: &ban.to, avoiding: &ban.avoiding };
        arcs.chains(search).into_iter().map(move |links| Chain { ban, links })
    };
    bans.iter().flat_map(of).collect()
}

fn grain(reach: Reach) -> Option<Grain> {
    match reach {
        Reach::Direct => None,
        Reach::Items => Some(Grain::Items),
        Reach::Modules => Some(Grain::Modules),
        Reach::Crates => Some(Grain::Crates),
    }
}
