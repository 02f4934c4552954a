//! Rules of real projects, held against their code, beside a list of every place that breaks them.
//!
//! ```text
//! cargo run --release --example real-rules -- CASES WORKSPACES [PROJECT]
//! ```
//!
//! `CASES` is a folder of case files (`<project>.toml`: a commit, rules, and for each rule the
//! places that break it), `WORKSPACES` one of checkouts (`<project>/`). The rules in our own
//! language are in `tests/real-rules/`. Prints, rule by rule, how many places are expected, found,
//! missed and reported beyond the list, and each place of the last two.

#![expect(clippy::disallowed_methods, reason = "reads its arguments and the case files")]
#![expect(clippy::print_stdout, reason = "its output")]

mod case;
mod run;
mod score;

use anyhow::Context as _;
use camino::{Utf8Path, Utf8PathBuf};

use case::Case;
use score::Score;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<Utf8PathBuf> = std::env::args().skip(1).map(Utf8PathBuf::from).collect();
    let (cases, workspaces, project) = match &arguments[..] {
        [cases, workspaces] => (cases, workspaces, None),
        [cases, workspaces, project] => (cases, workspaces, Some(project.as_str())),
        _ => anyhow::bail!("usage: real-rules CASES WORKSPACES [PROJECT]"),
    };
    let mut sum = Score::default();
    for file in case_files(cases)? {
        let case = Case::read(&file)?;
        if project.is_none_or(|project| project == case.project) {
            measure(&case, workspaces, &mut sum)?;
        }
    }
    println!("{:<52}{}", "all", sum.numbers());
    Ok(())
}

fn case_files(folder: &Utf8Path) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let entries = folder.read_dir_utf8().with_context(|| format!("no case files in `{folder}`"))?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path().to_owned()))
        .collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.extension() == Some("toml"));
    files.sort();
    Ok(files)
}

fn measure(case: &Case, workspaces: &Utf8Path, sum: &mut Score) -> anyhow::Result<()> {
    let checkout = workspaces.join(&case.project);
    let Some(root) = run::workspace_root(&checkout) else {
        println!("{}: no checkout in `{workspaces}`, skipped", case.project);
        return Ok(());
    };
    let found = run::findings(&case.project, &checkout, &root)?;
    println!("{:<52} expected    found   missed    extra  excused   beside  outside", case.project);
    for fault in &found.faults {
        println!("  {fault}");
    }
    for rule in &case.rules {
        let Some(scopes) = found.rules.get(&rule.id) else {
            println!("  {:<50}      no rule: {}", rule.id, rule.truth);
            continue;
        };
        let score = score::score(rule, scopes, &found);
        println!("  {:<50}{}", rule.id, score.numbers());
        score.places().for_each(|place| println!("      {place}"));
        sum.add(&score);
    }
    Ok(())
}
