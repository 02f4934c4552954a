//! Arguments → command → exit code.

#![expect(clippy::disallowed_methods, reason = "reads the arguments")]

use std::process::ExitCode;

use archlint::commands;

fn main() -> ExitCode {
    let arguments = std::env::args_os();
    commands::main(arguments)
}
