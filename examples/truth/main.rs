//! Our edges between modules and between crates, beside those of a compiler-grade front end.
//!
//! ```text
//! cargo run --release --example truth -- WORKSPACE TRUTH.edges.jsonl.gz
//! ```
//!
//! `WORKSPACE` is a checkout at the commit for which the truth file was made. Prints how many edges
//! are expected, found, missed and made beyond, and each of the last two with a place.

#![expect(clippy::disallowed_methods, reason = "reads its arguments and the truth file")]
#![expect(clippy::print_stdout, reason = "its output")]

mod scoring;

use std::fs::File;
use std::io::{BufRead, BufReader};

use anyhow::Context as _;
use camino::{Utf8Path, Utf8PathBuf};
use flate2::read::GzDecoder;

use scoring::format::Truth;
use scoring::{Score, edges, score};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<Utf8PathBuf> = std::env::args().skip(1).map(Utf8PathBuf::from).collect();
    let [workspace, file] = &arguments[..] else {
        anyhow::bail!("usage: truth WORKSPACE TRUTH.edges.jsonl.gz");
    };
    let truth = Truth::read(lines(file)?).with_context(|| format!("`{file}` is no truth file"))?;
    let scores = score(&truth, &edges::edges(workspace)?);
    let name = workspace.file_name().unwrap_or("workspace");
    println!("{name:<24} expected    found   missed    extra  precision   recall");
    print("modules", &scores.modules);
    print("crates", &scores.crates);
    Ok(())
}

fn lines(file: &Utf8Path) -> anyhow::Result<Box<dyn BufRead>> {
    let bytes = File::open(file).with_context(|| format!("`{file}` cannot be read"))?;
    Ok(match file.extension() {
        Some("gz") => Box::new(BufReader::new(GzDecoder::new(bytes))),
        _ => Box::new(BufReader::new(bytes)),
    })
}

fn print(grain: &str, score: &Score) {
    let (expected, found) = (score.expected(), score.found);
    let (missed, extra) = (score.missed.len(), score.extra.len());
    let (precision, recall) = (100.0 * score.precision(), 100.0 * score.recall());
    println!(
        "  {grain:<21}{expected:>9}{found:>9}{missed:>9}{extra:>9}{precision:>9.2} %{recall:>7.2} %"
    );
    score.missed.iter().for_each(|edge| println!("      missed {edge}"));
    score.extra.iter().for_each(|edge| println!("      extra  {edge}"));
}
