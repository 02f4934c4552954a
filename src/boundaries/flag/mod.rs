//! [`Flag`]: a shape of code and when it is a fault, as `flag` rules say it.
//!
//! Paths stay patterns even in the policy: what they speak of is mostly outside of the workspace,
//! where nothing says which names there are. `docs/antipatterns.md` is the reference of the language.

pub mod contexts;
pub mod pattern;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::discover::Workspace;
use crate::extract::sites::{LoopKind, SelfKind, TypePlace};

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
        let plain = |name: &str| name.replace('-', "_");
        let packages = &workspace.packages;
        let depends = |wanted: &String| {
            let wanted = plain(wanted);
            let mut entries = packages.iter().flat_map(|package| &package.dependencies);
            packages.iter().any(|package| plain(&package.name) == wanted)
                || entries.any(|entry| plain(&entry.package) == wanted)
        };
        self.needs.is_empty() || self.needs.iter().any(depends)
    }
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

/// A circumstance.
#[derive(Clone, Debug)]
pub enum Condition {
    /// It stands in one of these contexts.
    In(Vec<Context>),
    /// Each of these is said of some argument.
    Argument(Vec<ArgumentIs>),
    /// So many arguments.
    Arguments(usize),
    /// The methods called on the result.
    Chain(ChainIs),
    /// The chain has an `.await`, or has none.
    Awaited(bool),
    /// One of these becomes of the result.
    Result(Vec<FateIs>),
    /// What the body mentions.
    Body(BodyIs),
    /// The variable that holds it lives over an `.await`, or does not.
    HeldAcrossAwait(bool),
    /// It stands in the arguments of one of these.
    Inside(Vec<PathPattern>),
    /// It stands in the arguments of a method of this name.
    InsideMethod(Words),
    /// What the innermost loop goes over.
    LoopOver {
        /// One of these methods was called on it.
        has: Words,
        /// It is a constant, or is not.
        constant: Option<bool>,
    },
    /// Where a type is named.
    Place(Vec<TypePlace>),
    /// The type derives one of each group.
    Derives(Vec<Vec<PathPattern>>),
    /// The declaration has one of these attributes.
    Attributes(Vec<AttributeIs>),
    /// The type has such a field.
    Fields(FieldIs),
    /// The declaration's name.
    Name(Words),
    /// Who may name it.
    Visibility(Vec<VisibilityIs>),
    /// The function's signature.
    Signature(SignatureIs),
    /// The declared static or constant.
    Static(StaticIs),
    /// The innermost function's name.
    Function(Words),
    /// The trait of whose `impl` the function is a method.
    TraitImpl(Vec<PathPattern>),
    /// Where the item around it lies.
    Module(Vec<PathPattern>),
    /// The kind of crate.
    CrateKind(Vec<CrateIs>),
    /// What its package depends on.
    DependsOn(Vec<String>),
    /// The function around it is called from such code.
    CalledFrom {
        /// Where the call stands.
        contexts: Vec<Context>,
        /// Over at most so many calls.
        depth: usize,
    },
    /// It is called, and from such code only.
    OnlyCalledFrom(Vec<Context>),
    /// One of these lists holds as a whole.
    Any(Vec<Vec<Condition>>),
}

/// What is said of an argument.
#[derive(Clone, Debug, Default)]
pub struct ArgumentIs {
    /// Which one; any if none.
    pub at: Option<usize>,
    /// What it is: one of these.
    pub is: Vec<ArgumentShape>,
    /// Its text: one of these matches.
    pub matches: Vec<Regex>,
    /// It has one of these words.
    pub mentions: Words,
    /// It has none of these words.
    pub lacks: Words,
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentShape {
    /// A literal.
    Literal,
    /// It depends on no variable.
    Constant,
    /// It depends on nothing that changes with the innermost loop or iterator.
    LoopInvariant,
    /// A closure or `async` block.
    Closure,
    /// A path.
    Path,
}

/// What is said of a chain.
#[derive(Clone, Debug, Default)]
pub struct ChainIs {
    /// One of these is in it.
    pub has: Words,
    /// None of these is.
    pub lacks: Words,
    /// One of these is its last.
    pub ends: Words,
}

/// What becomes of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FateIs {
    /// Nothing.
    Discarded,
    /// It is bound to a name that nobody reads.
    Unused,
    /// It is returned.
    Returned,
    /// It goes into a field.
    Stored,
    /// It goes into a call or a collection.
    Moved,
    /// It is bound to a variable.
    Bound,
}

/// What a body mentions.
#[derive(Clone, Debug, Default)]
pub struct BodyIs {
    /// Whose body.
    pub of: BodyOf,
    /// It has one of these.
    pub has: Words,
    /// It has none of these.
    pub lacks: Words,
}

/// Whose body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyOf {
    /// The site's own.
    #[default]
    Site,
    /// The function's around it.
    Function,
    /// The innermost loop's.
    Loop,
    /// The innermost closure's.
    Closure,
}

/// What is said of an attribute.
#[derive(Clone, Debug, Default)]
pub struct AttributeIs {
    /// As written; any if none.
    pub path: Option<String>,
    /// `skip*`; any if none.
    pub key: Words,
    /// The value matches; any if none.
    pub value: Option<Regex>,
    /// On what.
    pub on: AttributeOn,
}

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AttributeOn {
    /// On the declaration, or on a field.
    #[default]
    Any,
    /// On the declaration.
    Item,
    /// On a field or variant.
    Field,
}

/// What is said of a field.
#[derive(Clone, Debug, Default)]
pub struct FieldIs {
    /// Its name matches.
    pub name: Option<Regex>,
    /// Its type names one of these.
    pub types: Vec<PathPattern>,
    /// Its type as written matches.
    pub text: Option<Regex>,
    /// It has none of these attributes.
    pub without: Vec<AttributeIs>,
}

/// Who may name something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisibilityIs {
    /// Everybody.
    Public,
    /// More than its own module, but not everybody.
    Exported,
    /// Its own module.
    Private,
}

/// What is said of a signature.
#[derive(Clone, Debug, Default)]
pub struct SignatureIs {
    /// `async fn`.
    pub is_async: Option<bool>,
    /// How it takes `self`: one of these; none for no `self`.
    pub takes_self: Vec<Option<SelfKind>>,
    /// One of these is in its return type.
    pub returns: Vec<PathPattern>,
    /// One of these is in its parameters.
    pub parameters: Vec<PathPattern>,
    /// It returns `bool`.
    pub returns_bool: Option<bool>,
    /// Its return type names `Self`.
    pub returns_self: Option<bool>,
    /// It never returns.
    pub never_returns: Option<bool>,
}

/// What is said of a static or constant.
#[derive(Clone, Debug, Default)]
pub struct StaticIs {
    /// One of these is in its type.
    pub types: Vec<PathPattern>,
    /// Its type as written matches.
    pub text: Option<Regex>,
    /// `static mut`.
    pub mutable: Option<bool>,
}

/// The kinds of crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrateIs {
    /// A library.
    Lib,
    /// A procedural macro.
    ProcMacro,
    /// A program.
    Bin,
    /// A test.
    Test,
    /// A benchmark.
    Bench,
    /// An example.
    Example,
    /// A build script.
    Build,
}

/// Where code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Tests.
    Test,
    /// Benchmarks.
    Bench,
    /// Examples.
    Example,
    /// Build scripts.
    BuildScript,
    /// A program's `main`.
    Main,
    /// What runs once.
    Once,
    /// What fills a cache.
    Cached,
    /// An associated function that makes its type.
    Constructor,
    /// Any loop.
    Loop,
    /// A `for`.
    ForLoop,
    /// A `while`.
    WhileLoop,
    /// A `loop`.
    EndlessLoop,
    /// A closure that runs for each element.
    IteratorClosure,
    /// A closure.
    Closure,
    /// Asynchronous code.
    Async,
    /// What a spawner is handed.
    Spawned,
    /// What an offloader is handed.
    Offloaded,
    /// A route's function.
    Handler,
    /// A method of a trait's `impl`.
    TraitImpl,
    /// A method that takes `&self` or `&mut self`.
    Method,
    /// A method that takes `self`.
    ByValue,
    /// `Drop::drop`.
    Drop,
    /// Nothing that makes it run often.
    Plain,
}

impl Context {
    /// All contexts with their words.
    pub const WORDS: [(&'static str, Context); 23] = [
        ("test", Self::Test),
        ("bench", Self::Bench),
        ("example", Self::Example),
        ("build-script", Self::BuildScript),
        ("main", Self::Main),
        ("once", Self::Once),
        ("cached", Self::Cached),
        ("constructor", Self::Constructor),
        ("loop", Self::Loop),
        ("loop:for", Self::ForLoop),
        ("loop:while", Self::WhileLoop),
        ("loop:endless", Self::EndlessLoop),
        ("iterator-closure", Self::IteratorClosure),
        ("closure", Self::Closure),
        ("async", Self::Async),
        ("spawned", Self::Spawned),
        ("offloaded", Self::Offloaded),
        ("handler", Self::Handler),
        ("trait-impl", Self::TraitImpl),
        ("method", Self::Method),
        ("by-value", Self::ByValue),
        ("drop", Self::Drop),
        ("plain", Self::Plain),
    ];
}
