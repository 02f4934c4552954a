//! References in the order of the text.

use rayon::prelude::*;

use super::{NodeId, Reference, ReferenceId};
use crate::model::FileId;

/// So many references are put in their places at a time; then the room of those is free.
const AT_A_TIME: usize = 1 << 17;

/// Neighbours in one part that stand in one file.
struct Run {
    file: FileId,
    part: u32,
    start: u32,
    end: u32,
}

/// Where a reference is before they are in order: its part and its index there.
type Before = (u32, u32);

/// Orders references by position and target; equals stay as they come. The first part are those of
/// imports, and it is said where each of them is now.
pub(super) fn in_order(mut parts: Vec<Vec<Reference>>) -> (Vec<Reference>, Vec<ReferenceId>) {
    let order = order(&parts);
    let mut places = vec![ReferenceId(0); parts.first().map_or(0, Vec::len)];
    for (id, (part, at)) in (0..).map(ReferenceId).zip(&order) {
        if *part == 0 {
            places[*at as usize] = id;
        }
    }
    let mut ordered = Vec::with_capacity(order.len());
    let mut left: Vec<usize> = parts.iter().map(Vec::len).collect();
    for some in order.chunks(AT_A_TIME) {
        ordered.par_extend(some.par_iter().map(|before| *reference(&parts, *before)));
        for (part, _) in some {
            left[*part as usize] -= 1;
            if left[*part as usize] == 0 {
                // Its room is used for what comes next.
                parts[*part as usize] = Vec::new();
            }
        }
    }
    (ordered, places)
}

/// All references in their order: numbers are moved about more easily than references.
fn order(parts: &[Vec<Reference>]) -> Vec<Before> {
    let runs = runs(parts);
    let of_run = |&Run { part, start, end, .. }: &Run| (start..end).map(move |at| (part, at));
    let mut order: Vec<Before> = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    order.extend(runs.iter().flat_map(of_run));
    let mut of_files = Vec::new();
    let mut rest = order.as_mut_slice();
    for of_file in runs.chunk_by(|one, two| one.file == two.file) {
        let length = of_file.iter().map(|run| (run.end - run.start) as usize).sum();
        let (first, others) = rest.split_at_mut(length);
        of_files.push(first);
        rest = others;
    }
    let place = |before: &Before| place(reference(parts, *before));
    of_files.into_par_iter().for_each(|of_file| of_file.sort_by_key(place));
    order
}

fn reference(parts: &[Vec<Reference>], (part, at): Before) -> &Reference {
    &parts[part as usize][at as usize]
}

/// All runs, in the order of the files.
fn runs(parts: &[Vec<Reference>]) -> Vec<Run> {
    let of_part = |(part, references): (u32, &Vec<Reference>)| {
        let mut start = 0;
        let of_files = references.chunk_by(|one, two| one.span.file == two.span.file);
        let run = of_files.map(|of_file| {
            let run = start..start + of_file.len() as u32;
            start = run.end;
            Run { file: of_file[0].span.file, part, start: run.start, end: run.end }
        });
        run.collect::<Vec<_>>()
    };
    let numbered = (0..parts.len() as u32).into_par_iter().zip(parts);
    let mut runs: Vec<Run> = numbered.flat_map_iter(of_part).collect();
    runs.sort_by_key(|run| (run.file, run.part, run.start));
    runs
}

fn place(one: &Reference) -> (u32, u32, NodeId, NodeId) {
    (one.span.start, one.span.end, one.from, one.to)
}
