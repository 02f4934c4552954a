//! Which pieces of files a rule could find something in, told without their syntax.
//!
//! Paths are looked for among the references (`referring.rs`), all else by words that must stand in
//! the text.

use rayon::prelude::*;

use super::index::{Index, SubjectId, everywhere};
use super::library::{Library, PieceId};
use super::paths::Paths;
use super::referring::{Asker, Places, places};
use super::spelling::{Sieve, Spelling, Word};
use super::{Code, Shape};
use crate::boundaries::flag::pattern::{PathPattern, Words};
use crate::boundaries::flag::{Condition, Context, ItemIs, LiteralIs, Subject};
use crate::boundaries::policy::Scopes;
use crate::extract::Range;
use crate::extract::sites::{LoopKind, any_in_code};
use crate::model::{BitSet, FileId};
use crate::resolve::Reference;

/// The pieces to read, in order, and the nodes whose path some subject names.
pub(super) fn pieces<'a>(
    code: Code<'a>,
    library: &Library<'a>,
    rules: &[Shape<'_>],
    index: &Index<SubjectId>,
    paths: &Paths<'_>,
) -> (Vec<PieceId>, BitSet) {
    let mut sought = Sought::default();
    let plans: Vec<Plan<'_>> = rules.iter().map(|shape| sought.plan(shape, paths)).collect();
    let Sought { conditions, words, .. } = sought;
    let (places, nodes) = places(code, paths, index, &conditions);
    let search = Search { code, library, plans, places, sieve: Sieve::new(words) };
    let files: Vec<FileId> = code.files.facts.keys().copied().collect();
    let found: Vec<Vec<PieceId>> = files.into_par_iter().map(|file| search.in_file(file)).collect();
    (found.concat(), nodes)
}

/// What is looked for in all files at once.
#[derive(Default)]
struct Sought {
    rules: usize,
    /// Paths that conditions speak of, each with who asks.
    conditions: Index<usize>,
    asked: usize,
    words: Vec<(Word, usize)>,
    lists: usize,
}

/// Where a rule could find something.
struct Plan<'p> {
    places: Vec<Where>,
    /// The parts of the build that are judged.
    scopes: &'p Scopes,
    /// What must stand in each piece.
    demands: Vec<Spelling>,
}

/// Where a subject can be.
enum Where {
    /// Where the references say that something is named.
    Named(Asker),
    /// Where one of the words stands that are listed under this number.
    Listed(usize),
    /// Where this stands.
    Spelled(Spelling),
    Anywhere,
}

impl Sought {
    fn plan<'p>(&mut self, shape: &Shape<'p>, paths: &Paths<'_>) -> Plan<'p> {
        let mut places = vec![Where::Named(Asker::Rule(self.rules))];
        self.rules += 1;
        let everywhere = Spelling::words(&everywhere(shape, paths), false);
        places.extend(everywhere.map(|one| self.list(one)));
        let subjects = shape.flag.subjects.iter();
        places.extend(subjects.filter_map(|subject| self.of_subject(shape, subject, paths)));
        let demands = shape.flag.when.iter().filter_map(demanded).collect();
        Plan { places, scopes: &shape.rule.scopes, demands }
    }

    /// Where a subject can be that is no path.
    fn of_subject(
        &mut self,
        shape: &Shape<'_>,
        subject: &Subject,
        paths: &Paths<'_>,
    ) -> Option<Where> {
        let spelling = match subject {
            Subject::Method(method) => words(&method.name, true),
            Subject::Literal(literal) => unanchored(literal),
            Subject::Loop(kinds) => {
                Spelling::words(&kinds.iter().copied().map(loop_keyword).collect::<Vec<_>>(), false)
            }
            Subject::Item(kinds) => {
                let mut conditions = shape.flag.when.iter();
                if let Some(group) = conditions.find_map(|condition| told(condition, paths)) {
                    return Some(self.named(group));
                }
                let keywords: Vec<&str> = kinds.iter().copied().map(keyword).collect();
                Spelling::matches(&keywords.join("|"))
            }
            _ => return None,
        };
        Some(spelling.map_or(Where::Anywhere, |spelling| self.list(spelling)))
    }

    fn named(&mut self, patterns: &[PathPattern]) -> Where {
        let asker = self.asked;
        self.asked += 1;
        for pattern in patterns {
            self.conditions.add(pattern, asker);
        }
        Where::Named(Asker::Condition(asker))
    }

    fn list(&mut self, spelling: Spelling) -> Where {
        let Spelling::Words(words) = spelling else { return Where::Spelled(spelling) };
        let list = self.lists;
        self.lists += 1;
        self.words.extend(words.into_iter().map(|word| (word, list)));
        Where::Listed(list)
    }
}

/// All that tells where to look.
struct Search<'s, 'a> {
    code: Code<'a>,
    library: &'s Library<'a>,
    plans: Vec<Plan<'s>>,
    places: Places,
    sieve: Sieve,
}

/// A file, and what was found out about it.
struct Page<'p> {
    id: FileId,
    text: &'p str,
    /// Which lists have a word in it, and where, in order.
    listed: Vec<(usize, u32)>,
    references: &'p [Reference],
}

impl Search<'_, '_> {
    /// The pieces of a file in which some rule could find something, in order.
    fn in_file(&self, id: FileId) -> Vec<PieceId> {
        let text = &*self.code.sources.file(id).text;
        let all = &self.code.graph.resolution.references;
        let at = |file: FileId| all.partition_point(|one| one.span.file < file);
        let references = &all[at(id)..at(FileId(id.0 + 1))];
        let mut page = Page { id, text, listed: Vec::new(), references };
        let whole = Range { start: 0, end: text.len() as u32 };
        let plans = self.plans.iter().filter(|plan| page.is_judged(whole, plan.scopes));
        let plans: Vec<&Plan<'_>> = plans.collect();
        if !plans.is_empty() {
            page.listed = self.sieve.find(text);
            page.listed.sort_unstable();
        }
        let mut found = Vec::new();
        for plan in plans {
            plan.places.iter().for_each(|place| self.of_rule(&page, plan, place, &mut found));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The pieces in which a rule could find one of its subjects.
    fn of_rule(&self, page: &Page<'_>, plan: &Plan<'_>, place: &Where, found: &mut Vec<PieceId>) {
        let whole = Range { start: 0, end: page.text.len() as u32 };
        let holds = |range| plan.demands.iter().all(|one| one.is_in(page.written(range)));
        let pieces = match place {
            Where::Named(asker) => {
                let mut places = self.places.of(page.id, *asker).peekable();
                if places.peek().is_none() || !holds(whole) {
                    return;
                }
                places.filter_map(|place| self.library.at(page.id, place)).collect()
            }
            Where::Listed(list) => {
                let own = page.listed(*list);
                if own.is_empty() || !holds(whole) {
                    return;
                }
                self.in_code(page, own)
            }
            Where::Spelled(spelling) if spelling.is_in(page.text) && holds(whole) => {
                self.library.pieces_with(page.id, |range| spelling.is_in(page.written(range)))
            }
            Where::Anywhere if holds(whole) => self.library.pieces_with(page.id, |_| true),
            _ => return,
        };
        found.extend(pieces.into_iter().filter(|piece| {
            let range = self.library.range_of(*piece);
            page.is_judged(range, plan.scopes) && holds(range)
        }));
    }

    /// The pieces in whose code a word stands, comments and strings apart.
    fn in_code(&self, page: &Page<'_>, places: &[(usize, u32)]) -> Vec<PieceId> {
        let found = places.iter().map(|(_, at)| *at);
        let found = found.filter_map(|at| Some((self.library.at(page.id, at)?, at)));
        let found: Vec<(PieceId, u32)> = found.collect();
        let by_piece = found.chunk_by(|one, two| one.0 == two.0);
        let own = by_piece.filter(|own| {
            let start = self.library.range_of(own[0].0).start;
            any_in_code(page.text, start, own.iter().map(|(_, at)| *at))
        });
        own.map(|own| own[0].0).collect()
    }
}

impl Page<'_> {
    /// Where words of a list stand.
    fn listed(&self, list: usize) -> &[(usize, u32)] {
        let first = self.listed.partition_point(|(of, _)| *of < list);
        let behind = &self.listed[first..];
        &behind[..behind.partition_point(|(of, _)| *of == list)]
    }

    fn written(&self, range: Range) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Whether something in a range may be part of what is judged: the references in it say, and the
    /// one before for what has none around it.
    fn is_judged(&self, range: Range, scopes: &Scopes) -> bool {
        let at = |start: u32| self.references.partition_point(|one| one.span.start < start);
        let (first, end) = (at(range.start), at(range.end));
        let before = self.references.get(first.saturating_sub(1));
        let judged = |one: &Reference| scopes.contains(one.scope);
        before.is_none_or(judged) || self.references[first..end].iter().any(judged)
    }
}

/// The paths of which a condition wants one named, if references tell of all of them: they do not
/// of what is in scope everywhere.
fn told<'c>(condition: &'c Condition, paths: &Paths<'_>) -> Option<&'c [PathPattern]> {
    let everywhere = |one: &PathPattern| {
        !paths.in_scope_everywhere(one.last_name().unwrap_or_default()).is_empty()
    };
    let groups = match condition {
        Condition::Derives(groups) => &groups[..],
        Condition::Signature(wanted) => std::slice::from_ref(&wanted.returns),
        Condition::Static(wanted) => std::slice::from_ref(&wanted.types),
        _ => &[],
    };
    let mut groups = groups.iter().filter(|group| !group.is_empty());
    groups.find(|group| !group.iter().any(everywhere)).map(Vec::as_slice)
}

fn loop_keyword(kind: LoopKind) -> &'static str {
    match kind {
        LoopKind::For => "for",
        LoopKind::While => "while",
        LoopKind::Endless => "loop",
    }
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

/// What must stand in the text of a piece in which a condition is to hold.
fn demanded(condition: &Condition) -> Option<Spelling> {
    match condition {
        Condition::Body(body) => {
            let keywords = ["break", "return", "?", ".await", "loop"];
            let plain = !body.has.0.iter().any(|word| keywords.contains(&word.as_str()));
            if plain { words(&body.has, false) } else { None }
        }
        Condition::In(contexts) if contexts.iter().all(|one| *one == Context::Async) => {
            Spelling::words(&["async"], false)
        }
        Condition::Argument(all) => all.iter().find_map(|one| words(&one.mentions, false)),
        Condition::InsideMethod(names) => words(names, true),
        Condition::HeldAcrossAwait(true) => Spelling::words(&["await"], true),
        Condition::Chain(chain) => words(&chain.has, true),
        Condition::Attributes(all) => {
            let keys = all.iter().all(|one| !one.key.is_empty()).then_some(all)?;
            let keys = keys.iter().flat_map(|one| &one.key.0);
            let keys: Vec<&str> =
                keys.map(|key| key.split('(').next().unwrap_or_default()).collect();
            Spelling::words(&keys, false)
        }
        Condition::Fields(field) => {
            let name = field.name.as_ref()?.as_str();
            let words = only_words(name).and_then(|words| Spelling::words(&words, false));
            words.or_else(|| Spelling::matches(&bare(name)))
        }
        Condition::Static(wanted) if wanted.mutable == Some(true) => {
            Spelling::words(&["mut"], false)
        }
        Condition::Static(wanted) => last_names(&wanted.types),
        Condition::Any(lists) => {
            let one_of = |list: &Vec<Condition>| list.iter().find_map(demanded);
            let each: Option<Vec<Spelling>> = lists.iter().map(one_of).collect();
            each.filter(|each| !each.is_empty()).map(Spelling::Any)
        }
        _ => None,
    }
}

/// The names that paths end in, unless an alias of the workspace may stand for one.
fn last_names(patterns: &[PathPattern]) -> Option<Spelling> {
    let names: Option<Vec<&str>> = patterns.iter().map(PathPattern::last_name).collect();
    Spelling::words(&names?, false)
}

fn words(words: &Words, behind_dot: bool) -> Option<Spelling> {
    Spelling::words(&words.0, behind_dot)
}

/// What a literal's text must match, as something that stands in the middle of a file.
fn unanchored(literal: &LiteralIs) -> Option<Spelling> {
    if literal.matches.is_empty() {
        return None;
    }
    let parts: Vec<String> =
        literal.matches.iter().map(|one| format!("(?:{})", bare(one.as_str()))).collect();
    Spelling::matches(&parts.join("|"))
}

/// The words of a regex that matches nothing but whole words: `^(a|b)$`.
fn only_words(pattern: &str) -> Option<Vec<&str>> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let grouped = inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let words: Vec<&str> = grouped.unwrap_or(inner).split('|').collect();
    let is_word = |word: &&str| {
        !word.is_empty() && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
    };
    (grouped.is_some() || words.len() == 1).then_some(())?;
    words.iter().all(is_word).then_some(words)
}

/// A regex without the anchors at its ends; one that has others may match anywhere.
fn bare(pattern: &str) -> String {
    let inner = pattern.trim_start_matches('^');
    let inner = if inner.ends_with(r"\$") { inner } else { inner.trim_end_matches('$') };
    let anchored = inner.contains(['^', '$']) || inner.contains(r"\A") || inner.contains(r"\z");
    if anchored { String::new() } else { inner.to_owned() }
}
