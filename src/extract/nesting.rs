//! How deep a file's syntax tree may become, before it is built: the parser recurses, and no input
//! may exhaust the stack.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::Range;

/// What a bracket costs of the stack, in operators.
const BRACKET: u32 = 8;
/// Up to here the stack of any thread suffices.
const SHALLOW: u32 = 400;
/// Up to here a large stack does; code that people read stays far below.
const DEEP: u32 = 12_000;
const LARGE_STACK: usize = 512 << 20;

/// What it takes to parse a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nesting {
    /// Nothing special.
    Shallow,
    /// A large stack.
    Deep,
    /// More than we have; where it becomes too much.
    TooDeep(Range),
}

/// Estimates from the tokens alone. A tree can only become deeper by a bracket, or by another
/// operator or keyword in the same statement or argument; `,`, `;`, and what begins anew behind
/// `}` end one.
pub(super) fn of(text: &str) -> Nesting {
    let mut levels: Vec<u32> = vec![0];
    let (mut depth, mut deepest, mut start) = (0_u32, 0_u32, 0_usize);
    let mut closed = false;
    for token in tokenize(text, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        let word = &text[start..end];
        if is_blank(token.kind) {
            start = end;
            continue;
        }
        if closed && begins_anew(token.kind, word) {
            depth -= std::mem::take(last(&mut levels));
        }
        closed = token.kind == TokenKind::CloseBrace;
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket | TokenKind::OpenParen => {
                levels.push(0);
                depth += BRACKET;
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket | TokenKind::CloseParen => {
                if levels.len() > 1 {
                    depth -= BRACKET + levels.pop().unwrap_or(0);
                }
            }
            TokenKind::Comma | TokenKind::Semi => depth -= std::mem::take(last(&mut levels)),
            kind if deepens(kind, word) => {
                *last(&mut levels) += 1;
                depth += 1;
            }
            _ => {}
        }
        deepest = deepest.max(depth);
        if deepest > DEEP {
            return Nesting::TooDeep(Range { start: start as u32, end: end as u32 });
        }
        start = end;
    }
    if deepest > SHALLOW { Nesting::Deep } else { Nesting::Shallow }
}

/// Runs on a thread whose stack holds what is [`Nesting::Deep`]; none if there is no such thread.
pub(super) fn on_a_large_stack<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(LARGE_STACK);
        builder.spawn_scoped(scope, run).ok()?.join().ok()
    })
}

fn last(levels: &mut [u32]) -> &mut u32 {
    levels.last_mut().expect("the outermost level is never popped")
}

fn is_blank(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
    )
}

/// Whether a token behind `}` cannot continue the expression that it closes.
fn begins_anew(kind: TokenKind, word: &str) -> bool {
    match kind {
        TokenKind::Ident => word != "else" && word != "as",
        TokenKind::Pound => true,
        _ => false,
    }
}

fn deepens(kind: TokenKind, word: &str) -> bool {
    match kind {
        TokenKind::Ident => super::tokens::is_keyword(word),
        TokenKind::Literal { .. }
        | TokenKind::Lifetime { .. }
        | TokenKind::RawIdent
        | TokenKind::RawLifetime
        | TokenKind::InvalidIdent => false,
        _ => true,
    }
}
