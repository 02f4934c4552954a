//! References ↔ numbers, for the cache.
//!
//! There are more references than anything else. Most numbers of one are small if they are said as
//! differences from the reference before, and small numbers take one byte.

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{NodeId, Reference, ReferenceKind, Row, TextId};
use crate::discover::DependencyKind;
use crate::model::{CodeScope, FileId, Span};

const KINDS: [ReferenceKind; 7] = [
    ReferenceKind::Use,
    ReferenceKind::Path,
    ReferenceKind::Macro,
    ReferenceKind::Attribute,
    ReferenceKind::Manifest(DependencyKind::Normal),
    ReferenceKind::Manifest(DependencyKind::Build),
    ReferenceKind::Manifest(DependencyKind::Dev),
];

const SCOPE: u16 = 3;
const IN_MACRO: u16 = 1 << 6;
const ALTERNATIVE: u16 = 1 << 7;

/// A reference as differences from the one before it.
#[derive(Serialize, Deserialize)]
struct Step {
    /// Kind, scope and two bits.
    head: u16,
    file: u32,
    start: i32,
    length: u32,
    from: i32,
    to: i32,
    /// From `to`.
    written_to: i32,
    cfg: u32,
    written: i32,
    through: Run,
    imports: Run,
}

/// A [`Row`]: how far its start is behind the last one, and its length.
#[derive(Default, Serialize, Deserialize)]
struct Run {
    length: u32,
    start: i32,
}

/// What a step is said to differ from.
#[derive(Default)]
struct Before {
    file: u32,
    start: u32,
    from: u32,
    to: u32,
    written: u32,
    through: u32,
    imports: u32,
}

pub(super) fn serialize<S: Serializer>(all: &[Reference], to: S) -> Result<S::Ok, S::Error> {
    let mut steps = to.serialize_seq(Some(all.len()))?;
    let mut before = Before::default();
    for one in all {
        steps.serialize_element(&before.step_to(one))?;
    }
    steps.end()
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Reference>, D::Error> {
    from.deserialize_seq(References)
}

struct References;

impl<'de> Visitor<'de> for References {
    type Value = Vec<Reference>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("packed references")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut steps: A) -> Result<Self::Value, A::Error> {
        // The file is checked, so it holds as many as it says.
        let mut all = Vec::with_capacity(steps.size_hint().unwrap_or(0));
        let mut before = Before::default();
        while let Some(step) = steps.next_element::<Step>()? {
            let one = before.reference(&step);
            all.push(one.ok_or_else(|| A::Error::custom("this is no reference"))?);
        }
        Ok(all)
    }
}

impl Before {
    fn step_to(&mut self, one: &Reference) -> Step {
        let kind = KINDS.iter().position(|kind| *kind == one.kind).expect("these are all kinds");
        let scope = one.scope as u16;
        let flag = |is: bool, flag: u16| if is { flag } else { 0 };
        let Span { file, start, end } = one.span;
        Step {
            head: kind as u16
                | scope << SCOPE
                | flag(one.in_macro, IN_MACRO)
                | flag(one.alternative, ALTERNATIVE),
            file: file.0.wrapping_sub(std::mem::replace(&mut self.file, file.0)),
            start: difference(start, &mut self.start),
            length: end.wrapping_sub(start),
            from: difference(one.from.0, &mut self.from),
            to: difference(one.to.0, &mut self.to),
            written_to: one.written_to.0.wrapping_sub(one.to.0).cast_signed(),
            cfg: one.cfg.0,
            written: difference(one.written.0, &mut self.written),
            through: run(one.through, &mut self.through),
            imports: run(one.imports, &mut self.imports),
        }
    }

    fn reference(&mut self, step: &Step) -> Option<Reference> {
        let kind = *KINDS.get(usize::from(step.head & ((1 << SCOPE) - 1)))?;
        let scope = *CodeScope::ALL.get(usize::from(step.head >> SCOPE & 7))?;
        self.file = self.file.wrapping_add(step.file);
        let start = sum(step.start, &mut self.start);
        let to = sum(step.to, &mut self.to);
        Some(Reference {
            from: NodeId(sum(step.from, &mut self.from)),
            to: NodeId(to),
            written_to: NodeId(to.wrapping_add_signed(step.written_to)),
            span: Span { file: FileId(self.file), start, end: start.wrapping_add(step.length) },
            kind,
            scope,
            in_macro: step.head & IN_MACRO != 0,
            cfg: TextId(step.cfg),
            alternative: step.head & ALTERNATIVE != 0,
            written: TextId(sum(step.written, &mut self.written)),
            through: row(&step.through, &mut self.through),
            imports: row(&step.imports, &mut self.imports),
        })
    }
}

fn difference(now: u32, before: &mut u32) -> i32 {
    now.wrapping_sub(std::mem::replace(before, now)).cast_signed()
}

fn sum(difference: i32, before: &mut u32) -> u32 {
    *before = before.wrapping_add_signed(difference);
    *before
}

fn run(row: Row, before: &mut u32) -> Run {
    if row.is_empty() {
        return Run::default();
    }
    Run { length: row.end - row.start, start: difference(row.start, before) }
}

fn row(run: &Run, before: &mut u32) -> Row {
    if run.length == 0 {
        return Row::default();
    }
    let start = sum(run.start, before);
    Row { start, end: start.wrapping_add(run.length) }
}
