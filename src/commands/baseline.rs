//! `cargo archlint baseline`: the debt that is known shrinks; with `--grow` it is what there is.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::bail;

use super::arguments::BaselineCommand;
use super::ledger::{self, Written};
use super::workspace::{Read, read};
use super::{check, configuration, output};
use crate::baseline::{self, Baseline, Counts, Key};
use crate::judge::{Case, Judged, judge};
use crate::load::baseline::{place, read as read_baseline};
use crate::load::pages;
use crate::settle::{MOVED_BASELINE, Status};

/// How often to start over when others write at the same time.
const ATTEMPTS: usize = 10;

/// Rewrites the baseline and says what has changed.
pub(super) fn run(arguments: &BaselineCommand) -> anyhow::Result<ExitCode> {
    for _ in 0..ATTEMPTS {
        if let Some(code) = attempt(arguments)? {
            return Ok(code);
        }
    }
    bail!("others keep writing the baseline")
}

/// None if somebody else has written the baseline meanwhile.
fn attempt(arguments: &BaselineCommand) -> anyhow::Result<Option<ExitCode>> {
    let invocation = &arguments.invocation;
    let Read { workspace, mut sources, files, resolution } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let pages = pages::read(&workspace, &mut sources, config)?;
    let path = place(&workspace, &sources, config);
    let known = read_baseline(&workspace, &mut sources, config)?;
    let before = known.map(|file| sources.file(file).text.clone());
    let today = check::today_or(arguments.now.as_deref());
    let case = Case {
        pages: &pages,
        baseline: known,
        today: Some(&today),
        built_in: true,
        ..Case::new(&workspace, &sources, &files, config)
    };
    let judged = judge(case, resolution)?;
    if judged.unusable || judged.verdict.summary.unparsed > 0 {
        bail!("not everything can be judged, so the baseline stays; `cargo archlint` says why");
    }
    let change = Change::of(&judged, arguments.grow);
    if before.is_none() && change.refused > 0 {
        bail!(
            "there is no `{path}`; `cargo archlint baseline --grow` records what is broken today"
        );
    }
    let after = (!change.after.is_empty()).then(|| baseline::write(&change.after));
    let locked = invocation.locked || invocation.frozen;
    if !locked && ledger::replace(&path, before.as_deref(), after.as_deref())? == Written::Overtaken
    {
        return Ok(None);
    }
    if !invocation.quiet {
        say(&change, locked)?;
    }
    Ok(Some(ExitCode::from(u8::from(locked && change.is_any))))
}

/// What becomes of the baseline.
struct Change {
    after: Counts,
    /// Whether it says something else than before.
    is_any: bool,
    kept: usize,
    added: usize,
    removed: usize,
    moved: usize,
    /// New, and not asked to be added.
    refused: usize,
    /// New in a strict component, where no baseline lets it pass.
    strict: usize,
}

impl Change {
    fn of(judged: &Judged, grow: bool) -> Self {
        let findings = || judged.verdict.findings.iter();
        let owed = findings().filter(|one| matches!(one.status, Status::New | Status::Known));
        let mut known = Counts::new();
        for finding in findings().filter(|one| one.status == Status::Known) {
            let key = Key::of(&finding.violation).expect("only what has a key is known");
            *known.entry(key).or_default() += 1;
        }
        let before = judged.baseline.as_ref().map(Baseline::counts).unwrap_or_default();
        let sum = |counts: &Counts| counts.values().sum::<usize>();
        let (kept, debt) = (sum(&known), sum(&judged.debt));
        let after = if grow { judged.debt.clone() } else { known };
        Self {
            is_any: after != before,
            kept,
            added: sum(&after) - kept,
            removed: sum(&before) - kept,
            moved: findings().filter(|one| one.violation.rule == MOVED_BASELINE).count(),
            refused: debt - sum(&after),
            strict: owed.filter(|one| Key::of(&one.violation).is_some()).count() - debt,
            after,
        }
    }
}

/// `12 known, 3 added, 2 removed`.
fn say(change: &Change, locked: bool) -> anyhow::Result<()> {
    let mut out = output::stdout();
    let Change { kept, added, removed, moved, refused, strict, .. } = change;
    write!(out, "{kept} known, {added} added, {removed} removed")?;
    if *moved > 0 {
        write!(out, ", {moved} moved")?;
    }
    let unwritten = if locked && change.is_any { " (locked: nothing is written)" } else { "" };
    writeln!(out, "{unwritten}")?;
    if *refused > 0 {
        writeln!(out, "{refused} new, not added: mend them, or add them with `--grow`")?;
    }
    if *strict > 0 {
        writeln!(out, "{strict} in strict components, not added: nothing lets them pass")?;
    }
    out.flush()?;
    Ok(())
}
