//! Rule page → where it and the program differ: nothing, if the page proves itself.
//!
//! Each example is a small workspace that is judged by the page's rules. What is found must be what
//! is marked, line by line; a fault in the rules, such as a name that matches nothing, is never
//! marked. Pure: an example is never written to disk.

use crate::boundaries::page::{Example, ExampleFile, Mark, Page, parse_page};
use crate::check::Violation;
use crate::judge::{Case, judge, of_problem};
use crate::model::{FileId, Severity, Sources, Span};
use crate::resolve::Resolution;
use crate::settle::Status;
use crate::sketch::{Sketch, sketch};

/// A mark without a finding.
pub const NOT_FOUND: &str = "page/not-found";
/// A finding without a mark.
pub const NOT_MARKED: &str = "page/not-marked";
/// A page without a single example.
pub const NO_EXAMPLE: &str = "page/no-example";
/// A page in which nothing is found.
pub const NO_BAD: &str = "page/no-bad-example";
/// A page in which something is found in every example.
pub const NO_GOOD: &str = "page/no-good-example";
/// A path in an example that leads nowhere, so that no rule can be broken by it.
pub const UNRESOLVED: &str = "page/unresolved";

/// The page's own faults, and every place where an example is not judged as it is marked.
pub fn prove(text: &str, file: FileId) -> Vec<Violation> {
    let (page, problems) = parse_page(text, file);
    let mut faults: Vec<Violation> = problems.into_iter().map(of_problem).collect();
    if page.examples.is_empty() {
        let start = Span { file, start: 0, end: 0 };
        let message = "the page has no example, so it proves nothing".to_owned();
        faults.push(fault(NO_EXAMPLE, start, message, ""));
    }
    faults.extend(page.examples.iter().flat_map(differences));
    // A page whose rules are those of its examples is about what can be said, not about a rule.
    if faults.is_empty() && !page.boundaries.trim().is_empty() {
        faults.extend(one_sided(&page, file));
    }
    faults.sort_by_key(|fault| fault.span);
    faults
}

/// What an otherwise faultless page leaves open: that its rule finds something, or not everything.
fn one_sided(page: &Page, file: FileId) -> Option<Violation> {
    let start = Span { file, start: 0, end: 0 };
    let finds = |example: &Example| example.files.iter().any(|file| !file.marks.is_empty());
    let (bad, good) = (page.examples.iter().any(finds), !page.examples.iter().all(finds));
    let (code, message) = match (bad, good) {
        (false, _) => {
            (NO_BAD, "no example has a mark, so nothing shows that the rule finds anything")
        }
        (_, false) => {
            (NO_GOOD, "every example has a mark, so nothing shows what the rule lets pass")
        }
        (true, true) => return None,
    };
    Some(fault(code, start, message.to_owned(), ""))
}

fn differences(example: &Example) -> Vec<Violation> {
    let texts = example.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    let mut sketch = sketch(texts);
    let config = sketch.sources.add("boundaries.toml".into(), example.boundaries.clone());
    let resolution = sketch.resolve();
    let map = Map { example, sources: &sketch.sources, config };
    let mut faults: Vec<Violation> = unresolved(&map, &resolution).collect();
    let mut found = found(&sketch, config, resolution);
    for file in &example.files {
        for mark in &file.marks {
            faults.extend(missing(&map, file, mark, &mut found));
        }
    }
    faults.extend(found.iter().map(|violation| {
        let message = format!("`{}` is found here, and no mark says so", violation.rule);
        fault(NOT_MARKED, map.place(violation.span), message, &violation.message)
    }));
    faults
}

/// What counts as found, warnings and stale excuses included.
fn found(sketch: &Sketch, config: FileId, resolution: Resolution) -> Vec<Violation> {
    let case = Case::new(&sketch.workspace, &sketch.sources, &sketch.files, config);
    let judged = judge(case, resolution).expect("neither packages nor rules are asked for");
    let findings = judged.verdict.findings.into_iter();
    let counts = |status| matches!(status, Status::New | Status::Stale);
    findings.filter(|one| counts(one.status)).map(|one| one.violation).collect()
}

/// The rules of a mark that find nothing there; what is found is taken out of the list.
fn missing(
    map: &Map,
    file: &ExampleFile,
    mark: &Mark,
    found: &mut Vec<Violation>,
) -> Vec<Violation> {
    let mut faults = Vec::new();
    for rule in &mark.rules {
        let place = (file.path.as_str(), mark.line);
        let here = |one: &Violation| one.rule == *rule && map.line(one.span) == place;
        if let Some(at) = found.iter().position(here) {
            found.remove(at);
        } else {
            let message = format!("`{rule}` is not found here");
            faults.push(fault(NOT_FOUND, mark.span, message, "this mark says so"));
        }
    }
    faults
}

fn unresolved<'a>(
    map: &'a Map,
    resolution: &'a Resolution,
) -> impl Iterator<Item = Violation> + 'a {
    resolution.unresolved.iter().map(|one| {
        let message = format!("`{}` leads nowhere", resolution.text(one.written));
        fault(UNRESOLVED, map.place(one.span), message, one.reason.name())
    })
}

fn fault(code: &str, span: Span, message: String, label: &str) -> Violation {
    Violation { label: label.to_owned(), ..Violation::new(code, Severity::Deny, span, message) }
}

/// From places in an example's files to places in its page.
struct Map<'a> {
    example: &'a Example,
    sources: &'a Sources,
    config: FileId,
}

impl Map<'_> {
    /// The place in the page; the example's title for files that the page does not show.
    fn place(&self, span: Span) -> Span {
        let page = self.example.span.file;
        if span.file == self.config {
            return Span { file: page, ..span };
        }
        let path = &self.sources.file(span.file).path;
        let shown = self.example.files.iter().find(|file| file.path == path.as_str());
        shown.map_or(self.example.span, |file| {
            let offset = file.span.start;
            Span { file: page, start: offset + span.start, end: offset + span.end }
        })
    }

    /// The file and the line on which a finding stands.
    fn line(&self, span: Span) -> (&str, u32) {
        let file = self.sources.file(span.file);
        let before = &file.text[..span.start as usize];
        (file.path.as_str(), 1 + before.matches('\n').count() as u32)
    }
}
