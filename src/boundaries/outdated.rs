//! [`Outdated`]: what `[outdated]` says of the age of dependencies, each with its place.

use semver::VersionReq;

use crate::model::{Severity, Span};

/// `[outdated]`.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the file")]
pub struct Outdated {
    /// `check`: the plain check looks too, into cargo's cache and nowhere else.
    pub check: bool,
    /// `scope = "all"`: what the lock file names besides the manifests is looked at too.
    pub all: bool,
    /// `cooldown-days`: no younger version is suggested; where absent, cargo's own setting.
    pub cooldown_days: Option<u32>,
    /// `max-age-days`, by [`Class`]: how long an upgrade may be put off.
    pub max_age_days: [Option<u32>; Class::COUNT],
    /// `level`, by [`Class`].
    pub levels: [Option<Level>; Class::COUNT],
    /// `pre-releases`.
    pub pre_releases: bool,
    /// `rust-version = "ignore"`: versions that need a newer Rust than ours are looked at too.
    pub any_rust_version: bool,
    /// `ignore`, in the order of the file.
    pub ignore: Vec<Ignore>,
    /// `report`: the committed list.
    pub report: Option<String>,
}

/// One entry of `ignore`.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// The package.
    pub name: String,
    /// Only these of its versions; none: all.
    pub versions: Option<VersionReq>,
    /// Why.
    pub reason: String,
    /// Until when, `2027-01-31`.
    pub until: Option<String>,
    /// The value of `name`.
    pub span: Span,
}

/// The kinds of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The version in use was withdrawn.
    Yanked,
    /// There is a newer version that the requirement allows.
    Compatible,
    /// There is a newer version that the requirement does not allow.
    Incompatible,
    /// The requirement allows less than what the lock file has made of it.
    Behind,
    /// The same package is in use in several major versions.
    Duplicate,
    /// Nothing can be said.
    NotChecked,
}

impl Class {
    /// How many there are.
    pub const COUNT: usize = 6;
    /// All of them, in their order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Yanked,
        Self::Compatible,
        Self::Incompatible,
        Self::Behind,
        Self::Duplicate,
        Self::NotChecked,
    ];

    /// Its key in `level`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yanked => "yanked",
            Self::Compatible => "compatible",
            Self::Incompatible => "incompatible",
            Self::Behind => "behind",
            Self::Duplicate => "duplicate",
            Self::NotChecked => "not-checked",
        }
    }

    /// The rule of its findings.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Yanked => "outdated/yanked",
            Self::Compatible => "outdated/compatible",
            Self::Incompatible => "outdated/incompatible",
            Self::Behind => "outdated/behind",
            Self::Duplicate => "outdated/duplicate",
            Self::NotChecked => "outdated/not-checked",
        }
    }

    /// Its level where none is configured.
    fn usual_level(self) -> Level {
        match self {
            Self::Yanked => Level::Deny,
            Self::Compatible | Self::Incompatible => Level::Warn,
            Self::Behind | Self::Duplicate | Self::NotChecked => Level::Allow,
        }
    }
}

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It fails the run.
    Deny,
    /// It is reported.
    Warn,
    /// It is not told.
    Allow,
}

impl Level {
    /// As a severity; none where nothing is told.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Deny => Some(Severity::Deny),
            Self::Warn => Some(Severity::Warn),
            Self::Allow => None,
        }
    }
}

impl Outdated {
    /// What a finding of this class does.
    pub fn level(&self, class: Class) -> Level {
        self.levels[class as usize].unwrap_or(class.usual_level())
    }

    /// How many days an upgrade of this class may be put off.
    pub fn max_age(&self, class: Class) -> u32 {
        self.max_age_days[class as usize].unwrap_or(0)
    }
}
