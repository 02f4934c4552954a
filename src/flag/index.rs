//! Paths → who asked for them, by patterns.

use rustc_hash::FxHashMap;

use super::Shape;
use super::everywhere::Everywhere;
use super::paths::Paths;
use crate::boundaries::flag::pattern::{PathPattern, Segment};
use crate::boundaries::flag::{Flag, Subject};
use crate::graph::{Grain, Graph};
use crate::resolve::NodeId;

/// A subject of a rule: indices into the rules that are awake, and into the rule's subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SubjectId {
    pub(super) rule: usize,
    pub(super) subject: usize,
}

/// Patterns by the names that a path must begin and end with to fit, each with who asks for it.
pub(super) struct Index<Id> {
    patterns: Vec<(PathPattern, Id)>,
    by_last: FxHashMap<String, ByFirst>,
    by_first: FxHashMap<String, Vec<usize>>,
    any: Vec<usize>,
}

/// Patterns that end in the same name.
#[derive(Default)]
struct ByFirst {
    named: FxHashMap<String, Vec<usize>>,
    /// They may begin with any name.
    any: Vec<usize>,
}

impl<Id> Default for Index<Id> {
    fn default() -> Self {
        let (by_last, by_first) = (FxHashMap::default(), FxHashMap::default());
        Self { patterns: Vec::new(), by_last, by_first, any: Vec::new() }
    }
}

impl<Id: Copy> Index<Id> {
    pub(super) fn add(&mut self, pattern: &PathPattern, id: Id) {
        let at = self.patterns.len();
        self.patterns.push((pattern.clone(), id));
        let first = match pattern.segments.first() {
            Some(Segment::Name(first)) => Some(first.clone()),
            _ => None,
        };
        let list = match (pattern.last_name(), first) {
            (Some(last), first) => {
                let lists = self.by_last.entry(last.to_owned()).or_default();
                match first {
                    Some(first) => lists.named.entry(first).or_default(),
                    None => &mut lists.any,
                }
            }
            (None, Some(first)) => self.by_first.entry(first).or_default(),
            _ => &mut self.any,
        };
        list.push(at);
    }

    /// Whether a pattern could fit the path of a node, by its name and its crate's.
    pub(super) fn may_name(&self, graph: &Graph, paths: &Paths<'_>, node: NodeId) -> bool {
        let resolution = &graph.resolution;
        if !self.any.is_empty() {
            return true;
        }
        let by_last = self.by_last.get(&*resolution.node(node).name);
        if by_last.is_none() && self.by_first.is_empty() {
            return false;
        }
        let name = &*resolution.node(graph.at(Grain::Crates, node)).name;
        let first = plain(name);
        by_last.is_some_and(|lists| {
            !lists.any.is_empty() || lists.named.contains_key(first) || paths.may_be_renamed(name)
        }) || self.by_first.contains_key(first)
    }

    /// Who asked for a path.
    pub(super) fn of<'i>(&'i self, path: &'i str) -> impl Iterator<Item = Id> + 'i {
        let last = path.rsplit("::").next().unwrap_or_default();
        let first = plain(path.split("::").next().unwrap_or_default());
        let by_last = self.by_last.get(last);
        let named = by_last.and_then(|lists| lists.named.get(first));
        let any = by_last.map(|lists| &lists.any);
        let lists = [named, any, self.by_first.get(first), Some(&self.any)];
        let candidates = lists.into_iter().flatten().flatten();
        let fits = move |at: &&usize| self.patterns[**at].0.fits(path);
        candidates.filter(fits).map(|at| self.patterns[*at].1)
    }
}

/// A crate's name as patterns spell it.
fn plain(name: &str) -> &str {
    let name = name.strip_prefix("ext:").unwrap_or(name);
    match name.strip_prefix("r#").unwrap_or(name) {
        "core" | "alloc" => "std",
        name => name,
    }
}

/// What all subjects speak of.
pub(super) fn subjects(rules: &[Shape<'_>]) -> Index<SubjectId> {
    let mut index = Index::default();
    for (rule, shape) in rules.iter().enumerate() {
        for (subject, kind) in shape.flag.subjects.iter().enumerate() {
            for pattern in patterns(kind) {
                index.add(pattern, SubjectId { rule, subject });
            }
        }
    }
    index
}

/// Names of what a rule's subjects speak of that may be in scope everywhere, sorted, once.
pub(super) fn of_everywhere<'f>(flag: &'f Flag, everywhere: &Everywhere<'_>) -> Vec<&'f str> {
    let mut found = Vec::new();
    for pattern in flag.subjects.iter().flat_map(patterns) {
        let begins = |path: &&str| pattern.text.starts_with(path);
        for segment in pattern.segments.iter().rev().take(2) {
            let Segment::Name(name) = segment else { continue };
            if everywhere.named(name).iter().any(begins) {
                found.push(name.as_str());
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The paths that a subject names.
fn patterns(subject: &Subject) -> &[PathPattern] {
    match subject {
        Subject::Call(paths)
        | Subject::Macro(paths)
        | Subject::Struct(paths)
        | Subject::Type(paths)
        | Subject::Attribute(paths)
        | Subject::Derive(paths) => paths,
        Subject::Method(_) | Subject::Literal(_) | Subject::Item(_) | Subject::Loop(_) => &[],
    }
}
