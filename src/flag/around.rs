//! Where code stands: the contexts of a place.

use super::Ground;
use super::finds::Place;
use super::library::Read;
use crate::boundaries::flag::Context;
use crate::boundaries::flag::pattern::{PathPattern, any_fits};
use crate::discover::TargetKind;
use crate::extract::Range;
use crate::extract::sites::{
    FrameId, FrameKind, Function, FunctionId, LoopKind, Receiver, SelfKind, SiteId, SiteKind,
};
use crate::model::{CodeScope, FileId};
use crate::resolve::{NodeId, NodeKind};

/// A set of contexts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Contexts(u32);

impl Contexts {
    fn add(&mut self, context: Context) {
        self.0 |= 1 << context as u32;
    }

    pub(super) fn has(self, context: Context) -> bool {
        self.0 >> context as u32 & 1 == 1
    }

    pub(super) fn any(self, contexts: &[Context]) -> bool {
        contexts.iter().any(|context| self.has(*context))
    }

    fn add_if(&mut self, holds: bool, context: Context) {
        if holds {
            self.add(context);
        }
    }
}

/// What makes code run often, wherever its function is called from.
pub(super) const OFTEN: [Context; 4] =
    [Context::Loop, Context::IteratorClosure, Context::Handler, Context::Spawned];

/// The same without loops, which end where what is built in them is returned.
pub(super) const OFTEN_BEYOND_LOOPS: [Context; 3] =
    [Context::IteratorClosure, Context::Handler, Context::Spawned];

/// Where a place stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    pub(super) contexts: Contexts,
    pub(super) scope: CodeScope,
    /// The innermost function.
    pub(super) function: Option<FunctionId>,
    /// The static or constant whose initialiser it stands in.
    pub(super) global: Option<u32>,
}

impl Ground<'_> {
    /// The surroundings of a place.
    pub(super) fn around(&self, read: &Read<'_>, place: Place) -> Around {
        let frame = read.frame(place);
        let mut contexts = Contexts::default();
        if let Place::Site(id) = place {
            let site = read.site(id);
            for range in [site.range, site.whole] {
                if let Some(argument) = read.argument_of(range) {
                    self.handed(read, argument, site.kind == SiteKind::Path, &mut contexts);
                }
            }
        }
        let (function, global) = self.frames(read, frame, &mut contexts);
        let scope = self.scope(read, read.range(place), function);
        contexts.add_if(scope == CodeScope::Test, Context::Test);
        contexts.add_if(scope == CodeScope::Bench, Context::Bench);
        contexts.add_if(scope == CodeScope::Example, Context::Example);
        contexts.add_if(scope == CodeScope::Build, Context::BuildScript);
        let often = [Context::TraitImpl, Context::Method];
        contexts.add_if(!contexts.any(&OFTEN) && !contexts.any(&often), Context::Plain);
        Around { contexts, scope, function, global }
    }

    /// From the inside out, up to the function or initialiser.
    fn frames(
        &self,
        read: &Read<'_>,
        frame: FrameId,
        contexts: &mut Contexts,
    ) -> (Option<FunctionId>, Option<u32>) {
        for (_, frame) in read.sites.around(frame) {
            match &frame.kind {
                FrameKind::Function(id) => {
                    self.function_contexts(read, *id, contexts);
                    return (Some(*id), None);
                }
                FrameKind::Global(at) => {
                    contexts.add(Context::Once);
                    return (None, Some(*at));
                }
                FrameKind::Loop { kind, .. } => {
                    contexts.add(Context::Loop);
                    contexts.add(match kind {
                        LoopKind::For => Context::ForLoop,
                        LoopKind::While => Context::WhileLoop,
                        LoopKind::Endless => Context::EndlessLoop,
                    });
                }
                FrameKind::Closure { argument_of, is_async } => {
                    contexts.add(Context::Closure);
                    if let Some(argument) = argument_of {
                        self.handed(read, *argument, true, contexts);
                    }
                    let runs_here = !contexts.has(Context::Offloaded);
                    contexts.add_if(*is_async && runs_here, Context::Async);
                }
                FrameKind::Async { argument_of } => {
                    contexts.add_if(!contexts.has(Context::Offloaded), Context::Async);
                    if let Some(argument) = argument_of {
                        self.handed(read, *argument, true, contexts);
                    }
                }
                FrameKind::Macro(id) => {
                    let known = &self.code.policy.contexts.once_macros;
                    contexts.add_if(self.site_is(read, *id, known), Context::Once);
                }
                FrameKind::File | FrameKind::Module | FrameKind::Block => {}
            }
        }
        (None, None)
    }

    fn site_is(&self, read: &Read<'_>, id: SiteId, patterns: &[PathPattern]) -> bool {
        let mut meanings = self.paths.of_site(read.file, read.site(id)).into_iter();
        meanings.any(|meaning| any_fits(patterns, &meaning.path))
    }

    /// What becomes of something that a call is handed; `runs` if the call will run it.
    fn handed(
        &self,
        read: &Read<'_>,
        (call, _): (SiteId, u32),
        runs: bool,
        contexts: &mut Contexts,
    ) {
        let known = &self.code.policy.contexts;
        let is = |calls| self.is_one_of(read, call, calls);
        contexts.add_if(is(&known.spawners), Context::Spawned);
        contexts.add_if(is(&known.offloaders), Context::Offloaded);
        if runs {
            contexts.add_if(is(&known.once), Context::Once);
            contexts.add_if(is(&known.cached), Context::Cached);
            contexts.add_if(is(&known.handlers), Context::Handler);
            contexts.add_if(self.is_iterator(read, call), Context::IteratorClosure);
        }
    }

    /// Whether a call runs what it is handed for each element.
    pub(super) fn is_iterator(&self, read: &Read<'_>, call: SiteId) -> bool {
        let known = &self.code.policy.contexts;
        let site = read.site(call);
        let SiteKind::Method { name, receiver } = &site.kind else {
            return self.site_is(read, call, &known.iterator_calls);
        };
        if known.iterators.fit(name) {
            return true;
        }
        if !known.maybe_iterators.fit(name) {
            return false;
        }
        let range = Range { start: site.whole.start, end: site.range.start };
        let root = match receiver {
            Receiver::Site(root) => Some(*root),
            _ => None,
        };
        read.before(site).any(|before| known.sources.fit(before))
            || root.is_some_and(|root| self.site_is(read, root, &known.iterator_calls))
            || is_range(read.written(range))
    }

    fn function_contexts(&self, read: &Read<'_>, id: FunctionId, contexts: &mut Contexts) {
        let function = read.function(id);
        let known = &self.code.policy.contexts;
        let is = |range: &Range, patterns: &[PathPattern]| {
            self.paths.at(read.file, *range).iter().any(|one| any_fits(patterns, &one.path))
        };
        let attribute = |patterns: &[PathPattern]| {
            function.attributes.iter().any(|range| is(range, patterns))
                || function.attribute_texts.iter().any(|text| any_fits(patterns, text))
        };
        contexts.add_if(function.is_async && !contexts.has(Context::Offloaded), Context::Async);
        contexts.add_if(attribute(&known.test_attributes), Context::Test);
        let main = self.is_main(read, function) || attribute(&known.main_attributes);
        contexts.add_if(main, Context::Main);
        let by_trait = |patterns: &[PathPattern]| {
            function.of_trait.as_ref().is_some_and(|range| is(range, patterns))
        };
        let handler = attribute(&known.handler_attributes) || by_trait(&known.handler_traits);
        contexts.add_if(handler, Context::Handler);
        contexts.add_if(function.of_trait.is_some(), Context::TraitImpl);
        let drop = function.of_trait.filter(|_| *function.name == *"drop");
        contexts
            .add_if(drop.is_some_and(|range| read.written(range).ends_with("Drop")), Context::Drop);
        match function.takes_self {
            Some(SelfKind::Value) => contexts.add(Context::ByValue),
            Some(_) => contexts.add(Context::Method),
            None => contexts.add_if(self.makes_own(read, function), Context::Constructor),
        }
    }

    /// Whether a function returns the type of whose `impl` it is part.
    pub(super) fn makes_own(&self, read: &Read<'_>, function: &Function) -> bool {
        let own = function.frame.and_then(|frame| self.own_type(read, frame));
        let returns = |range: &Range| self.paths.node_at(read.file, *range) == own;
        function.self_type.is_some() && function.returns_self
            || (own.is_some() && function.returns.iter().any(returns))
    }

    /// `fn main` at the root of a program.
    fn is_main(&self, read: &Read<'_>, function: &Function) -> bool {
        let at_root = read.sites.frame(function.parent).kind == FrameKind::File;
        if !at_root || *function.name != *"main" {
            return false;
        }
        let path = &self.code.sources.file(read.file).path;
        let targets = self.code.workspace.packages.iter().flat_map(|package| &package.targets);
        let mut roots = targets.filter(|target| target.root == *path);
        roots.any(|target| !matches!(target.kind, TargetKind::Lib))
    }

    /// The part of the build: of a reference nearby, in the same function if it has one.
    fn scope(&self, read: &Read<'_>, place: Range, function: Option<FunctionId>) -> CodeScope {
        let body = function.and_then(|id| read.function(id).frame);
        let body = body.map(|frame| read.sites.frame(frame).range);
        let around = body.unwrap_or(Range { start: place.start, end: place.end });
        let references = self.in_range(read.file, around);
        let nearest = references.iter().min_by_key(|one| one.span.start.abs_diff(place.start));
        match nearest {
            Some(one) => one.scope,
            None => self.scope_of_file(read.file, place),
        }
    }

    pub(super) fn in_range(&self, file: FileId, range: Range) -> &[crate::resolve::Reference] {
        let (_, all) = self.paths.in_file(file);
        let at = |start: u32| all.partition_point(|one| one.span.start < start);
        &all[at(range.start)..at(range.end.max(range.start + 1))]
    }

    /// What references say that stand before or behind, as they do in a file of tests.
    fn scope_of_file(&self, file: FileId, place: Range) -> CodeScope {
        let all = self.in_range(file, Range { start: 0, end: u32::MAX });
        let behind = all.partition_point(|one| one.span.start < place.start);
        let nearest = behind.checked_sub(1).map_or(all.first(), |before| all.get(before));
        nearest.map_or(CodeScope::Normal, |one| one.scope)
    }

    /// The item around a place, or its module.
    pub(super) fn owner(&self, read: &Read<'_>, place: Place) -> Option<NodeId> {
        let range = read.range(place);
        let own = match place {
            Place::Site(_) => {
                self.paths.references(read.file, range.start).next().map(|(_, one)| one.from)
            }
            Place::Function(id) => self.function_node(read, id),
            Place::Field(at, _) => self.declared.at(read.file, read.sites.types[at].range.start),
            Place::Type(_) | Place::Global(_) => self.declared.at(read.file, range.start),
        };
        if own.is_some() {
            return own;
        }
        let function = read.function_of(read.frame(place));
        let node = function.and_then(|id| self.function_node(read, id));
        node.or_else(|| self.nearby(read.file, range))
    }

    /// The item that a function is.
    pub(super) fn function_node(&self, read: &Read<'_>, id: FunctionId) -> Option<NodeId> {
        let function = read.function(id);
        let declared = self.declared.at(read.file, function.range.start);
        declared.or_else(|| {
            let body = read.sites.frame(function.frame?).range;
            let inside = self.in_range(read.file, body).iter();
            let own = |at: u32| {
                let nested = read.sites.functions.iter().filter_map(|other| other.frame);
                let nested = nested.map(|frame| read.sites.frame(frame).range);
                let mut nested = nested.filter(|other| body.start < other.start);
                !nested.any(|other| other.start <= at && at < other.end)
            };
            inside.filter(|one| own(one.span.start)).map(|one| one.from).next()
        })
    }

    /// The module of whatever stands nearest.
    fn nearby(&self, file: FileId, range: Range) -> Option<NodeId> {
        let resolution = &self.code.graph.resolution;
        let all = self.in_range(file, Range { start: 0, end: u32::MAX });
        let behind = all.partition_point(|one| one.span.start < range.start);
        let nearest = behind.checked_sub(1).map_or(all.first(), |before| all.get(before));
        nearest.map(|one| resolution.module(one.from)).or_else(|| self.module_of_file(file))
    }

    fn module_of_file(&self, file: FileId) -> Option<NodeId> {
        let nodes = (0..).map(NodeId).zip(&self.code.graph.resolution.nodes);
        let mut roots = nodes.filter(|(_, node)| {
            matches!(node.kind, NodeKind::Crate { .. })
                && node.span.is_some_and(|span| span.file == file)
        });
        roots.next().map(|(id, _)| id)
    }
}

/// `(0..n)`: an iterator without a call.
fn is_range(before: &str) -> bool {
    before.starts_with('(') && before.contains("..")
}

impl Read<'_> {
    /// Whether a frame is such a loop.
    pub(super) fn is_loop(&self, frame: FrameId, wanted: LoopKind) -> bool {
        matches!(&self.sites.frame(frame).kind, FrameKind::Loop { kind, .. } if *kind == wanted)
    }
}
