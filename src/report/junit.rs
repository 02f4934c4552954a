//! Verdict + sources → a test report: a suite for each rule, a case for each finding.
//!
//! A rule that holds is a case that passes. Errors fail; warnings pass, and say so in their output;
//! what is let pass is skipped. There are no dates and durations: the same verdict, the same bytes.

use std::collections::BTreeMap;
use std::io;

use crate::report::position::Positions;
use crate::report::selection::{Level, select};
use crate::report::visible::{is_hidden, visible};
use crate::report::{Outcome, Style, human, place};
use crate::settle::Finding;

/// Writes the rules in the order of the configuration, then what else was found.
pub fn write(outcome: &Outcome<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let selection = select(outcome.verdict, style);
    let suites = suites(outcome, &selection.shown);
    let counts = Counts::of(&selection.shown);
    let tests: usize = suites.iter().map(|(_, found)| found.len().max(1)).sum();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"archlint\" tests=\"{tests}\" {counts}>")?;
    let positions = Positions::new(outcome.sources);
    for (rule, found) in suites {
        write_suite(outcome, rule, &found, &positions, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn suites<'a>(outcome: &Outcome<'a>, shown: &[&'a Finding]) -> Vec<(&'a str, Vec<&'a Finding>)> {
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in shown {
        by_rule.entry(&finding.violation.rule).or_default().push(finding);
    }
    let rules = outcome.policy.rules.iter();
    let mut suites: Vec<(&str, Vec<&Finding>)> = rules
        .map(|rule| (rule.id.as_str(), by_rule.remove(rule.id.as_str()).unwrap_or_default()))
        .collect();
    suites.extend(by_rule);
    suites
}

/// How many cases did not simply pass.
struct Counts {
    failures: usize,
    skipped: usize,
}

impl Counts {
    fn of(findings: &[&Finding]) -> Self {
        let count = |level| findings.iter().filter(|one| Level::of(one) == level).count();
        Self { failures: count(Level::Error), skipped: count(Level::Note) }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "failures=\"{}\" errors=\"0\" skipped=\"{}\"", self.failures, self.skipped)
    }
}

fn write_suite(
    outcome: &Outcome<'_>,
    rule: &str,
    found: &[&Finding],
    positions: &Positions<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (name, counts) = (escaped(&visible(rule)), Counts::of(found));
    writeln!(out, "  <testsuite name=\"{name}\" tests=\"{}\" {counts}>", found.len().max(1))?;
    if found.is_empty() {
        writeln!(out, "    <testcase classname=\"archlint.{name}\" name=\"holds\"/>")?;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in found {
        let path = place::path(outcome, finding.violation.span.file);
        let case = escaped(&visible(&format!("{path}: {}", finding.violation.message)));
        let times = seen.entry(case.clone()).or_default();
        *times += 1;
        // Readers tell cases by their names, which must not change with the lines above.
        let case = if *times > 1 { format!("{case} ({times})") } else { case };
        let line = positions.start(finding.violation.span).line;
        let place = format!("file=\"{}\" line=\"{line}\"", escaped(&visible(&path)));
        writeln!(out, "    <testcase classname=\"archlint.{name}\" name=\"{case}\" {place}>")?;
        writeln!(out, "      {}", outcome_of(finding, positions)?)?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn outcome_of(finding: &Finding, positions: &Positions<'_>) -> io::Result<String> {
    let message = escaped(&visible(&finding.violation.message));
    let drawn = human::render(finding, positions, Style::default())?;
    let drawn = escaped(drawn.trim_end());
    Ok(match Level::of(finding) {
        Level::Error => format!("<failure type=\"error\" message=\"{message}\">{drawn}</failure>"),
        Level::Warning => format!("<system-out>{drawn}</system-out>"),
        Level::Note => format!("<skipped message=\"{}: {message}\"/>", finding.status.name()),
    })
}

/// Text as XML takes it: what has a meaning there is named, what XML does not know is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            hidden if is_hidden(hidden) => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::report::Format;
    use crate::report::tests::{of, sources, written};
    use crate::settle::Status;

    fn junit(findings: Vec<Finding>, style: Style) -> String {
        written(findings, &sources(), Format::Junit, style)
    }

    #[test]
    fn a_rule_that_holds_passes() {
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"archlint\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"0\">
  <testsuite name=\"accounts-not-im\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">
    <testcase classname=\"archlint.accounts-not-im\" name=\"holds\"/>
  </testsuite>
  <testsuite name=\"im-not-mail\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">
    <testcase classname=\"archlint.im-not-mail\" name=\"holds\"/>
  </testsuite>
</testsuites>
";
        assert_eq!(junit(Vec::new(), Style::default()), expected);
    }

    #[test]
    fn errors_fail_and_warnings_pass() {
        let mut other = of(Severity::Warn, Status::New, "a < b & \"c\"");
        other.violation.rule = "zz".into();
        let findings = vec![
            of(Severity::Deny, Status::New, "e"),
            of(Severity::Deny, Status::New, "e"),
            of(Severity::Deny, Status::Known, "k"),
            other,
        ];
        let drawn = |head: &str| {
            format!(
                "{head}\n  ┌─ src/flows/deposit.rs:1:5\n  │\n1 │ use im_api::dto::ImProfile;\n  │     \
                 ^^^^^^^^^^^^^^^^^^^^^^ reaches `im_api::dto`"
            )
        };
        let file = "file=\"ws/src/flows/deposit.rs\" line=\"1\"";
        let case = |rule: &str, message: &str, body: &str| {
            format!(
                "    <testcase classname=\"archlint.{rule}\" \
                 name=\"ws/src/flows/deposit.rs: {message}\" {file}>\n      {body}\n    </testcase>\n"
            )
        };
        let failure = format!(
            "<failure type=\"error\" message=\"e\">{}</failure>",
            drawn("error[accounts-not-im]: e")
        );
        let output = drawn("warning[zz]: a &lt; b &amp; &quot;c&quot;");
        let expected = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"archlint\" tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"1\">\n\
             \x20 <testsuite name=\"accounts-not-im\" tests=\"3\" failures=\"2\" errors=\"0\" \
             skipped=\"1\">\n",
            &case("accounts-not-im", "e", &failure),
            &case("accounts-not-im", "e (2)", &failure),
            &case("accounts-not-im", "k", "<skipped message=\"known: k\"/>"),
            "  </testsuite>\n\
             \x20 <testsuite name=\"im-not-mail\" tests=\"1\" failures=\"0\" errors=\"0\" \
             skipped=\"0\">\n\
             \x20   <testcase classname=\"archlint.im-not-mail\" name=\"holds\"/>\n\
             \x20 </testsuite>\n\
             \x20 <testsuite name=\"zz\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n",
            &case(
                "zz",
                "a &lt; b &amp; &quot;c&quot;",
                &format!("<system-out>{output}</system-out>"),
            ),
            "  </testsuite>\n</testsuites>\n",
        ];
        let style = Style { show_suppressed: true, ..Style::default() };
        assert_eq!(junit(findings, style), expected.concat());
    }
}
