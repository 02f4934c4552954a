//! `flag` and the keys that only it knows → [`Flag`].

mod conditions;
pub(super) mod contexts;
mod subjects;
mod values;

use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::flag::{Confidence, Fix, FixForm, Flag, Plain};
use crate::boundaries::selector::Selector;
use crate::model::Span;

use super::reader::{self, Entry, Table};
use super::{flag as is_true, selectors_of};

/// The keys that only `flag` knows.
const KEYS: [&str; 13] = [
    "when",
    "unless",
    "at",
    "from",
    "plain",
    "confidence",
    "effort",
    "tags",
    "needs",
    "default",
    "help",
    "fix",
    "message",
];

/// Notes that these keys are known, where the verb is another one.
pub(super) fn pass_over(table: &mut Table<'_>) {
    for key in KEYS {
        table.take(key);
    }
}

/// What a `flag` rule says, and in which code.
pub(super) fn read(
    table: &mut Table<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Option<(Flag, Option<Vec<Selector>>)> {
    let before = problems.len();
    let subjects = subjects::read(table.source, entry, problems);
    let from = table.texts("from", problems).map(|texts| selectors_of(&texts, problems));
    let callers = [("site", false), ("callers", true)];
    let plain = [("lower", Plain::Lower), ("same", Plain::Same), ("off", Plain::Off)];
    let confidence = [Confidence::High, Confidence::Medium, Confidence::Low];
    let flag = Flag {
        subjects,
        when: conditions::table(table, "when", problems),
        unless: conditions::table(table, "unless", problems),
        callers: table.word("at", &callers, problems).unwrap_or_default(),
        plain: table.word("plain", &plain, problems).unwrap_or_default(),
        confidence: table
            .word("confidence", &confidence.map(|one| (one.name(), one)), problems)
            .unwrap_or_default(),
        effort: table.string("effort", problems),
        tags: values::strings(table, "tags", problems),
        needs: values::strings(table, "needs", problems),
        default: is_true(table, "default", problems),
        message: table.string("message", problems),
        help: table.string("help", problems),
        fix: values::sub(table, "fix", problems).and_then(|table| fix(table, problems)),
    };
    (problems.len() == before).then_some((flag, from))
}

fn fix(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Option<Fix> {
    let span = table.span;
    let replace = table.string("replace", problems);
    let wrapper = table.string("hoist", problems);
    let of = table.string("type", problems);
    let name = table.string("name", problems);
    let borrows = values::strings(&mut table, "borrows", problems);
    let words = [("machine", true), ("maybe", false)];
    let machine = table.word("applicability", &words, problems).unwrap_or_default();
    let requires = table.string("requires", problems);
    table.finish("`fix`", problems);
    let form = match (replace, wrapper, of) {
        (Some(text), None, None) => FixForm::Replace(text),
        (None, Some(wrapper), Some(of)) => FixForm::Hoist { wrapper, of, name, borrows },
        _ => {
            problems.push(formless(span));
            return None;
        }
    };
    Some(Fix { form, machine, requires })
}

fn formless(span: Span) -> Problem {
    Problem::fatal("config/bad-fix", span, "`fix` does not say what to write instead").with_help(
        "say `replace = \"…\"`, or `hoist = \"std::sync::LazyLock\"` with `type = \"…\"`",
    )
}

/// An id for a rule without one: `flag reqwest::get`.
pub(super) fn words(entry: Entry<'_>) -> String {
    match entry.value {
        DeValue::Array(list) => {
            let words = list.iter().filter_map(|item| item.get_ref().as_str());
            words.collect::<Vec<_>>().join("; ")
        }
        DeValue::String(text) => text.to_string(),
        _ => "code".to_owned(),
    }
}

/// A list of tables; one table counts as a list of one.
fn tables<'t>(
    source: super::text::Source<'t>,
    entry: Entry<'t>,
    problems: &mut Vec<Problem>,
) -> Vec<Table<'t>> {
    match entry.value {
        DeValue::Table(table) => {
            vec![Table::new(source, table, source.span(entry.range.0..entry.range.1))]
        }
        _ => reader::tables(source, entry, problems),
    }
}
