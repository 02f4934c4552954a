//! A workspace in two steps: what its manifests say, and, where these and the lock file leave
//! something in doubt, what cargo resolves them to.
//!
//! The manifests alone take cargo a small part of the time, and tell which files there are to read;
//! while it is asked for everything, others go on with that.

use std::thread::{self, JoinHandle};

use anyhow::Result;
use camino::Utf8Path;
use cargo_metadata::Metadata;

use super::evidence::{Evidence, Leads};
use super::home::{Registry, Stock};
use super::kept::{self, Answer};
use super::manifest::{self, Manifests};
use super::members::Members;
use super::metadata::{self, Asking, Trouble};
use super::settled::{settled, unpacked};
use super::{Keep, Options, Workspace, configuration, files, packages, paths};
use crate::model::Sources;

/// A workspace, perhaps before it is known where its dependencies lead.
#[derive(Debug)]
pub struct Survey {
    /// Where there is a `rest`, without any dependencies.
    pub workspace: Workspace,
    /// What is still to be known; nothing, where manifests and lock file leave no doubt, or an
    /// earlier run has kept it.
    pub rest: Option<Rest>,
    /// Why what an earlier run kept was of no use.
    pub trouble: Vec<String>,
}

/// What cargo is asked in the meantime.
#[derive(Debug)]
pub struct Rest {
    options: Options,
    keep: Keep,
    members: Metadata,
    manifests: Manifests,
    answer: JoinHandle<Result<Result<Metadata, Trouble>>>,
}

/// The first step; adds the manifests to `sources`, the root's first. Where cargo has to be asked,
/// `meanwhile` is told the folder of the manifest that is asked about.
///
/// An error if cargo is missing or cannot read a manifest, with cargo's own words.
pub fn survey(
    options: &Options,
    keep: &Keep,
    sources: &mut Sources,
    meanwhile: impl FnOnce(&Utf8Path),
) -> Result<Survey> {
    let mut trouble = Vec::new();
    if let Some(workspace) = kept::recall(options, keep, sources, &mut trouble) {
        return Ok(Survey { workspace, rest: None, trouble });
    }
    let mut asking = Asking::new(options)?;
    meanwhile(asking.home());
    let known = asking.manifests()?;
    let members = Members::of(&known);
    let manifests = manifest::read(&members, sources)?;
    let mut evidence = Evidence::gather(&members, &manifests.root);
    let registry = registry(options);
    let to_settle = registry.as_ref().filter(|_| !options.locked);
    let Some(libraries) = to_settle.and_then(|registry| settled(&evidence, registry)) else {
        let answer = thread::spawn(move || asking.all());
        let workspace = listed(led(&known, &members, &manifests, Leads::none(&members)), &known);
        let (options, keep) = (options.clone(), keep.clone());
        let rest = Rest { options, keep, members: known, manifests, answer };
        return Ok(Survey { workspace, rest: Some(rest), trouble });
    };
    evidence.libraries = libraries;
    let workspace = listed(led(&known, &members, &manifests, evidence.leads()), &known);
    let stock = || Some(Stock::of(&evidence.lock, registry.as_ref()));
    let answer = Answer { workspace: &workspace, metadata: &known, stock: &stock };
    kept::keep(options, keep, &answer);
    Ok(Survey { workspace, rest: None, trouble })
}

impl Survey {
    /// The whole workspace, once it is known where its dependencies lead.
    ///
    /// An error if the lock file has to be right and is not, with cargo's own words.
    pub fn whole(self) -> Result<Workspace> {
        match self.rest {
            Some(rest) => rest.finish(&self.workspace),
            None => Ok(self.workspace),
        }
    }
}

impl Rest {
    /// The second step: the whole workspace, of which `known` is the first.
    ///
    /// An error if the lock file has to be right and is not, with cargo's own words.
    pub fn finish(self, known: &Workspace) -> Result<Workspace> {
        let Self { options, keep, members: of_members, manifests, answer } = self;
        let answer = answer.join().expect("whoever asks cargo does not panic")?;
        let members = Members::of(&of_members);
        let mut evidence = Evidence::gather(&members, &manifests.root);
        let registry = registry(&options);
        let (metadata, trouble) = match &answer {
            Ok(resolved) => {
                let unpacked = registry.as_ref().map(|registry| unpacked(&evidence.lock, registry));
                evidence.libraries = unpacked.unwrap_or_default();
                evidence.add(resolved);
                (resolved, None)
            }
            Err(trouble) => (&of_members, Some(trouble)),
        };
        let workspace = Workspace {
            fallback: trouble
                .filter(|_| evidence.needs_resolution())
                .map(|trouble| trouble.reason.clone()),
            files: known.files.clone(),
            ..led(metadata, &members, &manifests, evidence.leads())
        };
        let stock = || {
            let stock = Stock::of(&evidence.lock, registry.as_ref());
            match trouble {
                None => Some(stock),
                Some(trouble) if trouble.lasts && registry.is_some() && evidence.stays_inside() => {
                    stock.and_everything()
                }
                Some(_) => None,
            }
        };
        kept::keep(&options, &keep, &Answer { workspace: &workspace, metadata, stock: &stock });
        Ok(workspace)
    }
}

/// Where packages lie, unless cargo may be told to take them from elsewhere.
fn registry(options: &Options) -> Option<Registry> {
    let is_usual = !configuration::leads_elsewhere(&options.current_dir);
    is_usual.then(Registry::open).flatten()
}

/// The workspace with dependencies that lead there, but for its files.
fn led(
    metadata: &Metadata,
    members: &Members<'_>,
    manifests: &Manifests,
    leads: Leads,
) -> Workspace {
    Workspace {
        root: members.root.clone(),
        packages: packages::packages(members, manifests, &leads),
        externals: leads.externals,
        target: paths::normal(&metadata.target_directory),
        ..Workspace::default()
    }
}

/// The workspace with its files.
fn listed(workspace: Workspace, metadata: &Metadata) -> Workspace {
    let build_folders = metadata::build_folders(metadata);
    let files = files::list(&workspace.root, &workspace.packages, &build_folders);
    Workspace { files, ..workspace }
}
