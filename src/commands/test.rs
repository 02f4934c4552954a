//! `cargo archlint test [PATH]…`: whether rule pages prove what they say.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use camino::Utf8PathBuf;

use super::arguments::TestCommand;
use super::output;
use crate::load::pages::below;
use crate::model::Sources;
use crate::prove::prove;
use crate::report::Style;
use crate::report::proof::{Proof, write};

/// Proves each page. Exit code 1 if one does not hold.
pub(super) fn run(arguments: &TestCommand) -> anyhow::Result<ExitCode> {
    let mut sources = Sources::default();
    let mut proofs = Vec::new();
    for path in pages(&arguments.pages)? {
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("`{path}` cannot be read"))?;
        let file = sources.add(path, text);
        proofs.push(Proof { file, faults: prove(&sources.file(file).text, file) });
    }
    let style = Style {
        color: output::colored(arguments.color),
        ascii: output::ascii(),
        quiet: arguments.quiet,
        ..Style::default()
    };
    let mut out = output::stdout();
    write(&proofs, &sources, style, &mut out)?;
    out.flush()?;
    let holds = proofs.iter().all(|proof| proof.faults.is_empty());
    Ok(ExitCode::from(u8::from(!holds)))
}

/// The files named, and every `.md` file below the folders named, in the order of their names.
fn pages(paths: &[Utf8PathBuf]) -> anyhow::Result<Vec<Utf8PathBuf>> {
    let mut pages = Vec::new();
    for path in paths {
        let found = below(path)?;
        ensure!(!found.is_empty(), "there is no page in `{path}`: no file that ends in `.md`");
        pages.extend(found);
    }
    Ok(pages)
}
