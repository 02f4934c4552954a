//! Which files a rule could find something in, told without their syntax.
//!
//! Paths are looked for among the references, all else by words that must stand in the text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;

use super::index::{Index, everywhere};
use super::paths::Paths;
use super::{Code, Shape};
use crate::boundaries::flag::pattern::{PathPattern, Words, any_fits};
use crate::boundaries::flag::{Condition, ItemIs, LiteralIs, Subject};
use crate::extract::sites::LoopKind;
use crate::model::{BitSet, FileId};
use crate::resolve::NodeId;

/// The files to read, in order.
pub(super) fn files(
    code: Code<'_>,
    rules: &[Shape<'_>],
    index: &Index,
    paths: &Paths<'_>,
) -> Vec<FileId> {
    let mut found: BTreeSet<FileId> =
        referring(code, paths, |path| index.of(path).next().is_some());
    let mut texts: Vec<Vec<Regex>> = Vec::new();
    for shape in rules {
        for subject in &shape.flag.subjects {
            if let Some(words) = any_word(&everywhere(subject, paths), "") {
                let more = shape.flag.when.iter().filter_map(demanded);
                texts.push(std::iter::once(words).chain(more).collect());
            }
            match filter(shape, subject, paths) {
                Filter::None => {}
                Filter::Text(regexes) => texts.push(regexes),
                Filter::Derives(patterns) => {
                    found.extend(referring(code, paths, |path| any_fits(patterns, path)));
                }
            }
        }
    }
    found.extend(matching(code, &texts));
    found.into_iter().collect()
}

/// Where a subject can be.
enum Filter<'a> {
    /// Where the references say.
    None,
    /// Where every one of these matches the text.
    Text(Vec<Regex>),
    /// Where one of these is derived.
    Derives(&'a [PathPattern]),
}

fn filter<'a>(shape: &Shape<'a>, subject: &Subject, paths: &Paths<'_>) -> Filter<'a> {
    let mut regexes = Vec::new();
    match subject {
        Subject::Method(method) => regexes.extend(words(&method.name, r"\.\s*")),
        Subject::Literal(literal) => regexes.extend(unanchored(literal)),
        Subject::Loop(kinds) => {
            let word = |kind: &LoopKind| match kind {
                LoopKind::For => "for",
                LoopKind::While => "while",
                LoopKind::Endless => "loop",
            };
            regexes.extend(any_word(&kinds.iter().map(word).collect::<Vec<_>>(), ""));
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
                if let Condition::Derives(groups) = condition
                    && let Some(group) = groups.iter().find(told)
                {
                    return Filter::Derives(group);
                }
            }
            regexes.extend(any_word(&kinds.iter().copied().map(keyword).collect::<Vec<_>>(), ""));
        }
        _ => return Filter::None,
    }
    for condition in &shape.flag.when {
        regexes.extend(demanded(condition));
    }
    Filter::Text(regexes)
}

fn keyword(kind: ItemIs) -> &'static str {
    match kind {
        ItemIs::Function => "fn",
        ItemIs::Struct => "struct",
        ItemIs::Enum | ItemIs::Variant => "enum",
        ItemIs::Union => "union",
        ItemIs::Type | ItemIs::Field => "(?:struct|enum|union)",
        ItemIs::Static => "(?:static|lazy_static)",
        ItemIs::Const => "const",
        ItemIs::ThreadLocal => "thread_local",
    }
}

static AWAIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\.\s*await\b").expect("the pattern is ours"));

/// What must stand in a file in which a condition is to hold.
fn demanded(condition: &Condition) -> Option<Regex> {
    match condition {
        Condition::Body(body) => {
            let keywords = ["break", "return", "?", ".await", "loop"];
            let plain = !body.has.0.iter().any(|word| keywords.contains(&word.as_str()));
            if plain { words(&body.has, "") } else { None }
        }
        Condition::InsideMethod(names) => words(names, r"\.\s*"),
        Condition::Argument(all) => {
            let mentions = all.iter().map(|one| &one.mentions).find(|words| !words.0.is_empty());
            words(mentions?, "")
        }
        Condition::HeldAcrossAwait(true) => Some(AWAIT.clone()),
        Condition::Chain(chain) if !chain.has.is_empty() => words(&chain.has, r"\.\s*"),
        Condition::Attributes(all) => {
            let keys: Option<Vec<&str>> =
                all.iter().map(|one| one.key.0.first().map(String::as_str)).collect();
            let keys = keys?;
            let keys: Vec<&str> =
                keys.iter().map(|key| key.split('(').next().unwrap_or(key)).collect();
            any_word(&keys, "")
        }
        Condition::Fields(field) => {
            let name = field.name.as_ref()?;
            Regex::new(&bare(name.as_str())).ok()
        }
        _ => None,
    }
}

fn words(words: &Words, before: &str) -> Option<Regex> {
    any_word(&words.0, before)
}

/// One of these words, in which `*` stands for letters.
fn any_word<W: AsRef<str>>(words: &[W], before: &str) -> Option<Regex> {
    if words.is_empty() {
        return None;
    }
    let spelled = words.iter().map(|word| match word.as_ref() {
        word if word.starts_with("(?:") => word.to_owned(),
        word => regex::escape(word).replace(r"\*", r"\w*"),
    });
    let spelled: Vec<String> = spelled.collect();
    Regex::new(&format!(r"{before}\b(?:{})\b", spelled.join("|"))).ok()
}

/// What a literal's text must match, as something that stands in the middle of a file.
fn unanchored(literal: &LiteralIs) -> Option<Regex> {
    if literal.matches.is_empty() {
        return None;
    }
    let parts: Vec<String> =
        literal.matches.iter().map(|one| format!("(?:{})", bare(one.as_str()))).collect();
    Regex::new(&parts.join("|")).ok()
}

/// A regex without the anchors at its ends; one that has others may match anywhere.
fn bare(pattern: &str) -> String {
    let inner = pattern.trim_start_matches('^');
    let inner = if inner.ends_with(r"\$") { inner } else { inner.trim_end_matches('$') };
    let anchored = inner.contains(['^', '$']) || inner.contains(r"\A") || inner.contains(r"\z");
    if anchored { String::new() } else { inner.to_owned() }
}

/// The files in whose text all regexes of one list match.
fn matching(code: Code<'_>, lists: &[Vec<Regex>]) -> Vec<FileId> {
    let files: Vec<FileId> = code.files.facts.keys().copied().collect();
    let fits = |file: &&FileId| {
        let text = &code.sources.file(**file).text;
        lists.iter().any(|list| list.iter().all(|regex| regex.is_match(text)))
    };
    files.par_iter().filter(fits).copied().collect()
}

/// The files in which something refers to a path.
fn referring(code: Code<'_>, paths: &Paths<'_>, wanted: impl Fn(&str) -> bool) -> BTreeSet<FileId> {
    let resolution = &code.graph.resolution;
    let mut nodes = BitSet::new();
    let mut aliases = BitSet::new();
    for id in (0..resolution.nodes.len()).map(|at| NodeId(at as u32)) {
        if paths.is_alias(id) {
            aliases.insert(id.0 as usize);
        } else if wanted_node(code, paths, id, &wanted) {
            nodes.insert(id.0 as usize);
        }
    }
    let fits = |node: NodeId| nodes.contains(node.0 as usize);
    let mut files = BTreeSet::new();
    for reference in &resolution.references {
        let by_alias = aliases.contains(reference.to.0 as usize)
            && paths.of_reference(reference).iter().any(|path| wanted(path));
        if by_alias || fits(reference.to) || fits(reference.written_to) {
            files.insert(reference.span.file);
        }
    }
    files
}

fn wanted_node(
    code: Code<'_>,
    paths: &Paths<'_>,
    id: NodeId,
    wanted: &impl Fn(&str) -> bool,
) -> bool {
    let path = code.graph.resolution.path(id);
    wanted(&path) || paths.renamed(&path).iter().any(|path| wanted(path))
}
