//! The value of `flag` → [`Subject`]s.

use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::flag::pattern::{PathPattern, Words};
use crate::boundaries::flag::{ItemIs, LiteralIs, MethodIs, Subject};
use crate::boundaries::parse::reader::{self, Entry, Table};
use crate::boundaries::parse::text::Source;
use crate::extract::sites::LoopKind;

use super::values;

const ITEMS: [(&str, ItemIs); 10] = [
    ("function", ItemIs::Function),
    ("struct", ItemIs::Struct),
    ("enum", ItemIs::Enum),
    ("union", ItemIs::Union),
    ("type", ItemIs::Type),
    ("static", ItemIs::Static),
    ("const", ItemIs::Const),
    ("thread-local", ItemIs::ThreadLocal),
    ("field", ItemIs::Field),
    ("variant", ItemIs::Variant),
];

const LOOPS: [(&str, LoopKind); 3] =
    [("for", LoopKind::For), ("while", LoopKind::While), ("endless", LoopKind::Endless)];

/// What is looked for.
pub(super) fn read(
    source: Source<'_>,
    entry: Entry<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Subject> {
    let DeValue::Table(table) = entry.value else {
        let texts = reader::texts(source, entry, problems).unwrap_or_default();
        return uses(values::patterns(&texts, problems));
    };
    let span = source.span(entry.range.0..entry.range.1);
    let mut table = Table::new(source, table, span);
    let subjects = subjects(&mut table, problems);
    table.finish("`flag`", problems);
    if subjects.is_empty() {
        let problem = Problem::fatal("config/empty", span, "`flag` does not say what to look for");
        problems.push(problem.with_help("name it: `flag = [\"reqwest::get\"]`"));
    }
    subjects
}

/// What a bare list of paths stands for.
fn uses(paths: Vec<PathPattern>) -> Vec<Subject> {
    vec![Subject::Call(paths.clone()), Subject::Macro(paths.clone()), Subject::Struct(paths)]
}

fn subjects(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Vec<Subject> {
    let mut found = Vec::new();
    found.extend(values::paths(table, "path", problems).map(uses).unwrap_or_default());
    found.extend(values::paths(table, "call", problems).map(Subject::Call));
    found.extend(values::paths(table, "macro", problems).map(Subject::Macro));
    found.extend(values::paths(table, "struct", problems).map(Subject::Struct));
    found.extend(values::paths(table, "type", problems).map(Subject::Type));
    found.extend(values::paths(table, "attribute", problems).map(Subject::Attribute));
    found.extend(values::paths(table, "derive", problems).map(Subject::Derive));
    found.extend(method(table, problems).map(Subject::Method));
    found.extend(literal(table, problems).map(Subject::Literal));
    found.extend(values::known(table, "item", &ITEMS, problems).map(Subject::Item));
    found.extend(values::known(table, "loop", &LOOPS, problems).map(Subject::Loop));
    found
}

fn method(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<MethodIs> {
    let entry = table.take("method")?;
    let DeValue::Table(inner) = entry.value else {
        let texts = reader::texts(table.source, entry, problems)?;
        let name = Words(texts.into_iter().map(|text| text.value).collect());
        return Some(MethodIs { name, ..MethodIs::default() });
    };
    let span = table.source.span(entry.range.0..entry.range.1);
    let mut inner = Table::new(table.source, inner, span);
    let method = MethodIs {
        name: values::words(&mut inner, "name", problems),
        on: values::paths(&mut inner, "on", problems).unwrap_or_default(),
        named: values::words(&mut inner, "named", problems),
    };
    inner.finish("`method`", problems);
    if method.name.is_empty() {
        let problem = Problem::fatal("config/missing-key", span, "`method` has no `name`");
        problems.push(problem.with_help("any name at all is `name = \"*\"`"));
    }
    Some(method)
}

fn literal(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<LiteralIs> {
    let entry = table.take("literal")?;
    let DeValue::Table(inner) = entry.value else {
        let texts = reader::texts(table.source, entry, problems)?;
        let matches = texts.iter().filter_map(|text| values::compile(text, problems));
        return Some(LiteralIs { matches: matches.collect(), ..LiteralIs::default() });
    };
    let span = table.source.span(entry.range.0..entry.range.1);
    let mut inner = Table::new(table.source, inner, span);
    let literal = LiteralIs {
        matches: values::regexes(&mut inner, "matches", problems),
        entropy: values::fraction(&mut inner, "entropy", problems),
        length: values::count(&mut inner, "length", problems),
    };
    inner.finish("`literal`", problems);
    Some(literal)
}
