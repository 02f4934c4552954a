//! How fast is it, and how much memory does it take? `docs/speed.md` says how to ask and what came
//! of it.
//!
//! `cargo run --release --example bench -- WORKSPACE…`: CPU seconds, wall time and peak memory, cold,
//! warm and after one edited file, beside other tools that read the same workspaces.
//! `… bench -- --instructions`: instructions per stage on a fixed input, counted by callgrind.
//! `… bench -- --copies LINES FOLDER WORKSPACE`: writes a workspace of so many lines.

#![expect(clippy::disallowed_methods, reason = "a program of its own")]
#![expect(clippy::print_stdout, reason = "writes what it found")]
#![cfg_attr(
    unix,
    expect(
        clippy::cast_precision_loss,
        clippy::format_push_string,
        clippy::naive_bytecount,
        reason = "figures for people, texts for a machine, and nobody waits for either"
    )
)]

#[cfg(unix)]
mod copies;
#[cfg(unix)]
mod instructions;
#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod peers;
#[cfg(unix)]
mod workspaces;

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--measure", ref command @ ..] => measure::child(command),
        ["--stage", stage] => instructions::stage(stage),
        ["--instructions"] => instructions::table(),
        ["--copies", lines, folder, workspace] => copies::write(lines.parse()?, folder, workspace),
        [] => anyhow::bail!("name one or more workspaces"),
        _ => workspaces::table(&arguments),
    }
}

#[cfg(not(unix))]
fn main() {
    println!("only Unix says what a child process used");
}
