//! What was proven of each rule page → text for people.

use std::io;

use crate::check::Violation;
use crate::model::{FileId, Sources};
use crate::report::visible::visible;
use crate::report::{Style, human, position::Positions};
use crate::settle::{Finding, Status};

/// A page, and where it and the program differ.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The page.
    pub file: FileId,
    /// In the order of the page; nothing if it holds.
    pub faults: Vec<Violation>,
}

/// Writes a line for each page, its faults drawn below, and how many pages hold.
pub fn write(
    proofs: &[Proof],
    sources: &Sources,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let positions = Positions::new(sources);
    for Proof { file, faults } in proofs {
        let path = visible(sources.file(*file).path.as_str());
        match faults.len() {
            0 if style.quiet => {}
            0 => writeln!(out, "{path} holds")?,
            _ => writeln!(out, "{path} does not hold\n")?,
        }
        for fault in faults {
            let finding = Finding {
                violation: fault.clone(),
                status: Status::New,
                fingerprint: String::new(),
            };
            out.write_all(human::render(&finding, &positions, style)?.as_bytes())?;
        }
    }
    if style.quiet {
        return Ok(());
    }
    let hold = proofs.iter().filter(|proof| proof.faults.is_empty()).count();
    writeln!(out, "{hold} of {} pages hold", proofs.len())
}
