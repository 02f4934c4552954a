//! The first half of the line, as every command needs it: arguments → resolution.

use std::time::Instant;

use anyhow::Context as _;
use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;

use super::arguments::Invocation;
use super::patience::Patience;
use crate::cache::{Cache, Key};
use crate::discover::{Keep, Options, Rest, Survey, Workspace, discover, discover_with, survey};
use crate::load::ahead::{Ahead, ReadAhead};
use crate::load::earlier::Earlier;
use crate::load::{Content, Contents, Keeping, Known, Loaded, load, load_with};
use crate::model::Sources;
use crate::resolve::{FactsByFile, Resolution, Tree, resolve};

/// A workspace as cargo describes it.
pub(super) struct Found {
    pub(super) workspace: Workspace,
    /// What cargo is still asked about it: [`read_on`] waits for that.
    pub(super) rest: Option<Rest>,
    pub(super) sources: Sources,
    /// What was read while cargo was asked.
    pub(super) ahead: ReadAhead,
    pub(super) cache: Cache,
}

impl Found {
    /// All that cargo says.
    pub(super) fn whole(self) -> anyhow::Result<Workspace> {
        Survey { workspace: self.workspace, rest: self.rest, trouble: Vec::new() }.whole()
    }
}

/// A workspace with every name resolved.
pub(super) struct Read {
    pub(super) workspace: Workspace,
    pub(super) sources: Sources,
    pub(super) files: FactsByFile,
    pub(super) resolution: Resolution,
}

/// Says what takes how long, and that something goes on at all.
pub(super) struct Steps {
    started: Instant,
    patience: Patience,
    verbose: bool,
}

impl Steps {
    pub(super) fn begin(invocation: &Invocation) -> Self {
        let patience = Patience::begin(invocation.quiet || invocation.verbose);
        patience.say("asking cargo");
        Self { started: Instant::now(), patience, verbose: invocation.verbose }
    }

    /// What is done, and what comes next.
    pub(super) fn done(&self, done: &str, next: &str) {
        self.patience.say(next);
        if self.verbose {
            eprintln!("{done} after {:.3} s", self.started.elapsed().as_secs_f64());
        }
    }
}

/// What a run leaves behind for the next.
pub(super) struct Traces {
    /// What was read.
    pub(super) contents: Contents,
    /// What is still being written.
    pub(super) keeping: Vec<Keeping>,
}

impl Traces {
    /// Waits until all is written.
    pub(super) fn finish(self, invocation: &Invocation) {
        tell_trouble(invocation, self.keeping.into_iter().flat_map(Keeping::finish));
    }
}

/// Says on request what went wrong with the cache.
pub(super) fn tell_trouble(invocation: &Invocation, trouble: impl IntoIterator<Item = String>) {
    for trouble in trouble.into_iter().filter(|_| invocation.verbose) {
        eprintln!("cache: {trouble}");
    }
}

/// Discovers, extracts and resolves.
pub(super) fn read(invocation: &Invocation) -> anyhow::Result<Read> {
    let steps = Steps::begin(invocation);
    let found = find(invocation, &steps)?;
    let (read, traces, ()) = read_on(found, FxHashMap::default(), &steps, |_| ())?;
    drop(steps);
    traces.finish(invocation);
    tell_fallback(invocation, &read.workspace);
    Ok(read)
}

/// Discovers; where the workspace's dependencies lead may still be asked for.
pub(super) fn find(invocation: &Invocation, steps: &Steps) -> anyhow::Result<Found> {
    let mut sources = Sources::default();
    let options = options(invocation)?;
    let keep = keep(invocation, &options);
    let mut ahead = None;
    let survey = survey(&options, &keep, &mut sources, |folder| ahead = Ahead::begin(folder));
    let ahead = ahead.map(Ahead::end).unwrap_or_default();
    let Survey { workspace, rest, trouble } = survey?;
    tell_trouble(invocation, trouble);
    let cache = cache(keep, &workspace);
    let done = if rest.is_some() { "surveyed" } else { "discovered" };
    steps.done(done, "reading");
    Ok(Found { workspace, rest, sources, ahead, cache })
}

/// Where a workspace's facts and verdicts are kept; nothing is kept by this.
pub(super) fn find_cache(invocation: &Invocation) -> anyhow::Result<Cache> {
    let options = options(invocation)?;
    let workspace = discover(&options, &mut Sources::default())?;
    Ok(cache(keep(invocation, &options), &workspace))
}

/// Discovers all of the workspace that is asked for, wherever it is.
pub(super) fn find_by(invocation: &Invocation, options: &Options) -> anyhow::Result<Found> {
    let mut sources = Sources::default();
    let keep = keep(invocation, options);
    let workspace = discover_with(options, &keep, &mut sources)?;
    let cache = cache(keep, &workspace);
    Ok(Found { workspace, rest: None, sources, ahead: ReadAhead::default(), cache })
}

/// A workspace whose names are still being resolved.
#[derive(Clone, Copy)]
pub(super) struct Unresolved<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) sources: &'a Sources,
    pub(super) tree: &'a Tree<'a>,
    pub(super) files: &'a FactsByFile,
    pub(super) contents: &'a Contents,
}

/// Extracts and resolves, or takes from an earlier run what it resolved; also says what was read, and
/// what came of what was done `meanwhile`. An error if cargo, where it is still asked, says that the
/// lock file is not right and it has to be.
pub(super) fn read_on<T: Send>(
    found: Found,
    read_already: FxHashMap<Utf8PathBuf, Content>,
    steps: &Steps,
    meanwhile: impl FnOnce(Unresolved<'_>) -> T + Send,
) -> anyhow::Result<(Read, Traces, T)> {
    let Found { workspace, rest, mut sources, ahead, cache } = found;
    let before: Vec<Utf8PathBuf> = sources.files.iter().map(|file| file.path.clone()).collect();
    let open = |workspace: &Workspace| Earlier::open(&cache, workspace, &before);
    // What is not yet known of the dependencies decides about names.
    let earlier = if rest.is_none() { open(&workspace) } else { None };
    let known = Known { cache: &cache, read: read_already, ahead, earlier: earlier.as_ref() };
    let Loaded { tree, files, contents, moved, keeping } =
        load_with(&workspace, &mut sources, known);
    let next = "resolving names";
    steps.done("read", if rest.is_some() { "asking cargo" } else { next });
    let whole = rest.map(|rest| rest.finish(&workspace)).transpose()?;
    if whole.is_some() {
        steps.done("discovered", next);
    }
    let all = whole.as_ref().unwrap_or(&workspace);
    let resolved = || {
        let known = moved.and_then(|moved| earlier.as_ref()?.resolution(&moved, &tree, &files));
        if let Some(known) = known {
            return (known, None);
        }
        let resolution = resolve(all, &tree, &files);
        let earlier = earlier.or_else(|| open(all));
        let keeping = earlier.map(|earlier| earlier.keep(&contents, &resolution));
        (resolution, keeping)
    };
    let unresolved = Unresolved {
        workspace: all,
        sources: &sources,
        tree: &tree,
        files: &files,
        contents: &contents,
    };
    let ((resolution, more), done) = rayon::join(resolved, || meanwhile(unresolved));
    drop(tree);
    steps.done("resolved", "judging");
    let workspace = whole.unwrap_or(workspace);
    let keeping = [Some(keeping), more].into_iter().flatten().collect();
    let traces = Traces { contents, keeping };
    Ok((Read { workspace, sources, files, resolution }, traces, done))
}

/// Says that cargo could not tell everything.
pub(super) fn tell_fallback(invocation: &Invocation, workspace: &Workspace) {
    if let Some(reason) = workspace.fallback.as_ref().filter(|_| !invocation.quiet) {
        eprintln!("note: dependencies are known from manifests and lock file only: {reason}");
    }
}

/// Where this workspace's facts and verdicts are kept: `--cache-dir`, else `target/archlint`.
fn keep(invocation: &Invocation, options: &Options) -> Keep {
    let named = || std::env::var("ARCHLINT_CACHE_DIR").ok().filter(|folder| !folder.is_empty());
    match invocation.cache_dir.clone().or_else(|| named().map(Utf8PathBuf::from)) {
        _ if invocation.no_cache => Keep::Nothing,
        Some(folder) => Keep::In(options.current_dir.join(folder)),
        None => Keep::InTarget,
    }
}

fn cache(keep: Keep, workspace: &Workspace) -> Cache {
    let folder = match keep {
        Keep::Nothing => return Cache::NONE,
        Keep::In(folder) => folder,
        Keep::InTarget => workspace.target.join("archlint"),
    };
    let mut owner = Key::of(workspace.root.as_str().as_bytes()).hex();
    owner.truncate(12);
    Cache { folder: Some(folder), owner }
}

/// The same for any workspace, wherever it is, from beginning to end and without a cache.
pub(super) fn line(options: &Options) -> anyhow::Result<Read> {
    let mut sources = Sources::default();
    let workspace = discover(options, &mut sources)?;
    let (tree, files) = load(&workspace, &mut sources);
    let resolution = resolve(&workspace, &tree, &files);
    drop(tree);
    Ok(Read { workspace, sources, files, resolution })
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
