//! Rules, on or off → a table, or JSON.

use std::io;

use serde::Serialize;

use crate::report::json_text::write_list;
use crate::report::visible::visible;

/// What is said of one rule.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleRow {
    /// The folder of its page; `boundaries` for the rules of the file.
    pub family: String,
    /// Its id.
    pub id: String,
    /// `forbid`, `flag` …
    pub verb: &'static str,
    /// Whether it holds in this workspace.
    pub state: RuleState,
    /// `deny`, `warn`, `info`.
    pub level: &'static str,
    /// How often it is right, where the rule says so.
    pub confidence: Option<&'static str>,
    /// How long mending takes, where the rule says so.
    pub effort: Option<String>,
    /// `built-in`, or the file in which it stands.
    pub source: String,
    /// What it finds, or why it exists.
    pub finds: String,
}

/// Whether a rule holds.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum RuleState {
    /// It does.
    On,
    /// It does not.
    Off,
    /// It would, but the workspace has nothing that it speaks of.
    Asleep,
}

impl RuleState {
    fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Asleep => "asleep",
        }
    }
}

/// Writes a block for each family; the rows are sorted.
pub fn write_text(rows: &[RuleRow], out: &mut dyn io::Write) -> io::Result<()> {
    let cells: Vec<[String; 5]> = rows.iter().map(cells).collect();
    let longest = |column: usize| cells.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let widths = [0, 1, 2, 3, 4].map(longest);
    let mut family = None;
    for (row, cells) in rows.iter().zip(&cells) {
        if family != Some(&row.family) {
            let gap = if family.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", visible(&row.family))?;
            family = Some(&row.family);
        }
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("  {cell:width$}"));
        let line: String = padded.collect();
        writeln!(out, "{}", format!("{line}  {}", visible(&row.finds)).trim_end())?;
    }
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let [on, off, asleep] = [RuleState::On, RuleState::Off, RuleState::Asleep].map(count);
    writeln!(out, "\n{on} on, {off} off, {asleep} asleep; `cargo archlint explain ID` says more")
}

fn cells(row: &RuleRow) -> [String; 5] {
    [
        visible(&row.id).into_owned(),
        row.state.name().to_owned(),
        row.level.to_owned(),
        row.confidence.unwrap_or("-").to_owned(),
        row.effort.as_deref().map_or("-".into(), visible).into_owned(),
    ]
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// One document, a rule a line.
pub fn write_json(rows: &[RuleRow], out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"{\"version\":1,\"rules\":")?;
    write_list(out, rows)?;
    out.write_all(b"}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_blocks_and_columns_are_aligned() {
        let row = |family: &str, id: &str, state| RuleRow {
            family: family.to_owned(),
            id: id.to_owned(),
            verb: "flag",
            state,
            level: "warn",
            confidence: Some("high"),
            effort: None,
            source: "built-in".to_owned(),
            finds: "Something\u{1b}".to_owned(),
        };
        let rows = [row("a", "long-id", RuleState::On), row("b", "id", RuleState::Asleep)];
        let mut out = Vec::new();
        write_text(&rows, &mut out).unwrap();
        let expected = "\
a
  long-id  on      warn  high  -  Something\\u{1b}

b
  id       asleep  warn  high  -  Something\\u{1b}

1 on, 0 off, 1 asleep; `cargo archlint explain ID` says more
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
