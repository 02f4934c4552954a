//! What `outdated` writes when it is asked to: the committed list, and requirements.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::ledger::{self, Written};
use super::output;
use crate::boundaries::outdated::Outdated;
use crate::discover::Workspace;
use crate::model::{FileId, Sources};
use crate::outdated::{Edit, Manifests, edit};

/// Where the list is unless the policy says otherwise.
const LIST: &str = "dependency-upgrades.txt";

/// Where the list is.
pub(super) fn list_path(workspace: &Workspace, policy: &Outdated) -> Utf8PathBuf {
    workspace.root.join(policy.report.as_deref().unwrap_or(LIST))
}

/// Writes the list, or says in what it differs from the one that is there.
pub(super) fn list(path: &Utf8Path, list: &str, is_written: bool) -> anyhow::Result<ExitCode> {
    let before = ledger::read(path)?;
    if is_written {
        replace(path, before.as_deref(), list)?;
        return Ok(ExitCode::SUCCESS);
    }
    let before = before.unwrap_or_default().replace("\r\n", "\n");
    if before == list {
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = output::stdout();
    for (sign, these, those) in [('-', before.as_str(), list), ('+', list, before.as_str())] {
        for line in these.lines().filter(|line| !those.lines().any(|other| other == *line)) {
            writeln!(out, "{sign} {line}")?;
        }
    }
    writeln!(out, "`{path}` is out of date; `cargo archlint outdated --write-report` writes it")?;
    out.flush()?;
    Ok(ExitCode::FAILURE)
}

/// Writes requirements: index into [`Manifests::entries`] and text.
pub(super) fn fix(
    workspace: &Workspace,
    sources: &Sources,
    manifests: &Manifests,
    edits: &BTreeMap<usize, String>,
) -> anyhow::Result<ExitCode> {
    let mut by_file: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for (entry, requirement) in edits {
        let entry = &manifests.entries[*entry];
        let one = Edit { path: entry.path.clone(), requirement: requirement.clone() };
        by_file.entry(entry.span.file).or_default().push(one);
    }
    for (file, edits) in &by_file {
        let source = sources.file(*file);
        let path = workspace.root.join(&source.path);
        let after = edit(&source.text, edits).map_err(|error| anyhow!("`{path}`: {error}"))?;
        replace(&path, Some(&source.text), &after)?;
    }
    let mut out = output::stdout();
    let (changed, files) = (edits.len(), by_file.len());
    writeln!(out, "{changed} requirements changed, in {files} manifests")?;
    if changed > 0 {
        writeln!(out, "`cargo update` has the lock file follow")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn replace(path: &Utf8Path, before: Option<&str>, after: &str) -> anyhow::Result<()> {
    match ledger::replace(path, before, Some(after))? {
        Written::Done => Ok(()),
        Written::Overtaken => bail!("somebody else has written `{path}` meanwhile"),
    }
}
