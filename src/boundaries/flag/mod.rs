//! [`Flag`]: a shape of code and when it is a fault, as `flag` rules say it.
//!
//! Paths stay patterns even in the policy: what they speak of is mostly outside of the workspace,
//! where nothing says which names there are. `docs/antipatterns.md` is the reference of the language.

mod condition;
pub mod contexts;
pub mod pattern;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::discover::Workspace;
use crate::extract::sites::LoopKind;

pub use condition::{
    ArgumentIs, ArgumentShape, AttributeIs, AttributeOn, BodyIs, BodyOf, ChainIs, Condition,
    Context, CrateIs, FateIs, FieldIs, SignatureIs, StaticIs, VisibilityIs,
};
use pattern::{PathPattern, Words};

/// What a `flag` rule says.
///
/// A kept verdict holds it without what only the judging needs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Flag {
    /// What is looked for: any of these.
    #[serde(skip)]
    pub subjects: Vec<Subject>,
    /// All of these hold.
    #[serde(skip)]
    pub when: Vec<Condition>,
    /// None of these holds.
    #[serde(skip)]
    pub unless: Vec<Condition>,
    /// `at = "callers"`: a constructor passes the blame on.
    pub callers: bool,
    /// What a find in a plain function is worth, where callers are judged.
    pub plain: Plain,
    /// How often the rule is right.
    pub confidence: Confidence,
    /// `15min`.
    pub effort: Option<String>,
    /// Families.
    pub tags: Vec<String>,
    /// Asleep unless the workspace depends on one of these crates.
    pub needs: Vec<String>,
    /// A page's rule that applies without being asked for.
    pub default: bool,
    /// What a finding says, with placeholders; made of path and place if none.
    pub message: Option<String>,
    /// What to do, with placeholders.
    pub help: Option<String>,
    /// What could be written instead.
    #[serde(skip)]
    pub fix: Option<Fix>,
}

impl Flag {
    /// Whether the workspace depends on one of the crates that the rule needs, or is one.
    pub fn is_awake(&self, workspace: &Workspace) -> bool {
        let packages = &workspace.packages;
        let depends = |wanted: &String| {
            let mut entries = packages.iter().flat_map(|package| &package.dependencies);
            packages.iter().any(|package| is_same_name(&package.name, wanted))
                || entries.any(|entry| is_same_name(&entry.package, wanted))
        };
        self.needs.is_empty() || self.needs.iter().any(depends)
    }
}

/// Whether two packages are called alike: `-` and `_` are one letter.
fn is_same_name(one: &str, two: &str) -> bool {
    let plain = |letter: u8| if letter == b'-' { b'_' } else { letter };
    one.len() == two.len() && one.bytes().map(plain).eq(two.bytes().map(plain))
}

/// What a find in a plain function is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Plain {
    /// One severity less.
    #[default]
    Lower,
    /// As much as any.
    Same,
    /// Nothing.
    Off,
}

/// How often a rule is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// Rarely.
    Low,
    /// Mostly.
    Medium,
    /// As good as always.
    #[default]
    High,
}

impl Confidence {
    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What could be written instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// How.
    pub form: FixForm,
    /// It can be applied without being looked at.
    pub machine: bool,
    /// The crate and the version that it asks for: `regex >= 1.13`.
    pub requires: Option<String>,
}

/// The forms of a fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixForm {
    /// This text, its placeholders filled in, in place of the expression.
    Replace(String),
    /// A `static` of this wrapper around this type, and its name in place of the expression.
    Hoist {
        /// `std::sync::LazyLock`.
        wrapper: String,
        /// `regex::Regex`.
        of: String,
        /// The static's name, numbered where it is taken; made of the type if none.
        name: Option<String>,
        /// The methods that only borrow.
        borrows: Vec<String>,
    },
}

/// What is looked for.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A call, or the function handed over as a value.
    Call(Vec<PathPattern>),
    /// A macro call.
    Macro(Vec<PathPattern>),
    /// A struct literal.
    Struct(Vec<PathPattern>),
    /// A type that is named.
    Type(Vec<PathPattern>),
    /// An attribute.
    Attribute(Vec<PathPattern>),
    /// A derive.
    Derive(Vec<PathPattern>),
    /// A method call.
    Method(MethodIs),
    /// A string literal.
    Literal(LiteralIs),
    /// A declaration.
    Item(Vec<ItemIs>),
    /// A loop.
    Loop(Vec<LoopKind>),
}

/// A method call.
#[derive(Clone, Debug, Default)]
pub struct MethodIs {
    /// Its name.
    pub name: Words,
    /// On what.
    pub on: Vec<PathPattern>,
    /// On a variable or field of this name.
    pub named: Words,
}

/// A string literal.
#[derive(Clone, Debug, Default)]
pub struct LiteralIs {
    /// One of these matches; any text if there is none.
    pub matches: Vec<Regex>,
    /// At least so many bits a character.
    pub entropy: Option<f64>,
    /// At least so many characters.
    pub length: Option<usize>,
}

/// The kinds of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemIs {
    /// A function or method.
    Function,
    /// A struct.
    Struct,
    /// An enum.
    Enum,
    /// A union.
    Union,
    /// A struct, enum or union.
    Type,
    /// A static.
    Static,
    /// A constant.
    Const,
    /// A `thread_local!` key.
    ThreadLocal,
    /// A field.
    Field,
    /// A variant.
    Variant,
}
