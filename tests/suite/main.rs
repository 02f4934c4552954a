//! What the program promises, shown on workspaces on disk. One binary, no set-up; only `truth` asks
//! the network, for sources that cargo has not got yet.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod acmetrade;
mod baseline;
mod cache;
#[cfg(unix)]
mod cargo_home;
mod cli;
mod client;
mod docs;
mod editor;
mod formats;
mod golden;
mod in_tests;
mod init;
mod lsp;
mod map;
mod ourselves;
mod outdated;
mod pages;
mod parity;
mod rules;
mod schema;
mod shells;
mod truth;

use std::path::{Path, PathBuf};

use snapbox::cmd::Command;

/// A file or folder of `fixtures/`.
fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// The program as cargo starts it, in an environment that decides nothing.
fn archlint(current_dir: &Path) -> Command {
    Command::new(env!("CARGO_BIN_EXE_cargo-archlint"))
        .arg("archlint")
        .current_dir(current_dir)
        .env("CARGO_TERM_COLOR", "never")
        .env("ARCHLINT_CACHE_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/archlint"))
        .env("CARGO_TERM_UNICODE", "true")
        .env_remove("GITHUB_STEP_SUMMARY")
}
