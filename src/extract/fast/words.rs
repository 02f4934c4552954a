//! Words → keywords.

use super::tokens::Kind;

/// The keyword that a word is, or that it is a name.
pub(super) fn keyword(word: &str) -> Kind {
    match word {
        "_" => Kind::Underscore,
        "as" => Kind::As,
        "async" => Kind::Async,
        "await" => Kind::Await,
        "become" => Kind::Become,
        "box" => Kind::Box,
        "break" => Kind::Break,
        "const" => Kind::Const,
        "continue" => Kind::Continue,
        "crate" => Kind::Crate,
        "dyn" => Kind::Dyn,
        "else" => Kind::Else,
        "enum" => Kind::Enum,
        "extern" => Kind::Extern,
        "false" => Kind::False,
        "fn" => Kind::Fn,
        "for" => Kind::For,
        "if" => Kind::If,
        "impl" => Kind::Impl,
        "in" => Kind::In,
        "let" => Kind::Let,
        "loop" => Kind::Loop,
        "macro" => Kind::Macro,
        "match" => Kind::Match,
        "mod" => Kind::Mod,
        "move" => Kind::Move,
        "mut" => Kind::Mut,
        "pub" => Kind::Pub,
        "ref" => Kind::Ref,
        "return" => Kind::Return,
        "Self" => Kind::SelfType,
        "self" => Kind::SelfValue,
        "static" => Kind::Static,
        "struct" => Kind::Struct,
        "super" => Kind::Super,
        "trait" => Kind::Trait,
        "true" => Kind::True,
        "try" => Kind::Try,
        "type" => Kind::Type,
        "unsafe" => Kind::Unsafe,
        "use" => Kind::Use,
        "where" => Kind::Where,
        "while" => Kind::While,
        "yield" => Kind::Yield,
        "abstract" | "do" | "final" | "override" | "priv" | "typeof" | "unsized" | "virtual" => {
            Kind::Reserved
        }
        _ => Kind::Ident,
    }
}
