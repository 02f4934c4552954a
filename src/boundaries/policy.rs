//! [`Policy`]: the rules of `boundaries.toml`, bound to the nodes of one workspace.
//!
//! Nothing in here is a pattern any more: selectors have become sets of nodes, captures have been
//! expanded, defaults filled in. What could not be bound is a finding of `bind`, not part of it.

use crate::model::{BitSet, Severity, Span};
use crate::resolve::NodeId;

use super::flag::Flag;
use super::flag::contexts::Contexts;

/// Everything that `check` needs to know of the configuration.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// In the order of the file.
    pub rules: Vec<Rule>,
    /// Every component, in the order of the file.
    pub components: Vec<Component>,
    /// `settings.exhaustive`: where it stands, if every module must belong to a component.
    pub exhaustive: Option<Span>,
    /// What an exception becomes that excuses nothing.
    pub unmatched_exceptions: Unmatched,
    /// Which code makes which context, for `flag`.
    pub contexts: Contexts,
    /// What a name becomes that a rule allows and that nothing needs.
    pub unused_allow: Unmatched,
}

/// What an excuse becomes that excuses nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmatched {
    /// A finding that fails the run.
    #[default]
    Deny,
    /// A finding.
    Warn,
    /// Nothing.
    Silent,
}

/// A named set of nodes.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its key.
    pub name: String,
    /// `owner = "…"`.
    pub owner: Option<String>,
    /// Its nodes.
    pub set: NodeSet,
    /// Its key in the file.
    pub span: Span,
    /// No baseline entry excuses a violation that starts here.
    pub strict: bool,
}

/// Nodes that a selector matches.
#[derive(Clone, Debug, Default)]
pub struct NodeSet {
    /// As the user wrote it: `accounts`, `ext:reqwest | ext:ureq`.
    pub label: String,
    /// The nodes, by [`crate::resolve::NodeId`]. A module that is matched brings all below it.
    pub nodes: BitSet,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Where its table stands.
    pub span: Span,
    /// Why it exists, in the user's words.
    pub because: Option<String>,
    /// A link.
    pub docs: Option<String>,
    /// What a violation does to the exit code.
    pub severity: Severity,
    /// The scopes in which it holds.
    pub scopes: Scopes,
    /// How far it looks.
    pub reach: Reach,
    /// What a re-export counts as.
    pub reexports: Reexports,
    /// The nodes of the member whose own file it stands in: only what starts here is judged.
    pub within: Option<BitSet>,
    /// Only through here is it legal.
    pub via: Option<NodeSet>,
    /// Whether each of its names stands for something today. Where not, it says more than its sets.
    pub is_complete: bool,
    /// What the rule allows by name, one by one.
    pub allowances: Vec<Allowance>,
    /// Edges that are let pass.
    pub except: Vec<Exception>,
    /// The page below `rules/` that it comes from, if it comes with the program.
    pub page: Option<&'static str>,
    /// What must hold.
    pub verb: Verb,
}

/// A set of [`crate::model::CodeScope`]s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(pub BitSet);

impl Scopes {
    /// Whether code of this scope is judged.
    pub fn contains(&self, scope: crate::model::CodeScope) -> bool {
        self.0.contains(scope as usize)
    }
}

/// Over which kind of chain a rule is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// One reference.
    #[default]
    Direct,
    /// A chain from item to item.
    Items,
    /// A chain from module to module.
    Modules,
    /// A chain from crate to crate.
    Crates,
}

/// What a name that was reached through a re-export counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reexports {
    /// As its definition: re-exports are seen through.
    #[default]
    Through,
    /// As the item of the module that re-exports it: a facade hides what is behind it.
    Opaque,
}

/// One name that a rule allows: in the value of `only`, in `allow`, in `via`.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The key that it stands under.
    pub key: &'static str,
    /// What it means.
    pub set: NodeSet,
    /// Where it stands.
    pub span: Span,
}

/// An edge that a rule lets pass.
#[derive(Clone, Debug)]
pub struct Exception {
    /// From here …
    pub from: NodeSet,
    /// … to there.
    pub to: NodeSet,
    /// Why.
    pub because: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Until when, `2027-03-31`; a word where the user wrote one.
    pub until: Option<String>,
    /// The table in the file.
    pub span: Span,
}

/// A verb with its names filled in.
#[derive(Clone, Debug)]
pub enum Verb {
    /// No reference from the first to the second set of any pair.
    Forbid(Vec<Pair>),
    /// `from` names nothing but `allowed` and itself.
    Only {
        /// Who is restricted.
        from: NodeSet,
        /// What it may name.
        allowed: NodeSet,
        /// Whether `std` and its kin are judged too: only where `allowed` names a part of them.
        judges_std: bool,
    },
    /// `target` is named by `allow` and itself only.
    Protect {
        /// What is protected.
        target: NodeSet,
        /// Who may name it.
        allow: NodeSet,
    },
    /// Upper layers may name lower ones, never the other way round; one stack per container.
    Layers(Vec<Stack>),
    /// No member names another.
    Independent(Vec<NodeSet>),
    /// The parts do not need each other in a circle.
    Acyclic {
        /// The nodes between which cycles are looked for, each with all below it. A part may lie
        /// in another one (`depth` above 1): a reference then joins the largest part that holds
        /// its one end but not the other with the largest that holds the other but not the one,
        /// so that only siblings are compared.
        parts: Vec<NodeSet>,
        /// Count manifest edges between crates instead of references.
        manifests: bool,
        /// How circles are told.
        circles: Circles,
    },
    /// Outsiders name only the face of the component.
    Expose {
        /// The component.
        component: NodeSet,
        /// Its public part.
        face: NodeSet,
        /// The outsiders that the rule speaks of; everybody if none.
        to: Option<NodeSet>,
    },
    /// Every module of `from` names `to` at least once.
    Require {
        /// Who must.
        from: Vec<NodeSet>,
        /// What.
        to: NodeSet,
    },
    /// As `Forbid`, for what is on its way out: always a warning.
    Deprecate(Vec<Pair>),
    /// A shape of code is a fault.
    Flag {
        /// The shape.
        flag: Box<Flag>,
        /// The code that is judged; all if none.
        from: Option<NodeSet>,
    },
}

/// How circles are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circles {
    /// Each by itself, rather than one for all parts that need each other.
    pub each: bool,
    /// The edge to cut is the one with the fewest uses, rather than the fewest pairs of modules.
    pub by_uses: bool,
}

/// A forbidden direction.
#[derive(Clone, Debug)]
pub struct Pair {
    /// From here …
    pub from: NodeSet,
    /// … to there.
    pub to: NodeSet,
}

/// Layers, top first.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// The container's path, where layers stand in one.
    pub container: Option<String>,
    /// Top first.
    pub layers: Vec<Layer>,
    /// Where the rule is `exhaustive`: the container's child modules that stand in no layer and
    /// are not ignored. Each is a violation, at the module's own place.
    pub undeclared: Vec<NodeId>,
    /// Whether the rule is `exhaustive`.
    pub exhaustive: bool,
    /// Modules in no layer that may not name one.
    pub outsiders: NodeSet,
}

/// One layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its parts: one, or several siblings.
    pub siblings: Vec<NodeSet>,
    /// Siblings may not name each other (`a | b`); otherwise (`a : b`) they may.
    pub independent: bool,
    /// Nobody above may jump over it.
    pub closed: bool,
}

impl Verb {
    /// Its key in `boundaries.toml`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Forbid(_) => "forbid",
            Self::Only { .. } => "only",
            Self::Protect { .. } => "protect",
            Self::Layers(_) => "layers",
            Self::Independent(_) => "independent",
            Self::Acyclic { .. } => "acyclic",
            Self::Expose { .. } => "expose",
            Self::Require { .. } => "require",
            Self::Deprecate(_) => "deprecate",
            Self::Flag { .. } => "flag",
        }
    }
}
