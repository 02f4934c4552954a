//! References in the order of the text.

use rayon::prelude::*;

use super::{Reference, ReferenceId};

/// Orders references by position and target; the first `imports` of them are those of imports, and
/// it is said where each of them is now.
pub(super) fn in_order(
    references: &[Reference],
    imports: usize,
) -> (Vec<Reference>, Vec<ReferenceId>) {
    let mut by_file = by_file(references);
    let sort = |of_file: &mut [u32]| {
        of_file.sort_by_cached_key(|at| {
            let one = &references[*at as usize];
            (one.span.start, one.span.end, one.from, one.to, *at)
        });
    };
    by_file.par_iter_mut().for_each(|of_file| sort(of_file));
    let mut place = vec![ReferenceId(0); imports];
    let mut ordered = Vec::with_capacity(references.len());
    for old in by_file.into_iter().flatten() {
        if let Some(place) = place.get_mut(old as usize) {
            *place = ReferenceId(ordered.len() as u32);
        }
        ordered.push(references[old as usize]);
    }
    (ordered, place)
}

/// The numbers of the references of each file.
fn by_file(references: &[Reference]) -> Vec<Vec<u32>> {
    let mut by_file: Vec<Vec<u32>> = Vec::new();
    for (at, one) in (0..).zip(references) {
        let file = one.span.file.0 as usize;
        if file >= by_file.len() {
            by_file.resize(file + 1, Vec::new());
        }
        by_file[file].push(at);
    }
    by_file
}
