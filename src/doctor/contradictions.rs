//! One rule allows or demands an edge, another forbids it.

use crate::boundaries::policy::{Exception, NodeSet, Verb};
use crate::check::Violation;
use crate::model::{BitSet, Severity, Span};

use super::{CONTRADICTORY_RULES, Case, about, rule_around};

/// An edge that a rule wants to be possible.
struct Wish<'a> {
    from: &'a NodeSet,
    to: &'a NodeSet,
    span: Span,
    /// `lets` or `demands that`.
    is_demand: bool,
}

/// One for each wish of a rule and each other rule that bans all of it.
pub(super) fn violations(cases: &[Case]) -> Vec<Violation> {
    let mut found = Vec::new();
    for case in cases {
        for wish in wishes(case) {
            let others = cases.iter().filter(|other| !std::ptr::eq(*other, case));
            let against = others.filter(|other| denies(other, case, &wish));
            found.extend(against.map(|other| violation(case, &wish, other)));
        }
    }
    found
}

fn wishes<'a>(case: &Case<'a>) -> Vec<Wish<'a>> {
    let allowances = &case.rule.allowances;
    let wish = |from, to, span| Wish { from, to, span, is_demand: false };
    let mut wishes: Vec<Wish> = Vec::new();
    match &case.rule.verb {
        Verb::Only { from, .. } => {
            let own = allowances.iter().filter(|one| one.key == "only");
            wishes.extend(own.map(|one| wish(from, &one.set, one.span)));
        }
        Verb::Protect { target, .. } => {
            wishes.extend(allowances.iter().map(|one| wish(&one.set, target, one.span)));
        }
        Verb::Forbid(pairs) => {
            let via = |to| allowances.iter().map(move |one| wish(&one.set, to, one.span));
            wishes.extend(pairs.iter().flat_map(|pair| via(&pair.to)));
        }
        Verb::Require { from, to } => {
            let demand = |from| Wish { is_demand: true, ..wish(from, to, case.rule.span) };
            wishes.extend(from.iter().map(demand));
        }
        _ => {}
    }
    wishes
}

/// Whether a rule bans all that another wants to be possible, wherever that one holds.
fn denies(other: &Case, case: &Case, wish: &Wish) -> bool {
    let (from, to) = (&wish.from.nodes, &wish.to.nodes);
    let deprecates = matches!(other.rule.verb, Verb::Deprecate(_));
    let speaks = case.rule.scopes.0.is_subset(&other.rule.scopes.0);
    if deprecates || !speaks || from.is_empty() || to.is_empty() {
        return false;
    }
    let excused = |one: &Exception| one.from.nodes.intersects(from) && one.to.nodes.intersects(to);
    let bans = |from: &BitSet, to: &BitSet| {
        other.bans.iter().any(|ban| from.is_subset(&ban.from) && to.is_subset(&ban.to))
    };
    bans(from, to) && !other.rule.except.iter().any(excused)
}

fn violation(case: &Case, wish: &Wish, other: &Case) -> Violation {
    let (from, to) = (&wish.from.label, &wish.to.label);
    let (own, forbids) = (&case.rule.id, &other.rule.id);
    let message = if wish.is_demand {
        format!("`{own}` demands that `{from}` uses `{to}`, which `{forbids}` forbids")
    } else {
        format!("`{own}` lets `{from}` use `{to}`, which `{forbids}` forbids")
    };
    let mut related = vec![(other.rule.span, format!("rule `{forbids}` forbids it"))];
    related.extend(rule_around(case.rule, wish.span));
    let mut violation = about(CONTRADICTORY_RULES, case.rule, (wish.span, message), related);
    violation.severity = Severity::Deny;
    let label = if wish.is_demand { "demanded here" } else { "allowed here" };
    label.clone_into(&mut violation.label);
    let because = other.rule.because.iter();
    violation.notes.extend(because.map(|why| format!("`{forbids}` because: {why}")));
    violation.item = format!("{from} -> {to}, {forbids}");
    violation.help = Some("decide which of the two rules holds".to_owned());
    violation
}
