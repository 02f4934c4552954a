//! `boundaries.toml` → [`Boundaries`]: versions, settings and components; rules are read next door.

mod edge;
mod flag;
mod hygiene;
mod layers;
mod members;
mod outdated;
mod reader;
mod rule;
mod selectors;
mod switches;
mod text;
mod verbs;

use toml::de::{DeTable, DeValue};

use crate::boundaries::Problem;
use crate::boundaries::nested;
use crate::boundaries::policy::Unmatched;
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Boundaries, Component, Required, Rule, Settings};
use crate::model::{CodeScope, FileId, Span};

use reader::{Entry, Table};
use text::{Source, Text};

/// The version of the language that we speak.
const VERSION: &str = "1";

/// Reads the file.
pub(super) fn parse(text: &str, file: FileId) -> (Boundaries, Vec<Problem>) {
    let source = Source { text, file };
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return (Boundaries::default(), syntax(source, &errors));
    }
    let mut problems = Vec::new();
    let top = Table::new(source, table.get_ref(), source.span(0..0));
    let boundaries = document(top, &mut problems);
    problems.sort_by_key(|problem| problem.span);
    (boundaries, problems)
}

/// Reads the file of a member: rules only, held to what the workspace's file requires.
pub(super) fn parse_nested(
    text: &str,
    file: FileId,
    required: Required,
) -> (Vec<Rule>, Vec<Problem>) {
    let source = Source { text, file };
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return (Vec::new(), syntax(source, &errors));
    }
    let mut problems = Vec::new();
    let mut top = Table::new(source, table.get_ref(), source.span(0..0));
    version(&mut top, &mut problems);
    let rules = top.take("rule").map(|entry| reader::tables(source, entry, &mut problems));
    let rules = rule::rules(rules.unwrap_or_default(), &mut problems);
    for key in ["settings", "components", "rules", "contexts"] {
        problems.extend(top.take(key).map(|entry| nested::not_here(key, entry.key_span)));
    }
    top.finish("a member's file", &mut problems);
    let settings = Settings { required, ..Settings::default() };
    let boundaries = Boundaries { settings, rules, ..Boundaries::default() };
    hygiene::check(&boundaries, &mut problems);
    problems.sort_by_key(|problem| problem.span);
    (boundaries.rules, problems)
}

/// One error a line: what follows on the same line follows from it.
fn syntax(source: Source<'_>, errors: &[toml::de::Error]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut last = None;
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let line = source.text[..range.start].matches('\n').count();
        if last != Some(line) {
            problems.push(Problem::fatal("config/syntax", source.span(range), error.message()));
        }
        last = Some(line);
    }
    problems
}

fn document(mut top: Table<'_>, problems: &mut Vec<Problem>) -> Boundaries {
    version(&mut top, problems);
    let settings = top.take("settings").and_then(|entry| table(top.source, entry, problems));
    let components = top.take("components").and_then(|entry| table(top.source, entry, problems));
    let outdated = top.take("outdated").and_then(|entry| table(top.source, entry, problems));
    let rules = top.take("rule").map(|entry| reader::tables(top.source, entry, problems));
    let switches = top.take("rules").and_then(|entry| table(top.source, entry, problems));
    let contexts = top.take("contexts").and_then(|entry| table(top.source, entry, problems));
    let boundaries = Boundaries {
        settings: settings.map(|table| self::settings(table, problems)).unwrap_or_default(),
        components: components.map(|table| self::components(&table, problems)).unwrap_or_default(),
        outdated: outdated.map(|table| outdated::outdated(table, problems)),
        rules: rule::rules(rules.unwrap_or_default(), problems),
        switches: switches.map(|table| switches::read(&table, problems)).unwrap_or_default(),
        contexts: contexts.map(|table| flag::contexts::read(table, problems)).unwrap_or_default(),
        lenient: false,
    };
    top.finish("the file", problems);
    hygiene::check(&boundaries, problems);
    boundaries
}

fn version(top: &mut Table<'_>, problems: &mut Vec<Problem>) {
    let Some(entry) = top.take("version") else { return };
    let span = top.source.span(entry.range.0..entry.range.1);
    match entry.value {
        DeValue::Integer(number) if number.as_str() == VERSION => {}
        DeValue::Integer(number) => {
            let message = format!("version {number} of the language is not known");
            let help = format!("this program reads version {VERSION}; a newer one may read yours");
            problems.push(Problem::fatal("config/version", span, message).with_help(help));
        }
        _ => {
            reader::wrong_type::<()>(top.source, entry, "an integer", problems);
        }
    }
}

fn table<'t>(
    source: Source<'t>,
    entry: Entry<'t>,
    problems: &mut Vec<Problem>,
) -> Option<Table<'t>> {
    match entry.value {
        DeValue::Table(table) => {
            Some(Table::new(source, table, source.span(entry.range.0..entry.range.1)))
        }
        _ => reader::wrong_type(source, entry, "a table", problems),
    }
}

fn settings(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Settings {
    let unmatched =
        [("error", Unmatched::Deny), ("warn", Unmatched::Warn), ("silent", Unmatched::Silent)];
    let overlap = [("forbid", false), ("allow", true)];
    let settings = Settings {
        scopes: table.texts("scope", problems).map(|texts| scopes(&texts, problems)),
        exhaustive: table.flag("exhaustive", problems).and_then(|(on, span)| on.then_some(span)),
        required: Required {
            because: flag(&mut table, "require-because", problems),
            owner: flag(&mut table, "require-owner", problems),
            until: flag(&mut table, "require-until", problems),
        },
        unmatched_exceptions: table
            .word("unmatched-exceptions", &unmatched, problems)
            .unwrap_or_default(),
        unused_allow: table.word("unused-allow", &unmatched, problems),
        overlap: table.word("overlap", &overlap, problems).unwrap_or_default(),
        quiet: table.flag("antipatterns", problems).is_some_and(|(on, _)| !on),
        pages: table.texts("pages", problems).map(places).unwrap_or_default(),
    };
    table.finish("`[settings]`", problems);
    settings
}

fn flag(table: &mut Table<'_>, key: &'static str, problems: &mut Vec<Problem>) -> bool {
    table.flag(key, problems).is_some_and(|(on, _)| on)
}

fn places(texts: Vec<Text>) -> Vec<(String, Span)> {
    texts.into_iter().map(|text| (text.value, text.span)).collect()
}

fn scopes(texts: &[Text], problems: &mut Vec<Problem>) -> Vec<CodeScope> {
    let words = CodeScope::ALL.map(|scope| (scope.name(), scope));
    texts.iter().filter_map(|text| reader::word("scope", text, &words, problems)).collect()
}

fn components(table: &Table<'_>, problems: &mut Vec<Problem>) -> Vec<Component> {
    let source = table.source;
    table.entries().iter().filter_map(|entry| component(source, *entry, problems)).collect()
}

fn component(
    source: Source<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Component> {
    let named = name_is_fine(entry, problems);
    let component = match entry.value {
        DeValue::Table(table) => {
            let span = source.span(entry.range.0..entry.range.1);
            long_component(entry, Table::new(source, table, span), problems)
        }
        DeValue::String(_) | DeValue::Array(_) => {
            let texts = reader::texts(source, entry, problems);
            bare(entry, members(texts, problems))
        }
        _ => {
            let expected = "a string, a list of strings or a table with `in`";
            reader::wrong_type(source, entry, expected, problems)?
        }
    };
    named.then_some(component)
}

fn bare(entry: Entry<'_>, selectors: Vec<Selector>) -> Component {
    Component {
        name: entry.key.to_owned(),
        span: entry.key_span,
        selectors,
        owner: None,
        optional: false,
        strict: false,
    }
}

fn long_component(
    entry: Entry<'_>,
    mut table: Table<'_>,
    problems: &mut Vec<Problem>,
) -> Component {
    let texts = table.take("in").map(|entry| reader::texts(table.source, entry, problems));
    if texts.is_none() {
        let message = format!("component `{}` does not say what is in it", entry.key);
        let help = "say it: `in = \"path::of::a::module\"`";
        let problem = Problem::fatal("config/missing-key", entry.key_span, message);
        problems.push(problem.with_help(help));
    }
    let mut selectors = members(texts.flatten(), problems);
    let not = table.texts("not", problems).unwrap_or_default();
    selectors.extend(removed("not", &not, problems));
    let component = Component {
        owner: table.string("owner", problems),
        optional: flag(&mut table, "optional", problems),
        strict: flag(&mut table, "strict", problems),
        ..bare(entry, selectors)
    };
    table.finish(&format!("component `{}`", entry.key), problems);
    component
}

fn members(texts: Option<Vec<Text>>, problems: &mut Vec<Problem>) -> Vec<Selector> {
    texts.map(|texts| selectors_of(&texts, problems)).unwrap_or_default()
}

/// Every selector of a list that can be read.
fn selectors_of(texts: &[Text], problems: &mut Vec<Problem>) -> Vec<Selector> {
    texts
        .iter()
        .flat_map(|text| selectors::parse_union(text.whole(), problems).unwrap_or_default())
        .collect()
}

/// Selectors of a key that takes out: `!` before one of them would say it twice.
fn removed(key: &str, texts: &[Text], problems: &mut Vec<Problem>) -> Vec<Selector> {
    let mut removed = selectors_of(texts, problems);
    for selector in &mut removed {
        if selector.removes {
            let message = format!("`{key}` takes out already: `!` has no place in it");
            problems.push(Problem::fatal("config/bad-selector", selector.span, message));
        }
        selector.removes = true;
    }
    removed
}

/// A component's name must be readable as a selector of one name.
fn name_is_fine(entry: Entry<'_>, problems: &mut Vec<Problem>) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let fine = !entry.key.is_empty() && entry.key.chars().all(fits);
    if !fine {
        let message = format!("`{}` cannot be the name of a component", entry.key);
        let help = "letters, digits, `-` and `_` make a name";
        problems.push(Problem::fatal("config/bad-name", entry.key_span, message).with_help(help));
    }
    fine
}
