//! Graph + Policy + texts → what the `flag` rules find.
//!
//! Invariants: pure; a file's syntax is read piece by piece, only where some rule could find something,
//! and at most once, but for changes that are offered, and not at all where the caller knows it from
//! an earlier run ([`Sheets`]); findings come in the order of rules, then of position; a rule that
//! sleeps (`needs`) costs nothing. Nothing here knows a crate by name: what is well known of them is
//! data ([`crate::boundaries::flag::contexts`]).
//!
//! Names become paths in `paths.rs`; `index.rs` says which rules speak of a path, `plans.rs` where
//! each could find something, `demands.rs` what must stand there, `interest.rs` in which pieces that
//! is, `lookout.rs` all that is looked for in texts, `notes.rs` what is known of them, `ahead.rs` who
//! looks before names are resolved; `finds.rs` matches subjects, `conditions/` their
//! circumstances, `around.rs` where code stands, `calls.rs` who calls it, `calling.rs` where to look
//! for that; `lift.rs` passes the blame from constructors to callers; `words.rs` says it, `fixes.rs`
//! says what to write instead.

mod ahead;
mod around;
mod calling;
mod calls;
mod chains;
mod conditions;
mod declared;
mod demands;
mod everywhere;
mod excuses;
mod finds;
mod fixes;
mod index;
mod interest;
mod library;
mod lift;
mod lookout;
mod notes;
mod paths;
mod plans;
mod receivers;
mod referring;
mod spelling;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::boundaries::flag::Flag;
use crate::boundaries::policy::{Policy, Rule, Verb};
use crate::check::Checked;
use crate::discover::Workspace;
use crate::graph::Graph;
use crate::model::{BitSet, FileId, Sources};
use crate::resolve::FactsByFile;

pub use ahead::{Ahead, Texts, ahead};
use declared::Declared;
use index::{Index, SubjectId};
use interest::Interest;
use library::Library;
use paths::Paths;

/// So many files or pieces one thread looks at before others may take over: they differ in size.
const AT_A_TIME: usize = 16;

/// What is judged, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Every file that was read.
    pub sources: &'a Sources,
    /// The facts of the Rust files.
    pub files: &'a FactsByFile,
    /// Who names whom.
    pub graph: &'a Graph,
    /// The rules.
    pub policy: &'a Policy,
    /// `2027-03-31`, by which exceptions expire; none: they do not.
    pub today: Option<&'a str>,
    /// What an earlier run has read of files' syntax; none: nobody keeps it.
    pub sheets: Option<&'a Sheets<'a>>,
    /// What was found while names were being resolved.
    pub ahead: Option<&'a Ahead>,
}

/// The bytes of [`Sheet`](crate::extract::sites::Sheet)s, each of the text of a file as it is now.
pub type Sheets<'b> = BTreeMap<FileId, &'b [u8]>;

/// What was found.
#[derive(Debug, Default)]
pub struct Flagged {
    /// What breaks the rules.
    pub checked: Checked,
    /// Of the files of which more was read than was kept, the sheets to keep in their place.
    pub sheets: Vec<(FileId, Vec<u8>)>,
}

/// Holds the code against every `flag` rule that is awake.
pub fn flag(code: Code<'_>) -> Flagged {
    let rules: Vec<Shape<'_>> = shapes(code);
    if rules.is_empty() {
        let checked = excuses::sort(code, &[], Vec::new());
        return Flagged { checked, ..Flagged::default() };
    }
    let paths = Paths::new(code);
    let index = index::subjects(&rules);
    let library = Library::new(code);
    let Interest { pieces, nodes, notes } =
        interest::pieces(code, &library, &rules, &index, &paths);
    library.fetch(&pieces);
    let ground =
        Ground { code, rules: &rules, paths, index, nodes, declared: Declared::new(code), library };
    let finds = finds::all(&ground);
    let mut found = lift::judge(&ground, &finds);
    fixes::add(&ground, &mut found);
    let keeps = code.sheets.is_some();
    let sheets = if keeps { ground.library.new_sheets(&notes) } else { Vec::new() };
    Flagged { checked: excuses::sort(code, &rules, found), sheets }
}

/// A `flag` rule that is awake.
struct Shape<'a> {
    /// Its place among the policy's rules.
    number: usize,
    rule: &'a Rule,
    flag: &'a Flag,
}

/// All that is known while finds are judged.
struct Ground<'a> {
    code: Code<'a>,
    rules: &'a [Shape<'a>],
    paths: Paths<'a>,
    index: Index<SubjectId>,
    /// What some subject names.
    nodes: BitSet,
    declared: Declared,
    library: Library<'a>,
}

fn shapes(code: Code<'_>) -> Vec<Shape<'_>> {
    let rules = code.policy.rules.iter().enumerate();
    let flags = rules.filter_map(|(number, rule)| match &rule.verb {
        Verb::Flag { flag, .. } => Some(Shape { number, rule, flag }),
        _ => None,
    });
    flags.filter(|shape| shape.flag.is_awake(code.workspace)).collect()
}
