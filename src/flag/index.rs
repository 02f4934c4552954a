//! Paths → the subjects that speak of them.

use rustc_hash::FxHashMap;

use super::Shape;
use super::paths::Paths;
use crate::boundaries::flag::Subject;
use crate::boundaries::flag::pattern::{PathPattern, Segment};
use crate::resolve::{NodeId, Resolution};

/// A subject of a rule: indices into the rules that are awake, and into the rule's subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SubjectId {
    pub(super) rule: usize,
    pub(super) subject: usize,
}

/// Patterns by the name that a path must bear to fit.
#[derive(Default)]
pub(super) struct Index {
    patterns: Vec<(PathPattern, SubjectId)>,
    by_last: FxHashMap<String, Vec<usize>>,
    by_first: FxHashMap<String, Vec<usize>>,
    any: Vec<usize>,
    /// Names of patterns that something in scope everywhere may fit, each with its rule.
    pub(super) everywhere: Vec<(usize, String)>,
}

impl Index {
    pub(super) fn new(rules: &[Shape<'_>], paths: &Paths<'_>) -> Self {
        let mut index = Self::default();
        for (rule, shape) in rules.iter().enumerate() {
            for (subject, kind) in shape.flag.subjects.iter().enumerate() {
                for pattern in patterns(kind) {
                    index.add(pattern, SubjectId { rule, subject }, paths);
                }
            }
        }
        index.everywhere.sort();
        index.everywhere.dedup();
        index
    }

    fn add(&mut self, pattern: &PathPattern, id: SubjectId, paths: &Paths<'_>) {
        let at = self.patterns.len();
        self.patterns.push((pattern.clone(), id));
        match (pattern.last_name(), pattern.segments.first()) {
            (Some(last), _) => self.by_last.entry(last.to_owned()).or_default().push(at),
            (None, Some(Segment::Name(first))) => {
                self.by_first.entry(first.clone()).or_default().push(at);
            }
            _ => self.any.push(at),
        }
        let names = pattern.segments.iter().rev().take(2).filter_map(|one| match one {
            Segment::Name(name) => Some(name),
            _ => None,
        });
        for name in names {
            let known = paths.in_scope_everywhere(name);
            let begins = |path: &str| pattern.text.starts_with(path);
            if known.iter().any(|path| begins(path)) {
                self.everywhere.push((id.rule, name.clone()));
            }
        }
    }

    /// Whether some subject could speak of a node, by its name and its crate's.
    pub(super) fn may_name(&self, resolution: &Resolution, node: NodeId) -> bool {
        let by_crate = || {
            let name = &*resolution.node(resolution.crate_of(node)).name;
            let name = name.strip_prefix("ext:").unwrap_or(name);
            let name = if matches!(name, "core" | "alloc") { "std" } else { name };
            self.by_first.contains_key(name)
        };
        !self.any.is_empty()
            || self.by_last.contains_key(&*resolution.node(node).name)
            || (!self.by_first.is_empty() && by_crate())
    }

    /// The subjects that speak of a path.
    pub(super) fn of<'i>(&'i self, path: &'i str) -> impl Iterator<Item = SubjectId> + 'i {
        let path = path.strip_prefix("ext:").unwrap_or(path);
        let last = path.rsplit("::").next().unwrap_or_default();
        let first = match path.split("::").next().unwrap_or_default() {
            "core" | "alloc" => "std",
            first => first,
        };
        let lists = [self.by_last.get(last), self.by_first.get(first), Some(&self.any)];
        let candidates = lists.into_iter().flatten().flatten();
        let fits = move |at: &&usize| self.patterns[**at].0.fits(path);
        candidates.filter(fits).map(|at| self.patterns[*at].1)
    }
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
