//! The values of `independent` and `acyclic`: things of equal rank.

use crate::boundaries::Problem;
use crate::boundaries::selector::Selector;
use crate::boundaries::written::{Acyclic, Members};

use super::reader::Entry;
use super::selectors;
use super::text::Text;
use super::verbs::{Options, only_removes, targets};

/// A lone string lists its members by ` | `; in a list each entry is one, a union by ` | ` too.
pub(super) fn equals(
    entry: Entry<'_>,
    texts: &[Text],
    is_list: bool,
    problems: &mut Vec<Problem>,
) -> Option<Members> {
    let unions: Vec<Option<Vec<Selector>>> =
        texts.iter().map(|text| selectors::parse_union(text.whole(), problems)).collect();
    let mut members = Members::default();
    for union in unions.into_iter().collect::<Option<Vec<_>>>()? {
        let (out, named): (Vec<_>, Vec<_>) = union.into_iter().partition(|one| one.removes);
        if !is_list {
            members.entries.extend(named.into_iter().map(|one| vec![one]));
            members.removed.extend(out);
        } else if named.is_empty() {
            members.removed.extend(out);
        } else {
            members.entries.push(named.into_iter().chain(out).collect());
        }
    }
    if members.entries.is_empty() {
        problems.push(only_removes(entry.key, entry.key_span));
        return None;
    }
    Some(members)
}

/// `acyclic = "a"` looks below `a`, `["a", "b"]` between them, `"crates"` between packages.
pub(super) fn acyclic(
    entry: Entry<'_>,
    texts: &[Text],
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Option<Acyclic> {
    let below = !entry.value.is_array() && texts[0].value.trim() != "crates";
    if below {
        let modules = targets(entry, texts, problems)?;
        return Some(Acyclic::Below { modules, depth: options.depth.unwrap_or(1) });
    }
    if options.depth.is_some() {
        let message = "`depth` counts levels below a module: `acyclic = \"accounts\"`";
        problems.push(Problem::fatal("config/misplaced-key", entry.key_span, message));
    }
    if entry.value.is_array() {
        Some(Acyclic::Parts(equals(entry, texts, true, problems)?))
    } else {
        Some(Acyclic::Crates)
    }
}
