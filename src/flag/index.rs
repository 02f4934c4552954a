//! Paths → the subjects that speak of them.

use rustc_hash::FxHashMap;

use super::Shape;
use super::paths::Paths;
use crate::boundaries::flag::Subject;
use crate::boundaries::flag::pattern::{PathPattern, Segment};

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
}

impl Index {
    pub(super) fn new(rules: &[Shape<'_>]) -> Self {
        let mut index = Self::default();
        for (rule, shape) in rules.iter().enumerate() {
            for (subject, kind) in shape.flag.subjects.iter().enumerate() {
                for pattern in patterns(kind) {
                    index.add(pattern, SubjectId { rule, subject });
                }
            }
        }
        index
    }

    fn add(&mut self, pattern: &PathPattern, id: SubjectId) {
        let at = self.patterns.len();
        self.patterns.push((pattern.clone(), id));
        match (pattern.last_name(), pattern.segments.first()) {
            (Some(last), _) => self.by_last.entry(last.to_owned()).or_default().push(at),
            (None, Some(Segment::Name(first))) => {
                self.by_first.entry(first.clone()).or_default().push(at);
            }
            _ => self.any.push(at),
        }
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

/// The names by which a subject's paths stand where no import tells of them: in scope everywhere.
pub(super) fn everywhere<'s>(subject: &'s Subject, paths: &Paths<'_>) -> Vec<&'s str> {
    let mut found = Vec::new();
    for pattern in patterns(subject) {
        let names = pattern.segments.iter().rev().take(2).filter_map(|one| match one {
            Segment::Name(name) => Some(name.as_str()),
            _ => None,
        });
        let begins = |path: &&str| pattern.text.starts_with(path);
        found.extend(names.filter(|name| paths.in_scope_everywhere(name).iter().any(begins)));
    }
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
