//! A chain → the answer to "why does A reach B", a line per hop.

use std::io;

use crate::check::Step;
use crate::model::{Sources, Span};
use crate::report::json::StepRow;
use crate::report::json_text::{write_list, write_value};
use crate::report::position::Positions;
use crate::report::visible::{shown, visible};

/// How much of a source line is shown, in characters.
const WIDTH: usize = 100;

/// Writes one line per hop: both ends, the place, the source line; columns are aligned.
pub fn write_text(
    (from, to): (&str, &str),
    chain: &[Step],
    sources: &Sources,
    ascii: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if chain.is_empty() {
        return writeln!(out, "no path from `{}` to `{}`", visible(from), visible(to));
    }
    let positions = Positions::new(sources);
    let arrow = if ascii { "->" } else { "→" };
    let rows: Vec<_> = chain.iter().map(|step| row(step, arrow, &positions)).collect();
    let width = |column: usize| {
        rows.iter().map(|row: &[String; 3]| row[column].chars().count()).max().unwrap_or(0)
    };
    let (ends, places) = (width(0), width(1));
    for [hop, place, text] in &rows {
        let line = format!("{hop:ends$}  {place:places$}  {text}");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes `{"version":1,"from":…,"to":…,"chain":[…]}`, a hop a line.
pub fn write_json(
    (from, to): (&str, &str),
    chain: &[Step],
    sources: &Sources,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"{\"version\":1,\"from\":")?;
    write_value(&mut *out, &from)?;
    out.write_all(b",\"to\":")?;
    write_value(&mut *out, &to)?;
    out.write_all(b",\"chain\":")?;
    write_list(out, StepRow::list(chain, &Positions::new(sources)))?;
    out.write_all(b"}\n")
}

fn row(step: &Step, arrow: &str, positions: &Positions<'_>) -> [String; 3] {
    let ends = format!("{} {arrow} {}", visible(&step.from), visible(&step.to));
    [ends, positions.place(step.span), source_line(step.span, positions)]
}

fn source_line(span: Span, positions: &Positions<'_>) -> String {
    let range = positions.line(span.file, positions.start(span).line);
    let line = &positions.file(span.file).text[range.start as usize..range.end as usize];
    line.trim().trim_end_matches([';', ',']).chars().map(shown).take(WIDTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileId;

    fn fixture() -> (Sources, Vec<Step>) {
        let mut sources = Sources::default();
        sources.add("src/a.rs".into(), "\u{feff}// é\r\n\tuse crate::b::B;\r\n".into());
        sources.add("src/long/b.rs".into(), "fn f(x: c::\u{1b}C) {}".into());
        let step = |from: &str, to: &str, file, start, end| Step {
            from: from.into(),
            to: to.into(),
            span: Span { file: FileId(file), start, end },
        };
        // `// é` ends at 3 + 5, its line at 10; the tab is one column, `use ` four.
        let chain = vec![step("x::a", "x::b", 0, 15, 26), step("x::b", "im_api", 1, 8, 13)];
        (sources, chain)
    }

    fn text(chain: &[Step], ascii: bool) -> String {
        let mut out = Vec::new();
        write_text(("x::a", "im_api"), chain, &fixture().0, ascii, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_per_hop() {
        let expected = "\
x::a → x::b    src/a.rs:2:6       use crate::b::B
x::b → im_api  src/long/b.rs:1:9  fn f(x: c::\u{fffd}C) {}
";
        assert_eq!(text(&fixture().1, false), expected);
        assert_eq!(text(&fixture().1, true), expected.replace('→', "->"));
    }

    #[test]
    fn no_path_is_said() {
        assert_eq!(text(&[], false), "no path from `x::a` to `im_api`\n");
    }

    #[test]
    fn the_same_in_json() {
        let (sources, chain) = fixture();
        let mut out = Vec::new();
        write_json(("x::a", "im_api"), &chain, &sources, &mut out).unwrap();
        let expected = r#"{"version":1,"from":"x::a","to":"im_api","chain":[
{"from":"x::a","to":"x::b","file":"src/a.rs","line":2,"column":6},
{"from":"x::b","to":"im_api","file":"src/long/b.rs","line":1,"column":9}
]}
"#;
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
