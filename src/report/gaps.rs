//! Resolution → lists of what could not be followed, reached or read, one line each.

use std::io;

use crate::model::Sources;
use crate::report::position::Positions;
use crate::report::visible::visible;
use crate::resolve::Resolution;

/// Writes `file:line:column: reason: path as written` for every path that was not followed.
pub fn write_unresolved(
    resolution: &Resolution,
    sources: &Sources,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let positions = Positions::new(sources);
    resolution.unresolved.iter().try_for_each(|path| {
        let written = visible(resolution.text(path.written));
        writeln!(out, "{}: {}: {written}", positions.place(path.span), path.reason.name())
    })
}

/// Writes the path of every file that no crate reaches.
pub fn write_unreached(resolution: &Resolution, out: &mut dyn io::Write) -> io::Result<()> {
    resolution.unreached.iter().try_for_each(|path| writeln!(out, "{}", visible(path.as_str())))
}

/// Writes `file:line:column: reason` for every macro whose tokens were not understood.
pub fn write_macros_not_read(
    resolution: &Resolution,
    sources: &Sources,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let positions = Positions::new(sources);
    resolution.macros_not_read.iter().try_for_each(|found| {
        writeln!(out, "{}: {}", positions.place(found.span), found.reason.name())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FileId, Span};
    use crate::resolve::{
        MacroNotRead, MacroNotReadReason, NodeId, TextId, Unresolved, UnresolvedReason,
    };

    #[test]
    fn each_list_has_its_lines() {
        let mut sources = Sources::default();
        sources.add("src/a.rs".into(), "é::b;\nm! {}\n".into());
        let resolution = Resolution {
            unresolved: vec![Unresolved {
                from: NodeId(0),
                span: Span { file: FileId(0), start: 4, end: 5 },
                written: TextId(1),
                reason: UnresolvedReason::NotFound,
            }],
            unreached: vec!["src/old.rs".into(), "src/\u{1b}c.rs".into()],
            macros_not_read: vec![MacroNotRead {
                span: Span { file: FileId(0), start: 7, end: 12 },
                reason: MacroNotReadReason::OnlyPaths,
            }],
            texts: vec!["".into(), "é::b".into()],
            ..Resolution::default()
        };
        let mut out = Vec::new();
        write_unresolved(&resolution, &sources, &mut out).unwrap();
        write_unreached(&resolution, &mut out).unwrap();
        write_macros_not_read(&resolution, &sources, &mut out).unwrap();
        let expected = "\
src/a.rs:1:4: not-found: é::b
src/old.rs
src/\\u{1b}c.rs
src/a.rs:2:1: only-paths
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
