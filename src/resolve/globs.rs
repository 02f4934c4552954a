//! Glob imports → copies of their sources' bindings.
//!
//! A prelude of thousands of names is globbed by hundreds of modules, each of which says a few of
//! them. What no one else can see is therefore copied only where the files that can see it say its
//! name at all.

use rustc_hash::FxHashSet;

use super::imports::Search;
use super::names::{ImportState, Names};
use super::spaces::{Binding, ImportId, Ns, SpaceId, Visible, in_namespace};
use super::symbols::Symbol;
use super::walk::{Guess, Walk};
use crate::extract::Import;
use crate::model::BitSet;

/// All glob imports whose sources are known.
#[derive(Debug)]
pub(super) struct Globs {
    all: Vec<Glob>,
    known: FxHashSet<(ImportId, SpaceId)>,
    audiences: Audiences,
}

/// A glob import and how much of its source it has copied.
#[derive(Debug)]
struct Glob {
    import: ImportId,
    into: SpaceId,
    source: SpaceId,
    visible: Visible,
    copied: usize,
    /// Index into the bodies: the only one that can see what is copied, if there is only one.
    audience: Option<usize>,
}

/// Who can see what is private to a module.
#[derive(Debug)]
struct Audiences {
    /// By module: the body in which it and all modules below it stand, if that is a single one.
    sole: Vec<Option<usize>>,
    /// By body: the names that it says, once somebody has asked for them.
    said: Vec<Option<BitSet>>,
}

impl Globs {
    /// None are known yet.
    pub(super) fn new(names: &Names<'_>) -> Self {
        let said = vec![None; names.bodies.len()];
        let audiences = Audiences { sole: sole_bodies(names), said };
        Self { all: Vec::new(), known: FxHashSet::default(), audiences }
    }
}

/// By module: the body in which it and all modules below it stand, if that is a single one.
fn sole_bodies(names: &Names<'_>) -> Vec<Option<usize>> {
    let mut bodies: Vec<SoFar> = vec![SoFar::None; names.tree.modules.len()];
    for (at, body) in names.bodies.iter().enumerate() {
        for module in &body.body.modules {
            let mut above = Some(*module);
            while let Some(module) = above {
                let known = &mut bodies[module.0 as usize];
                let now = known.and(at);
                if now == *known {
                    break;
                }
                *known = now;
                above = names.tree.modules[module.0 as usize].parent;
            }
        }
    }
    let sole = |known: SoFar| if let SoFar::One(body) = known { Some(body) } else { None };
    bodies.into_iter().map(sole).collect()
}

/// How many bodies were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SoFar {
    None,
    One(usize),
    Several,
}

impl SoFar {
    fn and(self, body: usize) -> Self {
        match self {
            Self::None => Self::One(body),
            Self::One(known) if known == body => self,
            Self::One(_) | Self::Several => Self::Several,
        }
    }
}

impl Audiences {
    fn of(&self, names: &Names<'_>, import: &ImportState) -> Option<usize> {
        let space = names.spaces.get(import.space);
        if space.around.is_some() {
            return Some(import.body as usize);
        }
        match import.visible {
            Visible::Within(module) if module == import.space => self.sole[module.0 as usize],
            Visible::Within(_) | Visible::Everywhere => None,
        }
    }

    /// The names that a body says.
    fn said_in(&mut self, names: &Names<'_>, body: usize) -> &BitSet {
        self.said[body].get_or_insert_with(|| {
            let mut said = BitSet::new();
            names.bodies[body].symbols.iter().for_each(|symbol| said.insert(symbol.0 as usize));
            said
        })
    }
}

impl Names<'_> {
    pub(super) fn evaluate_glob(
        &mut self,
        id: ImportId,
        facts: &Import,
        search: &mut Search,
    ) -> bool {
        let Search { globs, track, .. } = search;
        let import = &self.imports[id.0 as usize];
        let (into, visible) = (import.space, import.visible);
        let found = if import.segments.is_empty() {
            // `use *;` of the 2015 edition: everything of the crate's root.
            let root = self.spaces.root(self.spaces.get(into).module);
            vec![self.spaces.get(root).node]
        } else {
            let start = self.start(id, facts, &[Ns::Type, Ns::Any], Guess::Globbed);
            match self.walk(track, start) {
                Walk::Found(hits) => hits.into_iter().map(|hit| hit.node).collect(),
                Walk::Pending | Walk::Absent(_) => return false,
            }
        };
        let audience = globs.audiences.of(self, &self.imports[id.0 as usize]);
        let mut moved = false;
        for node in found {
            moved |= !std::mem::replace(&mut self.imports[id.0 as usize].found, true);
            let Some(source) = self.spaces.of_node(node) else {
                let globs = &mut self.spaces.get_mut(into).external_globs;
                if self.nodes.is_external(&track.fresh, node)
                    && globs.iter().all(|(known, _)| *known != node)
                {
                    globs.push((node, id));
                }
                continue;
            };
            if globs.known.insert((id, source)) {
                globs.all.push(Glob { import: id, into, source, visible, copied: 0, audience });
                self.spaces.get_mut(into).globbed.push(source);
                moved = true;
            }
        }
        moved
    }

    /// Copies what is new in the sources of all globs; true if something was.
    pub(super) fn copy_globs(&mut self, globs: &mut Globs) -> bool {
        let Globs { all, audiences, .. } = globs;
        let mut moved = false;
        for glob in all {
            let end = self.spaces.get(glob.source).log.len();
            if glob.copied < end {
                let said = glob.audience.map(|body| audiences.said_in(self, body));
                moved |= self
                    .copy(glob, end, |name| said.is_none_or(|said| said.contains(name.0 as usize)));
                glob.copied = end;
            }
            moved |= self.copy_external(glob);
        }
        moved
    }

    /// Copies the bindings of wanted names.
    fn copy(&mut self, glob: &Glob, end: usize, is_wanted: impl Fn(Symbol) -> bool) -> bool {
        let module = self.spaces.get(glob.into).module;
        let mut moved = false;
        for at in glob.copied..end {
            let (origin, binding) = self.spaces.get(glob.source).log[at];
            let entry = self.spaces.entry(origin);
            let name = entry.name;
            if !is_wanted(name) {
                continue;
            }
            let own = binding.import == Some(glob.import);
            let hidden = binding.glob
                && in_namespace(&entry.bindings, binding.ns).iter().any(|other| !other.glob);
            if own || hidden || !self.spaces.is_visible_from(binding.visible, module) {
                continue;
            }
            let copy = Binding {
                ns: binding.ns,
                node: binding.node,
                visible: self.spaces.narrower(glob.visible, binding.visible),
                import: Some(glob.import),
                origin: Some(origin),
                glob: true,
                holds: binding.holds && self.imports[glob.import.0 as usize].holds,
            };
            moved |= self.spaces.bind(glob.into, name, copy);
        }
        moved
    }

    /// Copies what the source itself globs from external crates.
    fn copy_external(&mut self, glob: &Glob) -> bool {
        let mut moved = false;
        for at in 0..self.spaces.get(glob.source).external_globs.len() {
            let (external, _) = self.spaces.get(glob.source).external_globs[at];
            let globs = &mut self.spaces.get_mut(glob.into).external_globs;
            if globs.iter().all(|(known, _)| *known != external) {
                globs.push((external, glob.import));
                moved = true;
            }
        }
        moved
    }
}
