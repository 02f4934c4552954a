//! Text → tokens: what they are, where they stand, and which bracket closes which. Blanks and
//! comments are absent.

use memchr::memchr;

use super::DEPTH;
use super::lexer::lexeme;

/// What a token is. Signs of several letters are several tokens that touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Behind the last token.
    End,
    /// Blanks and comments, which are no tokens here.
    Blank,
    Ident,
    Underscore,
    Lifetime,
    Int,
    Float,
    /// A string between quotes, raw or not, of characters.
    Str,
    /// A character, byte, or string of bytes.
    Letter,
    /// `/// doc`, which stands for an attribute.
    DocOuter,
    /// `//! doc`.
    DocInner,
    OpenParen,
    OpenBracket,
    OpenBrace,
    CloseParen,
    CloseBracket,
    CloseBrace,
    Semi,
    Comma,
    Dot,
    At,
    Pound,
    Tilde,
    Question,
    Colon,
    Dollar,
    Eq,
    Bang,
    Lt,
    Gt,
    Minus,
    And,
    Or,
    Plus,
    Star,
    Slash,
    Caret,
    Percent,
    As,
    Async,
    Await,
    Become,
    Box,
    Break,
    Const,
    Continue,
    Crate,
    Dyn,
    Else,
    Enum,
    Extern,
    False,
    Fn,
    For,
    If,
    Impl,
    In,
    Let,
    Loop,
    Macro,
    Match,
    Mod,
    Move,
    Mut,
    Pub,
    Ref,
    Return,
    SelfType,
    SelfValue,
    Static,
    Struct,
    Super,
    Trait,
    True,
    Try,
    Type,
    Unsafe,
    Use,
    Where,
    While,
    Yield,
    /// A keyword without a meaning so far.
    Reserved,
}

impl Kind {
    pub(super) fn opens(self) -> bool {
        matches!(self, Self::OpenParen | Self::OpenBracket | Self::OpenBrace)
    }

    /// The end of the text or of the group around.
    pub(super) fn ends(self) -> bool {
        matches!(self, Self::End | Self::CloseParen | Self::CloseBracket | Self::CloseBrace)
    }

    fn is_doc(self) -> bool {
        matches!(self, Self::DocOuter | Self::DocInner)
    }

    /// A word of any kind: a name, a keyword, `_`.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Ident | Self::Underscore) || self as u8 >= Self::As as u8
    }

    /// A sign, brackets apart.
    pub(super) fn is_sign(self) -> bool {
        (Self::Semi as u8..=Self::Percent as u8).contains(&(self as u8))
    }

    pub(super) fn closing(self) -> Self {
        match self {
            Self::OpenParen => Self::CloseParen,
            Self::OpenBracket => Self::CloseBracket,
            _ => Self::CloseBrace,
        }
    }
}

/// A token, and for a bracket the index of the one that belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) partner: u32,
}

/// The tokens of a text; none if they are no tree or a deep one, or if one of them is doubtful.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let mut open: Vec<u32> = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let (kind, end) = lexeme(text, start)?;
        if kind != Kind::Blank {
            if kind.is_doc() && has_lone_return(&text[start..end]) {
                return None;
            }
            let partner = partner(kind, &mut tokens, &mut open)?;
            tokens.push(Token { kind, start: start as u32, end: end as u32, partner });
        }
        start = end;
    }
    open.is_empty().then_some(tokens)
}

/// The bracket that the next token closes, which learns of it; none if that cannot be.
fn partner(kind: Kind, tokens: &mut [Token], open: &mut Vec<u32>) -> Option<u32> {
    let index = tokens.len() as u32;
    if kind.opens() {
        open.push(index);
        return (open.len() <= DEPTH as usize).then_some(0);
    }
    if !kind.ends() {
        return Some(0);
    }
    let partner = open.pop()?;
    let opening = &mut tokens[partner as usize];
    opening.partner = index;
    (opening.kind.closing() == kind).then_some(partner)
}

/// Whether a carriage return stands in it that ends no line, which doc comments may not have.
fn has_lone_return(comment: &str) -> bool {
    let any = memchr(b'\r', comment.as_bytes()).is_some();
    any && comment.strip_suffix('\r').unwrap_or(comment).replace("\r\n", "").contains('\r')
}
