//! What the tokens of a macro call look like: items, `cfg` branches, expressions, arms, statements,
//! types, patterns. Shape alone decides, never the macro's name.

use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, ForeignItem, ImplItem, Item, Pat, Result, Stmt, Token, TraitItem, Type};

use super::grammar::{
    arguments, arms, chain, expression_and_pattern, list, mixed, selection, types,
};
use super::macros::Position;

/// Tokens, understood.
pub(super) enum Shape {
    Items(Vec<Item>),
    ImplItems(Vec<ImplItem>),
    TraitItems(Vec<TraitItem>),
    ForeignItems(Vec<ForeignItem>),
    /// `if #[cfg(..)] {..} else {..}`, or `predicate => {..}`.
    Branches(Vec<Branch>),
    /// Expressions between `,`, `;` or `=>`.
    Arguments(Vec<Expr>),
    /// `pattern => expression`, as in a `match`.
    Arms(Vec<Arm>),
    Statements(Vec<Stmt>),
    Types(Vec<Type>),
    Pattern(Box<Pat>),
    /// `expression, pattern if guard`.
    Match(Box<(Expr, Pat, Option<Expr>)>),
    /// Items among other tokens.
    Mixed(Vec<Piece>),
    /// Nothing that is known.
    Unknown,
}

/// One way through a `cfg` choice.
pub(super) struct Branch {
    pub(super) condition: Condition,
    pub(super) body: TokenStream,
}

/// When a branch is taken.
pub(super) enum Condition {
    /// If this `cfg` predicate holds.
    Cfg(TokenStream),
    /// If none of the earlier ones does.
    Otherwise,
    /// Something that is no `cfg`.
    Other(TokenStream),
}

/// `pattern = value, if guard => body`, `value -> pattern => body`.
pub(super) struct Arm {
    pub(super) pattern: Option<Pat>,
    pub(super) value: Option<Expr>,
    pub(super) guard: Option<Expr>,
    pub(super) body: Expr,
}

/// A part of a token list in which items were found.
pub(super) enum Piece {
    Item(Box<Item>),
    Tokens(Vec<TokenTree>),
}

/// Reads the tokens of a macro call that stands in this position.
pub(super) fn shape(tokens: TokenStream, position: Position) -> Shape {
    let shape = shape_as_written(tokens.clone(), position);
    if matches!(shape, Shape::Unknown | Shape::Mixed(_))
        && begins_an_item(&tokens)
        && let Some(tokens) = with_semicolon(tokens)
        && let ended @ (Shape::Items(_) | Shape::Statements(_)) = shape_as_written(tokens, position)
    {
        return ended;
    }
    shape
}

/// With the `;` that macros do not ask for behind the last item.
fn with_semicolon(mut tokens: TokenStream) -> Option<TokenStream> {
    let last = tokens.clone().into_iter().last()?;
    let mut semicolon = Punct::new(';', Spacing::Alone);
    semicolon.set_span(last.span());
    tokens.extend([TokenTree::Punct(semicolon)]);
    Some(tokens)
}

fn shape_as_written(tokens: TokenStream, position: Position) -> Shape {
    let arrows = has_arrow(&tokens);
    let at_items = position == Position::Item;
    let parser = |input: ParseStream<'_>| {
        let found = by_position(input, position, arrows)
            .or_else(|| anywhere(input, arrows))
            .or_else(|| at_items.then(|| attempt(input, mixed).map(Shape::Mixed))?);
        found.map_or_else(|| skip_all(input), Ok)
    };
    parser.parse2(tokens).unwrap_or(Shape::Unknown)
}

fn skip_all(input: ParseStream<'_>) -> Result<Shape> {
    input.step(|cursor| {
        let mut rest = *cursor;
        while let Some((_, next)) = rest.token_tree() {
            rest = next;
        }
        Ok((Shape::Unknown, rest))
    })
}

/// What makes sense in this position only, or before all else.
fn by_position(input: ParseStream<'_>, position: Position, arrows: bool) -> Option<Shape> {
    if input.peek(Token![if]) && input.peek2(Token![#]) {
        return attempt(input, chain).map(Shape::Branches);
    }
    let anything = matches!(position, Position::Expression | Position::Statement);
    if arrows && let Some(branches) = attempt(input, |input| selection(input, !anything)) {
        return Some(Shape::Branches(branches));
    }
    match position {
        Position::Item => attempt(input, list::<Item>).map(Shape::Items),
        Position::ImplItem => attempt(input, list::<ImplItem>).map(Shape::ImplItems),
        Position::TraitItem => attempt(input, list::<TraitItem>).map(Shape::TraitItems),
        Position::ForeignItem => attempt(input, list::<ForeignItem>).map(Shape::ForeignItems),
        Position::Type => attempt(input, types).map(Shape::Types),
        Position::Pattern => attempt(input, Pat::parse_multi_with_leading_vert)
            .map(|pattern| Shape::Pattern(Box::new(pattern))),
        Position::Statement | Position::Expression => None,
    }
}

/// What makes sense everywhere.
fn anywhere(input: ParseStream<'_>, arrows: bool) -> Option<Shape> {
    if arrows && let Some(arms) = attempt(input, arms) {
        return Some(Shape::Arms(arms));
    }
    attempt(input, arguments)
        .map(Shape::Arguments)
        .or_else(|| attempt(input, syn::Block::parse_within).map(Shape::Statements))
        .or_else(|| attempt(input, types).map(Shape::Types))
        .or_else(|| attempt(input, expression_and_pattern))
}

/// Parses all of the input in one way, or leaves it where it is.
fn attempt<T>(
    input: ParseStream<'_>,
    parse: impl FnOnce(ParseStream<'_>) -> Result<T>,
) -> Option<T> {
    let fork = input.fork();
    let parsed = parse(&fork).ok().filter(|_| fork.is_empty())?;
    input.advance_to(&fork);
    Some(parsed)
}

/// The items that can be found in tokens, and the tokens between them.
pub(super) fn pieces(tokens: TokenStream) -> Vec<Piece> {
    mixed.parse2(tokens).unwrap_or_default()
}

/// Whether `=>` stands among the tokens.
fn has_arrow(tokens: &TokenStream) -> bool {
    let mut equals = false;
    tokens.clone().into_iter().any(|token| {
        let TokenTree::Punct(punct) = token else {
            equals = false;
            return false;
        };
        let joint = punct.as_char() == '=' && punct.spacing() == Spacing::Joint;
        std::mem::replace(&mut equals, joint) && punct.as_char() == '>'
    })
}

/// Whether the tokens of a statement's macro look like items: the block around needs a scope then.
pub(super) fn may_declare(tokens: &TokenStream) -> bool {
    begins_an_item(tokens) || has_arrow(tokens)
}

/// Words that may begin an item, or a `cfg` chain of items.
pub(super) const FIRST: &[&str] = &[
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "if",
    "impl",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
];

/// Whether the first token may begin an item, or a `cfg` chain of items.
fn begins_an_item(tokens: &TokenStream) -> bool {
    match tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(first)) => FIRST.iter().any(|word| first == word),
        Some(TokenTree::Punct(first)) => first.as_char() == '#',
        _ => false,
    }
}
