//! A [`Resolution`] of before + where everything has moved in some files → the resolution of today.
//!
//! Only for files that say the same as before in other places: all names mean what they meant.

use std::collections::BTreeMap;

use super::{FactsByFile, Resolution, Tree, macros_not_read};
use crate::extract::{Moved, Range};
use crate::model::{FileId, Span};

/// Where everything is now, by the files in which something moved.
pub type MovedByFile = BTreeMap<FileId, Moved>;

impl Resolution {
    /// Puts everything where it is now. None, if something stood where the facts know nothing.
    pub fn moved(
        mut self,
        moved: &MovedByFile,
        tree: &Tree<'_>,
        files: &FactsByFile,
    ) -> Option<Self> {
        let mut all_known = true;
        let mut put = |span: &mut Span| {
            if let Some(moved) = moved.get(&span.file) {
                let place = place_now(moved, *span);
                all_known &= place.is_some();
                (span.start, span.end) = place.unwrap_or((span.start, span.end));
            }
        };
        self.nodes.iter_mut().filter_map(|node| node.span.as_mut()).for_each(&mut put);
        self.hops.iter_mut().for_each(|hop| put(&mut hop.span));
        self.unresolved.iter_mut().for_each(|one| put(&mut one.span));
        for file in moved.keys() {
            let own = of_file(&self.references, *file);
            self.references[own].iter_mut().for_each(|one| put(&mut one.span));
        }
        self.macros_not_read = macros_not_read(tree, files);
        all_known.then_some(self)
    }
}

/// A crate's root stands where its file begins, whatever is in it.
fn place_now(moved: &Moved, Span { start, end, .. }: Span) -> Option<(u32, u32)> {
    let place = moved.now(Range { start, end });
    place.map(|place| (place.start, place.end)).or_else(|| (end == 0).then_some((0, 0)))
}

fn of_file(references: &[super::Reference], file: FileId) -> std::ops::Range<usize> {
    let start = references.partition_point(|one| one.span.file < file);
    start..references.partition_point(|one| one.span.file <= file)
}
