//! The command line: arguments → the line, as far as the command needs it → text and exit code.
//!
//! One file per command. Exit code 0: clean, or warnings only; 1: a rule is broken; 2: the input or
//! the configuration is unusable.

#![expect(clippy::disallowed_methods, reason = "reads arguments, environment and configuration")]
#![expect(clippy::print_stderr, reason = "errors go to the terminal")]

mod arguments;
mod baseline;
mod check;
mod clean;
mod configuration;
mod doctor;
mod editor;
mod explain;
mod fix;
mod git;
mod graph;
mod init;
mod ledger;
#[cfg(feature = "lsp")]
mod lsp;
mod new_rule;
mod outdated;
mod output;
mod outputs;
mod past;
mod patience;
mod progress;
mod ratchet;
mod recall;
mod refresh;
mod rules;
mod schema;
mod shell;
mod snapshot;
mod syntax;
mod test;
mod upgrades;
mod why;
mod work_tree;
mod workspace;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Parser as _;
use rayon::ThreadPoolBuilder;

use arguments::{Cli, Command};

/// Runs the command that the arguments name.
///
/// `cargo archlint check` arrives as `cargo-archlint archlint check`; the plain form works too.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|first| first == "archlint") {
        arguments.remove(1);
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help and version to stdout with code 0, faults to stderr with code 2.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return error.print().map_or(ExitCode::from(2), |()| ExitCode::from(code));
        }
    };
    match run_among_workers(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The stack of each thread, in bytes: what the first one of a program usually has.
const STACK: usize = 8 << 20;

/// Runs the command on one of the threads that share its work. Called from outside, all of them have
/// to be woken each time, and a scheduler may take long to give each a core of its own.
fn run_among_workers(cli: Cli) -> anyhow::Result<ExitCode> {
    #[cfg(feature = "lsp")]
    if matches!(cli.command, Some(Command::Lsp(_))) {
        // It waits for an editor most of the time, and others work meanwhile.
        return run(cli);
    }
    // They are there already where somebody calls this twice.
    let _made_before = ThreadPoolBuilder::new().stack_size(STACK).build_global();
    rayon::scope(|_| run(cli))
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        None => check::run(&cli.invocation, &cli.check),
        Some(Command::Check(arguments)) => check::run(&arguments.invocation, &arguments.check),
        Some(Command::Init(arguments)) => init::run(&arguments),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments),
        Some(Command::Schema) => schema::run(),
        Some(Command::Graph(arguments)) => graph::run(&arguments),
        Some(Command::Why(arguments)) => why::run(&arguments),
        Some(Command::Baseline(arguments)) => baseline::run(&arguments),
        Some(Command::Progress(arguments)) => progress::run(&arguments),
        Some(Command::Editor(arguments)) => editor::run(&arguments),
        #[cfg(feature = "lsp")]
        Some(Command::Lsp(arguments)) => lsp::run(&arguments.invocation),
        Some(Command::Outdated(arguments)) => outdated::run(&arguments),
        Some(Command::Explain(arguments)) => explain::run(&arguments),
        Some(Command::Rules(arguments)) => rules::run(&arguments),
        Some(Command::NewRule(arguments)) => new_rule::run(&arguments),
        Some(Command::Test(arguments)) => test::run(&arguments),
        Some(Command::Clean(arguments)) => clean::run(&arguments.invocation),
        Some(Command::Completions(arguments)) => shell::completions(&arguments),
        Some(Command::Man) => shell::man(),
    }
}

/// `cargo archlint | head` ends quietly.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
}
