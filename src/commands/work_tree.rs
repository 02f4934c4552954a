//! What git says of the working folder: whether there is anything that a commit does not hold.

use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use camino::Utf8Path;

/// The state of a working folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// No repository, or no git.
    NoRepository,
    /// Paths whose changes are not committed; none where everything is.
    Changed { dirty: Vec<String>, staged: Vec<String> },
}

/// Asks git about the repository around a folder.
pub(super) fn state(folder: &Utf8Path) -> anyhow::Result<State> {
    let inside = command(folder).args(["rev-parse", "--is-inside-work-tree"]).output();
    if !inside.is_ok_and(|output| output.stdout.starts_with(b"true")) {
        return Ok(State::NoRepository);
    }
    let asked = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"];
    let output = command(folder).args(asked).output().context("cannot start `git`")?;
    ensure!(output.status.success(), "git cannot tell what has changed in `{folder}`");
    Ok(parse(&String::from_utf8_lossy(&output.stdout)))
}

/// `XY path`, ended by a zero byte: `X` says what is staged, `Y` what is not.
fn parse(status: &str) -> State {
    let (mut dirty, mut staged) = (Vec::new(), Vec::new());
    for entry in status.split('\0') {
        let (Some(code), Some(path)) = (entry.get(..2), entry.get(3..)) else { continue };
        if code.ends_with(' ') {
            staged.push(path.to_owned());
        } else {
            dirty.push(path.to_owned());
        }
    }
    State::Changed { dirty, staged }
}

fn command(folder: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    command
        .args(["-C", folder.as_str(), "-c", "core.fsmonitor=false"])
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staged_and_dirty() {
        let status = "M  a.rs\0 M b c.rs\0?? d.rs\0MM e.rs\0";
        let expected = State::Changed {
            dirty: ["b c.rs", "d.rs", "e.rs"].map(str::to_owned).to_vec(),
            staged: vec!["a.rs".to_owned()],
        };
        assert_eq!(parse(status), expected);
        assert_eq!(parse(""), State::Changed { dirty: Vec::new(), staged: Vec::new() });
    }
}
