//! Our edges + a truth → how many are right, and which are not.
//!
//! Only code that a plain build contains is judged, and only edges that somebody wrote down as a
//! path: one that the truth knows from tests, from inference or from associated items alone counts
//! neither for nor against us.

pub(crate) mod edges;
pub(crate) mod format;

use std::collections::BTreeMap;

use edges::Edge;
use format::{EdgeRow, Ends, FileRow, Truth};

/// How the edges between modules and between crates did.
pub(crate) struct Scores {
    pub modules: Score,
    pub crates: Score,
}

/// How the edges of one grain did.
#[derive(Default)]
pub(crate) struct Score {
    pub found: usize,
    /// `from -> to (place)`
    pub missed: Vec<String>,
    /// Likewise.
    pub extra: Vec<String>,
}

impl Score {
    pub(crate) fn expected(&self) -> usize {
        self.found + self.missed.len()
    }

    /// Which part of our edges is right.
    pub(crate) fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.extra.len())
    }

    /// Which part of the true edges is ours.
    pub(crate) fn recall(&self) -> f64 {
        ratio(self.found, self.expected())
    }
}

#[expect(clippy::cast_precision_loss, reason = "edges are fewer than 2⁵²")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Compares our edges with the true ones.
pub(crate) fn score(truth: &Truth, edges: &[Edge]) -> Scores {
    let mut modules = BTreeMap::new();
    let mut crates = BTreeMap::new();
    for edge in edges {
        let Some((from, to)) = judged(truth, edge) else { continue };
        let place = || format!("{}:{}", edge.file, edge.line);
        let roots = (root(&from).to_owned(), root(&to).to_owned());
        if roots.0 != roots.1 {
            crates.entry(roots).or_insert_with(place);
        }
        modules.entry((from, to)).or_insert_with(place);
    }
    Scores { modules: compare(&truth.modules, &modules), crates: compare(&truth.crates, &crates) }
}

fn compare(truth: &BTreeMap<Ends, EdgeRow>, ours: &BTreeMap<Ends, String>) -> Score {
    let line = |(from, to): &Ends, place: &str| format!("{from} -> {to} ({place})");
    let mut score = Score::default();
    for (ends, row) in truth.iter().filter(|(_, row)| row.is_written()) {
        if ours.contains_key(ends) {
            score.found += 1;
        } else {
            score.missed.push(line(ends, row.sample.as_deref().unwrap_or_default()));
        }
    }
    let unknown = ours.iter().filter(|(ends, _)| !truth.contains_key(*ends));
    score.extra = unknown.map(|(ends, place)| line(ends, place)).collect();
    score
}

/// The two modules of an edge as the truth calls them, if it speaks of them and of the place.
fn judged(truth: &Truth, edge: &Edge) -> Option<Ends> {
    let file = truth.files.get(&edge.file)?;
    let (from, to) = (truth.module(&edge.from)?, truth.module(&edge.to)?);
    let (from, to) = by_first_name(file, from, to);
    (from != to && file.judges(edge.line)).then_some((from, to))
}

/// A file that is several modules is told of under the first one's name, and what it names in its
/// own crate under that of the first one's crate.
fn by_first_name(file: &FileRow, from: &str, to: &str) -> Ends {
    for other in &file.also {
        if let Some(own) = moved(from, other, &file.module) {
            let target = moved(to, root(other), root(&file.module));
            return (own, target.unwrap_or_else(|| to.to_owned()));
        }
    }
    (from.to_owned(), to.to_owned())
}

/// A path from below one module to the same place below another.
fn moved(path: &str, from: &str, to: &str) -> Option<String> {
    let rest = path.strip_prefix(from)?;
    (rest.is_empty() || rest.starts_with("::")).then(|| format!("{to}{rest}"))
}

/// The crate of a path.
pub(crate) fn root(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}
