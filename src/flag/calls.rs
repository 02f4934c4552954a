//! Who calls a function: by its path, or as a method of a type that the calling function names.

use std::collections::BTreeSet;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::around::{Around, OFTEN};
use super::finds::Place;
use super::library::Read;
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
    pub(super) file: FileId,
    pub(super) site: SiteId,
    pub(super) reference: Option<ReferenceId>,
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
    /// The calls of a function.
    pub(super) fn callers(&self, node: NodeId) -> Callers {
        let mut found = Callers::default();
        for id in self.calls.to(node) {
            let span = self.code.graph.reference(id).span;
            let read = self.library.get(span.file);
            let called =
                |site: &&SiteId| matches!(read.site(**site).kind, SiteKind::Call | SiteKind::Path);
            match read.starting_at(span.start).iter().find(called) {
                Some(site) => {
                    let (file, reference) = (span.file, Some(id));
                    found.calls.push(Call { file, site: *site, reference });
                }
                // In a macro that was not understood, say.
                None => found.more = true,
            }
        }
        if let Some((file, function)) = self.function_at(node) {
            let read = self.library.get(file);
            if read.function(function).takes_self.is_some() {
                self.method_calls(node, &mut found);
            }
        }
        found
    }

    /// The function that a node is.
    fn function_at(&self, node: NodeId) -> Option<(FileId, FunctionId)> {
        let span = self.code.graph.resolution.node(node).span?;
        self.code.files.facts.get(&span.file)?;
        let read = self.library.get(span.file);
        let mut functions = (0..).map(FunctionId).zip(&read.sites.functions);
        let (id, _) = functions.find(|(_, one)| one.range.start == span.start)?;
        Some((span.file, id))
    }

    /// Whether a node is a function or method of the workspace.
    fn method_calls(&self, node: NodeId, found: &mut Callers) {
        let resolution = &self.code.graph.resolution;
        let (name, of) = (&resolution.node(node).name, resolution.node(node).parent);
        let Ok(word) = Regex::new(&format!(r"\.\s*{}\b", regex::escape(name))) else { return };
        for file in self.code.files.facts.keys() {
            if !word.is_match(&self.code.sources.file(*file).text) {
                continue;
            }
            let read = self.library.get(*file);
            for id in read.ids() {
                let site = read.site(id);
                let SiteKind::Method { name: called, receiver } = &site.kind else { continue };
                if called != name {
                    continue;
                }
                let nodes = self.receiver_node(read, receiver, site.frame);
                let paths = self.receiver_paths(read, receiver, site.frame);
                if nodes.iter().any(|node| Some(*node) == of) {
                    found.calls.push(Call { file: *file, site: id, reference: None });
                } else if nodes.is_empty() && paths.is_empty() {
                    found.more = true;
                }
            }
        }
    }

    /// Whether a function is called from such places only, over any number of calls.
    pub(super) fn only_from(&self, node: NodeId, allowed: &dyn Fn(&Around) -> bool) -> bool {
        let mut open = BTreeSet::new();
        self.only_from_within(node, allowed, &mut open)
    }

    fn only_from_within(
        &self,
        node: NodeId,
        allowed: &dyn Fn(&Around) -> bool,
        open: &mut BTreeSet<NodeId>,
    ) -> bool {
        if open.len() > DEEPEST {
            return false;
        }
        // A circle of calls says nothing by itself.
        if !open.insert(node) {
            return true;
        }
        let callers = self.callers(node);
        let calls = callers.calls.iter().filter(|call| !self.is_recursion(call, node));
        let mut calls = calls.peekable();
        if callers.more || calls.peek().is_none() {
            return false;
        }
        calls.all(|call| {
            let read = self.library.get(call.file);
            let place = Place::Site(call.site);
            let around = self.around(read, place);
            if allowed(&around) {
                return true;
            }
            let passes = [Context::TraitImpl, Context::Closure];
            if around.contexts.any(&OFTEN) || around.contexts.any(&passes) {
                return false;
            }
            let above = around.function.and_then(|id| self.function_node(read, id));
            above.is_some_and(|above| self.only_from_within(above, allowed, open))
        })
    }

    fn is_recursion(&self, call: &Call, node: NodeId) -> bool {
        call.reference.is_some_and(|id| self.code.graph.reference(id).from == node)
    }

    /// Whether a function is called from such a place, over at most so many calls.
    pub(super) fn reached_from(
        &self,
        node: NodeId,
        depth: usize,
        wanted: &dyn Fn(&Around) -> bool,
    ) -> bool {
        let mut seen = BTreeSet::from([node]);
        let mut open = vec![node];
        for _ in 0..depth.min(DEEPEST) {
            let mut next = Vec::new();
            for call in open.drain(..).flat_map(|node| self.callers(node).calls) {
                let read = self.library.get(call.file);
                let around = self.around(read, Place::Site(call.site));
                if wanted(&around) {
                    return true;
                }
                let above = around.function.and_then(|id| self.function_node(read, id));
                next.extend(above.filter(|above| seen.insert(*above)));
            }
            open = next;
        }
        false
    }

    /// Whether a function is registered for a route.
    pub(super) fn is_registered(&self, read: &Read<'_>, function: FunctionId) -> bool {
        let Some(node) = self.function_node(read, function) else { return false };
        let callers = self.callers(node).calls;
        callers.iter().any(|call| {
            let read = self.library.get(call.file);
            read.site(call.site).kind == SiteKind::Path
                && self.around(read, Place::Site(call.site)).contexts.has(Context::Handler)
        })
    }
}

/// Whether code runs once for sure: at start-up, in an initialiser, or in what does not ship.
pub(super) fn runs_once(around: &Around) -> bool {
    let shipped = matches!(around.scope, CodeScope::Normal);
    let contexts = around.contexts;
    let starts = contexts.has(Context::Main) && !contexts.any(&OFTEN);
    !shipped || starts || contexts.any(&[Context::Once, Context::Test])
}
