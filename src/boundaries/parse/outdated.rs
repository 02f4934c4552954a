//! `[outdated]` → [`Outdated`].

use semver::VersionReq;
use toml::de::DeValue;

use crate::boundaries::Problem;
use crate::boundaries::outdated::{Class, Ignore, Level, Outdated};

use super::reader::{self, Entry, Table};
use super::rule::until;
use super::text::Text;

/// The classes that time makes worse.
const AGEING: [Class; 3] = [Class::Yanked, Class::Compatible, Class::Incompatible];

/// Reads the table.
pub(super) fn outdated(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Outdated {
    let scopes = [("direct", false), ("all", true)];
    let rust_versions = [("respect", false), ("ignore", true)];
    let outdated = Outdated {
        check: super::flag(&mut table, "check", problems),
        all: table.word("scope", &scopes, problems).unwrap_or_default(),
        cooldown_days: days(&mut table, "cooldown-days", problems),
        max_age_days: max_age_days(&mut table, problems),
        levels: levels(&mut table, problems),
        pre_releases: super::flag(&mut table, "pre-releases", problems),
        any_rust_version: table.word("rust-version", &rust_versions, problems).unwrap_or_default(),
        ignore: ignores(&mut table, problems),
        report: report(&mut table, problems),
    };
    table.finish("`[outdated]`", problems);
    outdated
}

fn days(table: &mut Table<'_>, key: &'static str, problems: &mut Vec<Problem>) -> Option<u32> {
    let entry = table.take(key)?;
    let DeValue::Integer(number) = entry.value else {
        return reader::wrong_type(table.source, entry, "a number of days", problems);
    };
    let days = u32::from_str_radix(number.as_str(), number.radix()).ok();
    if days.is_none() {
        let span = table.source.span(entry.range.0..entry.range.1);
        let message = format!("`{key} = {number}` is no number of days");
        problems.push(Problem::fatal("config/bad-days", span, message));
    }
    days
}

fn max_age_days(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> [Option<u32>; Class::COUNT] {
    let mut ages = [None; Class::COUNT];
    if let Some(mut inner) = inner(table, "max-age-days", problems) {
        for class in AGEING {
            ages[class as usize] = days(&mut inner, class.name(), problems);
        }
        inner.finish("`max-age-days`", problems);
    }
    ages
}

fn levels(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> [Option<Level>; Class::COUNT] {
    let words = [("deny", Level::Deny), ("warn", Level::Warn), ("allow", Level::Allow)];
    let mut levels = [None; Class::COUNT];
    if let Some(mut inner) = inner(table, "level", problems) {
        for class in Class::ALL {
            levels[class as usize] = inner.word(class.name(), &words, problems);
        }
        inner.finish("`level`", problems);
    }
    levels
}

fn inner<'t>(
    table: &mut Table<'t>,
    key: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<Table<'t>> {
    let entry = table.take(key)?;
    super::table(table.source, entry, problems)
}

fn ignores(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Vec<Ignore> {
    let Some(entry) = table.take("ignore") else { return Vec::new() };
    let tables = reader::tables(table.source, entry, problems);
    tables.into_iter().filter_map(|table| ignore(table, problems)).collect()
}

fn ignore(mut table: Table<'_>, problems: &mut Vec<Problem>) -> Option<Ignore> {
    let name = needed(&mut table, "name", "which package it ignores", problems);
    let versions = table.text("versions", problems);
    let versions = versions.map(|text| versions_of(&text, problems));
    let reason = needed(&mut table, "reason", "why", problems);
    let until = table.take("until").and_then(|entry| day(&table, entry, problems));
    table.finish("an entry of `ignore`", problems);
    // A fault in `versions` must not widen what is ignored.
    let versions = match versions {
        Some(versions) => Some(versions?),
        None => None,
    };
    let Text { value: name, span, .. } = name?;
    Some(Ignore { name, versions, reason: reason?.value, until, span })
}

fn needed(
    table: &mut Table<'_>,
    key: &'static str,
    what: &str,
    problems: &mut Vec<Problem>,
) -> Option<Text> {
    let entry = table.take(key);
    if entry.is_none() {
        let message = format!("the entry of `ignore` does not say {what}");
        let problem = Problem::fatal("config/missing-key", table.span, message);
        problems.push(problem.with_help(format!("say it: `{key} = \"…\"`")));
    }
    reader::text(table.source, entry?, problems)
}

fn versions_of(text: &Text, problems: &mut Vec<Problem>) -> Option<VersionReq> {
    let parsed = text.value.parse();
    if let Err(error) = &parsed {
        let message = format!("`{}` is no version requirement: {error}", text.value);
        let problem = Problem::fatal("config/bad-version", text.span, message);
        problems.push(problem.with_help("write it as in `Cargo.toml`: `>=3`"));
    }
    parsed.ok()
}

/// A day, not a word: an ignored upgrade comes back by itself.
fn day(table: &Table<'_>, entry: Entry<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = until(table, entry, problems)?;
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        let span = table.source.span(entry.range.0..entry.range.1);
        let message = format!("`{text}` is no day of the calendar");
        let problem = Problem::fatal("config/bad-date", span, message);
        problems.push(problem.with_help("write `until = 2027-03-31`"));
        return None;
    }
    Some(text)
}

/// A file of the workspace: the list is written there.
fn report(table: &mut Table<'_>, problems: &mut Vec<Problem>) -> Option<String> {
    let text = table.text("report", problems)?;
    let path = camino::Utf8Path::new(&text.value);
    let plain = |part| matches!(part, camino::Utf8Component::Normal(_));
    if !path.components().all(plain) {
        let message = format!("`{}` does not lie below the workspace", text.value);
        let problem = Problem::fatal("config/bad-path", text.span, message);
        problems.push(problem.with_help("write a path relative to the workspace's `Cargo.toml`"));
        return None;
    }
    Some(text.value)
}
