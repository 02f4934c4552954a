//! `cargo archlint check --fix`: makes the changes that rules offer, until none is left.

use anyhow::{Context as _, bail, ensure};
use camino::Utf8Path;

use super::arguments::{CheckArguments, Invocation};
use super::check::{Run, judged};
use super::work_tree::{self, State};
use crate::mend::mend;
use crate::model::FileId;
use crate::settle::Status;

/// A change may make room for another one; more rounds than this would be a change that comes back.
const ROUNDS: usize = 10;

/// Mends what can be mended, and returns what is left.
pub(super) fn run(
    invocation: &Invocation,
    arguments: &CheckArguments,
    tells_trouble: bool,
) -> anyhow::Result<Run> {
    let (mut changes, mut files) = (0, Vec::new());
    for round in 0..ROUNDS {
        let run = judged(invocation, arguments, tells_trouble)?;
        if round == 0 {
            ensure_safe(&run.workspace.root, arguments)?;
        }
        let new = run.verdict.findings.iter().filter(|one| one.status == Status::New);
        let mended = mend(new.filter_map(|one| one.violation.fix.as_ref()), &run.sources);
        if mended.files.is_empty() {
            say(invocation, changes, files.len());
            return Ok(run);
        }
        changes += mended.changes;
        for (file, text) in mended.files {
            write(&run, file, &text)?;
            let path = run.sources.file(file).path.clone();
            if !files.contains(&path) {
                files.push(path);
            }
        }
    }
    say(invocation, changes, files.len());
    judged(invocation, arguments, tells_trouble)
}

fn say(invocation: &Invocation, changes: usize, files: usize) {
    if !invocation.quiet {
        eprintln!("note: fixed {changes} in {files} file{}", if files == 1 { "" } else { "s" });
    }
}

/// What somebody else has written meanwhile stays.
fn write(run: &Run, file: FileId, text: &str) -> anyhow::Result<()> {
    let source = run.sources.file(file);
    let path = run.workspace.root.join(&source.path);
    let now = std::fs::read_to_string(&path).with_context(|| format!("`{path}` cannot be read"))?;
    ensure!(now == source.text, "`{path}` has changed meanwhile; run it again");
    std::fs::write(&path, text).with_context(|| format!("`{path}` cannot be written"))
}

/// As `cargo fix`: what cannot be told from one's own changes, or not be undone, is not begun.
fn ensure_safe(root: &Utf8Path, arguments: &CheckArguments) -> anyhow::Result<()> {
    let CheckArguments { allow_dirty, allow_staged, allow_no_vcs, .. } = arguments;
    match work_tree::state(root)? {
        State::NoRepository if !allow_no_vcs => bail!(
            "`{root}` is under no version control, so nothing could be undone; `--allow-no-vcs` \
             fixes it all the same"
        ),
        State::Changed { dirty, .. } if !dirty.is_empty() && !allow_dirty => bail!(
            "the working folder has changes that are not committed; commit them, or say \
             `--allow-dirty`\n{}",
            list(&dirty, "dirty")
        ),
        State::Changed { staged, .. } if !staged.is_empty() && !allow_dirty && !allow_staged => {
            bail!(
                "there are staged changes; commit them, or say `--allow-staged`\n{}",
                list(&staged, "staged")
            )
        }
        _ => Ok(()),
    }
}

fn list(paths: &[String], word: &str) -> String {
    let shown = paths.iter().take(10).map(|path| format!("  {} ({word})", path.escape_debug()));
    let more = paths.len().checked_sub(11).map(|more| format!("  … and {} more", more + 1));
    shown.chain(more).collect::<Vec<_>>().join("\n")
}
