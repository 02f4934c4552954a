//! A verdict, held against an earlier revision.

use anyhow::{Context as _, anyhow};
use camino::Utf8Path;

use super::git::Revision;
use crate::baseline::Counts;
use crate::graph::places::Places;
use crate::judge::{Case, Judged};
use crate::load::baseline;
use crate::model::FileId;
use crate::settle::{self, Verdict, forget, grew, owed};

/// Tells what the baseline lets pass and that of the revision did not.
pub(super) fn hold_to_base(
    judged: &mut Judged,
    case: Case<'_>,
    revision: &str,
) -> anyhow::Result<()> {
    let place = baseline::place(case.workspace, case.sources, case.config);
    let Some(before) = base(&place, case, revision)? else { return Ok(()) };
    let Some(now) = &judged.baseline else { return Ok(()) };
    let places = places(judged, &before);
    let grew = grew(&judged.verdict, now, (&before, revision), &places);
    let Verdict { mut findings, summary } = std::mem::take(&mut judged.verdict);
    findings.extend(grew);
    judged.verdict = settle::verdict(findings, summary, case.sources);
    Ok(())
}

/// What the baseline let pass at a revision; none where there were no rules yet.
fn base(place: &Utf8Path, case: Case<'_>, revision: &str) -> anyhow::Result<Option<Counts>> {
    let folder = place.parent().context("a file is in a folder")?;
    let found = Revision::find(folder, revision)?;
    let config = case.sources.file(case.config).path.file_name().unwrap_or_default();
    let name = place.file_name().unwrap_or_default();
    match found.file(name)? {
        Some(text) => {
            let read = crate::baseline::parse(&text, FileId::default());
            let read = read.map_err(|fault| {
                let line = text[..fault.span.start as usize].matches('\n').count() + 1;
                anyhow!("`{name}` of `{revision}`, line {line}: {}", fault.message)
            })?;
            Ok(Some(read.counts()))
        }
        None => Ok(found.file(config)?.map(|_| Counts::new())),
    }
}

/// Leaves out what was there before, and says how much that is.
pub(super) fn forget_past(judged: &mut Judged, past: &Judged) -> usize {
    let before = owed(&past.verdict);
    let places = places(judged, &before);
    forget(&mut judged.verdict, &before, &places)
}

fn places(judged: &Judged, counts: &Counts) -> Places {
    let paths = counts.keys().flat_map(|key| [key.from.as_str(), key.to.as_str()]);
    Places::find(&judged.graph, paths)
}
