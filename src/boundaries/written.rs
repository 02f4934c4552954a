//! [`Boundaries`]: what the file says, in its own words, each with its place.

use crate::discover::PackageId;
use crate::model::{CodeScope, Severity, Span};

use super::flag::Flag;
use super::flag::contexts::Contexts;
use super::outdated::Outdated;
use super::policy::{Circles, Reach, Reexports, Unmatched};
use super::selector::{Edge, Selector};

/// A `boundaries.toml` as written.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    /// `[settings]`.
    pub settings: Settings,
    /// `[components]`, in the order of the file.
    pub components: Vec<Component>,
    /// `[outdated]`.
    pub outdated: Option<Outdated>,
    /// `[[rule]]`, in the order of the file; rules with a fault are left out.
    pub rules: Vec<Rule>,
    /// `[rules]`: what becomes of the rules that come with the program.
    pub switches: Vec<Switch>,
    /// `[contexts]`.
    pub contexts: Contexts,
    /// Bound to a workspace of an earlier day: a rule holds of what is there, even if not all is.
    pub lenient: bool,
}

/// `[settings]`.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The scopes of rules that name none; `normal` and `build` where absent.
    pub scopes: Option<Vec<CodeScope>>,
    /// Where `exhaustive = true` stands.
    pub exhaustive: Option<Span>,
    /// What rules and exceptions must say about themselves.
    pub required: Required,
    /// What an exception becomes that excuses nothing.
    pub unmatched_exceptions: Unmatched,
    /// What a name becomes that a rule allows and that nothing needs; a warning where absent.
    pub unused_allow: Option<Unmatched>,
    /// `overlap = "allow"`: components may share modules.
    pub overlap: bool,
    /// `antipatterns = false`: no rule applies that is not asked for.
    pub quiet: bool,
}

/// One entry of `[rules]`.
#[derive(Clone, Debug)]
pub struct Switch {
    /// The rule's id.
    pub rule: String,
    /// Where it stands.
    pub span: Span,
    /// What a breach is.
    pub level: Level,
    /// `from`: the code that is judged.
    pub from: Option<Vec<Selector>>,
    /// `allow`: what is let pass.
    pub allow: Vec<Allowed>,
}

/// What a breach of a rule that comes with the program is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// As its page says.
    #[default]
    Page,
    /// Nothing: the rule is off.
    Off,
    /// This.
    Severity(Severity),
}

/// One entry of a switch's `allow`.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// What lies here is let pass.
    pub path: Vec<Selector>,
    /// Why.
    pub because: String,
    /// Where it stands.
    pub span: Span,
}

/// The keys that a team asks of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Required {
    /// `require-because`: every rule and every exception says why.
    pub because: bool,
    /// `require-owner`: every exception says who.
    pub owner: bool,
    /// `require-until`: every exception says until when.
    pub until: bool,
}

/// One entry of `[components]`.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its key.
    pub name: String,
    /// Where the key stands.
    pub span: Span,
    /// What belongs to it, and (with [`Selector::removes`]) what does not.
    pub selectors: Vec<Selector>,
    /// `owner = "…"`.
    pub owner: Option<String>,
    /// It may match nothing.
    pub optional: bool,
    /// No baseline entry excuses it.
    pub strict: bool,
}

/// One `[[rule]]`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id: as written, or made of its verb and value.
    pub id: String,
    /// Where the id stands; the verb's key, where it was made.
    pub id_span: Span,
    /// The member in whose own file it stands; none: it stands in the workspace's.
    pub member: Option<PackageId>,
    /// The verb's value.
    pub span: Span,
    /// `because = "…"`.
    pub because: Option<String>,
    /// `docs = "…"`.
    pub docs: Option<String>,
    /// `severity`.
    pub severity: Severity,
    /// `scope`.
    pub scopes: Option<Vec<CodeScope>>,
    /// `reach`.
    pub reach: Reach,
    /// `reexports`.
    pub reexports: Reexports,
    /// `via`.
    pub via: Option<Vec<Selector>>,
    /// `optional`: its verb's value may match nothing.
    pub optional: bool,
    /// `[[rule.except]]`.
    pub except: Vec<Exception>,
    /// The page below `rules/` that it comes from, if it comes with the program.
    pub page: Option<&'static str>,
    /// The verb and what it says.
    pub statement: Statement,
}

/// One `[[rule.except]]`.
#[derive(Clone, Debug)]
pub struct Exception {
    /// `edge`.
    pub edge: Edge,
    /// `because`.
    pub because: Option<String>,
    /// `owner`.
    pub owner: Option<String>,
    /// `until`: a date, or a word.
    pub until: Option<String>,
    /// The value of `edge`.
    pub span: Span,
}

/// A verb and its value.
#[derive(Clone, Debug)]
pub enum Statement {
    /// `forbid = "a -> b"`, or several.
    Forbid(Vec<Edge>),
    /// `only = "a -> b | c"`.
    Only(Edge),
    /// `protect = "a"`.
    Protect {
        /// What is protected.
        target: Vec<Selector>,
        /// `allow`.
        allow: Vec<Selector>,
    },
    /// `layers = ["web", "app?", "a | b", "c : d"]`.
    Layers(Layers),
    /// `independent = ["a", "b"]`.
    Independent(Members),
    /// `acyclic = "a"`, `["a", "b"]` or `"crates"`.
    Acyclic(Acyclic, Circles),
    /// `expose = "a"`.
    Expose {
        /// The component.
        component: Vec<Selector>,
        /// `face`.
        face: Vec<Selector>,
        /// `to`.
        to: Option<Vec<Selector>>,
    },
    /// `require = "a -> b"`.
    Require(Edge),
    /// `deprecate = "a -> b"`, or several.
    Deprecate(Vec<Edge>),
    /// `flag = …`.
    Flag {
        /// What is a fault.
        flag: Box<Flag>,
        /// `from`: the code that is judged; all if none.
        from: Option<Vec<Selector>>,
    },
}

impl Statement {
    /// Every selector in it but for the layers, which are no paths of their own in a container.
    pub fn selectors(&self) -> Vec<&Selector> {
        match self {
            Self::Forbid(edges) | Self::Deprecate(edges) => {
                edges.iter().flat_map(Edge::selectors).collect()
            }
            Self::Only(edge) | Self::Require(edge) => edge.selectors().collect(),
            Self::Protect { target, allow } => target.iter().chain(allow).collect(),
            Self::Expose { component, face, to } => {
                component.iter().chain(face).chain(to.iter().flatten()).collect()
            }
            Self::Layers(layers) => {
                layers.within.iter().flatten().chain(&layers.outsiders).collect()
            }
            Self::Independent(members) | Self::Acyclic(Acyclic::Parts(members), _) => {
                members.entries.iter().flatten().collect()
            }
            Self::Acyclic(Acyclic::Below { modules, .. }, _) => modules.iter().collect(),
            Self::Flag { from, .. } => from.iter().flatten().collect(),
            Self::Acyclic(Acyclic::Crates, _) => Vec::new(),
        }
    }
}

impl Rule {
    /// Every selector of the rule, but for layers that are no paths of their own.
    pub fn selectors_mut(&mut self) -> Vec<&mut Selector> {
        let mut found: Vec<&mut Selector> = self.via.iter_mut().flatten().collect();
        found.extend(self.except.iter_mut().flat_map(|except| except.edge.selectors_mut()));
        match &mut self.statement {
            Statement::Forbid(edges) | Statement::Deprecate(edges) => {
                found.extend(edges.iter_mut().flat_map(Edge::selectors_mut));
            }
            Statement::Only(edge) | Statement::Require(edge) => found.extend(edge.selectors_mut()),
            Statement::Protect { target, allow } => found.extend(target.iter_mut().chain(allow)),
            Statement::Expose { component, face, to } => {
                found.extend(component.iter_mut().chain(face).chain(to.iter_mut().flatten()));
            }
            Statement::Layers(layers) => found.extend(layers.selectors_mut()),
            Statement::Independent(members) | Statement::Acyclic(Acyclic::Parts(members), _) => {
                found.extend(members.entries.iter_mut().flatten().chain(&mut members.removed));
            }
            Statement::Acyclic(Acyclic::Below { modules, .. }, _) => found.extend(modules),
            Statement::Flag { from, .. } => found.extend(from.iter_mut().flatten()),
            Statement::Acyclic(Acyclic::Crates, _) => {}
        }
        found
    }
}

impl Layers {
    fn selectors_mut(&mut self) -> impl Iterator<Item = &mut Selector> {
        let are_paths = self.within.is_none();
        let layers = self.layers.iter_mut().filter(move |_| are_paths);
        let siblings = layers.flat_map(|layer| &mut layer.siblings);
        let siblings = siblings.map(|sibling| &mut sibling.selector);
        siblings.chain(self.within.iter_mut().flatten()).chain(&mut self.outsiders)
    }
}

/// Things of equal rank.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// Each entry is one member, or (by a glob or capture) several.
    pub entries: Vec<Vec<Selector>>,
    /// What is taken out of all of them.
    pub removed: Vec<Selector>,
}

/// What `acyclic` looks at.
#[derive(Clone, Debug)]
pub enum Acyclic {
    /// The packages of the workspace, by their manifests.
    Crates,
    /// The modules below these, so many levels deep.
    Below {
        /// The modules.
        modules: Vec<Selector>,
        /// How many levels.
        depth: u32,
    },
    /// These parts.
    Parts(Members),
}

/// The value of `layers` and of its options.
#[derive(Clone, Debug)]
pub struct Layers {
    /// Top first.
    pub layers: Vec<Layer>,
    /// `within`: the containers; absent, where layers are paths of their own.
    pub within: Option<Vec<Selector>>,
    /// Where `exhaustive = true` stands.
    pub exhaustive: Option<Span>,
    /// `ignore`: children of a container that need no layer.
    pub ignore: Vec<Selector>,
    /// `outsiders`: modules in no layer that may not name one.
    pub outsiders: Vec<Selector>,
}

/// One entry of `layers`.
#[derive(Clone, Debug)]
pub struct Layer {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// One part, or several of equal rank.
    pub siblings: Vec<Sibling>,
    /// Joined by `|` rather than by `:`.
    pub independent: bool,
    /// Listed in `closed`.
    pub closed: bool,
}

/// One part of a layer.
#[derive(Clone, Debug)]
pub struct Sibling {
    /// What it is.
    pub selector: Selector,
    /// Marked by `?`.
    pub optional: bool,
}
