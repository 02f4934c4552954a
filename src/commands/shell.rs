//! What shells and manuals want to know of the command line, told by the arguments themselves.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory as _;

use super::arguments::{Cli, CompletionsCommand};
use super::output;

/// Writes the completions of one shell.
pub(super) fn completions(arguments: &CompletionsCommand) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    let mut command = Cli::command().bin_name("cargo-archlint");
    clap_complete::generate(arguments.shell, &mut command, "cargo-archlint", &mut script);
    written(&script)
}

/// Writes the manual page: `cargo archlint man > cargo-archlint.1`.
pub(super) fn man() -> anyhow::Result<ExitCode> {
    let mut page = Vec::new();
    manual(&mut page)?;
    written(&page)
}

/// The program's own sections, then one for each command.
fn manual(page: &mut Vec<u8>) -> io::Result<()> {
    let mut command = Cli::command();
    command.build();
    let whole = clap_mangen::Man::new(command.clone());
    whole.render_title(page)?;
    whole.render_name_section(page)?;
    whole.render_synopsis_section(page)?;
    whole.render_description_section(page)?;
    whole.render_options_section(page)?;
    for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        let mut options = Vec::new();
        let part = clap_mangen::Man::new(one.clone());
        part.render_description_section(&mut options)?;
        part.render_options_section(&mut options)?;
        let text = String::from_utf8_lossy(&options);
        let text = text.replace(".SH DESCRIPTION\n", "").replace(".SH OPTIONS\n", "");
        writeln!(page, ".SH \"CARGO ARCHLINT {}\"", one.get_name().to_uppercase())?;
        page.extend(text.as_bytes());
    }
    whole.render_extra_section(page)?;
    whole.render_version_section(page)
}

fn written(text: &[u8]) -> anyhow::Result<ExitCode> {
    let mut out = output::stdout();
    out.write_all(text)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
