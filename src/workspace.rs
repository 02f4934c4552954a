//! Folder → whether the workspace in it holds: `cargo archlint` as one call, for a test of one's own.

#![expect(clippy::disallowed_methods, reason = "asks which cargo runs the test")]

use anyhow::Context as _;
use camino::Utf8PathBuf;

use crate::discover::{Options, discover};
use crate::judge::{Case, judge};
use crate::load::date::today;
use crate::load::{baseline, configuration, load};
use crate::model::Sources;
use crate::outdated::glance;
use crate::report::{Format, Style, write};
use crate::resolve::resolve;

/// What the run says.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whether `cargo archlint` would end with exit code 0.
    pub holds: bool,
    /// What it would write.
    pub text: String,
}

/// Holds the workspace to which `folder` belongs against its configuration.
///
/// ```no_run
/// #[test]
/// fn boundaries_hold() {
///     let report = archlint::check_workspace(env!("CARGO_MANIFEST_DIR")).unwrap();
///     assert!(report.holds, "{}", report.text);
/// }
/// ```
///
/// An error if the workspace or its configuration cannot be read.
pub fn check_workspace(folder: &str) -> anyhow::Result<Report> {
    let options = Options {
        cargo: std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()).into(),
        current_dir: Utf8PathBuf::from(folder),
        manifest_path: None,
        locked: false,
    };
    let mut sources = Sources::default();
    let workspace = discover(&options, &mut sources)?;
    let (tree, files) = load(&workspace, &mut sources);
    let resolution = resolve(&workspace, &tree, &files);
    let config = configuration::read(None, &workspace, &mut sources)?;
    let baseline = baseline::read(&workspace, &mut sources, config)?;
    let case = Case {
        workspace: &workspace,
        sources: &sources,
        files: &files,
        config,
        baseline,
        locked: false,
        past: false,
        today: Some(&today()),
        packages: &[],
        rules: &[],
    };
    let mut judged = judge(case, resolution)?;
    glance(&mut judged.verdict, &workspace, &mut sources, config, &today())?;
    let mut text = Vec::new();
    write(&judged.verdict, &sources, Format::Human, Style::default(), &mut text)?;
    let text = String::from_utf8(text).context("a report is text")?;
    Ok(Report { holds: judged.holds(), text })
}
