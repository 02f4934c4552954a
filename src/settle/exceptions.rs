//! Exceptions that are good for nothing.

use crate::boundaries::policy::{Exception, Policy, Rule, Unmatched};
use crate::check::{ExceptionUse, Violation, Worth};
use crate::model::Severity;
use crate::settle::{
    DUPLICATE_EXCEPTION, EXPIRED_EXCEPTION, Finding, REDUNDANT_EXCEPTION, Status, UNUSED_EXCEPTION,
    finding,
};

/// One finding for each exception that is not needed, or no longer holds.
pub(super) fn findings(policy: &Policy, uses: &[ExceptionUse]) -> Vec<Finding> {
    let said = |one: &ExceptionUse| {
        let rule = &policy.rules[one.rule];
        say(rule, &rule.except[one.exception], one.worth, policy.unmatched_exceptions)
    };
    uses.iter().filter_map(said).collect()
}

fn say(rule: &Rule, exception: &Exception, worth: Worth, unmatched: Unmatched) -> Option<Finding> {
    let (id, severity) = weigh(worth, unmatched)?;
    let (from, to) = (&exception.from.label, &exception.to.label);
    let (fault, help) = words(exception, worth);
    let message = format!("the exception `{from} -> {to}` of rule `{}` {fault}", rule.id);
    let violation = Violation {
        because: exception.because.clone(),
        label: "this exception".to_owned(),
        owner: rule.id.clone(),
        item: format!("{from} -> {to}"),
        notes: exception.owner.iter().map(|owner| format!("{owner} answers for it")).collect(),
        help: Some(help.to_owned()),
        ..Violation::new(id, severity, exception.span, message)
    };
    let stale = worth == Worth::Unused && severity == Severity::Deny;
    Some(finding(violation, if stale { Status::Stale } else { Status::New }))
}

/// The rule that an exception breaks by its worth, and how much that matters.
fn weigh(worth: Worth, unmatched: Unmatched) -> Option<(&'static str, Severity)> {
    match (worth, unmatched) {
        (Worth::Needed, _) | (Worth::Unused, Unmatched::Silent) => None,
        (Worth::Unused, Unmatched::Warn) => Some((UNUSED_EXCEPTION, Severity::Warn)),
        (Worth::Unused, Unmatched::Deny) => Some((UNUSED_EXCEPTION, Severity::Deny)),
        (Worth::Redundant, _) => Some((REDUNDANT_EXCEPTION, Severity::Warn)),
        (Worth::Duplicate, _) => Some((DUPLICATE_EXCEPTION, Severity::Warn)),
        (Worth::Expired, _) => Some((EXPIRED_EXCEPTION, Severity::Deny)),
    }
}

/// What is wrong with it, and what to do.
fn words(exception: &Exception, worth: Worth) -> (String, &'static str) {
    let (from, to) = (&exception.from.label, &exception.to.label);
    let until = exception.until.as_deref().unwrap_or_default();
    match worth {
        Worth::Needed => ("is needed".to_owned(), "keep it"),
        Worth::Unused => (format!("excuses nothing: `{from}` does not use `{to}`"), "remove it"),
        Worth::Redundant => {
            ("changes nothing: without it the verdict is the same".to_owned(), "remove it")
        }
        Worth::Duplicate => ("is there twice".to_owned(), "remove one of them"),
        Worth::Expired => (
            format!("has ended: it held until {until}"),
            "mend what it excused, or agree on a new day",
        ),
    }
}
