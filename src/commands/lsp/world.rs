//! The workspace between two judgements: what cargo says of it, and the facts of its files.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Context as _, anyhow};
use camino::{Utf8Path, Utf8PathBuf};

use super::super::arguments::Invocation;
use super::super::configuration;
use super::super::workspace::{Found, find_by, options};
use crate::discover::{Options, Workspace};
use crate::judge::{Case, judge};
use crate::load::date::today;
use crate::load::held::{
    Held, HeldFiles, Unsaved, forget_changed, give_back, is_on_disk, load_held,
};
use crate::load::{Known, Loaded, baseline, load_with, pages};
use crate::model::{FileId, Sources};
use crate::outdated::glance;
use crate::report::Outcome;
use crate::resolve::resolve;

/// What is judged again and again.
pub(super) struct World {
    invocation: Invocation,
    options: Options,
    /// What cargo said last, when it could say something.
    found: Option<Found>,
    held: HeldFiles,
}

/// What a run is held against.
struct Rules {
    config: FileId,
    pages: Vec<FileId>,
    baseline: Option<FileId>,
}

impl World {
    /// The workspace to which the folder belongs, unless the arguments name one.
    pub(super) fn new(invocation: &Invocation, folder: Option<&Utf8Path>) -> anyhow::Result<Self> {
        let mut options = options(invocation)?;
        if let Some(folder) = folder.filter(|_| invocation.manifest_path.is_none()) {
            folder.clone_into(&mut options.current_dir);
            options.manifest_path = nearest_manifest(folder);
        }
        Ok(Self { invocation: invocation.clone(), options, found: None, held: HeldFiles::new() })
    }

    /// Takes the workspace of a document, where there has been none so far; says whether it does.
    pub(super) fn adopt(&mut self, path: &Utf8Path) -> bool {
        if self.found.is_some() || self.options.manifest_path.is_some() {
            return false;
        }
        self.options.manifest_path = nearest_manifest(path);
        self.options.manifest_path.is_some()
    }

    /// Looks at the disk once more: which files there are, and which of them have changed.
    ///
    /// An error if cargo cannot describe the workspace, which then stays as it was.
    pub(super) fn refresh(&mut self) -> anyhow::Result<()> {
        let found = find_by(&self.invocation, &self.options)?;
        if self.found.is_some() {
            forget_changed(&found.workspace.root, &mut self.held);
        } else {
            self.held = read(&found);
        }
        self.found = Some(found);
        Ok(())
    }

    /// Holds the workspace against its rules, text that is not saved included, and tells what comes
    /// of it.
    ///
    /// An error if there is nothing by which it could be judged, or if we have made a mistake.
    pub(super) fn judge(
        &mut self,
        unsaved: &Unsaved,
        tell: impl FnOnce(&Outcome<'_>) + Send,
    ) -> anyhow::Result<()> {
        // On one of the threads that share the work: called from outside, all are woken at each step.
        let judge = || rayon::scope(|_| self.judge_now(unsaved, tell));
        let judged = catch_unwind(AssertUnwindSafe(judge));
        judged.unwrap_or_else(|_| {
            Err(anyhow!("archlint has made a mistake; the editor's log has it"))
        })
    }

    fn judge_now(
        &mut self,
        unsaved: &Unsaved,
        tell: impl FnOnce(&Outcome<'_>),
    ) -> anyhow::Result<()> {
        let Found { workspace, sources, .. } = self.found.as_ref().context("no workspace")?;
        let mut sources = sources.clone();
        let rules = rules(&self.invocation, workspace, &mut sources, unsaved)?;
        let (tree, files) = load_held(workspace, &mut sources, &mut self.held, unsaved);
        let resolution = resolve(workspace, &tree, &files);
        drop(tree);
        let today = today();
        let case = Case {
            pages: &rules.pages,
            baseline: rules.baseline,
            locked: self.invocation.locked || self.invocation.frozen,
            today: Some(&today),
            built_in: true,
            ..Case::new(workspace, &sources, &files, rules.config)
        };
        let mut judged = judge(case, resolution)?;
        glance(&mut judged.verdict, workspace, &mut sources, rules.config, &today)?;
        tell(&Outcome {
            verdict: &judged.verdict,
            sources: &sources,
            policy: &judged.policy,
            workspace,
            base: &workspace.root,
        });
        give_back(sources, files, &mut self.held);
        Ok(())
    }

    /// Where trouble is told: the workspace's manifest. None where nobody has asked to be judged.
    pub(super) fn place_of_trouble(&self) -> Option<Utf8PathBuf> {
        let found = self.found.as_ref()?;
        let config = configuration::find(&self.invocation, &found.workspace, &found.sources);
        config.ok().flatten().map(|_| found.workspace.root.join("Cargo.toml"))
    }

    /// Whether a document says what is known of its file already.
    pub(super) fn knows(&self, path: &Utf8Path, text: &str) -> bool {
        self.held(path).is_some_and(|(_, file)| file.text == text)
    }

    /// Forgets a file, which is read anew when it is needed.
    pub(super) fn forget(&mut self, path: &Utf8Path) {
        if let Some(name) = self.held(path).map(|(name, _)| name.to_owned()) {
            self.held.remove(&name);
        }
    }

    /// Whether what happens to a file on disk can matter: not to one that cargo builds, nor to one
    /// that is as it was.
    pub(super) fn minds(&self, path: &Utf8Path) -> bool {
        let Some(Found { workspace, .. }) = &self.found else { return true };
        let is_as_it_was =
            self.held(path).is_some_and(|(name, file)| is_on_disk(&workspace.root, name, file));
        !is_as_it_was && !path.starts_with(&workspace.target)
    }

    /// What is known of a file, under the path by which the workspace names it.
    fn held<'p>(&self, path: &'p Utf8Path) -> Option<(&'p Utf8Path, &Held)> {
        let root = &self.found.as_ref()?.workspace.root;
        let name = path.strip_prefix(root).unwrap_or(path);
        Some((name, self.held.get(name)?))
    }
}

/// The manifest in a folder or above, named as the editor names it: cargo itself would follow links
/// to another spelling.
fn nearest_manifest(path: &Utf8Path) -> Option<Utf8PathBuf> {
    path.ancestors().map(|above| above.join("Cargo.toml")).find(|manifest| manifest.is_file())
}

/// Reads everything for the first time, with what earlier runs have kept.
fn read(found: &Found) -> HeldFiles {
    let mut sources = found.sources.clone();
    let Loaded { tree, files, .. } =
        load_with(&found.workspace, &mut sources, Known::facts(&found.cache));
    drop(tree);
    let mut held = HeldFiles::new();
    give_back(sources, files, &mut held);
    held
}

/// Reads the configuration, the workspace's own pages and the baseline, as the editor has them.
fn rules(
    invocation: &Invocation,
    workspace: &Workspace,
    sources: &mut Sources,
    unsaved: &Unsaved,
) -> anyhow::Result<Rules> {
    let mut from = sources.files.len();
    let mut as_typed = |sources: &mut Sources| {
        for file in &mut sources.files[from..] {
            if let Some(text) = unsaved.get(&workspace.root.join(&file.path)) {
                file.text.clone_from(text);
            }
        }
        from = sources.files.len();
    };
    let config = configuration::read(invocation, workspace, sources)?;
    as_typed(sources);
    let pages = pages::read(workspace, sources, config)?;
    let baseline = baseline::read(workspace, sources, config)?;
    as_typed(sources);
    Ok(Rules { config, pages, baseline })
}
