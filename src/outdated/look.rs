//! Workspace + policy → what is to be looked up; cargo's cache → what there is to say of it.

use std::collections::BTreeMap;

use crate::boundaries;
use crate::boundaries::outdated::Outdated;
use crate::boundaries::policy::Unmatched;
use crate::boundaries::written::Boundaries;
use crate::discover::Workspace;
use crate::load::cargo_config::{self, CargoConfig};
use crate::load::lock_file;
use crate::model::{FileId, Sources};
use crate::settle::{self, Verdict};

use super::{Day, Found, Index, Needs, Registry, Telling, cooldown, find, needs, tell};

/// What is to be looked up, and by which policy.
#[derive(Clone, Debug)]
pub struct Question {
    /// The policy.
    pub policy: Outdated,
    /// What an `ignore` becomes that ignores nothing.
    pub unmatched: Unmatched,
    /// cargo's configuration.
    pub config: CargoConfig,
    /// What the workspace depends on.
    pub needs: Needs,
    /// Whether it has a lock file.
    pub is_locked: bool,
    /// The current day.
    pub today: Day,
}

/// Reads the lock file and cargo's configuration.
pub fn question(
    workspace: &Workspace,
    sources: &mut Sources,
    boundaries: &Boundaries,
    today: Day,
) -> anyhow::Result<Question> {
    let policy = boundaries.outdated.clone().unwrap_or_default();
    let lock = lock_file::read(workspace, sources)?;
    let config = cargo_config::read(&workspace.root);
    let needs = needs(workspace, sources, lock, &config, &policy);
    let unmatched = boundaries.settings.unmatched_exceptions;
    Ok(Question { policy, unmatched, config, needs, is_locked: lock.is_some(), today })
}

impl Question {
    /// Reads cargo's cache. `unread` says of which registries it must not be believed, and why.
    pub fn index(&self, unread: &BTreeMap<Registry, String>) -> Index {
        Index::read(&self.needs.packages, &self.config, unread)
    }

    /// What there is to say.
    pub fn found(&self, index: &Index) -> Found {
        find(&self.needs, index, &self.policy, cooldown(&self.policy, &self.config), self.today)
    }

    /// How it is to be told.
    pub fn telling(&self, all: bool) -> Telling<'_> {
        Telling {
            policy: &self.policy,
            unmatched: self.unmatched,
            today: self.today,
            cooldown: cooldown(&self.policy, &self.config),
            all,
        }
    }
}

/// Adds to a verdict what the plain check says where `[outdated]` asks it to look: from cargo's
/// cache, as it is. Tells how many packages could not be looked up.
pub fn glance(
    verdict: &mut Verdict,
    workspace: &Workspace,
    sources: &mut Sources,
    config: FileId,
    today: &str,
) -> anyhow::Result<usize> {
    let (boundaries, _) = boundaries::parse(&sources.file(config).text, config);
    let asked = boundaries.outdated.as_ref().is_some_and(|policy| policy.check);
    let Some(today) = Day::parse(today).filter(|_| asked) else { return Ok(0) };
    let question = question(workspace, sources, &boundaries, today)?;
    let found = question.found(&question.index(&BTreeMap::new()));
    let (told, _) = tell(&found, &question.needs, workspace, question.telling(false));
    let Verdict { mut findings, summary } = std::mem::take(verdict);
    findings.extend(told);
    *verdict = settle::verdict(findings, summary, sources);
    Ok(found.unchecked.len())
}
