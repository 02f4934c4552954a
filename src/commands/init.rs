//! `cargo archlint init`: a `boundaries.toml` that holds today.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::arguments::{BaselineCommand, InitCommand, Invocation};
use super::workspace::{Read, read};
use super::{baseline, configuration, output};
use crate::graph::Graph;
use crate::learn::{Lesson, learn};

/// Writes the file, or with `--print` its text to standard output.
pub(super) fn run(arguments: &InitCommand) -> anyhow::Result<ExitCode> {
    let Read { workspace, sources, resolution, .. } = read(&arguments.invocation)?;
    let found = configuration::find(&arguments.invocation, &workspace, &sources)?;
    let path = found.unwrap_or_else(|| workspace.root.join("boundaries.toml"));
    if path.exists() && !arguments.force && !arguments.print {
        bail!("`{path}` exists; `--force` replaces it, `--print` only shows what it would be");
    }
    let graph = Graph::new(resolution);
    let debt = arguments.baseline;
    let text = learn(Lesson { workspace: &workspace, sources: &sources, graph: &graph, debt });
    if arguments.print {
        let mut out = output::stdout();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    std::fs::write(&path, &text).with_context(|| format!("`{path}` cannot be written"))?;
    if !arguments.invocation.quiet {
        eprintln!("wrote `{path}`: read it, keep what is meant, then run `cargo archlint`");
    }
    if !arguments.baseline {
        return Ok(ExitCode::SUCCESS);
    }
    let invocation = Invocation { config: Some(path), ..arguments.invocation.clone() };
    baseline::run(&BaselineCommand { invocation, grow: true, now: None })
}
