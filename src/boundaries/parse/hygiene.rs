//! What a team asks of its own rules: `require-because`, `require-owner`, `require-until`.

use crate::boundaries::written::{Boundaries, Exception, Rule};
use crate::boundaries::{Grade, Problem};
use crate::model::Span;

/// Notes every rule and exception that keeps silent about what the settings ask for.
pub(super) fn check(boundaries: &Boundaries, problems: &mut Vec<Problem>) {
    let required = boundaries.settings.required;
    for rule in &boundaries.rules {
        if required.because && rule.because.is_none() {
            problems.push(silent(&rule_name(rule), rule.id_span, "because", "why it exists"));
        }
        for except in &rule.except {
            let name = format!("the exception `{}`", except.edge.text);
            for (key, what) in lacking(boundaries, except) {
                problems.push(silent(&name, except.span, key, what));
            }
        }
    }
}

fn rule_name(rule: &Rule) -> String {
    format!("the rule `{}`", rule.id)
}

fn lacking(
    boundaries: &Boundaries,
    except: &Exception,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let required = boundaries.settings.required;
    let asked = [
        (required.because && except.because.is_none(), "because", "why it is let pass"),
        (required.owner && except.owner.is_none(), "owner", "who answers for it"),
        (required.until && except.until.is_none(), "until", "until when it holds"),
    ];
    asked.into_iter().filter(|(lacks, ..)| *lacks).map(|(_, key, what)| (key, what))
}

fn silent(name: &str, span: Span, key: &str, what: &str) -> Problem {
    let message = format!("{name} does not say {what}");
    let code = match key {
        "because" => "config/missing-because",
        "owner" => "config/missing-owner",
        _ => "config/missing-until",
    };
    Problem {
        grade: Grade::Deny,
        ..Problem::fatal(code, span, message)
            .with_help(format!("add `{key} = \"…\"`; `require-{key}` in `[settings]` asks for it"))
    }
}
