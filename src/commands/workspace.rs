//! The first half of the line, as every command needs it: arguments → resolution.

use std::time::Instant;

use anyhow::Context as _;
use camino::Utf8PathBuf;

use super::arguments::Invocation;
use super::patience::Patience;
use crate::discover::{Options, Workspace, discover};
use crate::load::load;
use crate::model::Sources;
use crate::resolve::{FactsByFile, Resolution, resolve};

/// A workspace with every name resolved.
pub(super) struct Read {
    pub(super) workspace: Workspace,
    pub(super) sources: Sources,
    pub(super) files: FactsByFile,
    pub(super) resolution: Resolution,
}

/// Discovers, extracts and resolves.
pub(super) fn read(invocation: &Invocation) -> anyhow::Result<Read> {
    let started = Instant::now();
    let patience = Patience::begin(invocation.quiet || invocation.verbose);
    patience.say("asking cargo");
    let say = |done: &str, next: &str| {
        patience.say(next);
        if invocation.verbose {
            eprintln!("{done} after {:.3} s", started.elapsed().as_secs_f64());
        }
    };
    let read = line(&options(invocation)?, say)?;
    drop(patience);
    if let Some(reason) = read.workspace.fallback.as_ref().filter(|_| !invocation.quiet) {
        eprintln!("note: dependencies are known from manifests and lock file only: {reason}");
    }
    Ok(read)
}

/// The same for any workspace, wherever it is; `say` hears what is done and what comes next.
pub(super) fn line(options: &Options, say: impl Fn(&str, &str)) -> anyhow::Result<Read> {
    let mut sources = Sources::default();
    let workspace = discover(options, &mut sources)?;
    say("discovered", "reading");
    let (tree, files) = load(&workspace, &mut sources);
    say("read", "resolving names");
    let resolution = resolve(&workspace, &tree, &files);
    say("resolved", "judging");
    Ok(Read { workspace: workspace.clone(), sources, files, resolution })
}

/// Whom to ask about which workspace.
pub(super) fn options(invocation: &Invocation) -> anyhow::Result<Options> {
    let current = std::env::current_dir().context("the current folder cannot be read")?;
    let current_dir = Utf8PathBuf::try_from(current).context("the current folder is not UTF-8")?;
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    Ok(Options {
        cargo: cargo.into(),
        current_dir,
        manifest_path: invocation.manifest_path.clone(),
        locked: invocation.locked || invocation.frozen,
    })
}
