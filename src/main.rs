//! Arguments → command → exit code.

#![expect(clippy::disallowed_methods, reason = "reads the arguments")]

use std::process::ExitCode;

use archlint::commands;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = std::env::args_os();
    commands::main(arguments)
}
