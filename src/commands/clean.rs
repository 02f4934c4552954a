//! `cargo archlint clean`: takes away what was kept from run to run.

use std::process::ExitCode;

use anyhow::Context as _;

use super::arguments::Invocation;
use super::workspace::{Steps, find_cache};

/// Removes the cache of the workspace's target folder, or of `--cache-dir`.
pub(super) fn run(invocation: &Invocation) -> anyhow::Result<ExitCode> {
    let steps = Steps::begin(invocation);
    let cache = find_cache(invocation)?;
    drop(steps);
    let Some(folder) = &cache.folder else { return Ok(ExitCode::SUCCESS) };
    let removed = cache.clean().with_context(|| format!("`{folder}` cannot be removed"))?;
    if !invocation.quiet {
        let done = if removed { "removed" } else { "nothing is kept in" };
        eprintln!("{done} `{folder}`");
    }
    Ok(ExitCode::SUCCESS)
}
