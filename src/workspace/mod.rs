//! Folder → whether the workspace in it holds: `cargo archlint` inside somebody's own test suite.
//!
//! ```
//! let report = archlint::check_workspace(env!("CARGO_MANIFEST_DIR")).unwrap();
//! report.assert_holds();
//! ```
//!
//! A workspace that is read once can be held against several sets of rules, written in code as
//! plain data:
//!
//! ```
//! use archlint::workspace::{Rule, Rules, Verb, load};
//!
//! let loaded = load(env!("CARGO_MANIFEST_DIR")).unwrap();
//! let rules = Rules {
//!     components: &[("facts", "archlint::discover | archlint::extract")],
//!     rules: &[Rule {
//!         id: "facts-know-no-rules",
//!         verb: Verb::Forbid("facts -> archlint::boundaries"),
//!         because: "what is read must not depend on what is asked",
//!         ..Rule::default()
//!     }],
//! };
//! loaded.check_rules(&rules).unwrap().assert_holds();
//! ```

#![expect(clippy::disallowed_methods, reason = "asks which cargo runs the test")]

use anyhow::Context as _;
use camino::Utf8PathBuf;

use crate::discover::{Options, Workspace, discover};
use crate::judge::{Case, judge};
use crate::load::date::today;
use crate::load::{baseline, configuration, load as load_sources, pages};
use crate::model::{FileId, Sources};
use crate::outdated::glance;
use crate::report::{Style, human};
use crate::resolve::{FactsByFile, Resolution, resolve};
use crate::settle::Verdict;

mod rules;

pub use rules::{Except, Rule, Rules, Verb};

/// Where rules that are written in code are said to stand.
const IN_CODE: &str = "rules in code";

/// A workspace, read and resolved.
#[derive(Debug)]
pub struct Loaded {
    /// What cargo says.
    pub workspace: Workspace,
    /// Every file that was read.
    pub sources: Sources,
    /// The facts of the Rust files.
    pub files: FactsByFile,
    /// What every name means.
    pub resolution: Resolution,
}

/// What a check says.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whether `cargo archlint` would end with exit code 0.
    pub holds: bool,
    /// What it would write.
    pub text: String,
    /// What was found, as data.
    pub verdict: Verdict,
}

impl Report {
    /// Panics with the findings, as the terminal shows them, unless every rule holds.
    #[track_caller]
    pub fn assert_holds(&self) {
        assert!(self.holds, "the workspace breaks its rules\n\n{}", self.text);
    }
}

/// Holds the workspace to which `folder` belongs against its `boundaries.toml` and its baseline.
///
/// An error if the workspace or its configuration cannot be read.
pub fn check_workspace(folder: &str) -> anyhow::Result<Report> {
    load(folder)?.check()
}

/// Reads the workspace to which `folder` belongs and resolves every name in it.
///
/// An error if cargo cannot describe it.
pub fn load(folder: &str) -> anyhow::Result<Loaded> {
    let options = Options {
        cargo: std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()).into(),
        current_dir: Utf8PathBuf::from(folder),
        manifest_path: None,
        locked: false,
    };
    let mut sources = Sources::default();
    let workspace = discover(&options, &mut sources)?;
    let (tree, files) = load_sources(&workspace, &mut sources);
    let resolution = resolve(&workspace, &tree, &files);
    drop(tree);
    Ok(Loaded { workspace, sources, files, resolution })
}

impl Loaded {
    /// Holds it against its `boundaries.toml` and its baseline.
    ///
    /// An error if either cannot be read.
    pub fn check(&self) -> anyhow::Result<Report> {
        let mut sources = self.sources.clone();
        let config = configuration::read(None, &self.workspace, &mut sources)?;
        let pages = pages::read(&self.workspace, &mut sources, config)?;
        let baseline = baseline::read(&self.workspace, &mut sources, config)?;
        self.judge(&mut sources, (config, &pages), baseline, true)
    }

    /// Holds it against rules that are written in code; there is no baseline for them.
    ///
    /// A rule that cannot be understood, or names what does not exist, is a finding.
    pub fn check_rules(&self, rules: &Rules<'_>) -> anyhow::Result<Report> {
        let mut sources = self.sources.clone();
        let config = sources.add(IN_CODE.into(), rules.to_toml());
        self.judge(&mut sources, (config, &[]), None, false)
    }

    fn judge(
        &self,
        sources: &mut Sources,
        (config, pages): (FileId, &[FileId]),
        baseline: Option<FileId>,
        built_in: bool,
    ) -> anyhow::Result<Report> {
        let today = today();
        let case = Case {
            pages,
            baseline,
            today: Some(&today),
            built_in,
            ..Case::new(&self.workspace, sources, &self.files, config)
        };
        let mut judged = judge(case, self.resolution.clone())?;
        glance(&mut judged.verdict, &self.workspace, sources, config, &today)?;
        let mut text = Vec::new();
        human::write(&judged.verdict, sources, Style::default(), &mut text)?;
        let text = String::from_utf8(text).context("a report is text")?;
        Ok(Report { holds: judged.holds(), text, verdict: judged.verdict })
    }
}
