//! What is left of a rule's debt → a table, or JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;

use crate::report::json_text::{write_list, write_value};
use crate::report::visible::visible;

/// The counts of one rule over time.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The rule's id.
    pub rule: String,
    /// What each day is called, and how much there was of what starts where.
    pub columns: Vec<(String, BTreeMap<Place, usize>)>,
}

/// Where violations start.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The component's name, or the crate's.
    pub name: String,
    /// Whether it is a component.
    pub is_component: bool,
}

impl Progress {
    /// The places of all columns with their counts, by name.
    fn rows(&self) -> Vec<(&Place, Vec<usize>)> {
        let places: BTreeSet<&Place> =
            self.columns.iter().flat_map(|(_, counts)| counts.keys()).collect();
        let row = |place| self.columns.iter().map(|(_, counts)| of(counts, place)).collect();
        places.into_iter().map(|place| (place, row(place))).collect()
    }

    fn total(&self) -> Vec<usize> {
        self.columns.iter().map(|(_, counts)| counts.values().sum()).collect()
    }
}

fn of(counts: &BTreeMap<Place, usize>, place: &Place) -> usize {
    counts.get(place).copied().unwrap_or(0)
}

/// A table with aligned columns.
pub fn write_text(progress: &Progress, out: &mut dyn io::Write) -> io::Result<()> {
    let numbers = |counts: Vec<usize>| counts.iter().map(usize::to_string).collect();
    let head = progress.columns.iter().map(|(name, _)| visible(name).into_owned()).collect();
    let mut table: Vec<(String, Vec<String>)> = vec![(visible(&progress.rule).into_owned(), head)];
    let rows = progress.rows().into_iter();
    table.extend(rows.map(|(place, row)| (visible(&place.name).into_owned(), numbers(row))));
    table.push(("total".to_owned(), numbers(progress.total())));
    let first = table.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..progress.columns.len())
        .map(|at| table.iter().map(|(_, cells)| width(&cells[at])).max().unwrap_or(0))
        .collect();
    for (name, cells) in &table {
        write!(out, "{name:<first$}")?;
        for (cell, width) in cells.iter().zip(&widths) {
            write!(out, "  {cell:>width$}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// One document: `columns` names the days, and each row has a count for each.
pub fn write_json(progress: &Progress, out: &mut dyn io::Write) -> io::Result<()> {
    let columns: Vec<&str> = progress.columns.iter().map(|(name, _)| name.as_str()).collect();
    out.write_all(b"{\"version\":1,\"rule\":")?;
    write_value(&mut *out, &progress.rule)?;
    out.write_all(b",\"columns\":")?;
    write_value(&mut *out, &columns)?;
    out.write_all(b",\"total\":")?;
    write_value(&mut *out, &progress.total())?;
    out.write_all(b",\"rows\":")?;
    write_list(out, progress.rows().into_iter().map(|(place, counts)| Row::new(place, counts)))?;
    out.write_all(b"}\n")
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    kind: &'static str,
    counts: Vec<usize>,
}

impl<'a> Row<'a> {
    fn new(place: &'a Place, counts: Vec<usize>) -> Self {
        let kind = if place.is_component { "component" } else { "crate" };
        Self { name: &place.name, kind, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress() -> Progress {
        let place = |name: &str, is_component| Place { name: name.to_owned(), is_component };
        let before = [(place("web", true), 12), (place("mailer", false), 1)];
        let now = [(place("web", true), 7)];
        Progress {
            rule: "not-im".to_owned(),
            columns: vec![("v1.0".to_owned(), before.into()), ("now".to_owned(), now.into())],
        }
    }

    fn text(write: fn(&Progress, &mut dyn io::Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&progress(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_is_aligned() {
        let expected = "\
not-im  v1.0  now
mailer     1    0
web       12    7
total     13    7
";
        assert_eq!(text(write_text), expected);
    }

    #[test]
    fn json_has_a_count_for_each_column() {
        let read: serde_json::Value = serde_json::from_str(&text(write_json)).unwrap();
        assert_eq!(read["columns"], serde_json::json!(["v1.0", "now"]));
        assert_eq!(read["total"], serde_json::json!([13, 7]));
        let mailer = serde_json::json!({"name": "mailer", "kind": "crate", "counts": [1, 0]});
        assert_eq!(read["rows"][0], mailer);
        assert_eq!(read["rows"][1]["kind"], "component");
    }
}
