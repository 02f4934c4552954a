//! [`Condition`]: under which circumstances a find is a fault.

use regex::Regex;

use super::pattern::{PathPattern, Words};
use crate::extract::sites::{SelfKind, TypePlace};

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
