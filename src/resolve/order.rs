//! References in the order of the text.

use rayon::prelude::*;

use super::{Reference, ReferenceId};

/// Orders references by position and target, and the links between them with them.
pub(super) fn in_order(references: Vec<Reference>) -> Vec<Reference> {
    let mut order: Vec<_> =
        (0_u32..).zip(&references).map(|(at, one)| (one.span, one.from, one.to, at)).collect();
    order.par_sort_unstable();
    let mut place = vec![0; references.len()];
    for (new, (.., old)) in (0_u32..).zip(&order) {
        place[*old as usize] = new;
    }
    let mut slots: Vec<Option<Reference>> = references.into_iter().map(Some).collect();
    let ordered = order.into_iter().map(|(.., old)| {
        let mut one = slots[old as usize].take().expect("each reference has one place");
        for import in &mut one.imports {
            *import = ReferenceId(place[import.0 as usize]);
        }
        one
    });
    ordered.collect()
}
