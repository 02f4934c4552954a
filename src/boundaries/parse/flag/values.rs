//! Single values of a `flag` rule: patterns, words, regexes, numbers.

use regex::Regex;
use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::flag::pattern::{PathPattern, Words, alternatives};
use crate::boundaries::parse::reader::{self, Table};
use crate::boundaries::parse::text::Text;

/// A table below a key.
pub(super) fn sub<'t>(
    table: &mut Table<'t>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<Table<'t>> {
    let entry = table.take(key)?;
    crate::boundaries::parse::table(table.source, entry, problems)
}

/// The tables below a key: one, or a list.
pub(super) fn subs<'t>(
    table: &mut Table<'t>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<Table<'t>> {
    let Some(entry) = table.take(key) else { return Vec::new() };
    super::tables(table.source, entry, problems)
}

pub(super) fn strings(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let texts = table.texts(key, problems).unwrap_or_default();
    texts.into_iter().map(|text| text.value).collect()
}

pub(super) fn words(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Words {
    Words(strings(table, key, problems))
}

/// A list of words of which all are known.
pub(super) fn known<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    words: &[(&str, T)],
    problems: &mut Vec<Problem>,
) -> Option<Vec<T>> {
    let texts = table.texts(key, problems)?;
    Some(texts.iter().filter_map(|text| reader::word(key, text, words, problems)).collect())
}

pub(super) fn paths(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<Vec<PathPattern>> {
    let texts = table.texts(key, problems)?;
    Some(patterns(&texts, problems))
}

pub(super) fn patterns(texts: &[Text], problems: &mut Vec<Problem>) -> Vec<PathPattern> {
    texts.iter().flat_map(|text| pattern(text, problems)).collect()
}

fn pattern(text: &Text, problems: &mut Vec<Problem>) -> Vec<PathPattern> {
    let all = alternatives(text.value.trim());
    let all: Option<Vec<_>> =
        all.and_then(|all| all.iter().map(|one| PathPattern::parse(one)).collect());
    all.unwrap_or_else(|| {
        let message = format!("`{}` is no path pattern", text.value);
        let help =
            "names joined by `::`, with `*`, `**` and `{a,b}`: `regex::{Regex,bytes::Regex}::new`";
        problems.push(Problem::fatal("config/bad-pattern", text.span, message).with_help(help));
        Vec::new()
    })
}

pub(super) fn regexes(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Vec<Regex> {
    let texts = table.texts(key, problems).unwrap_or_default();
    texts.iter().filter_map(|text| compile(text, problems)).collect()
}

pub(super) fn regex(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<Regex> {
    compile(&table.text(key, problems)?, problems)
}

pub(super) fn compile(text: &Text, problems: &mut Vec<Problem>) -> Option<Regex> {
    let wrong = match Regex::new(&text.value) {
        Ok(regex) => return Some(regex),
        Err(wrong) => wrong.to_string(),
    };
    let why = wrong.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
    let message = format!("this is no regular expression: {why}");
    problems.push(Problem::fatal("config/bad-regex", text.span, message));
    None
}

pub(super) fn truth(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<bool> {
    table.flag(key, problems).map(|(on, _)| on)
}

pub(super) fn count(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    let entry = table.take(key)?;
    let number = match entry.value {
        DeValue::Integer(number) => usize::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    number.or_else(|| reader::wrong_type(table.source, entry, "a number from 0", problems))
}

pub(super) fn fraction(
    table: &mut Table<'_>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<f64> {
    let entry = table.take(key)?;
    let number = match entry.value {
        DeValue::Integer(number) => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    };
    number.or_else(|| reader::wrong_type(table.source, entry, "a number", problems))
}
