//! A finding → sentences.

use crate::boundaries::outdated::Class;

use super::compare::{Finding, Held, Since};
use super::told::Telling;

/// What is found.
pub(super) fn message(finding: &Finding) -> String {
    let Finding { class, package, .. } = finding;
    let locked = finding.locked.as_ref().map(ToString::to_string).unwrap_or_default();
    let to = finding.to.as_ref().map(ToString::to_string).unwrap_or_default();
    match class {
        Class::Yanked => format!("`{package}` {locked} was yanked"),
        Class::Compatible => {
            format!("`{package}` {locked} can be {to} without a change to a manifest")
        }
        Class::Incompatible => format!("`{package}` has a version {to} that is not allowed here"),
        Class::Behind => {
            format!("`{package}` is {locked} in the lock file, but less is allowed here")
        }
        Class::Duplicate => {
            let versions: Vec<String> = finding.versions.iter().map(ToString::to_string).collect();
            format!("`{package}` is in use in versions {}", versions.join(", "))
        }
        Class::NotChecked => format!("`{package}` has not been looked up"),
    }
}

/// What is said at its place.
pub(super) fn label(finding: &Finding) -> String {
    match (&finding.locked, finding.class) {
        (None, _) | (_, Class::Duplicate | Class::NotChecked) => String::new(),
        (Some(locked), _) => format!("locked to {locked}"),
    }
}

/// For how long it could have been done.
pub(super) fn age(finding: &Finding, telling: Telling<'_>) -> Option<String> {
    let most = telling.policy.max_age(finding.class);
    match finding.since {
        Since::Day(day) => {
            let days = day.until(telling.today);
            let rule = if most > 0 {
                format!("; {} allowed", plural(most.into(), "day"))
            } else {
                String::new()
            };
            Some(format!("possible since {day}, for {}{rule}", plural(days, "day")))
        }
        Since::Unknown => Some("the registry does not say since when that is possible".to_owned()),
        Since::Never => Some("no version may replace it yet".to_owned()),
        Since::Timeless => None,
    }
}

/// What is newer still.
pub(super) fn held(finding: &Finding, telling: Telling<'_>) -> Option<String> {
    let (version, why) = finding.held.as_ref()?;
    Some(match why {
        Held::Young(day) => {
            let cooldown = plural(telling.cooldown.into(), "day");
            format!(
                "{version} is not suggested: it was published on {day}, and the cooldown is {cooldown}"
            )
        }
        Held::Rust(needed, ours) => {
            format!("{version} is not suggested: it needs Rust {needed}, and {ours} must do")
        }
    })
}

/// What to do.
pub(super) fn help(finding: &Finding) -> Option<String> {
    let Finding { package, locked, to, .. } = finding;
    let update = || {
        let (locked, to) = (locked.as_ref()?, to.as_ref()?);
        Some(format!("`cargo update {package}@{locked} --precise {to}`"))
    };
    match (finding.class, finding.edits.first().map(|(_, new)| new)) {
        (Class::Yanked, _) if to.is_none() => {
            let leaves = finding.since != Since::Never;
            leaves
                .then(|| "no version that is allowed may replace it: allow a newer one".to_owned())
        }
        (Class::Yanked | Class::Compatible, _) => update(),
        (Class::Incompatible | Class::Behind, Some(new)) => Some(format!("write `{new}`")),
        (Class::Incompatible, None) => Some(format!("allow {}", to.as_ref()?)),
        (Class::Duplicate, _) => Some("`cargo tree --duplicates` says who needs which".to_owned()),
        (Class::Behind | Class::NotChecked, _) => None,
    }
}

fn plural(number: i64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
