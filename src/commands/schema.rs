//! `cargo archlint schema`: the JSON schema of `boundaries.toml`, for editors.

use std::io::Write as _;
use std::process::ExitCode;

use super::output;
use crate::boundaries::schema::schema;

/// Prints it; no workspace is needed.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let mut out = output::stdout();
    serde_json::to_writer_pretty(&mut out, &schema())?;
    writeln!(out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
