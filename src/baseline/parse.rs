//! Text → [`Baseline`].

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Place;
use std::num::NonZeroU32;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::{Baseline, CORRUPT_BASELINE, Entry, Key};
use crate::boundaries::{Grade, Problem};
use crate::model::{FileId, Span};

/// The version of the format that we speak.
const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Spanned<u32>,
    #[serde(default)]
    known: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    rule: String,
    from: String,
    to: String,
    count: NonZeroU32,
}

pub(super) fn parse(text: &str, file: FileId) -> Result<Baseline, Box<Problem>> {
    let fault = |range, message: String| Box::new(corrupt(span(file, range), message));
    let (_, errors) = DeTable::parse_recoverable(text);
    // The parser may stumble first where it cannot go on, and that is further down.
    let first = errors.into_iter().min_by_key(|error| place(text, error.span()).start);
    let read: Result<File, _> = first.map_or_else(|| toml::from_str(text), Err);
    let read = read.map_err(|error| {
        let told = error.message().trim_end_matches('\n');
        fault(place(text, error.span()), format!("the baseline cannot be read: {told}"))
    })?;
    if *read.version.get_ref() != VERSION {
        let message = format!("version {} of the baseline is not known", read.version.get_ref());
        return Err(fault(read.version.span(), message));
    }
    let mut entries = BTreeMap::new();
    for row in read.known {
        let span = span(file, row.span());
        let Row { rule, from, to, count } = row.into_inner();
        match entries.entry(Key { rule, from, to }) {
            Place::Vacant(place) => {
                place.insert(Entry { count: count.get() as usize, span });
            }
            Place::Occupied(first) => return Err(Box::new(twice(span, first.get().span))),
        }
    }
    Ok(Baseline { entries })
}

/// Where the fault is; where the parser knows no place, the start.
fn place(text: &str, range: Option<Range<usize>>) -> Range<usize> {
    let range = range.unwrap_or_default();
    range.start.min(text.len())..range.end.min(text.len())
}

fn span(file: FileId, range: Range<usize>) -> Span {
    Span { file, start: range.start as u32, end: range.end as u32 }
}

/// Two sides of a merge may both have changed an entry; which count holds is not for us to say.
fn twice(span: Span, first: Span) -> Problem {
    let message = "the baseline has this entry twice".to_owned();
    Problem {
        related: vec![(first, "it stands here, too".to_owned())],
        help: Some("keep the one with the smaller count".to_owned()),
        ..corrupt(span, message)
    }
}

fn corrupt(span: Span, message: String) -> Problem {
    Problem {
        code: CORRUPT_BASELINE,
        grade: Grade::Fatal,
        span,
        message,
        label: "nothing is judged until this is mended: new and known could not be told apart"
            .to_owned(),
        related: Vec::new(),
        help: Some("resolve the merge that left it so, or restore the file".to_owned()),
    }
}
