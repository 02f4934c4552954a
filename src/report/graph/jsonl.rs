//! Resolution → every reference, one JSON object a line.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::model::Sources;
use crate::report::json_text::write_value;
use crate::report::position::Positions;
use crate::resolve::{NodeId, Reference, Resolution};

/// Writes all references in their order; alternative meanings under other `cfg`s only on request.
pub(super) fn write(
    resolution: &Resolution,
    sources: &Sources,
    alternatives: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let dump =
        Dump { resolution, positions: Positions::new(sources), paths: super::paths(resolution) };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let asked = |one: &&Reference| alternatives || !one.alternative;
    for reference in resolution.references.iter().filter(asked) {
        write_value(&mut out, &dump.row(reference))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

struct Dump<'a> {
    resolution: &'a Resolution,
    positions: Positions<'a>,
    paths: Vec<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    from: &'a str,
    to: &'a str,
    item: &'a str,
    written: &'a str,
    scope: &'static str,
    cfg: Option<&'a str>,
    in_macro: bool,
    through: Vec<&'a str>,
    kind: &'static str,
    owner: &'a str,
}

impl Dump<'_> {
    fn row(&self, reference: &Reference) -> Row<'_> {
        let start = self.positions.start(reference.span);
        let cfg = self.resolution.text(reference.cfg);
        let through = self.resolution.through(reference).iter();
        Row {
            file: self.positions.file(reference.span.file).path.as_str(),
            line: start.line,
            column: start.column,
            from: self.module(reference.from),
            to: self.module(reference.to),
            item: self.path(reference.to),
            written: self.resolution.text(reference.written),
            scope: reference.scope.name(),
            cfg: (!cfg.is_empty()).then_some(cfg),
            in_macro: reference.in_macro,
            through: through.map(|hop| self.path(hop.module)).collect(),
            kind: reference.kind.name(),
            owner: self.path(reference.from),
        }
    }

    fn path(&self, id: NodeId) -> &str {
        &self.paths[id.0 as usize]
    }

    fn module(&self, id: NodeId) -> &str {
        self.path(self.resolution.module(id))
    }
}
