//! Verdict + sources → Markdown for a comment or a step's summary: a table for each broken rule.

use std::collections::BTreeMap;
use std::io;

use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::visible;
use crate::report::{Outcome, Style, place, summary};
use crate::settle::Finding;

/// A comment of more rows is refused by some forges, and read by nobody.
const MOST_ROWS: usize = 200;

/// Writes the summary and the tables, in the order of the rules' names.
pub fn write(outcome: &Outcome<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let limit = style.max_findings.unwrap_or(MOST_ROWS).min(MOST_ROWS);
    let selection = select(outcome.verdict, Style { max_findings: Some(limit), ..style });
    let positions = Positions::new(outcome.sources);
    writeln!(out, "**archlint**: {}", summary::line(&outcome.verdict.summary))?;
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &selection.shown {
        by_rule.entry(&finding.violation.rule).or_default().push(finding);
    }
    for (rule, findings) in by_rule {
        writeln!(out, "\n{}\n\n| | place | finding |\n|---|---|---|", heading(rule, findings[0]))?;
        for finding in findings {
            writeln!(out, "{}", row(outcome, finding, &positions))?;
        }
    }
    if let Some(rest) = selection.rest(style.ascii) {
        writeln!(out, "\n{rest}")?;
    }
    Ok(())
}

fn heading(rule: &str, finding: &Finding) -> String {
    let because = finding.violation.because.iter().map(|because| format!(": {}", prose(because)));
    format!("### {}{}", code(rule), because.collect::<String>())
}

fn row(outcome: &Outcome<'_>, finding: &Finding, positions: &Positions<'_>) -> String {
    let violation = &finding.violation;
    let start = positions.start(violation.span);
    let path = place::path(outcome, violation.span.file);
    let place = format!("{path}:{}:{}", start.line, start.column);
    let help = violation.help.iter().map(|help| format!("; {}", prose(help)));
    let words = prose(&violation.message) + &help.collect::<String>();
    format!("| {} | {} | {words} |", Level::of(finding).name(), cell(&code(&place)))
}

/// Our sentences with their code in backticks, or the user's, on one line of a table.
fn prose(text: &str) -> String {
    let shown = visible(text.trim());
    // Behind each odd backtick is code, where `<` opens nothing.
    let parts = shown.split('`').zip([false, true].into_iter().cycle());
    let parts = parts.map(
        |(part, is_code)| {
            if is_code { part.to_owned() } else { part.replace('<', "&lt;") }
        },
    );
    cell(&parts.collect::<Vec<_>>().join("`"))
}

/// As code, whatever is in it.
fn code(text: &str) -> String {
    let text = visible(text);
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::report::Format;
    use crate::report::tests::{full, of, sources, written};
    use crate::settle::Status;

    #[test]
    fn each_broken_rule_has_a_table() {
        let mut other = of(Severity::Warn, Status::New, "`Vec<a|b>` is <b>, a|b");
        other.violation.rule = "im-not-mail".into();
        let expected = "\
**archlint**: 2 errors; 2 files, 6 lines

### `accounts-not-im`: accounts is the core domain

| | place | finding |
|---|---|---|
| error | `ws/src/flows/deposit.rs:1:5` | `accounts` may not use `im`; go through `accounts::im_gateway` |

### `im-not-mail`

| | place | finding |
|---|---|---|
| warning | `ws/src/flows/deposit.rs:1:5` | `Vec<a\\|b>` is &lt;b>, a\\|b |
";
        let text = written(vec![other, full()], &sources(), Format::Markdown, Style::default());
        assert_eq!(text, expected);
    }

    #[test]
    fn a_long_list_is_cut() {
        let findings = (0..203).map(|_| of(Severity::Warn, Status::New, "w")).collect();
        let text = written(findings, &sources(), Format::Markdown, Style::default());
        assert_eq!(text.lines().filter(|line| line.starts_with("| warning |")).count(), 200);
        assert!(text.ends_with("\n… and 3 more: 3 warnings\n"), "{text}");
    }
}
