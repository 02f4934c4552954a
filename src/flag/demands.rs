//! Conditions → words that must stand in the code in which they hold.

use std::cell::OnceCell;

use super::spelling::Spelling;
use crate::boundaries::flag::pattern::{PathPattern, Words};
use crate::boundaries::flag::{Condition, Context};
use crate::extract::Range;

/// What conditions demand, each once.
#[derive(Default)]
pub(super) struct Demands(Vec<Spelling>);

impl Demands {
    /// The number of a demand.
    pub(super) fn number(&mut self, demand: Spelling) -> usize {
        self.0.iter().position(|known| *known == demand).unwrap_or_else(|| {
            self.0.push(demand);
            self.0.len() - 1
        })
    }

    /// Whether what is demanded under a number stands in a part of a text, strings and comments apart.
    pub(super) fn hold_in(&self, number: usize, text: &str, part: Range) -> bool {
        self.0[number].is_in_code(text, part)
    }

    /// Whether it stands in a part of a text, be it in a comment.
    pub(super) fn is_in(&self, number: usize, text: &str) -> bool {
        self.0[number].is_in(text)
    }

    /// The demands, with what a text is known to answer, and what it will if it is asked.
    pub(super) fn asked_of<'d>(
        &'d self,
        text: &'d str,
        known: &[Option<bool>],
        ahead: &'d [Option<bool>],
    ) -> Asked<'d> {
        let answers = known.iter().map(|known| known.map_or_else(OnceCell::new, OnceCell::from));
        Asked { demands: self, text, ahead, answers: answers.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What they say, as text.
    pub(super) fn spelled(&self) -> String {
        self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }
}

/// Which demands a text meets anywhere, each asked once.
pub(super) struct Asked<'d> {
    demands: &'d Demands,
    text: &'d str,
    /// What somebody has found out before anybody asked.
    ahead: &'d [Option<bool>],
    answers: Vec<OnceCell<bool>>,
}

impl Asked<'_> {
    pub(super) fn holds(&self, number: usize) -> bool {
        let found = || self.ahead.get(number).copied().flatten();
        *self.answers[number]
            .get_or_init(|| found().unwrap_or_else(|| self.demands.is_in(number, self.text)))
    }

    /// What is known by now.
    pub(super) fn answers(&self) -> Vec<Option<bool>> {
        self.answers.iter().map(|answer| answer.get().copied()).collect()
    }
}

/// What must stand in the text of a piece in which a condition is to hold.
pub(super) fn demanded(condition: &Condition) -> Option<Spelling> {
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

pub(super) fn words(words: &Words, behind_dot: bool) -> Option<Spelling> {
    Spelling::words(&words.0, behind_dot)
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
pub(super) fn bare(pattern: &str) -> String {
    let inner = pattern.trim_start_matches('^');
    let inner = if inner.ends_with(r"\$") { inner } else { inner.trim_end_matches('$') };
    let anchored = inner.contains(['^', '$']) || inner.contains(r"\A") || inner.contains(r"\z");
    if anchored { String::new() } else { inner.to_owned() }
}
