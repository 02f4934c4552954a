//! Arguments → command → exit code.

use std::process::ExitCode;

use archlint::commands;

fn main() -> ExitCode {
    let arguments = std::env::args_os();
    commands::main(arguments)
}
