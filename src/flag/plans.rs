//! Rules → where each could find something: at what the references name, or where words stand.

use super::demands::{Demands, bare, demanded, words};
use super::everywhere::Everywhere;
use super::index::{Index, of_everywhere};
use super::referring::Asker;
use super::spelling::{Spelling, Word};
use crate::boundaries::flag::pattern::PathPattern;
use crate::boundaries::flag::{Condition, Flag, ItemIs, LiteralIs, Subject};
use crate::boundaries::policy::Scopes;
use crate::extract::sites::LoopKind;

/// What is looked for in all files at once.
#[derive(Default)]
pub(super) struct Sought {
    rules: usize,
    /// Paths that conditions speak of, each with who asks.
    pub(super) conditions: Index<usize>,
    asked: usize,
    /// Words, each with the number of its list.
    pub(super) words: Vec<(Word, usize)>,
    lists: usize,
    pub(super) demands: Demands,
}

/// Where a rule could find something.
pub(super) struct Plan<'p> {
    pub(super) places: Vec<Where>,
    /// The parts of the build that are judged.
    pub(super) scopes: &'p Scopes,
    /// The numbers of what must stand in each piece.
    pub(super) demands: Vec<usize>,
}

/// Where a subject can be.
pub(super) enum Where {
    /// Where the references say that something is named.
    Named(Asker),
    /// Where one of the words stands that are listed under this number.
    Listed(usize),
    /// Where what is demanded under this number stands, be it in a comment.
    Spelled(usize),
    Anywhere,
}

impl Sought {
    /// Where a rule could find something.
    pub(super) fn plan<'p>(
        &mut self,
        flag: &Flag,
        scopes: &'p Scopes,
        everywhere: &Everywhere<'_>,
    ) -> Plan<'p> {
        let mut places = vec![Where::Named(Asker::Rule(self.rules))];
        self.rules += 1;
        let words = Spelling::words(&of_everywhere(flag, everywhere), false);
        places.extend(words.map(|one| self.list(one)));
        let subjects = flag.subjects.iter();
        places.extend(subjects.filter_map(|subject| self.of_subject(flag, subject, everywhere)));
        let demands = flag.when.iter().filter_map(demanded);
        let demands = demands.map(|one| self.demands.number(one)).collect();
        Plan { places, scopes, demands }
    }

    /// Where a subject can be that is no path.
    fn of_subject(
        &mut self,
        flag: &Flag,
        subject: &Subject,
        everywhere: &Everywhere<'_>,
    ) -> Option<Where> {
        let spelling = match subject {
            Subject::Method(method) => words(&method.name, true),
            Subject::Literal(literal) => unanchored(literal),
            Subject::Loop(kinds) => {
                Spelling::words(&kinds.iter().copied().map(loop_keyword).collect::<Vec<_>>(), false)
            }
            Subject::Item(kinds) => {
                let mut conditions = flag.when.iter();
                if let Some(group) = conditions.find_map(|condition| told(condition, everywhere)) {
                    return Some(self.named(group));
                }
                let words = kinds.iter().copied().flat_map(keywords);
                Spelling::words(&words.collect::<Vec<_>>(), false)
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
        let Spelling::Words(words) = spelling else {
            return Where::Spelled(self.demands.number(spelling));
        };
        let list = self.lists;
        self.lists += 1;
        self.words.extend(words.into_iter().map(|word| (word, list)));
        Where::Listed(list)
    }
}

/// The paths of which a condition wants one named, if references tell of all of them: they do not
/// of what is in scope everywhere.
fn told<'c>(condition: &'c Condition, everywhere: &Everywhere<'_>) -> Option<&'c [PathPattern]> {
    let is_everywhere =
        |one: &PathPattern| !everywhere.named(one.last_name().unwrap_or_default()).is_empty();
    let groups = match condition {
        Condition::Derives(groups) => &groups[..],
        Condition::Signature(wanted) => std::slice::from_ref(&wanted.returns),
        Condition::Static(wanted) => std::slice::from_ref(&wanted.types),
        _ => &[],
    };
    let mut groups = groups.iter().filter(|group| !group.is_empty());
    groups.find(|group| !group.iter().any(is_everywhere)).map(Vec::as_slice)
}

fn loop_keyword(kind: LoopKind) -> &'static str {
    match kind {
        LoopKind::For => "for",
        LoopKind::While => "while",
        LoopKind::Endless => "loop",
    }
}

/// What stands in each declaration of a kind, one of these.
fn keywords(kind: ItemIs) -> &'static [&'static str] {
    match kind {
        ItemIs::Function => &["fn"],
        ItemIs::Struct => &["struct"],
        ItemIs::Enum | ItemIs::Variant => &["enum"],
        ItemIs::Union => &["union"],
        ItemIs::Type | ItemIs::Field => &["struct", "enum", "union"],
        ItemIs::Static => &["static"],
        ItemIs::Const => &["const"],
        ItemIs::ThreadLocal => &["thread_local"],
    }
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
