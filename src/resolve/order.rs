//! References in the order of the text.

use rayon::prelude::*;

use super::{Reference, ReferenceId};

/// Where a reference is found: in which part, and its place there.
type Found = (u32, u32);

/// Orders references by position and target. The first part are those of imports, and it is said
/// where each of them is now.
pub(super) fn in_order(parts: &[Vec<Reference>]) -> (Vec<Reference>, Vec<ReferenceId>) {
    let reference = |(part, at): Found| &parts[part as usize][at as usize];
    let mut by_file = by_file(parts);
    by_file.par_iter_mut().for_each(|of_file| {
        of_file.sort_by_cached_key(|found| {
            let one = reference(*found);
            (one.span.start, one.span.end, one.from, one.to, *found)
        });
    });
    let mut imports = vec![ReferenceId(0); parts.first().map_or(0, Vec::len)];
    let mut ordered = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    for found in by_file.into_iter().flatten() {
        if let (0, at) = found {
            imports[at as usize] = ReferenceId(ordered.len() as u32);
        }
        ordered.push(*reference(found));
    }
    (ordered, imports)
}

/// Where the references of each file are found.
fn by_file(parts: &[Vec<Reference>]) -> Vec<Vec<Found>> {
    let mut by_file: Vec<Vec<Found>> = Vec::new();
    for (part, references) in (0..).zip(parts) {
        for (at, one) in (0..).zip(references) {
            let file = one.span.file.0 as usize;
            if file >= by_file.len() {
                by_file.resize(file + 1, Vec::new());
            }
            by_file[file].push((part, at));
        }
    }
    by_file
}
