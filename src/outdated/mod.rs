//! Manifests + lock file + registry index → which dependencies are behind, and for how long.
//!
//! ```text
//! manifests, lock → requirements → packages → index → findings → violations, list, edits
//!                     manifest       join     index    compare    told        listing, edit
//! ```
//!
//! Invariants: no request to a network is made here, cargo's own cache is what is read
//! ([`crate::load::index`]; the command lets cargo refresh it before); what cannot be looked up is
//! listed with its reason, never left out; a version whose date is not known is neither young nor
//! old; nothing is written.

mod choose;
mod compare;
mod day;
mod edit;
mod index;
mod join;
mod listing;
mod lock;
mod look;
mod manifest;
mod registry;
mod release;
mod rewrite;
mod told;
mod words;

#[cfg(test)]
mod tests;

use crate::boundaries::outdated::{Ignore, Outdated};
use crate::discover::Workspace;
use crate::load::cargo_config::CargoConfig;
use crate::model::{FileId, Sources};

pub use compare::Finding;
pub use day::Day;
pub use edit::{Edit, edit};
pub use index::Index;
pub use join::{Package, Unchecked};
pub use listing::listing;
pub use look::{Question, glance, question};
pub use manifest::Manifests;
pub use registry::Registry;
pub use told::{Telling, edits, tell};

/// The cooldown where neither the policy nor cargo's configuration has one.
const USUAL_COOLDOWN: u32 = 7;

/// What a workspace depends on.
#[derive(Clone, Debug)]
pub struct Needs {
    /// What its manifests say.
    pub manifests: Manifests,
    /// What its lock file says; nothing where there is none.
    pub lock: lock::Lock,
    /// The packages of registries, sorted by registry and name.
    pub packages: Vec<Package>,
    /// Of what nothing can be said.
    pub unchecked: Vec<Unchecked>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// By package, in the order of [`Needs::packages`].
    pub findings: Vec<Finding>,
    /// Of what nothing can be said, in the order of the files.
    pub unchecked: Vec<Unchecked>,
    /// What became of every `ignore`, in the order of the policy.
    pub ignores: Vec<Worth>,
    /// How many packages were looked up, …
    pub packages: usize,
    /// … and how many of their versions were read.
    pub releases: usize,
}

/// What became of an `ignore`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It keeps something from being told.
    Needed,
    /// It does not.
    Unused,
    /// Its day has passed; it was not applied.
    Expired,
    /// Its package could not be looked up.
    Unknown,
}

/// Reads what the workspace depends on. `lock` is its lock file, if it has one.
pub fn needs(
    workspace: &Workspace,
    sources: &Sources,
    lock: Option<FileId>,
    config: &CargoConfig,
    policy: &Outdated,
) -> Needs {
    let manifests = manifest::read(workspace, sources);
    let lock = lock.map(|file| lock::read(&sources.file(file).text, file));
    let index_of = |name: &str| config.index(name);
    let (packages, unchecked) = join::join(join::Join {
        workspace,
        manifests: &manifests,
        lock: lock.as_ref(),
        index_of: &index_of,
        all: policy.all,
    });
    Needs { packages, unchecked, lock: lock.unwrap_or_default(), manifests }
}

/// How many days a version must be out before it is suggested.
pub fn cooldown(policy: &Outdated, config: &CargoConfig) -> u32 {
    let setting = || index::days(&config.text(&["registry", "global-min-publish-age"])?);
    policy.cooldown_days.or_else(setting).unwrap_or(USUAL_COOLDOWN)
}

/// Compares what is in use with what there is.
pub fn find(needs: &Needs, index: &Index, policy: &Outdated, cooldown: u32, today: Day) -> Found {
    let terms =
        compare::Terms { policy, today, cooldown, manifests: &needs.manifests, lock: &needs.lock };
    let holds = |ignore: &&Ignore| !expired(ignore, today);
    let mut found = Found { unchecked: needs.unchecked.clone(), ..Found::default() };
    found.ignores = policy.ignore.iter().map(|ignore| first_worth(ignore, today)).collect();
    for package in &needs.packages {
        let releases = match index.releases(package) {
            Ok(releases) => releases,
            Err(reason) => {
                found.unchecked.push(unread(needs, package, reason));
                mark(&mut found.ignores, policy, package, |_| Some(Worth::Unknown));
                continue;
            }
        };
        let named = policy.ignore.iter().filter(|ignore| ignore.name == package.name);
        let ignores: Vec<&Ignore> = named.filter(holds).collect();
        found.findings.extend(compare::compare(package, releases, &ignores, terms));
        let bare = compare::compare(package, releases, &[], terms);
        mark(&mut found.ignores, policy, package, |ignore| {
            (compare::compare(package, releases, &[ignore], terms) != bare).then_some(Worth::Needed)
        });
        found.packages += 1;
        found.releases += releases.len();
    }
    found.unchecked.sort_by(|a, b| (a.span, &a.name).cmp(&(b.span, &b.name)));
    found
}

fn expired(ignore: &Ignore, today: Day) -> bool {
    let until = ignore.until.as_deref().and_then(Day::parse);
    until.is_some_and(|until| until < today)
}

fn first_worth(ignore: &Ignore, today: Day) -> Worth {
    if expired(ignore, today) { Worth::Expired } else { Worth::Unused }
}

fn mark(
    worths: &mut [Worth],
    policy: &Outdated,
    package: &Package,
    worth: impl Fn(&Ignore) -> Option<Worth>,
) {
    for (ignore, old) in policy.ignore.iter().zip(worths) {
        if ignore.name == package.name
            && *old == Worth::Unused
            && let Some(new) = worth(ignore)
        {
            *old = new;
        }
    }
}

fn unread(needs: &Needs, package: &Package, reason: &str) -> Unchecked {
    let wanted = package.wants.first();
    let locked = || package.locked.first().map(|at| needs.lock.packages[*at].span);
    let span = wanted.map(|want| join::place(&needs.manifests.entries[want.entry]));
    let span = span.or_else(locked).unwrap_or_default();
    Unchecked { name: package.name.clone(), span, reason: reason.to_owned() }
}
