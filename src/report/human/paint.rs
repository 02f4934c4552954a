//! Parts of a drawing → text, with or without ANSI colours.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{LabelStyle, Severity};
use codespan_reporting::term::{GeneralWriteResult, WriteStyle};

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BLUE: &str = "34";

/// A drawing in the making.
pub(super) struct Paint {
    /// What has been drawn.
    pub(super) text: Vec<u8>,
    /// Whether to write colours.
    pub(super) color: bool,
}

impl Paint {
    fn set(&mut self, codes: &str) -> GeneralWriteResult {
        if self.color { write!(self.text, "\u{1b}[0;{codes}m") } else { Ok(()) }
    }
}

impl Write for Paint {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Paint {
    fn set_header(&mut self, severity: Severity) -> GeneralWriteResult {
        self.set(&format!("1;{}", color(severity)))
    }

    fn set_header_message(&mut self) -> GeneralWriteResult {
        self.set("1")
    }

    fn set_line_number(&mut self) -> GeneralWriteResult {
        self.set(BLUE)
    }

    fn set_note_bullet(&mut self) -> GeneralWriteResult {
        self.set(BLUE)
    }

    fn set_source_border(&mut self) -> GeneralWriteResult {
        self.set(BLUE)
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> GeneralWriteResult {
        match style {
            LabelStyle::Primary => self.set(color(severity)),
            LabelStyle::Secondary => self.set(BLUE),
        }
    }

    fn reset(&mut self) -> GeneralWriteResult {
        if self.color { self.text.write_all(b"\x1b[0m") } else { Ok(()) }
    }
}

fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Bug | Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note | Severity::Help => GREEN,
    }
}
