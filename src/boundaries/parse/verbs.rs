//! The verb of a rule, its value and the options that only this verb knows → [`Statement`].

use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::keys::{Key, Place, Role, keys_of, verbs};
use crate::boundaries::nearest::nearest;
use crate::boundaries::policy::Circles;
use crate::boundaries::selector::{Edge, Selector};
use crate::boundaries::written::Statement;
use crate::model::Span;

use super::reader::{self, Entry, Table};
use super::text::Text;
use super::{edge, flag, layers, members, selectors_of};

/// A verb that was understood.
pub(super) struct Spoken {
    pub(super) statement: Statement,
    /// The value.
    pub(super) span: Span,
    pub(super) key_span: Span,
    pub(super) derived_id: String,
}

/// The options that only some verbs know, as far as they are there.
pub(super) struct Options {
    pub(super) allow: Vec<Text>,
    pub(super) face: Option<Vec<Text>>,
    pub(super) to: Option<Vec<Text>>,
    pub(super) closed: Vec<Text>,
    pub(super) within: Option<Vec<Text>>,
    pub(super) exhaustive: Option<Span>,
    pub(super) ignore: Vec<Text>,
    pub(super) outsiders: Vec<Text>,
    pub(super) depth: Option<u32>,
    pub(super) circles: Circles,
}

/// Reads the one verb of a rule.
pub(super) fn verb(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<Spoken> {
    let options = options(table, problems);
    let entry = the_one_verb(table, problems)?;
    misplaced(table, entry, problems);
    if entry.key == "flag" {
        return flagged(table, entry, problems);
    }
    flag::pass_over(table);
    let texts = reader::texts(table.source, entry, problems)?;
    let statement = statement(entry, &texts, &options, problems)?;
    let span = table.source.span(entry.range.0..entry.range.1);
    let derived_id = derived_id(entry.key, &texts);
    Some(Spoken { statement, span, key_span: entry.key_span, derived_id })
}

fn flagged(table: &mut Table<'_>, entry: Entry<'_>, problems: &mut Vec<Problem>) -> Option<Spoken> {
    let (flag, from) = flag::read(table, entry, problems)?;
    Some(Spoken {
        statement: Statement::Flag { flag: Box::new(flag), from },
        span: table.source.span(entry.range.0..entry.range.1),
        key_span: entry.key_span,
        derived_id: format!("flag {}", flag::words(entry)),
    })
}

fn options(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Options {
    Options {
        allow: table.texts("allow", problems).unwrap_or_default(),
        face: table.texts("face", problems),
        to: table.texts("to", problems),
        closed: table.texts("closed", problems).unwrap_or_default(),
        within: table.texts("within", problems),
        exhaustive: table.flag("exhaustive", problems).and_then(|(on, span)| on.then_some(span)),
        ignore: table.texts("ignore", problems).unwrap_or_default(),
        outsiders: table.texts("outsiders", problems).unwrap_or_default(),
        depth: table.take("depth").and_then(|entry| depth(table, entry, problems)),
        circles: circles(table, problems),
    }
}

fn circles(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Circles {
    let told = [("grouped", false), ("all", true)];
    let weighed = [("edges", false), ("uses", true)];
    Circles {
        each: table.word("circles", &told, problems).unwrap_or_default(),
        by_uses: table.word("weigh", &weighed, problems).unwrap_or_default(),
    }
}

fn depth(table: &Table<'_>, entry: Entry<'_>, problems: &mut Vec<Problem>) -> Option<u32> {
    let DeValue::Integer(number) = entry.value else {
        return reader::wrong_type(table.source, entry, "a number of levels", problems);
    };
    let depth = u32::from_str_radix(number.as_str(), number.radix()).ok();
    if depth.is_none() {
        let span = table.source.span(entry.range.0..entry.range.1);
        let message = format!("`depth = {number}` is no number of levels");
        let problem = Problem::fatal("config/bad-depth", span, message);
        problems.push(problem.with_help("1 looks at the modules just below, 2 one level deeper"));
    }
    depth
}

fn the_one_verb<'t>(table: &mut Table<'t>, problems: &mut Vec<Problem>) -> Option<Entry<'t>> {
    let mut found: Vec<Entry<'t>> = verbs().filter_map(|verb| table.take(verb)).collect();
    found.sort_by_key(|entry| entry.key_span);
    match found[..] {
        [entry] => return Some(entry),
        [] => {
            // A misspelled verb is told as an unknown key, with the verb that is nearest.
            let misspelled = table.unknown().any(|key| nearest(key, verbs()).is_some());
            if !misspelled {
                let problem = Problem::fatal("config/no-verb", table.span, "the rule has no verb");
                problems.push(
                    problem.with_help(format!("one of {}", verbs().collect::<Vec<_>>().join(", "))),
                );
            }
        }
        [first, second, ..] => {
            let message = format!("`{}` and `{}` in one rule", first.key, second.key);
            let problem = Problem::fatal("config/several-verbs", second.key_span, message)
                .with_help("a rule has one verb: make two rules of it");
            let related = vec![(first.key_span, "the first verb".to_owned())];
            problems.push(Problem { related, ..problem });
        }
    }
    None
}

fn misplaced(table: &Table<'_>, verb: Entry<'_>, problems: &mut Vec<Problem>) {
    for Key { name: key, role, .. } in keys_of(Place::Rule) {
        let Role::Of(verbs) = role else { continue };
        let Some(span) = table.key_span(key).filter(|_| !verbs.contains(&verb.key)) else {
            continue;
        };
        let message = format!("`{key}` means nothing to `{}`", verb.key);
        let quoted: Vec<String> = verbs.iter().map(|verb| format!("`{verb}`")).collect();
        let help = format!("it is an option of {}", quoted.join(", "));
        problems.push(Problem::fatal("config/misplaced-key", span, message).with_help(help));
    }
}

/// An id for a rule without one: `forbid accounts -> im`.
fn derived_id(verb: &str, texts: &[Text]) -> String {
    let separator = match verb {
        "layers" => " > ",
        "independent" | "acyclic" => " | ",
        _ => "; ",
    };
    let values: Vec<String> = texts
        .iter()
        .map(|text| text.value.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    format!("{verb} {}", values.join(separator))
}

fn statement(
    entry: Entry<'_>,
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Statement> {
    let is_list = entry.value.is_array();
    Some(match entry.key {
        "forbid" => Statement::Forbid(edge::parse_all(texts, problems)?),
        "deprecate" => Statement::Deprecate(edge::parse_all(texts, problems)?),
        "only" => Statement::Only(one_edge(entry, texts, problems)?),
        "require" => Statement::Require(one_edge(entry, texts, problems)?),
        "protect" => Statement::Protect {
            target: without_captures(entry.key, targets(entry, texts, problems)?, problems),
            allow: without_captures("allow", selectors_of(&options.allow, problems), problems),
        },
        "expose" => expose(entry, texts, options, problems)?,
        "independent" => Statement::Independent(members::equals(entry, texts, is_list, problems)?),
        "acyclic" => {
            Statement::Acyclic(members::acyclic(entry, texts, options, problems)?, options.circles)
        }
        _ => Statement::Layers(layers::layers(texts, options, problems)?),
    })
}

/// `only` and `require` speak of one edge; each further one would be a rule of its own.
fn one_edge(entry: Entry<'_>, texts: &[Text], problems: &mut Vec<Problem>) -> Option<Edge> {
    if let [_, second, ..] = texts {
        let message = format!("`{}` speaks of one edge", entry.key);
        let problem = Problem::fatal("config/bad-edge", second.span, message);
        problems.push(problem.with_help("make a rule of each"));
        return None;
    }
    let edge = edge::parse(&texts[0], problems)?;
    if edge.has_captures() {
        problems.push(no_captures(entry.key, edge.span));
        return None;
    }
    Some(edge)
}

fn no_captures(key: &str, span: Span) -> Problem {
    Problem::fatal("config/bad-selector", span, format!("captures have no place in `{key}`"))
        .with_help("captures join the two sides of `forbid` or `deprecate`: `a::{f} -> a::!{f}`")
}

pub(super) fn without_captures(
    key: &str,
    selectors: Vec<Selector>,
    problems: &mut Vec<Problem>,
) -> Vec<Selector> {
    for selector in selectors.iter().filter(|selector| selector.has_captures()) {
        problems.push(no_captures(key, selector.span));
    }
    selectors
}

/// A selector list in which something must be named.
pub(super) fn targets(
    entry: Entry<'_>,
    texts: &[Text],
    problems: &mut Vec<Problem>,
) -> Option<Vec<Selector>> {
    let before = problems.len();
    let targets = selectors_of(texts, problems);
    if problems.len() > before {
        return None;
    }
    if targets.iter().all(|selector| selector.removes) {
        problems.push(only_removes(entry.key, entry.key_span));
        return None;
    }
    Some(targets)
}

pub(super) fn only_removes(key: &str, span: Span) -> Problem {
    Problem::fatal("config/bad-selector", span, format!("`{key}` only takes out"))
        .with_help("name what it takes out of: `[\"app_*\", \"!app_dev\"]`")
}

fn expose(
    entry: Entry<'_>,
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Statement> {
    let component = targets(entry, texts, problems)?;
    let Some(face) = &options.face else {
        let message = "`expose` does not say which part is public";
        let problem = Problem::fatal("config/missing-key", entry.key_span, message);
        problems.push(problem.with_help("say it: `face = [\"accounts::api\"]`"));
        return None;
    };
    Some(Statement::Expose {
        component: without_captures("expose", component, problems),
        face: without_captures("face", selectors_of(face, problems), problems),
        to: options
            .to
            .as_ref()
            .map(|texts| without_captures("to", selectors_of(texts, problems), problems)),
    })
}
