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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CodeScope, Span};
    use crate::resolve::{ReferenceKind, Row, TextId};

    /// A reference at a place, to be told from others by its target.
    fn at(file: u32, start: u32, to: u32) -> Reference {
        let (to, span) = (NodeId(to), Span { file: FileId(file), start, end: start + 1 });
        Reference {
            from: NodeId(0),
            to,
            written_to: to,
            span,
            kind: ReferenceKind::Path,
            scope: CodeScope::Normal,
            in_macro: false,
            cfg: TextId(0),
            alternative: false,
            written: TextId(0),
            through: Row::default(),
            imports: Row::default(),
        }
    }

    fn told(one: &Reference) -> (u32, u32, u32) {
        (one.span.file.0, one.span.start, one.to.0)
    }

    #[test]
    fn references_come_by_file_and_place_and_imports_know_where_they_are() {
        let imports = vec![at(2, 5, 1), at(1, 9, 2), at(1, 3, 3)];
        let paths = vec![at(1, 4, 4), at(1, 1, 5), at(2, 0, 6)];
        let more = vec![at(0, 7, 7), at(1, 2, 8)];
        let (ordered, places) = in_order(vec![imports.clone(), paths, Vec::new(), more]);
        let found: Vec<_> = ordered.iter().map(told).collect();
        let expected = [
            (0, 7, 7),
            (1, 1, 5),
            (1, 2, 8),
            (1, 3, 3),
            (1, 4, 4),
            (1, 9, 2),
            (2, 0, 6),
            (2, 5, 1),
        ];
        assert_eq!(found, expected);
        let there: Vec<_> = places.iter().map(|id| told(&ordered[id.0 as usize])).collect();
        assert_eq!(there, imports.iter().map(told).collect::<Vec<_>>());
    }

    #[test]
    fn more_than_are_put_in_place_at_a_time_are_in_order_as_well() {
        let many = AT_A_TIME as u32 + 10;
        let part = |own: u32| (0..many / 2).rev().map(|at_| at(own, at_, at_)).collect::<Vec<_>>();
        let (ordered, _) = in_order(vec![part(3), part(1)]);
        assert_eq!(ordered.len(), 2 * (many / 2) as usize);
        assert!(ordered.is_sorted_by_key(told));
    }
}
