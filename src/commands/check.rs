//! `cargo archlint check`: the straight line.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;

use super::arguments::{CheckArguments, Invocation};
use super::past::{Rules, judge_at};
use super::ratchet::{forget_past, hold_to_base};
use super::workspace::{Read, options, read};
use super::{configuration, output};
use crate::judge::{Case, Judged, judge};
use crate::load::baseline;
use crate::model::Severity;
use crate::report::{Format, Style, write};
use crate::settle::{Status, Verdict};

/// Judges the workspace and writes what was found.
pub(super) fn run(invocation: &Invocation, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let format = Format::parse(&arguments.format).with_context(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        format!("no format `{}`; there are {known}", arguments.format)
    })?;
    let Read { workspace, mut sources, files, resolution } = read(invocation)?;
    let config = configuration::read(invocation, &workspace, &mut sources)?;
    let baseline = baseline::read(&workspace, &mut sources, config)?;
    let today = today_or(arguments.now.as_deref());
    let case = Case {
        workspace: &workspace,
        sources: &sources,
        files: &files,
        config,
        baseline,
        locked: invocation.locked || invocation.frozen,
        past: false,
        today: Some(&today),
        packages: &arguments.package,
        rules: &arguments.rule,
    };
    let mut judged = judge(case, resolution)?;
    if let Some(revision) = &arguments.base {
        hold_to_base(&mut judged, case, revision)?;
    }
    if let Some(revision) = &arguments.changed_since {
        let rules = Rules { config: sources.file(config), today: &today, only: &arguments.rule };
        let past = judge_at(revision, &workspace.root, options(invocation)?, rules)?;
        let hidden = forget_past(&mut judged, &past);
        if !invocation.quiet {
            eprintln!("note: findings that were there at `{revision}` are not shown: {hidden}");
        }
    }
    let Judged { verdict, unusable, .. } = judged;
    let style = Style {
        color: output::colored(invocation.color),
        ascii: output::ascii(),
        show_suppressed: arguments.show_suppressed,
        max_findings: arguments.max_findings,
    };
    let mut out = output::stdout();
    write(&verdict, &sources, format, style, &mut out)?;
    out.flush()?;
    Ok(exit_code(&verdict, unusable))
}

fn exit_code(verdict: &Verdict, unusable: bool) -> ExitCode {
    let fails = |status| matches!(status, Status::New | Status::Stale);
    let broken = verdict
        .findings
        .iter()
        .any(|finding| fails(finding.status) && finding.violation.severity == Severity::Deny);
    ExitCode::from(if unusable { 2 } else { u8::from(broken) })
}

/// The day that is asked for, else the current one.
pub(super) fn today_or(asked: Option<&str>) -> String {
    asked.map_or_else(today, str::to_owned)
}

/// The current date in UTC, `2027-03-31`.
fn today() -> String {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date_of_day(elapsed.as_secs() / 86_400)
}

/// The date so many days after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms": years begin in March, so that the leap day is the last of its year).
fn date_of_day(days: u64) -> String {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date_of_day;

    #[test]
    fn days_have_their_dates() {
        assert_eq!(date_of_day(0), "1970-01-01");
        assert_eq!(date_of_day(59), "1970-03-01");
        assert_eq!(date_of_day(11_016), "2000-02-29");
        assert_eq!(date_of_day(20_453), "2025-12-31");
    }
}
