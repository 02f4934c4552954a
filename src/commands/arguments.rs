//! What can be said on the command line.

use std::ffi::OsString;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// `0.1.0 (1a2b3c4d5)`.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), env!("ARCHLINT_COMMIT"));

/// Holds a cargo workspace against its `boundaries.toml`.
///
/// Reads the workspace, resolves every name in it, and reports each place that breaks a rule.
/// Nothing of the workspace is built or executed, and nothing is fetched; only `outdated` has cargo
/// ask the registries.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-archlint",
    bin_name = "cargo archlint",
    version = VERSION,
    args_conflicts_with_subcommands = true,
    after_help = "Exit code 0: clean, or warnings only; 1: a rule is broken; 2: unusable input or configuration."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) invocation: Invocation,
    #[command(flatten)]
    pub(super) check: CheckArguments,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge the workspace by its rules (the default command)
    Check(CheckCommand),
    /// Write a boundaries.toml that holds today, learned from the code
    Init(InitCommand),
    /// Look for rules that contradict each other, or are of no use
    Doctor(DoctorCommand),
    /// Print the JSON schema of boundaries.toml, for editors
    Schema,
    /// Write who names whom
    Graph(GraphCommand),
    /// Show the shortest chain from one crate, module or item to another
    Why(WhyCommand),
    /// Write the findings for an editor, and those of cargo along with them
    Editor(EditorCommand),
    /// Serve an editor: findings while you type, saved or not
    #[cfg(feature = "lsp")]
    Lsp(LspCommand),
    /// Print what a rule means, and why it exists
    Explain(ExplainCommand),
    /// Rewrite the baseline: take out what has been mended
    Baseline(BaselineCommand),
    /// Count what is left of a rule's debt, now and at earlier revisions
    Progress(ProgressCommand),
    /// Look which dependencies are behind, and for how long
    Outdated(OutdatedCommand),
    /// List all rules, and which of them hold here
    Rules(RulesCommand),
    /// Write a rule page to start from
    NewRule(NewRuleCommand),
    /// Prove rule pages: what each example marks must be found, and nothing else
    Test(TestCommand),
    /// Remove what was kept to speed up the next run
    Clean(CleanCommand),
    /// Write the completions of a shell
    Completions(CompletionsCommand),
    /// Write the manual page
    Man,
}

/// Which workspace, and how cargo is asked; the flags mean what they mean in cargo.
#[derive(Clone, Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a bool")]
pub(super) struct Invocation {
    /// Path to the Cargo.toml of the workspace or of a member
    #[arg(long, value_name = "PATH", help_heading = "Workspace")]
    pub(super) manifest_path: Option<Utf8PathBuf>,
    /// Require an up-to-date Cargo.lock
    #[arg(long, help_heading = "Workspace")]
    pub(super) locked: bool,
    /// Without the network, which only `outdated` lets cargo use
    #[arg(long, help_heading = "Workspace")]
    pub(super) offline: bool,
    /// --locked and --offline
    #[arg(long, help_heading = "Workspace")]
    pub(super) frozen: bool,
    /// The configuration file [default: boundaries.toml beside the workspace's Cargo.toml]
    #[arg(long, value_name = "PATH", help_heading = "Workspace")]
    pub(super) config: Option<Utf8PathBuf>,
    /// Keep nothing from run to run, and believe nothing that was kept
    #[arg(long, help_heading = "Workspace")]
    pub(super) no_cache: bool,
    /// Where to keep what speeds up the next run [default: `$ARCHLINT_CACHE_DIR`, else archlint in cargo's target folder]
    #[arg(long, value_name = "PATH", help_heading = "Workspace")]
    pub(super) cache_dir: Option<Utf8PathBuf>,
    /// When to colour
    #[arg(
        long,
        value_name = "WHEN",
        env = "CARGO_TERM_COLOR",
        hide_env_values = true,
        default_value = "auto"
    )]
    pub(super) color: Color,
    /// Say nothing but the findings
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Say more: where the configuration came from, and what took how long
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct CheckCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    #[command(flatten)]
    pub(super) check: CheckArguments,
}

#[derive(Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a bool")]
pub(super) struct CheckArguments {
    /// How to write the findings: human, short, json, sarif, cargo, github, gitlab, junit or
    /// markdown [default: human]
    #[arg(long, visible_alias = "message-format", value_name = "FORMAT")]
    pub(super) format: Option<String>,
    /// Also write them in this format to this file (`-` for standard output); may be given several
    /// times
    #[arg(long, value_name = "FORMAT=PATH")]
    pub(super) output: Vec<String>,
    /// Where paths start in sarif, github, gitlab, junit and markdown: `git` for the root of the
    /// repository (the default), `workspace`, or a folder
    #[arg(long, value_name = "BASE")]
    pub(super) path_base: Option<String>,
    /// Judge these packages only: findings that start in others are left out
    #[arg(short, long, value_name = "NAME", help_heading = "Workspace")]
    pub(super) package: Vec<String>,
    /// Judge every package (the default)
    #[arg(long, conflicts_with = "package", help_heading = "Workspace")]
    pub(super) workspace: bool,
    /// Apply these rules only
    #[arg(long, value_name = "ID")]
    pub(super) rule: Vec<String>,
    /// Fail where the baseline has grown since this git revision
    #[arg(long, value_name = "REV")]
    pub(super) base: Option<String>,
    /// Show only what was not there at this git revision
    #[arg(long, value_name = "REV")]
    pub(super) changed_since: Option<String>,
    /// Write no more than so many findings
    #[arg(long, value_name = "N")]
    pub(super) max_findings: Option<usize>,
    /// Also write what is known or suppressed
    #[arg(long)]
    pub(super) show_suppressed: bool,
    /// Take this for the current date (YYYY-MM-DD) when exceptions expire
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
    /// Change the code where a rule says how, and it is certain to be right
    #[arg(long, help_heading = "Fixes")]
    pub(super) fix: bool,
    /// Fix even if there are changes that are not committed
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    pub(super) allow_dirty: bool,
    /// Fix even if there are staged changes
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    pub(super) allow_staged: bool,
    /// Fix even where there is no version control
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    pub(super) allow_no_vcs: bool,
}

#[derive(Debug, Args)]
pub(super) struct InitCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// Replace a file that exists
    #[arg(long)]
    pub(super) force: bool,
    /// Also write rules that few references break, and record these in a baseline
    #[arg(long)]
    pub(super) baseline: bool,
    /// Print the text, write nothing
    #[arg(long)]
    pub(super) print: bool,
}

#[derive(Debug, Args)]
pub(super) struct DoctorCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// How to write the findings: human, short or json
    #[arg(long, visible_alias = "message-format", value_name = "FORMAT", default_value = "human")]
    pub(super) format: String,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a bool")]
pub(super) struct GraphCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// How to write it: jsonl (every reference), json, dot, mermaid, or html (a map to walk through)
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub(super) format: String,
    /// What is one box in a picture: crate or module [default: whichever fits]
    #[arg(long, value_name = "GRAIN")]
    pub(super) grain: Option<String>,
    /// Where a path means different things under different cfgs, list all of them, not only what a
    /// plain build with all features sees (jsonl)
    #[arg(long)]
    pub(super) all_cfgs: bool,
    /// List the workspace paths that could not be followed, instead
    #[arg(long, conflicts_with_all = ["unreached", "macros"])]
    pub(super) unresolved: bool,
    /// List the files that no crate reaches, instead
    #[arg(long, conflicts_with = "macros")]
    pub(super) unreached: bool,
    /// List the macros whose tokens were not understood, instead
    #[arg(long)]
    pub(super) macros: bool,
}

#[derive(Debug, Args)]
pub(super) struct WhyCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// Where the chain starts: a component, crate, module or item
    pub(super) from: String,
    /// Where it ends; also `ext:reqwest` or `std::fs`
    pub(super) to: String,
    /// The grain of the chain: items, modules or crates
    #[arg(long, value_name = "GRAIN", default_value = "modules")]
    pub(super) reach: String,
    /// How to write it: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: String,
    /// Follow test, bench and example code too
    #[arg(long)]
    pub(super) all_scopes: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExplainCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// The id of a rule in boundaries.toml, or a verb such as `layers`
    pub(super) rule: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct EditorCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// Also run this command of cargo, and pass its messages on
    #[arg(long, value_name = "COMMAND")]
    pub(super) with: Option<Companion>,
    /// For the command of cargo, instead of `--workspace --all-targets`
    #[arg(last = true, value_name = "CARGO ARGUMENTS", requires = "with")]
    pub(super) cargo_arguments: Vec<OsString>,
}

#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
pub(super) struct LspCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// Taken for granted: editors that start every server with it are served, too
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}

/// The command of cargo that an editor would run otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Companion {
    Check,
    Clippy,
}

impl Companion {
    /// The command's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Clippy => "clippy",
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct BaselineCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// Also add what is broken today
    #[arg(long)]
    pub(super) grow: bool,
    /// Take this for the current date (YYYY-MM-DD) when exceptions expire
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ProgressCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// The id of a rule in boundaries.toml
    pub(super) rule: String,
    /// Count at this git revision, too; may be given several times
    #[arg(long, value_name = "REV")]
    pub(super) at: Vec<String>,
    /// How to write it: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: String,
    /// Take this for the current date (YYYY-MM-DD) when exceptions expire
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each flag is a bool")]
pub(super) struct OutdatedCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// How to write the findings, as for `check`
    #[arg(long, visible_alias = "message-format", value_name = "FORMAT", default_value = "human")]
    pub(super) format: String,
    /// Write no more than so many findings
    #[arg(long, value_name = "N")]
    pub(super) max_findings: Option<usize>,
    /// Also tell what the policy lets pass
    #[arg(long)]
    pub(super) all: bool,
    /// Write the list of what is behind, to be committed
    #[arg(long, conflicts_with_all = ["check_report", "fix"])]
    pub(super) write_report: bool,
    /// Fail if the committed list is out of date
    #[arg(long, conflicts_with = "fix")]
    pub(super) check_report: bool,
    /// Write newer requirements into the manifests, for what is told
    #[arg(long, conflicts_with_all = ["locked", "frozen"])]
    pub(super) fix: bool,
    /// With --fix: also where the newer version is not compatible
    #[arg(long, requires = "fix")]
    pub(super) incompatible: bool,
    /// Take this for the current date (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub(super) now: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct RulesCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
    /// How to write it: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: String,
}

#[derive(Debug, Args)]
pub(super) struct NewRuleCommand {
    /// The rule's id: small letters, digits and `-`
    pub(super) name: String,
    /// The folder of the page
    #[arg(long, value_name = "FOLDER", default_value = "rules")]
    pub(super) folder: Utf8PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CleanCommand {
    #[command(flatten)]
    pub(super) invocation: Invocation,
}

#[derive(Debug, Args)]
pub(super) struct TestCommand {
    /// Pages, or folders with pages
    #[arg(value_name = "PATH", default_value = "rules")]
    pub(super) pages: Vec<Utf8PathBuf>,
    /// When to colour
    #[arg(
        long,
        value_name = "WHEN",
        env = "CARGO_TERM_COLOR",
        hide_env_values = true,
        default_value = "auto"
    )]
    pub(super) color: Color,
    /// Say nothing of pages that hold
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsCommand {
    /// For which shell
    pub(super) shell: clap_complete::Shell,
}
