//! `--format` and `--output`: one verdict, written several times.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};

use anyhow::{Context as _, bail, ensure};
use camino::{Utf8Path, Utf8PathBuf};

use super::output::stdout;
use crate::report::{Format, Outcome, Style, markdown, sarif, write};

/// Where GitHub's runner reads what a step has to say.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// One format at one place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) format: Format,
    /// None: standard output.
    path: Option<Utf8PathBuf>,
}

/// What is to be written where, files first: whoever listens to standard output may hang up.
pub(super) fn plan(format: Option<&str>, outputs: &[String]) -> anyhow::Result<Vec<Output>> {
    let mut plan = outputs.iter().map(|text| parse(text)).collect::<anyhow::Result<Vec<_>>>()?;
    for (index, output) in plan.iter().enumerate() {
        let is_taken = plan[..index].iter().any(|earlier| earlier.path == output.path);
        let place = output.path.as_deref().map_or("standard output", Utf8Path::as_str);
        ensure!(!is_taken, "two outputs go to `{place}`");
    }
    let speaks = plan.iter().any(|output| output.path.is_none());
    match format {
        Some(_) if speaks => bail!("`--format` and `--output` both go to standard output"),
        Some(name) => plan.push(Output { format: named(name)?, path: None }),
        None if speaks => {}
        None => plan.push(Output { format: Format::default(), path: None }),
    }
    plan.sort_by_key(|output| output.path.is_none());
    Ok(plan)
}

fn parse(text: &str) -> anyhow::Result<Output> {
    let (format, path) = text.split_once('=').with_context(|| {
        format!("`{text}` does not say where to: `--output sarif=target/archlint.sarif`")
    })?;
    ensure!(!path.is_empty(), "`{text}` does not say where to");
    let path = (path != "-").then(|| Utf8PathBuf::from(path));
    Ok(Output { format: named(format)?, path })
}

/// The format of this name.
pub(super) fn named(name: &str) -> anyhow::Result<Format> {
    Format::parse(name).with_context(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        format!("no format `{name}`; there are {known}")
    })
}

/// The folder where paths in documents for other software start.
pub(super) fn base(choice: Option<&str>, root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    match choice {
        Some("workspace") => Ok(root.to_owned()),
        None | Some("git") => {
            let repository = root.ancestors().find(|folder| folder.join(".git").exists());
            Ok(repository.unwrap_or(root).to_owned())
        }
        Some(path) => {
            let path = Utf8Path::new(path);
            path.canonicalize_utf8().with_context(|| format!("there is no folder `{path}`"))
        }
    }
}

/// Writes the verdict everywhere. Only standard output has colours, and characters to taste.
pub(super) fn write_all(
    outputs: &[Output],
    outcome: &Outcome<'_>,
    style: Style,
) -> anyhow::Result<()> {
    for output in outputs {
        match &output.path {
            None => {
                let mut out = stdout();
                write(outcome, output.format, style, &mut out)?;
                out.flush()?;
            }
            Some(path) => {
                let style = Style { color: false, ascii: false, ..style };
                write_file(path, output.format, outcome, style)
                    .with_context(|| format!("`{path}` cannot be written"))?;
            }
        }
    }
    let writes = |format| outputs.iter().any(|output| output.format == format);
    if writes(Format::Github) {
        summarize_step(outcome, style)?;
    }
    let left_out = sarif::left_out(outcome.verdict, style);
    if left_out > 0 && writes(Format::Sarif) {
        eprintln!("note: findings that the SARIF document has no place for: {left_out}");
    }
    Ok(())
}

fn write_file(
    path: &Utf8Path,
    format: Format,
    outcome: &Outcome<'_>,
    style: Style,
) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut out = BufWriter::new(File::create(path)?);
    write(outcome, format, style, &mut out)?;
    Ok(out.flush()?)
}

/// Adds the tables to the page of the step, where a runner has one.
fn summarize_step(outcome: &Outcome<'_>, style: Style) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os(STEP_SUMMARY).filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let mut page = Vec::new();
    markdown::write(outcome, Style { ascii: false, ..style }, &mut page)?;
    let mut out = OpenOptions::new().append(true).create(true).open(&path)?;
    Ok(out.write_all(&page)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(format: Option<&str>, outputs: &[&str]) -> Result<Vec<String>, String> {
        let outputs: Vec<String> = outputs.iter().map(|&text| text.to_owned()).collect();
        let plan = plan(format, &outputs).map_err(|error| error.to_string())?;
        let told = plan.iter().map(|output| {
            let path = output.path.as_deref().map_or("-", Utf8Path::as_str);
            format!("{}={path}", output.format.name())
        });
        Ok(told.collect())
    }

    #[test]
    fn people_read_along() {
        assert_eq!(planned(None, &[]).unwrap(), ["human=-"]);
        assert_eq!(planned(Some("short"), &["sarif=a"]).unwrap(), ["sarif=a", "short=-"]);
        assert_eq!(planned(None, &["junit=-", "sarif=a=b"]).unwrap(), ["sarif=a=b", "junit=-"]);
    }

    #[test]
    fn each_place_is_written_once() {
        assert_eq!(planned(None, &["sarif=a", "junit=a"]), Err("two outputs go to `a`".to_owned()));
        assert_eq!(
            planned(None, &["sarif=-", "junit=-"]),
            Err("two outputs go to `standard output`".to_owned())
        );
        let both = "`--format` and `--output` both go to standard output";
        assert_eq!(planned(Some("human"), &["sarif=-"]), Err(both.to_owned()));
    }

    #[test]
    fn what_cannot_be_understood_is_told() {
        assert_eq!(
            planned(None, &["sarif"]),
            Err("`sarif` does not say where to: `--output sarif=target/archlint.sarif`".to_owned())
        );
        assert_eq!(planned(None, &["sarif="]), Err("`sarif=` does not say where to".to_owned()));
        let known = "human, short, json, sarif, cargo, github, gitlab, junit, markdown";
        assert_eq!(planned(None, &["xml=a"]), Err(format!("no format `xml`; there are {known}")));
    }
}
