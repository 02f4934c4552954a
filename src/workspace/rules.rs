//! Rules as plain data → a `boundaries.toml`, so that there is one language and one parser.

use toml::{Table, Value};

/// What a `boundaries.toml` would say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// Names and their selectors: `("web", "shop::web | shop::api")`.
    pub components: &'a [(&'a str, &'a str)],
    /// The rules.
    pub rules: &'a [Rule<'a>],
}

/// One rule; what is empty is not said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rule<'a> {
    /// Its id.
    pub id: &'a str,
    /// What must hold.
    pub verb: Verb<'a>,
    /// Why.
    pub because: &'a str,
    /// Legal only through here.
    pub via: &'a [&'a str],
    /// `items`, `modules` or `crates`: chains count, too.
    pub reach: &'a str,
    /// The parts of the build that are judged: `normal`, `test` …
    pub scope: &'a [&'a str],
    /// Edges that are let pass.
    pub except: &'a [Except<'a>],
}

/// A verb and its value, in the words of `boundaries.toml`.
#[derive(Clone, Copy, Debug)]
pub enum Verb<'a> {
    /// `"a -> b"`: nothing in `a` names anything in `b`.
    Forbid(&'a str),
    /// `"a -> b | c"`: `a` names nothing else.
    Only(&'a str),
    /// Only these may name it.
    Protect {
        /// What is protected.
        target: &'a str,
        /// Who may.
        allow: &'a [&'a str],
    },
    /// The upper may name the lower, top first.
    Layers(&'a [&'a str]),
    /// None names another.
    Independent(&'a [&'a str]),
    /// The parts below it need each other in no circle.
    Acyclic(&'a str),
    /// Outsiders name only its face.
    Expose {
        /// The component.
        component: &'a str,
        /// Its public part.
        face: &'a [&'a str],
    },
    /// `"a -> b"`: every module of `a` names `b`.
    Require(&'a str),
    /// As `Forbid`, but a warning.
    Deprecate(&'a str),
}

impl Default for Verb<'_> {
    /// Nothing that could hold by accident: a rule without a verb is a finding.
    fn default() -> Self {
        Self::Forbid("")
    }
}

/// An edge that a rule lets pass; what is empty is not said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Except<'a> {
    /// `"a::b -> c::d"`.
    pub edge: &'a str,
    /// Why.
    pub because: &'a str,
    /// Who answers for it.
    pub owner: &'a str,
}

impl Rules<'_> {
    /// The `boundaries.toml` that says the same.
    pub fn to_toml(&self) -> String {
        let mut all = Table::new();
        all.insert("version".to_owned(), Value::Integer(1));
        if !self.components.is_empty() {
            let components = self.components.iter().map(|(name, value)| pair(name, value));
            all.insert("components".to_owned(), Value::Table(components.collect()));
        }
        let rules = self.rules.iter().map(|rule| Value::Table(rule.to_table()));
        all.insert("rule".to_owned(), Value::Array(rules.collect()));
        all.to_string()
    }
}

impl Rule<'_> {
    fn to_table(self) -> Table {
        let mut table = Table::new();
        say(&mut table, "id", self.id);
        self.verb.write(&mut table);
        list(&mut table, "via", self.via);
        say(&mut table, "reach", self.reach);
        list(&mut table, "scope", self.scope);
        say(&mut table, "because", self.because);
        if !self.except.is_empty() {
            let except = self.except.iter().map(|one| Value::Table(one.to_table()));
            table.insert("except".to_owned(), Value::Array(except.collect()));
        }
        table
    }
}

impl Verb<'_> {
    fn write(self, table: &mut Table) {
        let text = |text: &str| Value::String(text.to_owned());
        let (key, value) = match self {
            Self::Forbid(edge) => ("forbid", text(edge)),
            Self::Only(edge) => ("only", text(edge)),
            Self::Protect { target, .. } => ("protect", text(target)),
            Self::Layers(layers) => ("layers", strings(layers)),
            Self::Independent(members) => ("independent", strings(members)),
            Self::Acyclic(parts) => ("acyclic", text(parts)),
            Self::Expose { component, .. } => ("expose", text(component)),
            Self::Require(edge) => ("require", text(edge)),
            Self::Deprecate(edge) => ("deprecate", text(edge)),
        };
        table.insert(key.to_owned(), value);
        match self {
            Self::Protect { allow, .. } => list(table, "allow", allow),
            Self::Expose { face, .. } => list(table, "face", face),
            _ => {}
        }
    }
}

impl Except<'_> {
    fn to_table(self) -> Table {
        let mut table = Table::new();
        say(&mut table, "edge", self.edge);
        say(&mut table, "because", self.because);
        say(&mut table, "owner", self.owner);
        table
    }
}

fn pair(key: &str, value: &str) -> (String, Value) {
    (key.to_owned(), Value::String(value.to_owned()))
}

fn say(table: &mut Table, key: &str, value: &str) {
    if !value.is_empty() {
        table.extend([pair(key, value)]);
    }
}

fn list(table: &mut Table, key: &str, values: &[&str]) {
    if !values.is_empty() {
        table.insert(key.to_owned(), strings(values));
    }
}

fn strings(values: &[&str]) -> Value {
    Value::Array(values.iter().map(|value| Value::String((*value).to_owned())).collect())
}
