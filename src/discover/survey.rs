//! A workspace in two steps: what its manifests say, and, while others go on with that, what cargo
//! resolves them to.
//!
//! The manifests alone take cargo a small part of the time, and tell which files there are to read;
//! so it is asked both at once.

use std::thread::{self, JoinHandle};

use anyhow::Result;
use cargo_metadata::Metadata;

use super::evidence::Leads;
use super::manifest::{self, Manifests};
use super::members::Members;
use super::metadata::{self, Asking};
use super::{Keep, Options, Workspace, assemble, files, kept, led};
use crate::model::Sources;

/// A workspace, perhaps before it is known where its dependencies lead.
#[derive(Debug)]
pub struct Survey {
    /// Where there is a `rest`, without any dependencies.
    pub workspace: Workspace,
    /// What is still to be known; nothing, where an earlier run has kept it.
    pub rest: Option<Rest>,
}

/// What cargo is asked in the meantime.
#[derive(Debug)]
pub struct Rest {
    options: Options,
    keep: Keep,
    members: Metadata,
    manifests: Manifests,
    answer: JoinHandle<Result<Result<Metadata, String>>>,
}

/// The first step; adds the manifests to `sources`, the root's first.
///
/// An error if cargo is missing or cannot read a manifest, with cargo's own words.
pub fn survey(options: &Options, keep: &Keep, sources: &mut Sources) -> Result<Survey> {
    if let Some(workspace) = kept::recall(options, keep, sources) {
        return Ok(Survey { workspace, rest: None });
    }
    let mut asking = Asking::new(options)?;
    let mut of_all = asking.clone();
    let answer = thread::spawn(move || of_all.all());
    let known = asking.manifests()?;
    let members = Members::of(&known);
    let manifests = manifest::read(&members, sources)?;
    let mut workspace = led(&known, &members, &manifests, Leads::none(&members));
    workspace.files =
        files::list(&workspace.root, &workspace.packages, &metadata::build_folders(&known));
    let (options, keep) = (options.clone(), keep.clone());
    let rest = Rest { options, keep, members: known, manifests, answer };
    Ok(Survey { workspace, rest: Some(rest) })
}

impl Rest {
    /// The second step: the whole workspace, of which `known` is the first.
    ///
    /// An error if the lock file has to be right and is not, with cargo's own words.
    pub fn finish(self, known: &Workspace) -> Result<Workspace> {
        let Self { options, keep, members, manifests, answer } = self;
        let answer = answer.join().expect("whoever asks cargo does not panic")?;
        let (resolved, trouble) = match answer {
            Ok(resolved) => (Some(resolved), None),
            Err(trouble) => (None, Some(trouble)),
        };
        let evidence = resolved.as_ref().unwrap_or(&members);
        let mut workspace = assemble(evidence, trouble, &Members::of(&members), &manifests);
        workspace.files = known.files.clone();
        if let Some(resolved) = &resolved {
            kept::keep(&options, &keep, &workspace, resolved);
        }
        Ok(workspace)
    }
}
