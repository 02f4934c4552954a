//! Source text → [`FileFacts`].
//!
//! Invariants: one file at a time; no I/O; never fails (a syntax error is a fact); knows neither
//! crate nor module path nor features, so its result may be cached by content and computed
//! anywhere. Names that a generic parameter or a local variable shadows are absent, and so are
//! words in comments, strings and doc text.

mod attributes;
mod cfg;
mod definitions;
mod fast;
mod grammar;
pub mod hoist;
mod imports;
mod items;
mod locals;
mod macros;
mod members;
mod moved;
mod names;
mod nesting;
mod packed;
mod parse;
mod paths;
mod reader;
mod scan;
mod shapes;
pub mod sites;
pub mod suppressions;
mod templates;
mod tokens;
mod torn;
mod walk;

#[cfg(test)]
mod tests;

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

pub use moved::{Moved, moved};
pub use names::{Names, Segments};
pub use packed::Paths;

/// Index into [`FileFacts::names`].
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Name(pub u32);

/// Index into [`FileFacts::scopes`]; 0 is the file itself.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ScopeId(pub u32);

/// Index into [`FileFacts::owners`]; 0 is "the module itself".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct OwnerId(pub u32);

/// Index into [`FileFacts::cfgs`]; 0 is "always".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct CfgId(pub u32);

/// Bytes of the file, half open.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Range {
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// What one file says, unresolved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Number of lines.
    pub lines: u32,
    /// Why it does not parse, if it does not; the rest is empty then.
    pub syntax_error: Option<SyntaxError>,
    /// Every identifier that the facts mention, once.
    pub names: Names,
    /// Every `cfg` predicate, conjoined from the outside in.
    pub cfgs: Vec<Cfg>,
    /// Every item that something stands in.
    pub owners: Vec<Owner>,
    /// The file, inline modules, and blocks that declare items or imports.
    pub scopes: Vec<Scope>,
    /// `mod x;` and `mod x { .. }`.
    pub modules: Vec<ModuleDeclaration>,
    /// Items that have a name, modules and macros apart.
    pub items: Vec<Item>,
    /// `macro_rules!` and `macro` definitions.
    pub macros: Vec<MacroDefinition>,
    /// The segments of imports and paths, one path behind the other.
    pub segments: Vec<Name>,
    /// Leaves of use trees, and `extern crate`.
    pub imports: Vec<Import>,
    /// Everything else that names something.
    pub paths: Paths,
    /// Macro calls among items: what they declare beyond the items that could be read.
    pub macro_calls: Vec<MacroCall>,
    /// `include!("x.rs")` among items.
    pub includes: Vec<Include>,
    /// Macros whose tokens were not understood.
    pub macros_not_read: Vec<NotRead>,
    /// `// archlint: allow(..)` comments.
    pub suppressions: Vec<Suppression>,
}

/// Why a file does not parse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyntaxError {
    /// The parser's words.
    pub message: String,
    /// Where.
    pub range: Range,
}

/// A `cfg` predicate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cfg {
    /// As written, spaces normalised: `all(unix, feature = "net")`.
    pub text: Box<str>,
    /// Holds in test builds only.
    pub test: bool,
    /// The macros inside whose calls this is, from the outside in: they may add conditions.
    pub macros: Box<[Name]>,
}

/// An item in which something stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The item around it; [`OwnerId`] 0 if none.
    pub parent: OwnerId,
    /// Its name: of the function or type; for an `impl`, of its type.
    pub name: Name,
    /// For an `impl` of a trait, the trait's last segment.
    pub of_trait: Option<Name>,
    /// The scope in which it is declared.
    pub scope: ScopeId,
}

/// A place where names are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The scope around it; itself for the file.
    pub parent: ScopeId,
    /// What it is.
    pub kind: ScopeKind,
    /// Where it begins, which orders it among macro definitions.
    pub start: u32,
}

/// The kinds of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScopeKind {
    /// The file.
    File,
    /// An inline module: index into [`FileFacts::modules`].
    Module(u32),
    /// A block with items or imports of its own.
    Block,
}

/// Who may name something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    /// The module it stands in, and those below.
    Private,
    /// Everybody.
    Public,
    /// `pub(crate)`.
    Crate,
    /// `pub(super)`, `pub(in path)`: the path.
    In(Box<[Name]>),
}

/// `mod x;` or `mod x { .. }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleDeclaration {
    /// Its name.
    pub name: Name,
    /// The name in the text.
    pub range: Range,
    /// The scope it is declared in.
    pub scope: ScopeId,
    /// The scope of its body, if that is in this file.
    pub body: Option<ScopeId>,
    /// Every `#[path = ".."]`, also inside `cfg_attr`: more than one where `cfg`s choose.
    pub paths: Vec<Box<str>>,
    /// Whether one of `paths` is unconditional, so that the usual places do not count.
    pub path_always: bool,
    /// `#[macro_use]`.
    pub macro_use: bool,
    /// Who may name it.
    pub visibility: Visibility,
    /// When it exists.
    pub cfg: CfgId,
}

/// The kinds of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ItemKind {
    /// `fn`.
    Function,
    /// `struct` with named fields: a type only.
    Struct,
    /// Tuple or unit `struct`: a type and a value.
    TupleStruct,
    /// `enum`.
    Enum,
    /// `union`.
    Union,
    /// `trait` or trait alias.
    Trait,
    /// `type`.
    TypeAlias,
    /// `const`.
    Constant,
    /// `static`.
    Static,
    /// A procedural macro's function: the macro that it defines.
    ProcMacro,
}

/// An item that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: Name,
    /// The name in the text.
    pub range: Range,
    /// What it is.
    pub kind: ItemKind,
    /// The scope it is declared in.
    pub scope: ScopeId,
    /// An enum's variants; a trait's associated items.
    pub members: Box<[Name]>,
    /// Who may name it.
    pub visibility: Visibility,
    /// When it exists.
    pub cfg: CfgId,
}

/// `macro_rules! x` or `macro x`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacroDefinition {
    /// Its name.
    pub name: Name,
    /// The name in the text.
    pub range: Range,
    /// The scope it is declared in.
    pub scope: ScopeId,
    /// `#[macro_export]`.
    pub exported: bool,
    /// Declared by `macro`, so scoped by path as other items are.
    pub by_path: Option<Visibility>,
    /// The condition under which it puts the items that it is handed.
    pub adds: Option<Cfg>,
    /// It puts what it is handed under `#[macro_export]`.
    pub exports: bool,
    /// Names of items that its body declares.
    pub declares: Box<[Name]>,
    /// When it exists.
    pub cfg: CfgId,
}

/// One leaf of a use tree, or an `extern crate`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The full path: `std`, `process`, `Command`. For a glob, of what is globbed.
    pub segments: Segments,
    /// Starts with `::`.
    pub global: bool,
    /// What it brings.
    pub kind: ImportKind,
    /// The leaf: from its first own segment to its end.
    pub range: Range,
    /// The scope it stands in.
    pub scope: ScopeId,
    /// The item it stands in.
    pub owner: OwnerId,
    /// Inside a macro call.
    pub in_macro: bool,
    /// Who may name what it brings.
    pub visibility: Visibility,
    /// When it exists.
    pub cfg: CfgId,
}

/// What an import brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportKind {
    /// One name; none for `as _`.
    Name(Option<Name>),
    /// `{self}`: the module or type only, under this name.
    SelfName(Option<Name>),
    /// `*`.
    Glob,
    /// `extern crate`, under this name; none for `as _`.
    ExternCrate {
        /// The name in scope.
        name: Option<Name>,
        /// `#[macro_use]`.
        macro_use: bool,
    },
}

/// Which of the three namespaces a path is looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Namespace {
    /// Modules, types, traits.
    Type,
    /// Functions, constants, statics, constructors.
    Value,
    /// Macros, attributes, derives.
    Macro,
}

/// How sure it is that a path names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// The syntax says so.
    Sure,
    /// Picked out of tokens or a string, or a pattern that may bind: names something only if it
    /// resolves.
    IfResolved,
}

/// A path outside of `use`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUse {
    /// `crate`, `self`, `super` and `$crate` are segments too; `Self` is not, but what it means.
    pub segments: Segments,
    /// How many of the segments stand for a written `Self`.
    pub stand_for_self: u8,
    /// Starts with `::`.
    pub global: bool,
    /// Where its last segment is looked up.
    pub namespace: Namespace,
    /// What kind of place it is.
    pub place: Place,
    /// The path, generic arguments at its end left out.
    pub range: Range,
    /// The scope it stands in.
    pub scope: ScopeId,
    /// The item it stands in.
    pub owner: OwnerId,
    /// Inside a macro call or definition.
    pub in_macro: bool,
    /// Whether it must resolve.
    pub certainty: Certainty,
    /// When it exists.
    pub cfg: CfgId,
}

/// The kinds of place where a path stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// An expression, type, pattern, bound.
    Code,
    /// A macro's name at its call.
    MacroName,
    /// An attribute or derive.
    Attribute,
}

/// A macro call among items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacroCall {
    /// The scope it stands in.
    pub scope: ScopeId,
    /// The last segment of the macro's path.
    pub name: Name,
    /// Where it stands.
    pub range: Range,
    /// Identifiers in it that may become names of items.
    pub mentions: Box<[Name]>,
    /// When it exists.
    pub cfg: CfgId,
}

/// `include!("x.rs")` among items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Include {
    /// The literal path.
    pub path: Box<str>,
    /// The scope into which it includes.
    pub scope: ScopeId,
    /// The call.
    pub range: Range,
    /// When it exists.
    pub cfg: CfgId,
}

/// A macro whose tokens were not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotRead {
    /// The call or definition.
    pub range: Range,
    /// `include!` of a computed path, rather than unreadable arguments.
    pub computed_include: bool,
}

/// A comment `// archlint: allow(rule-id, reason = "…")`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The rule ids as written; empty if the comment is malformed.
    pub rules: Vec<String>,
    /// The reason, if there is one.
    pub reason: Option<String>,
    /// What is wrong with the comment, if something is.
    pub malformed: Option<String>,
    /// The comment.
    pub range: Range,
    /// The line (1-based) that it excuses: its own if code stands before it, else the next line
    /// that holds code.
    pub line: u32,
}

/// Reads one file: from its tokens where they leave no doubt, else from its syntax tree.
pub fn extract(text: &str) -> FileFacts {
    by_tokens(text).unwrap_or_else(|| by_tree(text))
}

/// Reads one file from its tokens, in a tenth of the time; none if only a tree can tell.
pub fn by_tokens(text: &str) -> Option<FileFacts> {
    let start = parse::preamble(text);
    fast::read(&text[start..], start as u32).map(|facts| with_text(facts, text))
}

/// Reads one file from its syntax tree, the judge of what [`by_tokens`] reads.
pub fn by_tree(text: &str) -> FileFacts {
    let facts = match nesting::of(text) {
        nesting::Nesting::Shallow => parse::parse(text),
        nesting::Nesting::Deep => nesting::on_a_large_stack(|| parse::parse(text))
            .unwrap_or_else(|| parse::too_deep(Range { start: 0, end: text.len() as u32 })),
        nesting::Nesting::TooDeep(range) => parse::too_deep(range),
    };
    with_text(facts, text)
}

/// Adds what no grammar is needed for.
fn with_text(mut facts: FileFacts, text: &str) -> FileFacts {
    facts.lines = lines(text);
    facts.suppressions = suppressions::read(text);
    facts.fit()
}

/// As `str::lines` counts them, but in one go.
fn lines(text: &str) -> u32 {
    let ends = memchr_iter(b'\n', text.as_bytes()).count();
    let open = !text.is_empty() && !text.ends_with('\n');
    (ends + usize::from(open)) as u32
}

impl FileFacts {
    /// The facts of a file that says nothing.
    pub fn empty() -> Self {
        let mut names = Names::default();
        let name = names.push("");
        FileFacts {
            names,
            cfgs: vec![Cfg::default()],
            owners: vec![Owner { parent: OwnerId(0), name, of_trait: None, scope: ScopeId(0) }],
            scopes: vec![Scope { parent: ScopeId(0), kind: ScopeKind::File, start: 0 }],
            ..FileFacts::default()
        }
    }
}
