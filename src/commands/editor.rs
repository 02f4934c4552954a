//! `cargo archlint editor`: our findings among the messages of cargo's own check.
//!
//! An editor has room for one command that checks on save. This one runs both, at the same time.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context as _;

use super::arguments::{CheckArguments, Companion, EditorCommand, Invocation};
use super::check::judged;
use crate::report::{Style, cargo};

/// How cargo begins its last line.
const FINISHED: &[u8] = b"{\"reason\":\"build-finished\"";

/// Writes what is found; the exit code is cargo's where cargo fails, else that of a check.
pub(super) fn run(arguments: &EditorCommand) -> anyhow::Result<ExitCode> {
    let Some(companion) = arguments.with else {
        let (messages, code) = messages(&arguments.invocation, true)?;
        tell(&messages)?;
        return Ok(ExitCode::from(code));
    };
    std::thread::scope(|scope| {
        let cargo = scope.spawn(|| pass_on(companion, arguments));
        // What is wrong with us must not hide what cargo says.
        let ours = messages(&arguments.invocation, false)
            .and_then(|(messages, code)| tell(&messages).map(|()| code));
        let Cargo { finished, code } = cargo.join().expect("reading lines does not panic")?;
        tell(&finished)?;
        let ours = ours?;
        Ok(ExitCode::from(if code == 0 { ours } else { code }))
    })
}

/// Our messages, and the exit code of a check.
fn messages(invocation: &Invocation, is_all: bool) -> anyhow::Result<(Vec<u8>, u8)> {
    let run = judged(invocation, &CheckArguments::default(), true)?;
    let outcome = run.outcome(&run.workspace.root);
    let mut messages = Vec::new();
    if is_all {
        cargo::write(&outcome, Style::default(), &mut messages)?;
    } else {
        cargo::write_messages(&outcome, Style::default(), &mut messages)?;
    }
    Ok((messages, run.code))
}

/// How cargo ended.
struct Cargo {
    /// Its last line, which must stand behind all messages.
    finished: Vec<u8>,
    code: u8,
}

/// Runs cargo and writes its lines as they come, all but the last.
fn pass_on(companion: Companion, arguments: &EditorCommand) -> anyhow::Result<Cargo> {
    let mut child = command(companion, arguments)
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo cannot be started")?;
    let stdout = child.stdout.take().expect("it is piped");
    let (mut reader, mut finished) = (BufReader::new(stdout), Vec::new());
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.starts_with(FINISHED) {
            finished = line;
        } else {
            tell(&line)?;
        }
    }
    let code = child.wait()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(Cargo { finished, code: code.unwrap_or(101) })
}

fn command(companion: Companion, arguments: &EditorCommand) -> Command {
    let invocation = &arguments.invocation;
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([companion.name(), "--message-format=json"]);
    if let Some(path) = &invocation.manifest_path {
        command.args(["--manifest-path", path.as_str()]);
    }
    let flags = [
        ("--locked", invocation.locked),
        ("--offline", invocation.offline),
        ("--frozen", invocation.frozen),
    ];
    command.args(flags.iter().filter(|(_, is_set)| *is_set).map(|(flag, _)| flag));
    if arguments.cargo_arguments.is_empty() {
        command.args(["--workspace", "--all-targets"]);
    }
    command.args(&arguments.cargo_arguments);
    command
}

/// Whole lines at once: cargo's and ours come from two threads.
fn tell(lines: &[u8]) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(lines)?;
    Ok(stdout.flush()?)
}
