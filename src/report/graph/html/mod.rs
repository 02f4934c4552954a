//! Resolution + overlay → one HTML page that holds everything it needs: a map to walk through.
//!
//! The page shows one territory at a time: its parts in the order of who uses whom, crossings as
//! arrows with their number, what breaks a rule in red, cycles in orange, each with its lines. The
//! same as a dependency structure matrix. It asks no network and keeps no state but its address.

use std::io::{self, Write};

use super::overlay::Overlay;
use super::picture::of_modules_and_externals;
use crate::model::Sources;
use crate::report::json_text::write_value;
use crate::resolve::Resolution;

mod data;

const HEAD: &str = include_str!("head.html");
const STYLE: &str = include_str!("style.css");
const BODY: &str = include_str!("body.html");
const SCRIPTS: [&str; 5] = [
    include_str!("tree.js"),
    include_str!("layout.js"),
    include_str!("draw.js"),
    include_str!("panel.js"),
    include_str!("main.js"),
];

/// Writes the page.
pub(super) fn write(
    resolution: &Resolution,
    sources: &Sources,
    overlay: Overlay<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let faults = overlay.faults();
    let picture = of_modules_and_externals(resolution, &faults);
    let map = data::Map::new(resolution, sources, overlay, &faults, &picture);
    write!(out, "{HEAD}<style>\n{STYLE}</style>\n</head>\n{BODY}")?;
    out.write_all(b"<script type=\"application/json\" id=\"data\">")?;
    write_value(Inert(&mut *out), &map)?;
    out.write_all(b"</script>\n<script>\n\"use strict\";\n")?;
    SCRIPTS.iter().try_for_each(|script| out.write_all(script.as_bytes()))?;
    out.write_all(b"</script>\n</body>\n</html>\n")
}

/// JSON in which no `<` ends the script that holds it: there it stands in strings only.
struct Inert<W>(W);

impl<W: Write> Write for Inert<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        for (number, part) in text.split(|byte| *byte == b'<').enumerate() {
            if number > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(part)?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
