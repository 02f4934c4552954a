//! How deep a file's syntax tree may become, before it is built: the parser recurses, and no input
//! may exhaust the stack.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use super::Range;
use super::tokens::is_keyword;

/// What a bracket costs of the stack, in operators.
const BRACKET: u32 = 8;
/// Up to here the smallest stack that threads have suffices, also without optimisation.
const SHALLOW: u32 = 200;
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
    let mut depth = Depth { levels: vec![0], sum: 0 };
    let (mut deepest, mut closed, mut start) = (0, false, 0);
    for token in tokenize(text, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        let word = &text[start..end];
        if !is_blank(token.kind) {
            if closed && begins_anew(token.kind, word) {
                depth.begin();
            }
            closed = token.kind == TokenKind::CloseBrace;
            depth.add(token.kind, word);
            deepest = deepest.max(depth.sum);
            if deepest > DEEP {
                return Nesting::TooDeep(Range { start: start as u32, end: end as u32 });
            }
        }
        start = end;
    }
    if deepest > SHALLOW { Nesting::Deep } else { Nesting::Shallow }
}

/// What the open brackets, and the statements that are begun in them, have cost so far.
struct Depth {
    levels: Vec<u32>,
    sum: u32,
}

impl Depth {
    fn add(&mut self, kind: TokenKind, word: &str) {
        match kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket | TokenKind::OpenParen => {
                self.levels.push(BRACKET);
                self.sum += BRACKET;
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket | TokenKind::CloseParen => {
                if self.levels.len() > 1 {
                    self.sum -= self.levels.pop().unwrap_or(0);
                }
                self.spend(1);
            }
            TokenKind::Comma | TokenKind::Semi => self.begin(),
            kind => self.spend(cost(kind, word)),
        }
    }

    fn spend(&mut self, cost: u32) {
        *self.innermost() += cost;
        self.sum += cost;
    }

    /// Another statement or argument begins.
    fn begin(&mut self) {
        let bracket = if self.levels.len() > 1 { BRACKET } else { 0 };
        let spent = std::mem::replace(self.innermost(), bracket);
        self.sum = self.sum + bracket - spent;
    }

    fn innermost(&mut self) -> &mut u32 {
        self.levels.last_mut().expect("the outermost level is never popped")
    }
}

/// Runs on a thread whose stack holds what is [`Nesting::Deep`]; none if there is no such thread.
pub(super) fn on_a_large_stack<T: Send>(run: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(LARGE_STACK);
        builder.spawn_scoped(scope, run).ok()?.join().ok()
    })
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
        TokenKind::Ident => !matches!(word, "else" | "as" | "in"),
        TokenKind::RawIdent
        | TokenKind::Pound
        | TokenKind::Literal { .. }
        | TokenKind::Lifetime { .. } => true,
        _ => false,
    }
}

/// What a token may add to the tree's depth, in operators. Types take more of the stack.
fn cost(kind: TokenKind, word: &str) -> u32 {
    match kind {
        TokenKind::Ident => u32::from(is_keyword(word)),
        TokenKind::Lt | TokenKind::Gt | TokenKind::And | TokenKind::Star => 4,
        TokenKind::Literal { .. }
        | TokenKind::Lifetime { .. }
        | TokenKind::RawIdent
        | TokenKind::RawLifetime
        | TokenKind::InvalidIdent => 0,
        _ => 1,
    }
}
