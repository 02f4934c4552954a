//! Who calls a function: by its path, or as a method of a type that the calling function names.

use std::collections::BTreeSet;

use super::Ground;
use super::around::{Around, OFTEN};
use super::finds::Place;
use super::library::{PieceId, Read};
use super::spelling::Word;
use crate::boundaries::flag::Context;
use crate::extract::sites::{FunctionId, Receiver, SiteId, SiteKind};
use crate::model::CodeScope;
use crate::resolve::{NodeId, NodeKind, ReferenceId, ReferenceKind};

/// How many calls upwards are followed.
const DEEPEST: usize = 12;

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

/// Places from which a function may be called.
#[derive(Clone, Copy)]
pub(super) struct Allowed<'f> {
    /// Whether a part of the build is allowed whatever else is around a place.
    pub(super) scope: fn(CodeScope) -> bool,
    /// Whether a place is.
    pub(super) around: &'f dyn Fn(&Around) -> bool,
}

impl Ground<'_> {
    /// A function of a file as something that may be called.
    pub(super) fn callee(&self, read: &Read<'_>, function: FunctionId) -> Option<Callee> {
        let node = self.function_node(read, function)?;
        Some(Callee { node, piece: read.id, function })
    }

    /// The calls of a function in some parts of the build, as far as it is known whom they call.
    pub(super) fn callers(&self, callee: Callee, is: impl Fn(CodeScope) -> bool) -> Vec<Call> {
        let named = self.named_by(callee.node).filter(|id| is(self.scope_at(*id)));
        let mut calls: Vec<Call> = named.filter_map(|id| self.call(id)).collect();
        let Some((of, name)) = self.as_method(callee) else { return calls };
        let Some(of) = of else { return calls };
        let Some(method) = Word::new(name, true) else { return calls };
        for file in self.files_telling_of(of) {
            let pieces = self.pieces_calling(file, &method).into_iter();
            for piece in pieces.filter(|piece| self.may_be_of(*piece, &is)) {
                let whom = self.whom(piece, name);
                let own = whom.filter(|(_, nodes, _)| nodes.contains(&of));
                calls.extend(own.map(|(site, ..)| Call { piece, site, reference: None }));
            }
        }
        calls
    }

    /// The calls of a function as a method; none if one may be of another type's, or of this one.
    fn sure_method_calls(&self, callee: Callee) -> Option<Vec<Call>> {
        let mut calls = Vec::new();
        let Some((of, name)) = self.as_method(callee) else { return Some(calls) };
        let Some(method) = Word::new(name, true) else { return Some(calls) };
        for file in self.files_calling(&method) {
            for piece in self.pieces_calling(file, &method) {
                for (site, nodes, receiver) in self.whom(piece, name) {
                    if of.is_some_and(|of| nodes.contains(&of)) {
                        calls.push(Call { piece, site, reference: None });
                    } else if nodes.is_empty() && self.is_unknown(piece, site, receiver) {
                        return None;
                    }
                }
            }
        }
        Some(calls)
    }

    /// The type of a method, and its name; none for a function that is called by its path only.
    fn as_method(&self, callee: Callee) -> Option<(Option<NodeId>, &str)> {
        let function = self.library.get(callee.piece).function(callee.function);
        function.takes_self?;
        Some((self.code.graph.resolution.node(callee.node).parent, &function.name))
    }

    /// The calls of methods of this name in a piece: of which types, and on what.
    fn whom<'g>(
        &'g self,
        piece: PieceId,
        name: &str,
    ) -> impl Iterator<Item = (SiteId, Vec<NodeId>, &'g Receiver)> {
        let read = self.library.get(piece);
        let calls = read.ids().filter_map(move |id| match &read.site(id).kind {
            SiteKind::Method { name: method, receiver } if **method == *name => {
                Some((id, receiver))
            }
            _ => None,
        });
        calls.map(|(id, receiver)| {
            (id, self.receiver_node(read, receiver, read.site(id).frame), receiver)
        })
    }

    fn is_unknown(&self, piece: PieceId, site: SiteId, receiver: &Receiver) -> bool {
        let read = self.library.get(piece);
        self.receiver_paths(read, receiver, read.site(site).frame).is_empty()
    }

    /// The references that call a function by its path, or hand it over.
    fn named_by(&self, node: NodeId) -> impl Iterator<Item = ReferenceId> {
        let item = self.code.graph.resolution.node(node).kind == NodeKind::Item;
        let named = self
            .code
            .graph
            .incoming(node)
            .filter(move |(_, one)| item && one.to == node && one.kind == ReferenceKind::Path);
        named.map(|(id, _)| id)
    }

    /// The site at which a reference calls a function, or hands it over.
    fn call(&self, id: ReferenceId) -> Option<Call> {
        let span = self.code.graph.reference(id).span;
        let read = self.library.get(self.library.at(span.file, span.start)?);
        let names_it =
            |site: &SiteId| matches!(read.site(*site).kind, SiteKind::Call | SiteKind::Path);
        let site = read.starting_at(span.start).find(names_it)?;
        Some(Call { piece: read.id, site, reference: Some(id) })
    }

    /// Whether a function is called from such places only, over any number of calls.
    pub(super) fn only_from(&self, callee: Callee, allowed: Allowed<'_>) -> bool {
        let mut open = BTreeSet::new();
        self.only_from_within(callee, allowed, &mut open)
    }

    fn only_from_within(
        &self,
        callee: Callee,
        allowed: Allowed<'_>,
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
        // One call that is not allowed settles it: what comes behind it is not read at all. Nor is
        // what is allowed by its part of the build, which may be hundreds of tests.
        let by_path = self.named_by(callee.node);
        let (sure, doubtful): (Vec<ReferenceId>, Vec<ReferenceId>) =
            by_path.partition(|id| (allowed.scope)(self.scope_at(*id)));
        let call = |id: ReferenceId| self.call(id);
        let is_elsewhere = |id: &ReferenceId| self.code.graph.reference(*id).from != callee.node;
        doubtful.into_iter().map(call).all(|call| call.as_ref().is_some_and(&mut is_fine))
            && self.sure_method_calls(callee).is_some_and(|calls| calls.iter().all(&mut is_fine))
            && (is_used || sure.iter().any(is_elsewhere))
    }

    /// Whether a call stands in such a place, or in a function that is called from such places only.
    fn is_from(&self, call: &Call, allowed: Allowed<'_>, open: &mut BTreeSet<Callee>) -> bool {
        let read = self.library.get(call.piece);
        let around = self.around(read, Place::Site(call.site));
        if (allowed.around)(&around) {
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
            for call in open.drain(..).flat_map(|callee| self.callers(callee, |_| true)) {
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
        let mut handed = self.named_by(callee.node).filter(|id| !self.is_called(*id));
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

/// Code that runs once for sure: at start-up, in an initialiser, or in what does not ship.
pub(super) const ONCE: Allowed<'static> = Allowed { scope: does_not_ship, around: &runs_once };

fn does_not_ship(scope: CodeScope) -> bool {
    scope != CodeScope::Normal
}

fn runs_once(around: &Around) -> bool {
    let contexts = around.contexts;
    let starts = contexts.has(Context::Main) && !contexts.any(&OFTEN);
    does_not_ship(around.scope) || starts || contexts.any(&[Context::Once, Context::Test])
}
