//! Verdict + sources → SARIF 2.1.0, as code scanning and SARIF viewers take it.
//!
//! Columns count UTF-16 code units, ends are exclusive, and a place is on one line: a pull request
//! shows only what lies in its changed lines. What is let pass is left out unless it is asked for,
//! for readers show suppressed results as open ones. Results are written one by one.

mod document;
mod place;
mod result;
mod rules;
#[cfg(test)]
mod tests;

use std::io;

use crate::report::json_text::{write_list, write_value};
use crate::report::selection::{Selection, select};
use crate::report::{Outcome, Style};
use crate::settle::Verdict;
use document::{AutomationDetails, Driver, Invocation, Message, Notification, Tool, UriBases};
use result::Results;
use rules::Rules;

/// Readers refuse a run with more results.
pub const MOST_RESULTS: usize = 25_000;

/// Where the schema is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes the document.
pub fn write(outcome: &Outcome<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let limit = style.max_findings.unwrap_or(usize::MAX).min(MOST_RESULTS);
    let style = Style { max_findings: Some(limit), ..style };
    let selection = select(outcome.verdict, style);
    let rules = Rules::of(outcome, &selection);
    write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
    write_value(&mut *out, &tool(&rules))?;
    out.write_all(b",\n\"invocations\":")?;
    write_value(&mut *out, &[invocation(&selection)])?;
    out.write_all(b",\"originalUriBaseIds\":")?;
    write_value(&mut *out, &UriBases::default())?;
    out.write_all(b",\"columnKind\":\"utf16CodeUnits\",\"automationDetails\":")?;
    write_value(&mut *out, &AutomationDetails { id: "cargo-archlint/" })?;
    out.write_all(b",\n\"results\":")?;
    let results = Results::new(outcome, &rules, style.show_suppressed);
    write_list(out, selection.shown.iter().map(|finding| results.result(finding)))?;
    out.write_all(b"}]}\n")
}

fn tool(rules: &Rules) -> Tool<'_> {
    Tool {
        driver: Driver {
            name: "cargo-archlint",
            full_name: concat!("cargo-archlint ", env!("CARGO_PKG_VERSION")),
            version: env!("CARGO_PKG_VERSION"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            information_uri: "https://crates.io/crates/cargo-archlint",
            rules: &rules.descriptors,
        },
    }
}

/// That the run has come to its end, and what had to be left out.
fn invocation(selection: &Selection<'_>) -> Invocation {
    let rest = selection.rest(true).map(|_| Notification {
        level: "warning",
        message: Message {
            text: format!(
                "{} findings are left out: the document holds the {} worst.",
                selection.cut.len(),
                selection.shown.len(),
            ),
        },
    });
    Invocation {
        execution_successful: true,
        tool_execution_notifications: rest.into_iter().collect(),
    }
}

/// How many findings a document has no place for.
pub fn left_out(verdict: &Verdict, style: Style) -> usize {
    select(verdict, style).shown.len().saturating_sub(MOST_RESULTS)
}
