//! Findings + sources → the texts in which they are mended.
//!
//! Invariants: pure; only changes that a program may make unasked; of two that overlap the first is
//! made, the other one waits for the next run; a file that parsed still parses, or stays as it is.

use std::collections::BTreeMap;

use crate::check::{Applicability, Fix};
use crate::extract::extract;
use crate::model::{FileId, Sources, Span};

/// What became of the changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// The files that change, with their new texts.
    pub files: Vec<(FileId, String)>,
    /// How many changes are in them.
    pub changes: usize,
}

/// Makes the changes, in their order, as far as they agree with each other.
pub fn mend<'f>(fixes: impl IntoIterator<Item = &'f Fix>, sources: &Sources) -> Mended {
    let mut made: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    for fix in fixes {
        let Some(file) = only_file(fix) else { continue };
        let before = made.entry(file).or_default();
        if fix.applicability == Applicability::MachineApplicable && agrees(fix, before) {
            before.push(fix);
        }
    }
    let mut mended = Mended::default();
    for (file, fixes) in made {
        let before = &sources.file(file).text;
        let after = changed(before, &fixes);
        if after != *before && (parses(&after) || !parses(before)) {
            mended.changes += fixes.len();
            mended.files.push((file, after));
        }
    }
    mended
}

/// The file of all edits; a change of several files could be made by halves.
fn only_file(fix: &Fix) -> Option<FileId> {
    let first = fix.edits.first()?.0.file;
    fix.edits.iter().all(|(span, _)| span.file == first).then_some(first)
}

fn agrees(fix: &Fix, before: &[&Fix]) -> bool {
    let made = || before.iter().flat_map(|other| &other.edits);
    fix.edits.iter().all(|(span, _)| !made().any(|(other, _)| overlap(*span, *other)))
}

/// Insertions at the same place stand one after the other.
fn overlap(one: Span, two: Span) -> bool {
    let both_replace = one.start < one.end && two.start < two.end;
    let same = both_replace && one == two;
    same || (one.start < two.end && two.start < one.end)
}

fn changed(text: &str, fixes: &[&Fix]) -> String {
    let mut edits: Vec<&(Span, String)> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|(span, _)| *span);
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        changed.push_str(&text[at..span.start as usize]);
        changed.push_str(new);
        at = span.end as usize;
    }
    changed + &text[at..]
}

fn parses(text: &str) -> bool {
    extract(text).syntax_error.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINE: Applicability = Applicability::MachineApplicable;

    fn fix(edits: &[(u32, u32, &str)], applicability: Applicability) -> Fix {
        let span = |start, end| Span { file: FileId(0), start, end };
        let edit = |(start, end, text): &(u32, u32, &str)| (span(*start, *end), (*text).to_owned());
        Fix { title: String::new(), edits: edits.iter().map(edit).collect(), applicability }
    }

    /// The new text and the number of changes; nothing where the file stays as it is.
    fn mended(text: &str, fixes: &[Fix]) -> (String, usize) {
        let mut sources = Sources::default();
        sources.add("a.rs".into(), text.to_owned());
        let Mended { files, changes } = mend(fixes, &sources);
        (files.into_iter().map(|(_, text)| text).collect(), changes)
    }

    #[test]
    fn changes_that_agree_are_made() {
        let fixes =
            [fix(&[(8, 8, " a();")], MACHINE), fix(&[(8, 8, " c();"), (9, 12, "d()")], MACHINE)];
        assert_eq!(mended("fn f() { x() }", &fixes), ("fn f() { a(); c(); d() }".to_owned(), 2));
    }

    #[test]
    fn of_two_that_overlap_the_first_is_made() {
        let fixes = [fix(&[(9, 12, "a()")], MACHINE), fix(&[(9, 10, "b")], MACHINE)];
        assert_eq!(mended("fn f() { x() }", &fixes), ("fn f() { a() }".to_owned(), 1));
        let inside = [fix(&[(9, 12, "a()")], MACHINE), fix(&[(10, 10, "b")], MACHINE)];
        assert_eq!(mended("fn f() { x() }", &inside), ("fn f() { a() }".to_owned(), 1));
    }

    #[test]
    fn doubtful_changes_wait_for_a_person() {
        let doubtful = [fix(&[(9, 12, "a()")], Applicability::MaybeIncorrect)];
        assert_eq!(mended("fn f() { x() }", &doubtful), (String::new(), 0));
        let broken = [fix(&[(9, 12, "a(")], MACHINE)];
        assert_eq!(mended("fn f() { x() }", &broken), (String::new(), 0));
    }
}
