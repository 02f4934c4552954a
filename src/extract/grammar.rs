//! The grammars that macros use, as parsers.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Expr, Ident, Item, Lit, Pat, Result, Token, Type, braced, bracketed, parenthesized,
    token,
};

use super::shapes::{Arm, Branch, Condition, Piece, Shape};

/// A list of items, inner attributes skipped.
pub(super) fn list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    Attribute::parse_inner(input)?;
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}

/// `if #[cfg(a)] {..} else if #[cfg(b)] {..} else {..}`.
pub(super) fn chain(input: ParseStream<'_>) -> Result<Vec<Branch>> {
    let mut branches = Vec::new();
    loop {
        input.parse::<Token![if]>()?;
        let condition = Condition::Cfg(cfg_attribute(input)?);
        branches.push(Branch { condition, body: braces(input)? });
        if !input.peek(Token![else]) {
            return Ok(branches);
        }
        input.parse::<Token![else]>()?;
        if !input.peek(Token![if]) {
            branches.push(Branch { condition: Condition::Otherwise, body: braces(input)? });
            return Ok(branches);
        }
    }
}

fn cfg_attribute(input: ParseStream<'_>) -> Result<TokenStream> {
    input.parse::<Token![#]>()?;
    let (attribute, predicate);
    bracketed!(attribute in input);
    if attribute.parse::<Ident>()? != "cfg" {
        return Err(attribute.error("expected `cfg`"));
    }
    parenthesized!(predicate in attribute);
    predicate.parse()
}

fn braces(input: ParseStream<'_>) -> Result<TokenStream> {
    let body;
    braced!(body in input);
    body.parse()
}

/// `predicate => {..} _ => {..}`; other conditions too, where `any_condition`.
pub(super) fn selection(input: ParseStream<'_>, any_condition: bool) -> Result<Vec<Branch>> {
    let mut branches = Vec::new();
    let mut certain = false;
    while !input.is_empty() {
        let words = until(input, Token![=>])?;
        input.parse::<Token![=>]>()?;
        let condition = condition(&words);
        certain |= matches!(condition, Condition::Cfg(_)) && is_certainly_cfg(&words);
        let body = if input.peek(token::Brace) { braces(input)? } else { until(input, Token![,])? };
        input.parse::<Option<Token![,]>>()?;
        branches.push(Branch { condition, body });
    }
    let cfgs = branches.iter().all(|branch| !matches!(branch.condition, Condition::Other(_)));
    if certain && cfgs {
        return Ok(branches);
    }
    if !any_condition {
        return Err(input.error("expected `cfg` predicates"));
    }
    for branch in &mut branches {
        if let Condition::Cfg(words) = &branch.condition {
            branch.condition = Condition::Other(words.clone());
        }
    }
    Ok(branches)
}

/// Tokens up to one that a parser would stop at.
fn until<P: syn::parse::Peek + Copy>(input: ParseStream<'_>, stop: P) -> Result<TokenStream> {
    let mut words = TokenStream::new();
    while !input.is_empty() && !input.peek(stop) {
        words.extend([input.parse::<TokenTree>()?]);
    }
    Ok(words)
}

fn condition(words: &TokenStream) -> Condition {
    let list: Vec<TokenTree> = words.clone().into_iter().collect();
    match list.as_slice() {
        [TokenTree::Ident(name)] if name == "_" => Condition::Otherwise,
        [TokenTree::Ident(_)] => Condition::Cfg(words.clone()),
        [TokenTree::Ident(_), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            Condition::Cfg(words.clone())
        }
        [TokenTree::Ident(_), TokenTree::Punct(equals), TokenTree::Literal(_)]
            if equals.as_char() == '=' =>
        {
            Condition::Cfg(words.clone())
        }
        _ => Condition::Other(words.clone()),
    }
}

/// Whether this can hardly be anything but a `cfg` predicate.
fn is_certainly_cfg(words: &TokenStream) -> bool {
    let list: Vec<TokenTree> = words.clone().into_iter().collect();
    match list.as_slice() {
        [TokenTree::Ident(name)] => {
            ["unix", "windows", "test", "debug_assertions", "doc", "miri"].iter().any(|n| name == n)
        }
        [TokenTree::Ident(name), TokenTree::Group(_)] => {
            ["all", "any", "not"].iter().any(|n| name == n)
        }
        [_, _, _] => true,
        _ => false,
    }
}

/// Expressions with what macros like to put before them: `name = `, `name: `, `%`, `?`.
pub(super) fn arguments(input: ParseStream<'_>) -> Result<Vec<Expr>> {
    let mut expressions = Vec::new();
    while !input.is_empty() {
        label(input)?;
        let expression: Expr = input.parse()?;
        if matches!(expression, Expr::Let(_)) {
            return Err(input.error("expected an expression rather than a statement"));
        }
        expressions.push(expression);
        if input.is_empty() {
            break;
        }
        if input.peek(Token![=>]) {
            input.parse::<Token![=>]>()?;
        } else if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        } else {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(expressions)
}

fn label(input: ParseStream<'_>) -> Result<()> {
    let fork = input.fork();
    if key(&fork).is_ok() {
        let assigned = fork.peek(Token![=]) && !fork.peek(Token![==]) && !fork.peek(Token![=>]);
        let typed = fork.peek(Token![:]) && !fork.peek(Token![::]);
        if assigned || typed {
            fork.parse::<TokenTree>()?;
            input.advance_to(&fork);
        }
    }
    if input.peek(Token![%]) || input.peek(Token![?]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn key(input: ParseStream<'_>) -> Result<()> {
    if input.peek(Lit) {
        return input.parse::<Lit>().map(drop);
    }
    input.call(Ident::parse_any)?;
    while input.peek(Token![.]) && !input.peek(Token![..]) {
        input.parse::<Token![.]>()?;
        input.call(Ident::parse_any)?;
    }
    Ok(())
}

/// Arms as in a `match`; a leading `word;` is let pass.
pub(super) fn arms(input: ParseStream<'_>) -> Result<Vec<Arm>> {
    if input.peek(Ident) && input.peek2(Token![;]) {
        input.parse::<Ident>()?;
        input.parse::<Token![;]>()?;
    }
    let mut arms = Vec::new();
    while !input.is_empty() {
        Attribute::parse_outer(input)?;
        arms.push(arm(input)?);
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(arms)
}

fn arm(input: ParseStream<'_>) -> Result<Arm> {
    let (pattern, value) = subject(input)?;
    if input.peek(Token![,]) && input.peek2(Token![if]) {
        input.parse::<Token![,]>()?;
    }
    let guard = guard(input)?;
    input.parse::<Token![=>]>()?;
    let body = Expr::parse_with_earlier_boundary_rule(input)?;
    Ok(Arm { pattern, value, guard, body })
}

/// `pattern`, `pattern = expression`, `expression -> pattern`, `else`.
fn subject(input: ParseStream<'_>) -> Result<(Option<Pat>, Option<Expr>)> {
    if input.parse::<Option<Token![else]>>()?.is_some() {
        return Ok((None, None));
    }
    let fork = input.fork();
    if let Ok(value) = fork.parse::<Expr>()
        && fork.parse::<Token![->]>().is_ok()
    {
        input.advance_to(&fork);
        return Ok((Some(Pat::parse_single(input)?), Some(value)));
    }
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    if !input.peek(Token![=]) || input.peek(Token![=>]) {
        return Ok((Some(pattern), None));
    }
    input.parse::<Token![=]>()?;
    Ok((Some(pattern), Some(input.parse()?)))
}

fn guard(input: ParseStream<'_>) -> Result<Option<Expr>> {
    match input.parse::<Option<Token![if]>>()? {
        Some(_) => input.parse().map(Some),
        None => Ok(None),
    }
}

pub(super) fn types(input: ParseStream<'_>) -> Result<Vec<Type>> {
    let types = syn::punctuated::Punctuated::<Type, Token![,]>::parse_terminated(input)?;
    Ok(types.into_iter().collect())
}

pub(super) fn expression_and_pattern(input: ParseStream<'_>) -> Result<Shape> {
    let value: Expr = input.parse()?;
    input.parse::<Token![,]>()?;
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    let guard = guard(input)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(Shape::Match(Box::new((value, pattern, guard))))
}

/// Items wherever one parses, and the tokens between them.
pub(super) fn mixed(input: ParseStream<'_>) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    while !input.is_empty() {
        let fork = input.fork();
        match fork.parse::<Item>() {
            Ok(item) if !matches!(item, Item::Verbatim(_)) => {
                input.advance_to(&fork);
                pieces.push(Piece::Item(Box::new(item)));
            }
            _ => {
                let token = input.parse::<TokenTree>()?;
                match pieces.last_mut() {
                    Some(Piece::Tokens(tokens)) => tokens.push(token),
                    _ => pieces.push(Piece::Tokens(vec![token])),
                }
            }
        }
    }
    Ok(pieces)
}
