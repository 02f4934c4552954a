//! Source text → [`Sites`]: what the code of one file does, expression by expression.
//!
//! [`super::FileFacts`] say which names a file mentions; they are read for every file. Sites say how
//! a name is used: called with which arguments, inside which loop, closure or initialiser, and what
//! becomes of the result. They cost a syntax tree, so they are read only for files in which a rule
//! about code shapes could find something.
//!
//! Invariants: one file at a time; no I/O; never fails (a file with a syntax error has no sites);
//! knows no meanings: what a path means is found by its range, at which resolution knows a
//! reference. Everything is in the order of the text.

mod arguments;
mod attributes;
mod bindings;
mod blocks;
mod calls;
mod chains;
mod closures;
mod control;
mod excerpt;
mod expressions;
mod fates;
mod fields;
mod frames;
mod functions;
mod globals;
mod items;
mod loops;
mod macros;
mod operators;
mod patterns;
mod sheet;
mod tokens;
mod types;
mod variables;
mod walker;
mod words;

#[cfg(test)]
mod tests;

pub use super::fast::outline::any_in_code;
pub use super::fast::pieces::{Piece, Pieces, pieces};
pub use sheet::Sheet;
pub use words::Words;

use serde::{Deserialize, Serialize};

use super::{Range, nesting, parse};
use excerpt::Excerpt;

/// Index into [`Sites::frames`]; 0 is the file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct FrameId(pub u32);

/// Index into [`Sites::sites`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SiteId(pub u32);

/// Index into [`Sites::functions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FunctionId(pub u32);

/// What the code of one file does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sites {
    /// What code stands in, the file first; a frame stands before those within it.
    pub frames: Vec<Frame>,
    /// Calls, methods, macros, struct literals, paths, literals.
    pub sites: Vec<Site>,
    /// Functions and methods with or without a body.
    pub functions: Vec<Function>,
    /// Structs, enums, unions.
    pub types: Vec<TypeItem>,
    /// Statics and constants, `thread_local!` and `lazy_static!` ones too.
    pub globals: Vec<Global>,
    /// Items within functions: what stands in them does not stand in the function.
    pub nested: Vec<Range>,
}

/// Something that code stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The frame around it; itself for the file.
    pub parent: FrameId,
    /// What it is.
    pub kind: FrameKind,
    /// From its first byte to its last.
    pub range: Range,
    /// How it may be left; nested functions and items are left out.
    pub body: Body,
}

/// The kinds of frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FrameKind {
    /// The file.
    File,
    /// A module written in place.
    Module,
    /// A function's body.
    Function(FunctionId),
    /// The initialiser of a static, constant, associated constant or `thread_local!` key: index
    /// into [`Sites::globals`].
    Global(u32),
    /// The body of a loop.
    Loop {
        /// `for`, `while` or `loop`.
        kind: LoopKind,
        /// What a `for` goes over, or a `while`'s condition.
        over: Option<Range>,
        /// The methods called on what a `for` goes over, in order:
        /// `rows.chunks(3)` has `["chunks"]`.
        chain: Vec<Box<str>>,
        /// It goes over an array literal or a range between literals.
        constant: bool,
    },
    /// A closure's body.
    Closure {
        /// The call or method call of which it is an argument, and its place there from 0.
        argument_of: Option<(SiteId, u32)>,
        /// `async |..|`, or its body is an `async` block.
        is_async: bool,
    },
    /// An `async` block.
    Async {
        /// The call of which it is an argument, and its place there.
        argument_of: Option<(SiteId, u32)>,
    },
    /// The arguments of a macro call: its site.
    Macro(SiteId),
    /// A block, a branch, an arm.
    Block,
}

/// The kinds of loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LoopKind {
    /// `for`.
    For,
    /// `while`, `while let`.
    While,
    /// `loop`.
    Endless,
}

/// How code may be left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Body {
    /// It can be left: `break` of this loop, `return`, `?` (those of nested closures do not count).
    pub breaks: bool,
    /// See `breaks`.
    pub returns: bool,
    /// See `breaks`.
    pub questions: bool,
    /// An `.await` in it, that of nested `async` blocks and closures left out.
    pub awaits: bool,
}

/// A place where code does something that a rule may speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// What is done.
    pub kind: SiteKind,
    /// The name by which resolution knows it: the path of a call, macro, struct literal or type;
    /// the name of a method; a literal.
    pub range: Range,
    /// The whole expression: the call with its arguments.
    pub whole: Range,
    /// A path that begins with what has none, so that it names no item: a generic parameter, a type
    /// of the language, `<T>`, a `Self` that is a reference.
    pub nameless: bool,
    /// The innermost frame around it.
    pub frame: FrameId,
    /// The arguments of a call, method or macro, in order; a struct literal's fields.
    pub arguments: Vec<Argument>,
    /// The methods called on the result, in order, `?` and `.await` left out: the chain that it
    /// roots, then what is called on the local variable that holds it.
    pub chain: Vec<Box<str>>,
    /// Somewhere along that chain there is an `.await`.
    pub awaited: bool,
    /// What becomes of the chain's result.
    pub fate: Fate,
}

/// The kinds of site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SiteKind {
    /// `a::b(..)`.
    Call,
    /// A path with no call: `.map(Client::new)`, `X`, a unit struct.
    Path,
    /// `x.name(..)`.
    Method {
        /// `name`.
        name: Box<str>,
        /// On what.
        receiver: Receiver,
    },
    /// `a::b!(..)` in an expression or among items.
    Macro,
    /// `a::B { .. }`.
    StructLiteral,
    /// A type that is named: annotation, parameter, field, generic argument, bound.
    Type(TypePlace),
    /// An attribute's path: `#[a::b(..)]`.
    Attribute,
    /// A path in a `derive`, those in `cfg_attr` too.
    Derive,
    /// A string literal, its value: raw and byte strings too.
    Literal(Box<str>),
    /// A whole loop; [`Site::range`] is its keyword, its frame the one around it.
    Loop(FrameId),
}

/// Where a type is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TypePlace {
    /// A function's parameter.
    Parameter,
    /// What a function returns.
    Return,
    /// A field.
    Field,
    /// A static or constant.
    Global,
    /// An `impl` header, a bound, a supertrait.
    Bound,
    /// In a body.
    Body,
}

/// On what a method is called, as far as the same function says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Receiver {
    /// The result of this call, struct literal or macro at the root of the chain, or of the one
    /// with which the local variable at the root was initialised.
    Site(SiteId),
    /// A local or parameter whose type is written: the path in it that is not a reference or a
    /// well-known wrapper (`&T`, `Arc<T>`, `Box<T>`, `Option<T>`): `T`'s range.
    Type(Range),
    /// `self` itself.
    Own,
    /// `self.name`, or a field of a local.
    Field(Box<str>),
    /// A variable of which nothing is known but its name.
    Local(Box<str>),
    /// Anything else.
    Unknown,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// Where it stands.
    pub range: Range,
    /// What it looks like.
    pub shape: Shape,
    /// The innermost frame on whose variables it depends, followed through `let`s to their
    /// initialisers; frame 0 if it depends on none: it is a constant.
    pub depends_on: FrameId,
    /// Its path, if it is one, or the reference of one: `&PATTERN`.
    pub path: Option<Range>,
}

/// What an argument looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// A literal, or a reference to one, or `concat!`, `include_str!` of literals.
    Literal,
    /// A closure or `async` block.
    Closure,
    /// A path.
    Path,
    /// Anything else.
    Other,
}

/// What becomes of a result: any number of these, for a variable may go to several places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Fate {
    /// It is a statement of its own, `let _ =`, or `.ok();`.
    pub discarded: bool,
    /// It is bound to a variable that nobody names again.
    pub unused: bool,
    /// It is what the function or closure returns, alone or inside `Ok`, `Some`, a tuple, a struct
    /// literal or the argument of a constructor that is returned.
    pub returned: bool,
    /// It is assigned to a field, or a field of a struct literal.
    pub stored: bool,
    /// It is an argument of another call (by value), or goes into a collection.
    pub moved: bool,
    /// It is bound to a variable.
    pub bound: bool,
    /// The variable that holds it lives over an `.await` of something else: where.
    pub held_across: Option<Range>,
}

/// A function or method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Function {
    /// Its name.
    pub name: Box<str>,
    /// The name in the text: the item that resolution declares there.
    pub range: Range,
    /// The frame of its body.
    pub frame: Option<FrameId>,
    /// The frame in which it is declared.
    pub parent: FrameId,
    /// `async fn`.
    pub is_async: bool,
    /// How it takes `self`.
    pub takes_self: Option<SelfKind>,
    /// `pub` of any kind.
    pub exported: bool,
    /// `pub` alone.
    pub public: bool,
    /// Type paths in the parameters, references and wrappers looked through.
    pub parameters: Vec<Range>,
    /// Type paths in the return type, all of them: `Result<Self, E>` has three.
    pub returns: Vec<Range>,
    /// The return type names `Self`.
    pub returns_self: bool,
    /// The return type is `!`.
    pub never_returns: bool,
    /// The return type is `bool`.
    pub returns_bool: bool,
    /// For a method of an `impl`: the path of its type …
    pub self_type: Option<Range>,
    /// … and of its trait, where there is one; for a default method, none.
    pub of_trait: Option<Range>,
    /// The paths of its attributes: `test`, `tokio::main`, `get`.
    pub attributes: Vec<Range>,
    /// Those paths as written.
    pub attribute_texts: Vec<Box<str>>,
}

/// How a method takes `self`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SelfKind {
    /// `&self`.
    Shared,
    /// `&mut self`.
    Exclusive,
    /// `self`.
    Value,
}

/// A struct, enum or union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeItem {
    /// Its name.
    pub name: Box<str>,
    /// The name in the text.
    pub range: Range,
    /// The frame it is declared in.
    pub frame: FrameId,
    /// `pub` of any kind.
    pub exported: bool,
    /// The paths in `derive`s.
    pub derives: Vec<Range>,
    /// Attributes on it.
    pub attributes: Vec<AttributeFact>,
    /// Fields, variants' fields too; a variant itself has no type.
    pub fields: Vec<FieldFact>,
}

/// A field or variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFact {
    /// Its name; empty in a tuple.
    pub name: Box<str>,
    /// Where: its name, or its type.
    pub range: Range,
    /// It is a variant.
    pub is_variant: bool,
    /// The paths in its type, from the outside in.
    pub types: Vec<Range>,
    /// The type as written, spaces normalised.
    pub type_text: Box<str>,
    /// Attributes on it.
    pub attributes: Vec<AttributeFact>,
}

/// One key of an attribute: `#[serde(rename = "x", skip)]` makes two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeFact {
    /// The attribute's path as written: `serde`.
    pub path: Box<str>,
    /// `rename`; `rename(serialize)` for nested ones; empty if there is none.
    pub key: Box<str>,
    /// The literal's value, if there is one.
    pub value: Option<Box<str>>,
    /// The key and its value, or the path.
    pub range: Range,
}

/// A static or constant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of independent facts")]
pub struct Global {
    /// Its name.
    pub name: Box<str>,
    /// The name in the text.
    pub range: Range,
    /// The frame it is declared in.
    pub parent: FrameId,
    /// The frame of its initialiser.
    pub frame: Option<FrameId>,
    /// `static`, not `const`.
    pub is_static: bool,
    /// `static mut`.
    pub mutable: bool,
    /// Inside `thread_local!`.
    pub thread_local: bool,
    /// `pub` of any kind.
    pub exported: bool,
    /// The paths in its type, from the outside in.
    pub types: Vec<Range>,
    /// The type as written, spaces normalised.
    pub type_text: Box<str>,
}

/// Reads what one file's code does; nothing if it has a syntax error or nests too deeply.
pub fn read(text: &str) -> Sites {
    read_excerpt(&Excerpt::whole(text)).unwrap_or_else(Sites::empty)
}

/// Reads what some pieces of a file do, and the heads around them; all of the file where the pieces
/// do not parse by themselves.
pub fn read_pieces<'p>(
    text: &str,
    pieces: &Pieces,
    wanted: impl IntoIterator<Item = &'p Piece>,
) -> Sites {
    let excerpt = Excerpt::of(text, &pieces.kept(wanted));
    read_excerpt(&excerpt).unwrap_or_else(|| read(text))
}

fn read_excerpt(excerpt: &Excerpt<'_>) -> Option<Sites> {
    match nesting::of(&excerpt.source) {
        nesting::Nesting::Shallow => tree_sites(excerpt),
        nesting::Nesting::Deep => nesting::on_a_large_stack(|| tree_sites(excerpt)).flatten(),
        nesting::Nesting::TooDeep(_) => None,
    }
}

fn tree_sites(excerpt: &Excerpt<'_>) -> Option<Sites> {
    let sites = parse::tree(&excerpt.source).ok().map(|file| walker::walk(excerpt, &file));
    // The parser keeps the text of all that it ever read; nothing here refers to it any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    sites
}

impl Sites {
    /// The sites of a file that does nothing: the frame of the file alone.
    pub fn empty() -> Self {
        let file = Frame {
            parent: FrameId(0),
            kind: FrameKind::File,
            range: Range::default(),
            body: Body::default(),
        };
        Sites { frames: vec![file], ..Sites::default() }
    }

    /// The site with this id.
    pub fn site(&self, id: SiteId) -> &Site {
        &self.sites[id.0 as usize]
    }

    /// The frame with this id.
    pub fn frame(&self, id: FrameId) -> &Frame {
        &self.frames[id.0 as usize]
    }

    /// The frames around one, itself first, the file last.
    pub fn around(&self, id: FrameId) -> impl Iterator<Item = (FrameId, &Frame)> {
        let next = |at: &(FrameId, &Frame)| {
            let parent = at.1.parent;
            (parent != at.0).then(|| (parent, self.frame(parent)))
        };
        std::iter::successors(Some((id, self.frame(id))), next)
    }

    /// The innermost function in which a frame stands.
    pub fn function_of(&self, id: FrameId) -> Option<&Function> {
        self.around(id).find_map(|(_, frame)| match frame.kind {
            FrameKind::Function(function) => Some(&self.functions[function.0 as usize]),
            _ => None,
        })
    }
}
