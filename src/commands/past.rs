//! The line on an earlier revision of the workspace, by the configuration of today.

use anyhow::{Context as _, ensure};
use camino::Utf8Path;

use super::git::Revision;
use super::snapshot;
use super::workspace::{Read, line};
use crate::boundaries::nested;
use crate::discover::{Options, Workspace};
use crate::judge::{Case, Judged, judge};
use crate::model::{FileId, SourceFile, Sources};

/// The configuration of today, and by which day it is applied.
#[derive(Clone)]
pub(super) struct Rules<'a> {
    pub(super) config: &'a SourceFile,
    /// The members' own files.
    pub(super) nested: Vec<&'a SourceFile>,
    /// The workspace's own rule pages.
    pub(super) pages: &'a [&'a SourceFile],
    pub(super) today: &'a str,
    /// Apply these only; empty: all.
    pub(super) only: &'a [String],
}

/// The members' own files among those that were read.
pub(super) fn nested<'a>(
    workspace: &Workspace,
    sources: &'a Sources,
    config: FileId,
) -> Vec<&'a SourceFile> {
    let files = nested::files(workspace, sources, config);
    files.into_iter().map(|(_, file)| sources.file(file)).collect()
}

/// Judges what the workspace in `root` was at a revision. No baseline takes part.
pub(super) fn judge_at(
    revision: &str,
    root: &Utf8Path,
    options: Options,
    rules: &Rules<'_>,
) -> anyhow::Result<Judged> {
    let found = Revision::find(root, revision)?;
    let snapshot = snapshot::take(&found)
        .with_context(|| format!("the tree of `{revision}` cannot be read"))?;
    let folder = snapshot.folder.join(&found.prefix);
    let manifest = folder.join("Cargo.toml");
    ensure!(manifest.is_file(), "at `{revision}` there is no `Cargo.toml` in `{root}`");
    lend_lock_file(root, &folder);
    let past =
        Options { current_dir: folder, manifest_path: Some(manifest), locked: false, ..options };
    let Read { workspace, mut sources, files, resolution } =
        line(&past).with_context(|| format!("at `{revision}`"))?;
    let mut lend = |file: &SourceFile| sources.add(file.path.clone(), file.text.clone());
    let config = lend(rules.config);
    let pages: Vec<FileId> = rules.pages.iter().map(|page| lend(page)).collect();
    for file in &rules.nested {
        lend(file);
    }
    let case = Case {
        pages: &pages,
        past: true,
        today: Some(rules.today),
        rules: rules.only,
        built_in: true,
        ..Case::new(&workspace, &sources, &files, config)
    };
    judge(case, resolution)
}

/// Where the lock file is not under version control, that of today tells as much as there is.
fn lend_lock_file(root: &Utf8Path, folder: &Utf8Path) {
    let [own, lent] = [folder, root].map(|folder| folder.join("Cargo.lock"));
    if !own.exists() && lent.is_file() {
        // Without a lock file the manifests have to do: the run goes on either way.
        let _ = std::fs::copy(lent, own);
    }
}
