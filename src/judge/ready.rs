//! Configuration and texts → all that can be told of a case before names are resolved; and what is
//! written, bound to them once they are.

use std::collections::BTreeSet;

use super::Case;
use crate::boundaries::joined::{self, Joined};
use crate::boundaries::policy::Policy;
use crate::boundaries::written::Statement;
use crate::boundaries::{self, Problem, builtin};
use crate::flag::{Ahead, Texts, ahead};
use crate::resolve::{Resolution, ScopesByFile};

/// What can be told before names are resolved: what is written, and where the words stand that
/// rules about code look for.
#[derive(Debug)]
pub struct Ready {
    pub(super) joined: Joined,
    pub(super) ahead: Option<Ahead>,
}

/// Reads the configuration.
pub fn read(case: Case<'_>) -> Ready {
    let mut joined = written(case);
    joined.boundaries.lenient = case.past;
    joined.boundaries.contexts.add(builtin::contexts());
    Ready { joined, ahead: None }
}

/// The same, and looks into the texts: for who has nothing else to do until names are resolved.
/// `scopes` are the parts of the build to which files can belong.
pub fn read_ahead(case: Case<'_>, scopes: &ScopesByFile) -> Ready {
    let ready = read(case);
    let boundaries = &ready.joined.boundaries;
    let wanted = boundaries.rules.iter().filter(|rule| case.applies(&rule.id));
    let flags = wanted.filter_map(|rule| match &rule.statement {
        Statement::Flag { flag, .. } if flag.is_awake(case.workspace) => {
            Some((&**flag, boundaries::scopes(boundaries, rule)))
        }
        _ => None,
    });
    let Case { sources, files, sheets, .. } = case;
    let texts = Texts { sources, files, scopes, sheets };
    let ahead = ahead(texts, &flags.collect::<Vec<_>>(), &boundaries.contexts);
    Ready { ahead: Some(ahead), ..ready }
}

/// The configuration, bound.
pub(super) struct Bound {
    pub(super) policy: Policy,
    pub(super) known_rules: BTreeSet<String>,
    pub(super) problems: Vec<Problem>,
}

/// Binds what is written to what is resolved.
pub(super) fn bind(
    case: Case<'_>,
    joined: Joined,
    resolution: &Resolution,
) -> anyhow::Result<Bound> {
    let Joined { boundaries: written, ids: mut known_rules, mut problems, .. } = joined;
    let (mut policy, more) = boundaries::bind(&written, case.workspace, resolution);
    problems.extend(more);
    // Those that sleep or are off are known as well, but to name them all would help nobody.
    let rules: BTreeSet<String> = written.rules.iter().map(|rule| rule.id.clone()).collect();
    known_rules.extend(rules.iter().cloned());
    demand_known("rule", case.rules, &known_rules, &rules)?;
    let names = case.workspace.packages.iter().map(|package| package.name.clone());
    let names: BTreeSet<String> = names.collect();
    demand_known("package", case.packages, &names, &names)?;
    policy.rules.retain(|rule| case.applies(&rule.id));
    Ok(Bound { policy, known_rules, problems })
}

fn written(case: Case<'_>) -> Joined {
    if case.built_in {
        return joined::join(case.sources, Some(case.workspace), case.config, case.pages);
    }
    let (boundaries, problems) = boundaries::read(case.workspace, case.sources, case.config);
    Joined { boundaries, problems, ..Joined::default() }
}

fn demand_known(
    kind: &str,
    asked: &[String],
    known: &BTreeSet<String>,
    shown: &BTreeSet<String>,
) -> anyhow::Result<()> {
    let unknown = asked.iter().find(|name| !known.contains(*name));
    let Some(unknown) = unknown else { return Ok(()) };
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    anyhow::bail!("no {kind} `{unknown}`; there are: {}", shown.join(", "))
}
