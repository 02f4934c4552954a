//! Finds whose rule knows what to write instead → the change, where it is certainly right.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Ground;
use super::lift::Found;
use crate::boundaries::flag::{Fix as Wanted, FixForm};
use crate::check::{Applicability, Fix};
use crate::discover::Target;
use crate::extract::Range;
use crate::extract::hoist::{Hoist, hoists};
use crate::extract::sites::SiteKind;
use crate::model::{FileId, Span};
use crate::resolve::{NodeId, NodeKind};

/// Paths that begin with a crate's name mean that crate everywhere since this edition.
const FIRST_EDITION: u16 = 2018;

/// Adds the changes; what shall replace an expression by a text has been added by `words`.
pub(super) fn add(ground: &Ground<'_>, found: &mut [Found]) {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (at, one) in found.iter().enumerate() {
        let flag = ground.rules[one.rule].flag;
        let hoisted = matches!(&flag.fix, Some(Wanted { form: FixForm::Hoist { .. }, .. }));
        if hoisted && one.violation.chain.is_empty() && can_name_std(ground, one.ends.0) {
            by_file.entry(one.violation.span.file).or_default().push(at);
        }
    }
    let offered = by_file.into_par_iter().map(|(file, mut places)| {
        places.sort_by_key(|at| found[*at].rule);
        in_file(ground, file, &places, found)
    });
    for (at, fix) in offered.collect::<Vec<_>>().into_iter().flatten() {
        found[at].violation.fix = Some(fix);
    }
}

/// A file that is changed.
#[derive(Clone, Copy)]
struct File<'a> {
    id: FileId,
    text: &'a str,
}

impl<'a> File<'a> {
    fn written(self, range: Range) -> &'a str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// A change that may be offered.
struct Offer<'r> {
    /// Index into what was found.
    found: usize,
    hoist: Hoist,
    wrapper: &'r str,
    name: Option<&'r str>,
    machine: bool,
}

/// The changes of a file, by what was found. Names are given out over the whole file, so that
/// changes of several rules can be made at once.
fn in_file(
    ground: &Ground<'_>,
    file: FileId,
    places: &[usize],
    found: &[Found],
) -> Vec<(usize, Fix)> {
    let file = File { id: file, text: &ground.code.sources.file(file).text };
    let by_rule = places.chunk_by(|one, two| found[*one].rule == found[*two].rule);
    let mut offers: Vec<Offer<'_>> =
        by_rule.flat_map(|places| of_rule(ground, file, places, found)).collect();
    offers.sort_by_key(|offer| offer.hoist.value);
    let mut taken: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    let offers = offers.into_iter().map(|Offer { found, hoist, wrapper, name, machine }| {
        let wanted = name.map_or_else(|| loud(file.written(hoist.of)), str::to_owned);
        let taken = taken.entry(hoist.at).or_default();
        let name = free(file.written(hoist.function), taken, &wanted);
        let fix = Fix {
            title: format!("keep it in a `static {name}`, made once"),
            edits: edits(file, &hoist, &name, wrapper),
            applicability: applicability(machine),
        };
        taken.insert(name);
        (found, fix)
    });
    offers.collect()
}

/// What one rule offers; the file is parsed once for it.
fn of_rule<'r>(
    ground: &Ground<'r>,
    file: File<'_>,
    places: &[usize],
    found: &[Found],
) -> Vec<Offer<'r>> {
    let flag = ground.rules[found[places[0]].rule].flag;
    let Some(Wanted { form: FixForm::Hoist { wrapper, of, name, borrows }, machine, .. }) =
        &flag.fix
    else {
        return Vec::new();
    };
    let makes = |at: &usize| {
        found[*at].violation.item.rsplit_once("::").is_some_and(|(made, _)| made == of)
    };
    let calls = places.iter().filter(|at| makes(at));
    let (places, calls): (Vec<usize>, Vec<Range>) =
        calls.filter_map(|at| Some((*at, call(ground, found[*at].violation.span)?))).unzip();
    let hoists = hoists(file.text, &calls, borrows).into_iter().zip(places);
    hoists
        .filter_map(|(hoist, found)| {
            let (name, machine) = (name.as_deref(), *machine);
            Some(Offer { found, hoist: hoist?, wrapper, name, machine })
        })
        .collect()
}

/// The whole call whose name stands here.
fn call(ground: &Ground<'_>, span: Span) -> Option<Range> {
    let read = ground.library.get(ground.library.at(span.file, span.start)?);
    let sites = read.starting_at(span.start).map(|id| read.site(id));
    let mut calls = sites.filter(|site| site.kind == SiteKind::Call && site.range.end == span.end);
    calls.next().map(|site| site.whole)
}

/// A path into the standard library means that everywhere in the crate.
fn can_name_std(ground: &Ground<'_>, owner: Option<NodeId>) -> bool {
    let code = ground.code;
    let resolution = &code.graph.resolution;
    let Some(owner) = owner else { return false };
    let NodeKind::Crate { package, target } = resolution.node(resolution.crate_of(owner)).kind
    else {
        return false;
    };
    let targets = &code.workspace.packages[package.0 as usize].targets;
    let of_kind: Vec<&Target> = targets.iter().filter(|one| one.kind == target).collect();
    !of_kind.is_empty() && of_kind.iter().all(|target| has_std(ground, target))
}

fn has_std(ground: &Ground<'_>, target: &Target) -> bool {
    let code = ground.code;
    let file = code.files.by_path.get(&target.root).copied().flatten();
    let says_otherwise = |file: FileId| code.sources.file(file).text.contains("no_std");
    target.edition >= FIRST_EDITION && file.is_some_and(|file| !says_otherwise(file))
}

/// `LazyRegex` → `LAZY_REGEX`.
fn loud(path: &str) -> String {
    let last = path.rsplit("::").next().unwrap_or_default().trim();
    let mut name = String::new();
    for letter in last.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
    }
    name
}

/// The first of `NAME`, `NAME_2`, … that nothing in the function mentions, strings included.
fn free(function: &str, taken: &BTreeSet<String>, wanted: &str) -> String {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words: BTreeSet<&str> = function.split(|letter| !part_of_name(letter)).collect();
    let numbered = (2_u32..).map(|number| format!("{wanted}_{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    let is_free = |name: &String| !words.contains(name.as_str()) && !taken.contains(name);
    names.find(is_free).expect("there are more numbers than words")
}

fn edits(file: File<'_>, hoist: &Hoist, name: &str, wrapper: &str) -> Vec<(Span, String)> {
    let span = |start, end| Span { file: file.id, start, end };
    let gap = gap(file.text, hoist.at);
    let declaration = declaration(file, hoist, name, wrapper, gap > hoist.at);
    let used = format!("{}{name}", hoist.sign);
    let mut edits = if gap == hoist.value.start {
        vec![(span(hoist.at, hoist.value.end), declaration + &used)]
    } else {
        vec![(span(hoist.at, gap), declaration), (span(hoist.value.start, hoist.value.end), used)]
    };
    edits.extend(hoist.borrowed.iter().map(|sign| {
        let before = file.text[..sign.start as usize].chars().next_back();
        let joins = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        (span(sign.start, sign.end), if joins { " " } else { "" }.to_owned())
    }));
    edits.sort_by_key(|(span, _)| *span);
    edits
}

/// Where the code begins that stands on the same line as the brace; the brace's end if none does.
fn gap(text: &str, at: u32) -> u32 {
    let rest = &text[at as usize..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let ends = rest[blanks..].starts_with(['\n', '\r']);
    if ends { at } else { at + blanks as u32 }
}

/// The `static` on lines of its own, as rustfmt would break it; `code` follows on the same line.
fn declaration(file: File<'_>, hoist: &Hoist, name: &str, wrapper: &str, code: bool) -> String {
    let text = file.text;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = &text[text[..hoist.at as usize].rfind('\n').map_or(0, |at| at + 1)..];
    let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let closing = &text[..hoist.function.end as usize - 1];
    let closing = &closing[closing.rfind('\n').map_or(0, |at| at + 1)..];
    let outer = if closing.trim().is_empty() { closing } else { &line[..blank(line)] };
    let step = if outer.contains('\t') { "\t" } else { "    " };
    let indent = format!("{outer}{step}");
    let head = format!("static {name}: {wrapper}<{}> =", file.written(hoist.of));
    let tail = format!("{wrapper}::new(|| {});", file.written(hoist.value));
    let fits = indent.len() + head.len() + 1 + tail.len() <= 100 && !tail.contains('\n');
    let gap = if fits { " ".to_owned() } else { format!("{end}{indent}{step}") };
    let after = if code { format!("{end}{indent}") } else { String::new() };
    format!("{end}{indent}{head}{gap}{tail}{after}")
}

/// In the words of the report.
pub(super) fn applicability(machine: bool) -> Applicability {
    if machine { Applicability::MachineApplicable } else { Applicability::MaybeIncorrect }
}
