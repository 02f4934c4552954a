//! Exceptions that are good for nothing.

use crate::boundaries::policy::{Exception, Policy, Rule};
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
        say(rule, &rule.except[one.exception], one.worth)
    };
    uses.iter().filter_map(said).collect()
}

fn say(rule: &Rule, exception: &Exception, worth: Worth) -> Option<Finding> {
    let (from, to) = (&exception.from.label, &exception.to.label);
    let who = format!("the exception `{from} -> {to}` of rule `{}`", rule.id);
    let (id, status, message, help) = match worth {
        Worth::Needed => return None,
        Worth::Unused => {
            let message = format!("{who} excuses nothing: `{from}` does not use `{to}`");
            (UNUSED_EXCEPTION, Status::Stale, message, "remove it")
        }
        Worth::Redundant => {
            let message = format!("{who} changes nothing: without it the verdict is the same");
            (REDUNDANT_EXCEPTION, Status::New, message, "remove it")
        }
        Worth::Duplicate => {
            let message = format!("{who} is there twice");
            (DUPLICATE_EXCEPTION, Status::New, message, "remove one of them")
        }
        Worth::Expired => {
            let until = exception.until.as_deref().unwrap_or_default();
            let message = format!("{who} has ended: it held until {until}");
            (EXPIRED_EXCEPTION, Status::New, message, "mend what it excused, or agree on a new day")
        }
    };
    let severity = match worth {
        Worth::Redundant | Worth::Duplicate => Severity::Warn,
        _ => Severity::Deny,
    };
    let violation = Violation {
        because: exception.because.clone(),
        label: "this exception".to_owned(),
        owner: rule.id.clone(),
        item: format!("{from} -> {to}"),
        notes: exception.owner.iter().map(|owner| format!("{owner} answers for it")).collect(),
        help: Some(help.to_owned()),
        ..Violation::new(id, severity, exception.span, message)
    };
    Some(finding(violation, status))
}
