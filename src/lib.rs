//! Architecture rules for cargo workspaces.
//!
//! ```text
//! Workspace → FileFacts → Resolution → Graph → Violations  → Verdict → text
//!  discover    extract     resolve     graph   check, flag   settle   report
//! ```
//!
//! Beside the line, `outdated` compares manifests and lock file with what cargo remembers of the
//! registries; its findings join the verdict.
//!
//! Each stage is a folder (or a file, where it is small) whose door says what goes in, what comes
//! out and what is absent. A stage imports only from stages before it; `boundaries.toml` in the
//! repository's root says so and the test suite checks it.
//!
//! Invariants of the whole line:
//!
//! - only `cache`, `discover`, `load` and `commands` touch the disk or start processes; nothing of the
//!   workspace is executed and nothing is fetched (but the `outdated` command has cargo refresh its
//!   own index cache);
//! - the user's code is data, the user's configuration a finding with a span, the world an error
//!   with context, our own mistake a panic with a reason;
//! - the same input gives the same bytes, whatever the number of threads;
//! - nothing is dropped in silence: what could not be read or followed is counted and listed.

pub mod model;

pub mod cache;

pub mod discover;
pub mod extract;

pub mod resolve;

pub mod load;
pub mod sketch;

pub mod boundaries;
pub mod graph;

pub mod check;
pub mod flag;

pub mod baseline;
pub mod doctor;
pub mod learn;

pub mod settle;

pub mod judge;
pub mod mend;
pub mod outdated;
pub mod report;

pub mod prove;
pub mod workspace;

#[cfg(feature = "cli")]
pub mod commands;

pub use workspace::check_workspace;
