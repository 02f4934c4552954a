//! `cfg` predicates: tokens in, normalised text out, and whether only test builds satisfy it.

use proc_macro2::{TokenStream, TokenTree};

/// A predicate, normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Predicate {
    /// `all(unix, feature = "net")`.
    pub(super) text: String,
    /// Implies `cfg(test)`.
    pub(super) test: bool,
}

impl Predicate {
    /// Reads what stands in the parentheses of `cfg(..)`.
    pub(super) fn of(tokens: TokenStream) -> Self {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        match tokens.split(is_comma).next() {
            Some(first) => Self::of_slice(first),
            None => Self::of_slice(&tokens),
        }
    }

    /// What holds only in test builds.
    pub(super) fn test() -> Self {
        Self { text: "test".to_owned(), test: true }
    }

    /// Where none of `earlier` holds.
    pub(super) fn none_of(earlier: &[Predicate]) -> Self {
        let text = match earlier {
            [only] => format!("not({})", only.text),
            several => format!("not(any({}))", texts(several)),
        };
        Self { text, test: false }
    }

    fn of_slice(tokens: &[TokenTree]) -> Self {
        match tokens {
            [TokenTree::Ident(name)] => Self { text: name.to_string(), test: name == "test" },
            [TokenTree::Ident(name), TokenTree::Group(group)] => {
                Self::of_list(&name.to_string(), group.stream())
            }
            other => Self { text: plain(other), test: false },
        }
    }

    fn of_list(name: &str, list: TokenStream) -> Self {
        let list: Vec<TokenTree> = list.into_iter().collect();
        let parts: Vec<Self> =
            list.split(is_comma).filter(|part| !part.is_empty()).map(Self::of_slice).collect();
        Self::of_parts(name, &parts)
    }

    /// `all(..)`, `any(..)` or `not(..)` of these.
    pub(super) fn of_parts(name: &str, parts: &[Self]) -> Self {
        let test = match name {
            "all" => parts.iter().any(|part| part.test),
            "any" => !parts.is_empty() && parts.iter().all(|part| part.test),
            _ => false,
        };
        Self { text: format!("{name}({})", texts(parts)), test }
    }
}

/// The text of "both hold", flattened: `all(a, b)` and `c` are `all(a, b, c)`.
pub(super) fn conjoin(outer: &str, own: &str) -> String {
    let mut parts = parts(outer);
    for part in self::parts(own) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    match parts.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("all({})", several.join(", ")),
    }
}

/// The conjuncts of a normalised predicate.
fn parts(text: &str) -> Vec<&str> {
    let Some(list) = text.strip_prefix("all(").and_then(|rest| rest.strip_suffix(')')) else {
        return if text.is_empty() { Vec::new() } else { vec![text] };
    };
    let (mut depth, mut quoted) = (0_u32, false);
    list.split(|letter| {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0 && !quoted
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
    .collect()
}

fn texts(predicates: &[Predicate]) -> String {
    let texts: Vec<&str> = predicates.iter().map(|predicate| predicate.text.as_str()).collect();
    texts.join(", ")
}

fn plain(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '=' => text.push_str(" = "),
            other => text.push_str(&other.to_string()),
        }
    }
    text
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}
