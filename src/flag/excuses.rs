//! Exceptions to `flag` rules: what they let pass, and what each is worth.

use super::lift::Found;
use super::{Code, Shape};
use crate::boundaries::policy::Exception;
use crate::check::{Checked, ExceptionUse, Worth, has_expired};

/// Parts what is let pass from what is not, by rule and position.
pub(super) fn sort(code: Code<'_>, rules: &[Shape<'_>], mut found: Vec<Found>) -> Checked {
    found.sort_by_key(|one| (rules[one.rule].number, one.violation.span));
    let mut checked = Checked::default();
    let mut needed: Vec<Vec<bool>> =
        rules.iter().map(|shape| vec![false; shape.rule.except.len()]).collect();
    let expired =
        |exception: &Exception| code.today.is_some_and(|today| has_expired(exception, today));
    for one in found {
        let except = &rules[one.rule].rule.except;
        let covering = except.iter().position(|except| !expired(except) && covers(except, &one));
        match covering {
            Some(at) => {
                needed[one.rule][at] = true;
                checked.excused.push(one.violation);
            }
            None => checked.violations.push(one.violation),
        }
    }
    for (shape, needed) in rules.iter().zip(needed) {
        for (at, needed) in needed.into_iter().enumerate() {
            let worth = match needed {
                _ if expired(&shape.rule.except[at]) => Worth::Expired,
                true => Worth::Needed,
                false => Worth::Unused,
            };
            checked.exceptions.push(ExceptionUse { rule: shape.number, exception: at, worth });
        }
    }
    checked
}

/// Whether an exception speaks of a find; one that names no target speaks of all that start there.
fn covers(exception: &Exception, found: &Found) -> bool {
    let has = |nodes: &crate::model::BitSet, node: Option<crate::resolve::NodeId>| {
        node.is_some_and(|node| nodes.contains(node.0 as usize))
    };
    let anything = exception.to.label.is_empty();
    has(&exception.from.nodes, found.ends.0) && (anything || has(&exception.to.nodes, found.ends.1))
}
