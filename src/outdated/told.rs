//! What was found + policy → findings of a report.

use std::collections::BTreeMap;

use crate::boundaries::outdated::{Class, Ignore, Level, Outdated};
use crate::boundaries::policy::Unmatched;
use crate::check::Violation;
use crate::discover::Workspace;
use crate::model::Severity;
use crate::settle::{self, Status};

use super::compare::{Finding, Since};
use super::day::Day;
use super::join::Unchecked;
use super::words::{age, held, help, label, message};
use super::{Found, Needs, Worth};

/// An `ignore` that keeps nothing from being told.
const UNUSED_IGNORE: &str = "outdated/unused-ignore";
/// An `ignore` whose day has passed.
const EXPIRED_IGNORE: &str = "outdated/expired-ignore";

/// How findings are told.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// By which policy.
    pub policy: &'a Outdated,
    /// What an `ignore` becomes that ignores nothing.
    pub unmatched: Unmatched,
    /// The current day.
    pub today: Day,
    /// How many days a version must be out.
    pub cooldown: u32,
    /// Also tell what the policy lets pass.
    pub all: bool,
}

/// The findings of a report, and how many upgrades have time yet.
pub fn tell(
    found: &Found,
    needs: &Needs,
    workspace: &Workspace,
    telling: Telling<'_>,
) -> (Vec<settle::Finding>, usize) {
    let mut told = Vec::new();
    let mut waiting = 0;
    for finding in &found.findings {
        match severity(finding, telling) {
            Some(severity) => {
                let mut violation = violation(finding, severity, telling);
                violation.owner = owner(finding, needs, workspace);
                told.push(new(violation));
            }
            None => waiting += usize::from(is_early(finding, telling)),
        }
    }
    told.extend(
        found.unchecked.iter().filter_map(|unchecked| unknown(unchecked, telling)).map(new),
    );
    let worths = telling.policy.ignore.iter().zip(&found.ignores);
    told.extend(worths.filter_map(|(ignore, worth)| excuse(ignore, *worth, telling)));
    (told, waiting)
}

/// The requirements as the findings that are told would have them: index into
/// [`super::Manifests::entries`] and text. Incompatible versions only where they are asked for.
pub fn edits(found: &Found, telling: Telling<'_>, incompatible: bool) -> BTreeMap<usize, String> {
    let mut edits = BTreeMap::new();
    for class in [Class::Behind, Class::Compatible, Class::Yanked, Class::Incompatible] {
        let told = found.findings.iter().filter(|finding| finding.class == class);
        let told = told.filter(|finding| severity(finding, telling).is_some());
        if class != Class::Incompatible || incompatible {
            edits.extend(told.flat_map(|finding| finding.edits.iter().cloned()));
        }
    }
    edits
}

fn new(violation: Violation) -> settle::Finding {
    settle::Finding { violation, status: Status::New, fingerprint: String::new() }
}

/// What a finding does; none: it is not told.
fn severity(finding: &Finding, telling: Telling<'_>) -> Option<Severity> {
    let level = telling.policy.level(finding.class);
    let early = is_early(finding, telling);
    if early || level == Level::Allow {
        return telling.all.then_some(Severity::Warn);
    }
    let timed = telling.policy.max_age(finding.class) > 0;
    let unsure = finding.since == Since::Never || (timed && finding.since == Since::Unknown);
    if unsure { Some(Severity::Warn) } else { level.severity() }
}

/// Whether an upgrade has been possible for less time than it may be put off.
fn is_early(finding: &Finding, telling: Telling<'_>) -> bool {
    let most = telling.policy.max_age(finding.class);
    match finding.since {
        Since::Day(day) => most > 0 && day.until(telling.today) <= i64::from(most),
        Since::Unknown | Since::Timeless | Since::Never => false,
    }
}

fn violation(finding: &Finding, severity: Severity, telling: Telling<'_>) -> Violation {
    let rule = finding.class.rule();
    let mut violation = Violation::new(rule, severity, finding.span, message(finding));
    violation.item.clone_from(&finding.package);
    violation.label = label(finding);
    let also =
        if finding.class == Class::Duplicate { "in use here" } else { "asked for here, too" };
    violation.related = finding.also.iter().map(|span| (*span, also.to_owned())).collect();
    violation.notes =
        [age(finding, telling), held(finding, telling)].into_iter().flatten().collect();
    violation.help = help(finding);
    violation
}
/// Whose finding it is: its identity must not hang on a place in a file.
fn owner(finding: &Finding, needs: &Needs, workspace: &Workspace) -> String {
    let Some(entry) = finding.entry else { return "Cargo.lock".to_owned() };
    let entry = &needs.manifests.entries[entry];
    let member = entry.member.map(|member| workspace.packages[member.0 as usize].name.as_str());
    format!("{}/{}", member.unwrap_or_default(), entry.path.join("."))
}

fn unknown(unchecked: &Unchecked, telling: Telling<'_>) -> Option<Violation> {
    let level = telling.policy.level(Class::NotChecked).severity();
    let severity = level.or(telling.all.then_some(Severity::Warn))?;
    let Unchecked { name, reason, .. } = unchecked;
    let message = format!("`{name}` has not been looked up: {reason}");
    let rule = Class::NotChecked.rule();
    Some(Violation {
        item: name.clone(),
        ..Violation::new(rule, severity, unchecked.span, message)
    })
}

fn excuse(ignore: &Ignore, worth: Worth, telling: Telling<'_>) -> Option<settle::Finding> {
    let Ignore { name, reason, .. } = ignore;
    let (rule, severity, message, help) = match worth {
        Worth::Needed | Worth::Unknown => return None,
        Worth::Unused => {
            let severity = match telling.unmatched {
                Unmatched::Deny => Severity::Deny,
                Unmatched::Warn => Severity::Warn,
                Unmatched::Silent => return None,
            };
            let message = format!("the `ignore` of `{name}` ignores nothing");
            (UNUSED_IGNORE, severity, message, "remove it")
        }
        Worth::Expired => {
            let until = ignore.until.as_deref().unwrap_or_default();
            let message = format!("the `ignore` of `{name}` has ended: it held until {until}");
            (EXPIRED_IGNORE, Severity::Deny, message, "upgrade, or give it another day")
        }
    };
    let violation = Violation {
        because: Some(reason.clone()),
        item: name.clone(),
        help: Some(help.to_owned()),
        ..Violation::new(rule, severity, ignore.span, message)
    };
    let status = if worth == Worth::Unused { Status::Stale } else { Status::New };
    Some(settle::Finding { violation, status, fingerprint: String::new() })
}
