//! Who calls a function: by its path, or as a method of a type that the calling function names.

use std::collections::BTreeSet;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::around::{Around, OFTEN};
use super::finds::Place;
use super::library::{PieceId, Read};
use super::{Code, Ground};
use crate::boundaries::flag::Context;
use crate::extract::sites::{FunctionId, SiteId, SiteKind};
use crate::model::{CodeScope, FileId};
use crate::resolve::{NodeId, NodeKind, ReferenceId, ReferenceKind};

/// How many calls upwards are followed.
const DEEPEST: usize = 12;

/// References by what they lead to, and items by where they are declared.
pub(super) struct Calls {
    /// Ordered by target.
    incoming: Vec<(NodeId, ReferenceId)>,
    declared: FxHashMap<(FileId, u32), NodeId>,
}

/// A place that calls a function, or hands it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    pub(super) piece: PieceId,
    pub(super) site: SiteId,
    pub(super) reference: Option<ReferenceId>,
}

/// A function with its body's place. Several functions may be one node: `From::from` of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Callee {
    pub(super) node: NodeId,
    pub(super) piece: PieceId,
    pub(super) function: FunctionId,
}

/// The calls of one function.
#[derive(Clone, Debug, Default)]
pub(super) struct Callers {
    pub(super) calls: Vec<Call>,
    /// There may be others: a method of this name is called on something unknown.
    pub(super) more: bool,
}

impl Calls {
    pub(super) fn new(code: Code<'_>) -> Self {
        let resolution = &code.graph.resolution;
        let item = |node: NodeId| resolution.node(node).kind == NodeKind::Item;
        let paths = code.graph.references().filter(|(_, one)| one.kind == ReferenceKind::Path);
        let mut incoming: Vec<_> =
            paths.filter(|(_, one)| item(one.to)).map(|(id, one)| (one.to, id)).collect();
        incoming.sort_unstable();
        let nodes = (0..).map(NodeId).zip(&resolution.nodes);
        let items = nodes.filter(|(_, node)| node.kind == NodeKind::Item);
        let declared = items.filter_map(|(id, node)| Some((node.span?, id)));
        let declared = declared.map(|(span, id)| ((span.file, span.start), id)).collect();
        Self { incoming, declared }
    }

    /// The item whose name stands here.
    pub(super) fn declared(&self, file: FileId, start: u32) -> Option<NodeId> {
        self.declared.get(&(file, start)).copied()
    }

    fn to(&self, node: NodeId) -> impl Iterator<Item = ReferenceId> {
        let first = self.incoming.partition_point(|(to, _)| *to < node);
        self.incoming[first..].iter().take_while(move |(to, _)| *to == node).map(|(_, id)| *id)
    }
}

impl Ground<'_> {
    /// A function of a file as something that may be called.
    pub(super) fn callee(&self, read: &Read<'_>, function: FunctionId) -> Option<Callee> {
        let node = self.function_node(read, function)?;
        Some(Callee { node, piece: read.id, function })
    }

    /// The calls of a function.
    pub(super) fn callers(&self, callee: Callee) -> Callers {
        let mut found = self.calls_as_method(callee);
        let by_path: Vec<Option<Call>> =
            self.calls.to(callee.node).map(|id| self.call(id)).collect();
        // In a macro that was not understood, say.
        found.more |= by_path.contains(&None);
        found.calls.splice(0..0, by_path.into_iter().flatten());
        found
    }

    fn calls_as_method(&self, callee: Callee) -> Callers {
        let mut found = Callers::default();
        let function = self.library.get(callee.piece).function(callee.function);
        if function.takes_self.is_some() {
            self.method_calls(callee, &function.name, &mut found);
        }
        found
    }

    /// The site at which a reference calls a function, or hands it over.
    fn call(&self, id: ReferenceId) -> Option<Call> {
        let span = self.code.graph.reference(id).span;
        let read = self.library.get(self.library.at(span.file, span.start)?);
        let names_it =
            |site: &&SiteId| matches!(read.site(**site).kind, SiteKind::Call | SiteKind::Path);
        let site = *read.starting_at(span.start).iter().find(names_it)?;
        Some(Call { piece: read.id, site, reference: Some(id) })
    }

    fn method_calls(&self, callee: Callee, name: &str, found: &mut Callers) {
        let of = self.code.graph.resolution.node(callee.node).parent;
        let Ok(word) = Regex::new(&format!(r"\.(?-u:\s)*{}(?-u:\b)", regex::escape(name))) else {
            return;
        };
        let calls = |text: &str| word.is_match(text);
        let all = self.code.files.facts.keys();
        let files = all.filter(|file| calls(&self.code.sources.file(**file).text));
        for piece in files.flat_map(|file| self.library.pieces_with(*file, calls)) {
            let read = self.library.get(piece);
            for id in read.ids() {
                let site = read.site(id);
                let SiteKind::Method { name: method, receiver } = &site.kind else { continue };
                if **method != *name {
                    continue;
                }
                let nodes = self.receiver_node(read, receiver, site.frame);
                let paths = self.receiver_paths(read, receiver, site.frame);
                if nodes.iter().any(|node| Some(*node) == of) {
                    found.calls.push(Call { piece, site: id, reference: None });
                } else if nodes.is_empty() && paths.is_empty() {
                    found.more = true;
                }
            }
        }
    }

    /// Whether a function is called from such places only, over any number of calls.
    pub(super) fn only_from(&self, callee: Callee, allowed: &dyn Fn(&Around) -> bool) -> bool {
        let mut open = BTreeSet::new();
        self.only_from_within(callee, allowed, &mut open)
    }

    fn only_from_within(
        &self,
        callee: Callee,
        allowed: &dyn Fn(&Around) -> bool,
        open: &mut BTreeSet<Callee>,
    ) -> bool {
        if open.len() > DEEPEST {
            return false;
        }
        // A circle of calls says nothing by itself.
        if !open.insert(callee) {
            return true;
        }
        let mut is_used = false;
        let mut is_fine = |call: &Call| {
            let counts = !self.is_recursion(call, callee.node);
            is_used |= counts;
            !counts || self.is_from(call, allowed, open)
        };
        // One call that is not allowed settles it: what comes behind it is not read at all.
        let mut by_path = self.calls.to(callee.node);
        by_path.all(|id| self.call(id).is_some_and(|call| is_fine(&call))) && {
            let as_method = self.calls_as_method(callee);
            !as_method.more && as_method.calls.iter().all(is_fine) && is_used
        }
    }

    /// Whether a call stands in such a place, or in a function that is called from such places only.
    fn is_from(
        &self,
        call: &Call,
        allowed: &dyn Fn(&Around) -> bool,
        open: &mut BTreeSet<Callee>,
    ) -> bool {
        let read = self.library.get(call.piece);
        let around = self.around(read, Place::Site(call.site));
        if allowed(&around) {
            return true;
        }
        let passes = [Context::TraitImpl, Context::Closure];
        if around.contexts.any(&OFTEN) || around.contexts.any(&passes) {
            return false;
        }
        let above = around.function.and_then(|id| self.callee(read, id));
        above.is_some_and(|above| self.only_from_within(above, allowed, open))
    }

    fn is_recursion(&self, call: &Call, node: NodeId) -> bool {
        call.reference.is_some_and(|id| self.code.graph.reference(id).from == node)
    }

    /// Whether a function is called from such a place, over at most so many calls.
    pub(super) fn reached_from(
        &self,
        callee: Callee,
        depth: usize,
        wanted: &dyn Fn(&Around) -> bool,
    ) -> bool {
        let mut seen = BTreeSet::from([callee]);
        let mut open = vec![callee];
        for _ in 0..depth.min(DEEPEST) {
            let mut next = Vec::new();
            for call in open.drain(..).flat_map(|callee| self.callers(callee).calls) {
                let read = self.library.get(call.piece);
                let around = self.around(read, Place::Site(call.site));
                if wanted(&around) {
                    return true;
                }
                let above = around.function.and_then(|id| self.callee(read, id));
                next.extend(above.filter(|above| seen.insert(*above)));
            }
            open = next;
        }
        false
    }

    /// Whether a function is registered for a route.
    pub(super) fn is_registered(&self, read: &Read<'_>, function: FunctionId) -> bool {
        let Some(callee) = self.callee(read, function) else { return false };
        let mut handed = self.calls.to(callee.node).filter(|id| !self.is_called(*id));
        handed.any(|id| {
            self.call(id).is_some_and(|call| {
                let read = self.library.get(call.piece);
                read.site(call.site).kind == SiteKind::Path
                    && self.around(read, Place::Site(call.site)).contexts.has(Context::Handler)
            })
        })
    }

    /// Whether a reference stands before its arguments, told without the file's syntax.
    fn is_called(&self, id: ReferenceId) -> bool {
        let span = self.code.graph.reference(id).span;
        let text = &self.code.sources.file(span.file).text;
        let behind = text.get(span.end as usize..).unwrap_or_default().trim_start();
        behind.starts_with('(')
    }
}

/// Whether code runs once for sure: at start-up, in an initialiser, or in what does not ship.
pub(super) fn runs_once(around: &Around) -> bool {
    let shipped = matches!(around.scope, CodeScope::Normal);
    let contexts = around.contexts;
    let starts = contexts.has(Context::Main) && !contexts.any(&OFTEN);
    !shipped || starts || contexts.any(&[Context::Once, Context::Test])
}
