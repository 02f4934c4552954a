//! Text → tokens: what they are, where they stand, and which bracket closes which. Blanks and
//! comments are absent.

use ra_ap_rustc_lexer::{DocStyle, FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

use super::DEPTH;
use super::words::keyword;

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

    fn closing(self) -> Self {
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
    let returns = text.as_bytes().contains(&b'\r');
    for token in tokenize(text, FrontmatterAllowed::No) {
        let end = start + token.len;
        let word = &text[start as usize..end as usize];
        let kind = kind(token.kind, word)?;
        if kind != Kind::Blank {
            if returns && kind.is_doc() && has_lone_return(word) {
                return None;
            }
            let partner = partner(kind, &mut tokens, &mut open)?;
            tokens.push(Token { kind, start, end, partner });
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

/// What a token is, unless that is doubtful.
fn kind(kind: TokenKind, word: &str) -> Option<Kind> {
    Some(match kind {
        TokenKind::Whitespace => Kind::Blank,
        TokenKind::LineComment { doc_style }
        | TokenKind::BlockComment { doc_style, terminated: true } => comment(doc_style),
        TokenKind::Ident => keyword(word),
        TokenKind::RawIdent => Kind::Ident,
        TokenKind::Lifetime { starts_with_number: false } => Kind::Lifetime,
        TokenKind::Literal { kind, .. } => literal(kind)?,
        other => sign(other)?,
    })
}

fn comment(style: Option<DocStyle>) -> Kind {
    match style {
        None => Kind::Blank,
        Some(DocStyle::Outer) => Kind::DocOuter,
        Some(DocStyle::Inner) => Kind::DocInner,
    }
}

/// Whether a carriage return stands in it that ends no line, which doc comments may not have.
fn has_lone_return(comment: &str) -> bool {
    comment.strip_suffix('\r').unwrap_or(comment).replace("\r\n", "").contains('\r')
}

fn literal(kind: LiteralKind) -> Option<Kind> {
    Some(match kind {
        LiteralKind::Int { empty_int: false, .. } => Kind::Int,
        LiteralKind::Float { empty_exponent: false, .. } => Kind::Float,
        LiteralKind::Str { terminated: true } | LiteralKind::RawStr { n_hashes: Some(_) } => {
            Kind::Str
        }
        LiteralKind::Char { terminated: true }
        | LiteralKind::Byte { terminated: true }
        | LiteralKind::ByteStr { terminated: true }
        | LiteralKind::CStr { terminated: true }
        | LiteralKind::RawByteStr { n_hashes: Some(_) }
        | LiteralKind::RawCStr { n_hashes: Some(_) } => Kind::Letter,
        _ => return None,
    })
}

fn sign(kind: TokenKind) -> Option<Kind> {
    Some(match kind {
        TokenKind::Semi => Kind::Semi,
        TokenKind::Comma => Kind::Comma,
        TokenKind::Dot => Kind::Dot,
        TokenKind::OpenParen => Kind::OpenParen,
        TokenKind::CloseParen => Kind::CloseParen,
        TokenKind::OpenBrace => Kind::OpenBrace,
        TokenKind::CloseBrace => Kind::CloseBrace,
        TokenKind::OpenBracket => Kind::OpenBracket,
        TokenKind::CloseBracket => Kind::CloseBracket,
        TokenKind::At => Kind::At,
        TokenKind::Pound => Kind::Pound,
        TokenKind::Tilde => Kind::Tilde,
        TokenKind::Question => Kind::Question,
        TokenKind::Colon => Kind::Colon,
        TokenKind::Dollar => Kind::Dollar,
        TokenKind::Eq => Kind::Eq,
        TokenKind::Bang => Kind::Bang,
        TokenKind::Lt => Kind::Lt,
        TokenKind::Gt => Kind::Gt,
        TokenKind::Minus => Kind::Minus,
        TokenKind::And => Kind::And,
        TokenKind::Or => Kind::Or,
        TokenKind::Plus => Kind::Plus,
        TokenKind::Star => Kind::Star,
        TokenKind::Slash => Kind::Slash,
        TokenKind::Caret => Kind::Caret,
        TokenKind::Percent => Kind::Percent,
        _ => return None,
    })
}
