//! Which pieces of files a rule could find something in, told without their syntax.
//!
//! Paths are looked for among the references, all else by words that must stand in the text.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use regex::Regex;
use rustc_hash::FxHashMap;

use super::index::Index;
use super::library::{Library, PieceId};
use super::paths::Paths;
use super::{Code, Shape};
use crate::boundaries::flag::pattern::{PathPattern, Words, any_fits};
use crate::boundaries::flag::{Condition, Context, ItemIs, LiteralIs, Subject};
use crate::extract::sites::LoopKind;
use crate::model::{BitSet, FileId};
use crate::resolve::NodeId;

const BEHIND_A_DOT: &str = r"\.(?-u:\s)*";

/// The pieces to read, in order, and the nodes whose path some subject names.
pub(super) fn pieces<'a>(
    code: Code<'a>,
    library: &Library<'a>,
    rules: &[Shape<'_>],
    index: &Index,
    paths: &Paths<'a>,
) -> (Vec<PieceId>, BitSet) {
    let may = |node| index.may_name(&code.graph.resolution, node);
    let wanted = |path: &str| index.of(path).map(|id| id.rule).collect::<Vec<_>>();
    let named = named(code, paths, may, wanted);
    let referring = referring(code, paths, &named, wanted);
    let search = Search { code, library, paths };
    let found = rules.par_iter().enumerate().map(|(rule, shape)| {
        let everywhere = index.everywhere.iter().filter(|(of, _)| *of == rule);
        let everywhere: Vec<&str> = everywhere.map(|(_, name)| name.as_str()).collect();
        search.of_rule(shape, referring.get(&rule), &everywhere)
    });
    let found: Vec<BTreeSet<PieceId>> = found.collect();
    let found: BTreeSet<PieceId> = found.into_iter().flatten().collect();
    let mut nodes = BitSet::new();
    let all = (0..code.graph.resolution.nodes.len()).map(|at| NodeId(at as u32));
    all.filter(|node| named.contains_key(node)).for_each(|node| nodes.insert(node.0 as usize));
    (found.into_iter().collect(), nodes)
}

/// Where references stand: starts, by file.
type Places = BTreeMap<FileId, BTreeSet<u32>>;

/// All that tells where to look.
#[derive(Clone, Copy)]
struct Search<'s, 'a> {
    code: Code<'a>,
    library: &'s Library<'a>,
    paths: &'s Paths<'a>,
}

impl Search<'_, '_> {
    /// The pieces in which a rule could find something: `places` name what it speaks of,
    /// `everywhere` are names of such things that need not be imported.
    fn of_rule(
        self,
        shape: &Shape<'_>,
        places: Option<&Places>,
        everywhere: &[&str],
    ) -> BTreeSet<PieceId> {
        let demands = compiled(&demands(&shape.flag.when));
        let mut found: BTreeSet<PieceId> =
            places.into_iter().flat_map(|places| self.at(places, &demands)).collect();
        if let Some(word) = any_word(everywhere, "") {
            found.extend(self.anywhere(&[compiled(&[word]), demands.clone()].concat()));
        }
        for subject in &shape.flag.subjects {
            found.extend(self.of_subject(shape, subject, &demands));
        }
        found
    }

    /// The pieces in which a subject that is no path can be.
    fn of_subject(self, shape: &Shape<'_>, subject: &Subject, demands: &[Regex]) -> Vec<PieceId> {
        match filter(shape, subject, self.paths) {
            Filter::None => Vec::new(),
            Filter::Text(pattern) => {
                self.anywhere(&[compiled(pattern.as_slice()), demands.to_vec()].concat())
            }
            Filter::Named(patterns) => {
                let last = |node| {
                    let name = &self.code.graph.resolution.node(node).name;
                    patterns.iter().any(|one| one.last_name().is_none_or(|last| *last == **name))
                };
                let wanted =
                    |path: &str| if any_fits(patterns, path) { vec![0] } else { Vec::new() };
                let named = named(self.code, self.paths, last, wanted);
                let places = referring(self.code, self.paths, &named, wanted);
                places.get(&0).into_iter().flat_map(|places| self.at(places, demands)).collect()
            }
        }
    }

    /// The pieces that hold one of these places, and in whose text all regexes match.
    fn at(self, places: &Places, regexes: &[Regex]) -> Vec<PieceId> {
        let files = places.iter().filter(|(file, _)| fits(self.text(**file), regexes));
        let pieces = files.flat_map(move |(file, starts)| {
            starts.iter().filter_map(move |start| self.library.at(*file, *start))
        });
        pieces.filter(|piece| fits(self.library.text_of(*piece), regexes)).collect()
    }

    /// The pieces of all files in whose text all regexes match.
    fn anywhere(self, regexes: &[Regex]) -> Vec<PieceId> {
        let files: Vec<FileId> = self.code.files.facts.keys().copied().collect();
        let files = files.into_par_iter().filter(|file| fits(self.text(*file), regexes));
        let pieces =
            files.flat_map_iter(|file| self.library.pieces_with(file, |text| fits(text, regexes)));
        pieces.collect()
    }

    fn text(&self, file: FileId) -> &str {
        &self.code.sources.file(file).text
    }
}

fn fits(text: &str, regexes: &[Regex]) -> bool {
    regexes.iter().all(|regex| regex.is_match(text))
}

/// Where a subject can be.
enum Filter<'a> {
    /// Where the references say.
    None,
    /// Where this matches the text; anywhere, if there is nothing to say.
    Text(Option<String>),
    /// Where one of these is named.
    Named(&'a [PathPattern]),
}

fn filter<'a>(shape: &Shape<'a>, subject: &Subject, paths: &Paths<'_>) -> Filter<'a> {
    Filter::Text(match subject {
        Subject::Method(method) => words(&method.name, BEHIND_A_DOT),
        Subject::Literal(literal) => unanchored(literal),
        Subject::Loop(kinds) => {
            let word = |kind: &LoopKind| match kind {
                LoopKind::For => "for",
                LoopKind::While => "while",
                LoopKind::Endless => "loop",
            };
            any_word(&kinds.iter().map(word).collect::<Vec<_>>(), "")
        }
        Subject::Item(kinds) => {
            for condition in &shape.flag.when {
                // No reference tells of what is in scope everywhere.
                let told = |group: &&Vec<PathPattern>| {
                    !group.iter().any(|one| {
                        let last = one.last_name().unwrap_or_default();
                        !paths.in_scope_everywhere(last).is_empty()
                    })
                };
                let groups: Vec<&Vec<PathPattern>> = match condition {
                    Condition::Derives(groups) => groups.iter().collect(),
                    Condition::Signature(wanted) => vec![&wanted.returns],
                    Condition::Static(wanted) => vec![&wanted.types],
                    _ => Vec::new(),
                };
                let mut groups = groups.into_iter().filter(|group| !group.is_empty());
                if let Some(group) = groups.find(told) {
                    return Filter::Named(group);
                }
            }
            let keywords: Vec<&str> = kinds.iter().copied().map(keyword).collect();
            Some(keywords.join("|"))
        }
        _ => return Filter::None,
    })
}

fn compiled(patterns: &[String]) -> Vec<Regex> {
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}

/// What stands before a declaration's name.
fn keyword(kind: ItemIs) -> &'static str {
    match kind {
        ItemIs::Function => "fn ",
        ItemIs::Struct => "struct ",
        ItemIs::Enum | ItemIs::Variant => "enum ",
        ItemIs::Union => "union ",
        ItemIs::Type | ItemIs::Field => "struct |enum |union ",
        // `'static` is none.
        ItemIs::Static => r"lazy_static|(?:^|[^'])static ",
        ItemIs::Const => "const ",
        ItemIs::ThreadLocal => "thread_local",
    }
}

/// What must match the text of a piece in which all conditions are to hold.
fn demands(conditions: &[Condition]) -> Vec<String> {
    conditions.iter().filter_map(demanded).collect()
}

/// What must match the text of a piece in which a condition is to hold.
fn demanded(condition: &Condition) -> Option<String> {
    match condition {
        Condition::Body(body) => {
            let keywords = ["break", "return", "?", ".await", "loop"];
            let plain = !body.has.0.iter().any(|word| keywords.contains(&word.as_str()));
            if plain { words(&body.has, "") } else { None }
        }
        Condition::In(contexts) if contexts.iter().all(|one| *one == Context::Async) => {
            any_word(&["async"], "")
        }
        Condition::Argument(all) => all.iter().find_map(|one| words(&one.mentions, "")),
        Condition::InsideMethod(names) => words(names, BEHIND_A_DOT),
        Condition::HeldAcrossAwait(true) => any_word(&["await"], BEHIND_A_DOT),
        Condition::Chain(chain) => words(&chain.has, BEHIND_A_DOT),
        Condition::Attributes(all) => {
            let keys = all.iter().all(|one| !one.key.is_empty()).then_some(all)?;
            let keys = keys.iter().flat_map(|one| &one.key.0);
            let keys: Vec<&str> =
                keys.map(|key| key.split('(').next().unwrap_or_default()).collect();
            any_word(&keys, "")
        }
        Condition::Fields(field) => field.name.as_ref().map(|name| bare(name.as_str())),
        Condition::Static(wanted) if wanted.mutable == Some(true) => any_word(&["mut"], ""),
        Condition::Static(wanted) => last_names(&wanted.types),
        Condition::Any(lists) => {
            let one_of = |list: &Vec<Condition>| list.iter().find_map(demanded);
            let each: Option<Vec<String>> = lists.iter().map(one_of).collect();
            each.filter(|each| !each.is_empty()).map(|each| format!("(?:{})", each.join("|")))
        }
        _ => None,
    }
}

/// The names that paths end in, unless an alias of the workspace may stand for one.
fn last_names(patterns: &[PathPattern]) -> Option<String> {
    let names: Option<Vec<&str>> = patterns.iter().map(PathPattern::last_name).collect();
    any_word(&names?, "")
}

fn words(words: &Words, before: &str) -> Option<String> {
    any_word(&words.0, before)
}

/// One of these words, in which `*` stands for letters.
fn any_word<W: AsRef<str>>(words: &[W], before: &str) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let spell = |word: &W| regex::escape(word.as_ref()).replace(r"\*", r"(?-u:\w)*");
    let spelled: Vec<String> = words.iter().map(spell).collect();
    // What is a letter outside of ASCII costs the search its speed, and tells nothing here.
    Some(format!(r"{before}(?-u:\b)(?:{})(?-u:\b)", spelled.join("|")))
}

/// What a literal's text must match, as something that stands in the middle of a file.
fn unanchored(literal: &LiteralIs) -> Option<String> {
    if literal.matches.is_empty() {
        return None;
    }
    let parts: Vec<String> =
        literal.matches.iter().map(|one| format!("(?:{})", bare(one.as_str()))).collect();
    Some(parts.join("|"))
}

/// A regex without the anchors at its ends; one that has others may match anywhere.
fn bare(pattern: &str) -> String {
    let inner = pattern.trim_start_matches('^');
    let inner = if inner.ends_with(r"\$") { inner } else { inner.trim_end_matches('$') };
    let anchored = inner.contains(['^', '$']) || inner.contains(r"\A") || inner.contains(r"\z");
    if anchored { String::new() } else { inner.to_owned() }
}

/// For each node of a wanted path, the rules that want it: of those nodes that `may` be asked about.
/// Aliases are looked at use by use.
fn named(
    code: Code<'_>,
    paths: &Paths<'_>,
    may: impl Fn(NodeId) -> bool,
    wanted: impl Fn(&str) -> Vec<usize>,
) -> FxHashMap<NodeId, Vec<usize>> {
    let resolution = &code.graph.resolution;
    let renamed: BTreeSet<&str> = (code.policy.contexts.aliases.iter())
        .filter_map(|(names, _)| names.last().map(String::as_str))
        .collect();
    let mut nodes = FxHashMap::default();
    for id in (0..resolution.nodes.len()).map(|at| NodeId(at as u32)) {
        if !may(id) && !renamed.contains(&*resolution.node(id).name) {
            continue;
        }
        let path = resolution.path(id);
        let more = paths.renamed(&path);
        let rules: Vec<usize> =
            std::iter::once(&path).chain(&more).flat_map(|path| wanted(path)).collect();
        if !rules.is_empty() {
            nodes.insert(id, rules);
        }
    }
    nodes
}

/// For each rule, where something refers to a node that it wants, or by an alias to a path that it
/// wants.
fn referring(
    code: Code<'_>,
    paths: &Paths<'_>,
    named: &FxHashMap<NodeId, Vec<usize>>,
    wanted: impl Fn(&str) -> Vec<usize>,
) -> BTreeMap<usize, Places> {
    let mut places: BTreeMap<usize, Places> = BTreeMap::new();
    for reference in &code.graph.resolution.references {
        let mut add = |rules: &[usize]| {
            for rule in rules {
                let files = places.entry(*rule).or_default();
                files.entry(reference.span.file).or_default().insert(reference.span.start);
            }
        };
        for node in [reference.to, reference.written_to] {
            named.get(&node).into_iter().for_each(|rules| add(rules));
        }
        if paths.is_alias(reference.to) {
            for path in paths.of_reference(reference) {
                add(&wanted(&path));
            }
        }
    }
    places
}
