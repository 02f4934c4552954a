//! Words → keywords.

use super::tokens::Kind;

/// The keyword that a word is, or that it is a name.
pub(super) fn keyword(word: &str) -> Kind {
    // Bytes are told apart one by one, texts by comparing with one keyword after the other.
    match word.as_bytes() {
        b"_" => Kind::Underscore,
        b"as" => Kind::As,
        b"async" => Kind::Async,
        b"await" => Kind::Await,
        b"become" => Kind::Become,
        b"box" => Kind::Box,
        b"break" => Kind::Break,
        b"const" => Kind::Const,
        b"continue" => Kind::Continue,
        b"crate" => Kind::Crate,
        b"dyn" => Kind::Dyn,
        b"else" => Kind::Else,
        b"enum" => Kind::Enum,
        b"extern" => Kind::Extern,
        b"false" => Kind::False,
        b"fn" => Kind::Fn,
        b"for" => Kind::For,
        b"if" => Kind::If,
        b"impl" => Kind::Impl,
        b"in" => Kind::In,
        b"let" => Kind::Let,
        b"loop" => Kind::Loop,
        b"macro" => Kind::Macro,
        b"match" => Kind::Match,
        b"mod" => Kind::Mod,
        b"move" => Kind::Move,
        b"mut" => Kind::Mut,
        b"pub" => Kind::Pub,
        b"ref" => Kind::Ref,
        b"return" => Kind::Return,
        b"Self" => Kind::SelfType,
        b"self" => Kind::SelfValue,
        b"static" => Kind::Static,
        b"struct" => Kind::Struct,
        b"super" => Kind::Super,
        b"trait" => Kind::Trait,
        b"true" => Kind::True,
        b"try" => Kind::Try,
        b"type" => Kind::Type,
        b"unsafe" => Kind::Unsafe,
        b"use" => Kind::Use,
        b"where" => Kind::Where,
        b"while" => Kind::While,
        b"yield" => Kind::Yield,
        b"abstract" | b"do" | b"final" | b"override" | b"priv" | b"typeof" | b"unsized"
        | b"virtual" => Kind::Reserved,
        _ => Kind::Ident,
    }
}
