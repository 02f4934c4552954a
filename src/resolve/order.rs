//! References in the order of the text.

use rayon::prelude::*;

use super::{NodeId, Reference, ReferenceId, ReferenceKind};
use crate::model::FileId;

/// Neighbours in one part that stand in one file.
struct Run {
    file: FileId,
    part: usize,
    start: usize,
    end: usize,
}

/// Orders references by position and target; equals stay as they come. The first part are those of
/// imports, and it is said where each of them is now.
pub(super) fn in_order(mut parts: Vec<Vec<Reference>>) -> (Vec<Reference>, Vec<ReferenceId>) {
    let runs = runs(&parts);
    let mut ordered = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    let mut left: Vec<usize> = parts.iter().map(Vec::len).collect();
    for run in &runs {
        ordered.extend_from_slice(&parts[run.part][run.start..run.end]);
        left[run.part] -= run.end - run.start;
        if left[run.part] == 0 && run.part > 0 {
            // Its room is used for what comes next.
            parts[run.part] = Vec::new();
        }
    }
    let mut of_files: Vec<&mut [Reference]> =
        ordered.chunk_by_mut(|one, two| one.span.file == two.span.file).collect();
    of_files.par_iter_mut().for_each(|of_file| of_file.sort_by_key(place));
    let imports = parts.first().map_or(&[][..], Vec::as_slice);
    let places = places(imports, runs.iter().filter(|run| run.part == 0), &ordered);
    (ordered, places)
}

/// All runs, in the order of the files.
fn runs(parts: &[Vec<Reference>]) -> Vec<Run> {
    let mut runs = Vec::new();
    for (part, references) in parts.iter().enumerate() {
        let mut start = 0;
        for of_file in references.chunk_by(|one, two| one.span.file == two.span.file) {
            let end = start + of_file.len();
            runs.push(Run { file: of_file[0].span.file, part, start, end });
            start = end;
        }
    }
    runs.sort_by_key(|run| (run.file, run.part, run.start));
    runs
}

/// Where each import's reference is among all: in order they are what is named by `use`.
fn places<'r>(
    imports: &[Reference],
    runs: impl Iterator<Item = &'r Run>,
    ordered: &[Reference],
) -> Vec<ReferenceId> {
    let mut in_order: Vec<usize> = runs.flat_map(|run| run.start..run.end).collect();
    in_order.sort_by_key(|at| (imports[*at].span.file, place(&imports[*at])));
    let named_by_use = (0..).map(ReferenceId).zip(ordered);
    let named_by_use = named_by_use.filter(|(_, one)| one.kind == ReferenceKind::Use);
    let mut places = vec![ReferenceId(0); imports.len()];
    for (at, (id, _)) in in_order.into_iter().zip(named_by_use) {
        places[at] = id;
    }
    places
}

fn place(one: &Reference) -> (u32, u32, NodeId, NodeId) {
    (one.span.start, one.span.end, one.from, one.to)
}
