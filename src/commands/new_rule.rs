//! `cargo archlint new-rule NAME`: a rule page to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};

use super::arguments::NewRuleCommand;
use super::output;

/// A page that proves itself; `RULE` stands for the rule's id.
const PAGE: &str = include_str!("new_rule.md");

/// Writes the page, unless there is one, and says what comes next.
pub(super) fn run(arguments: &NewRuleCommand) -> anyhow::Result<ExitCode> {
    let NewRuleCommand { name, folder } = arguments;
    let fits =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    ensure!(
        name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(fits),
        "`{name}` cannot be the id of a rule: small letters, digits and `-` make one"
    );
    let path = folder.join(format!("{name}.md"));
    std::fs::create_dir_all(folder).with_context(|| format!("`{folder}` cannot be made"))?;
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file
            .write_all(PAGE.replace("RULE", name).as_bytes())
            .with_context(|| format!("`{path}` cannot be written"))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("there is a `{path}` already")
        }
        Err(error) => return Err(error).with_context(|| format!("`{path}` cannot be written")),
    }
    let mut out = output::stdout();
    writeln!(out, "{path} is written; it proves itself as it is. Now edit in it:\n")?;
    writeln!(
        out,
        "  1. `flag`: what is a fault; `cargo archlint explain flag` says what can be said"
    )?;
    writeln!(out, "  2. `because` and `help`, which people read, and the text below")?;
    writeln!(out, "  3. the examples: `//~ {name}` marks each line on which it must be found\n")?;
    writeln!(out, "`cargo archlint test {path}` says whether the page holds")?;
    writeln!(
        out,
        "The rule applies once `boundaries.toml` says `pages = [\"{folder}\"]` in `[settings]`"
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
