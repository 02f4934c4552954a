//! `[contexts]` → [`Contexts`].

use crate::boundaries::Problem;
use crate::boundaries::flag::contexts::{Calls, Contexts};
use crate::boundaries::flag::pattern::{PathPattern, Words, alternatives};
use crate::boundaries::parse::reader::Table;
use crate::boundaries::parse::text::Text;

use super::values::{paths, strings, sub, words};

/// Reads the table.
pub(in crate::boundaries::parse) fn read(
    mut table: Table<'_>,
    problems: &mut Vec<Problem>,
) -> Contexts {
    let contexts = Contexts {
        once: calls(&mut table, "once", problems),
        cached: calls(&mut table, "cached", problems),
        once_macros: paths(&mut table, "once-macros", problems).unwrap_or_default(),
        iterators: words(&mut table, "iterators", problems),
        maybe_iterators: words(&mut table, "maybe-iterators", problems),
        sources: words(&mut table, "sources", problems),
        iterator_calls: paths(&mut table, "iterator-calls", problems).unwrap_or_default(),
        spawners: calls(&mut table, "spawners", problems),
        offloaders: calls(&mut table, "offloaders", problems),
        handlers: calls(&mut table, "handlers", problems),
        handler_attributes: paths(&mut table, "handler-attributes", problems).unwrap_or_default(),
        handler_traits: paths(&mut table, "handler-traits", problems).unwrap_or_default(),
        main_attributes: paths(&mut table, "main-attributes", problems).unwrap_or_default(),
        test_attributes: paths(&mut table, "test-attributes", problems).unwrap_or_default(),
        finishers: words(&mut table, "finishers", problems),
        keepers: words(&mut table, "keepers", problems),
        builders: words(&mut table, "builders", problems),
        prelude: strings(&mut table, "prelude", problems),
        aliases: sub(&mut table, "aliases", problems)
            .map(|inner| aliases(&inner, problems))
            .unwrap_or_default(),
    };
    table.finish("`[contexts]`", problems);
    contexts
}

/// `a::b` is a call, `a::B.c` a method on `a::B`, `.c` a method on anything.
fn calls(table: &mut Table<'_>, key: &'static str, problems: &mut Vec<Problem>) -> Calls {
    let mut calls = Calls::default();
    for text in table.texts(key, problems).unwrap_or_default() {
        if call(&text, &mut calls).is_none() {
            let message = format!("`{}` is neither a path nor a method", text.value);
            let help =
                "write `tokio::spawn`, `tokio::task::JoinSet.spawn`, or `.spawn` for any type";
            problems.push(Problem::fatal("config/bad-pattern", text.span, message).with_help(help));
        }
    }
    calls
}

fn call(text: &Text, calls: &mut Calls) -> Option<()> {
    for one in alternatives(text.value.trim())? {
        match one.rsplit_once('.') {
            None => calls.paths.push(PathPattern::parse(&one)?),
            Some((on, name)) => {
                let on = if on.is_empty() { None } else { Some(PathPattern::parse(on)?) };
                calls.methods.push((on, Words(vec![name.to_owned()])));
            }
        }
    }
    Some(())
}

fn aliases(table: &Table<'_>, problems: &mut Vec<Problem>) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for entry in table.entries() {
        let Some(text) = crate::boundaries::parse::reader::text(table.source, *entry, problems)
        else {
            continue;
        };
        let names = entry.key.split("::").map(|name| name.replace('-', "_")).collect();
        found.push((names, text.value));
    }
    found
}
