//! Text → facts, or the error in its syntax.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::File;

use super::reader::Reader;
use super::{FileFacts, Range, SyntaxError, torn};

/// Reads what one file says, its comments apart.
pub(super) fn parse(text: &str) -> FileFacts {
    let start = preamble(text);
    let source = &text[start..];
    let facts = match tree(source) {
        Ok(file) => {
            let mut reader = Reader::new(source, start as u32);
            reader.attributes(&file.attrs);
            file.items.iter().for_each(|item| reader.item(item));
            reader.finish()
        }
        Err(error) => fault(&error, text, start),
    };
    // The parser keeps the text of all that it ever read; nothing here refers to it any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    facts
}

/// The syntax tree of what stands behind the preamble.
pub(super) fn tree(source: &str) -> syn::Result<File> {
    syn::parse_str::<File>(source).or_else(|error| lenient(source).ok_or(error))
}

/// Parses as the compiler does where an attribute macro will see the item first: a visibility may
/// stand before an `impl`, to which it says nothing.
fn lenient(source: &str) -> Option<File> {
    let tokens: TokenStream = source.parse().ok()?;
    syn::parse2(without_idle_visibility(tokens)).ok()
}

fn without_idle_visibility(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        let behind = behind_visibility(&tokens, at);
        if let Some(next) = behind.filter(|next| takes_no_visibility(tokens.get(*next))) {
            at = next;
            continue;
        }
        kept.extend([match &tokens[at] {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let mut inner =
                    Group::new(Delimiter::Brace, without_idle_visibility(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other.clone(),
        }]);
        at += 1;
    }
    kept
}

/// The index behind a `pub` or `pub(..)` at this index.
fn behind_visibility(tokens: &[TokenTree], at: usize) -> Option<usize> {
    match &tokens[at..] {
        [TokenTree::Ident(word), TokenTree::Group(group), ..]
            if word == "pub" && group.delimiter() == Delimiter::Parenthesis =>
        {
            Some(at + 2)
        }
        [TokenTree::Ident(word), ..] if word == "pub" => Some(at + 1),
        _ => None,
    }
}

fn takes_no_visibility(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(word)) if word == "impl")
}

/// The length of a byte order mark and a `#!` line.
pub(super) fn preamble(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let shebang = ra_ap_rustc_lexer::strip_shebang(&text[mark..]);
    mark + shebang.unwrap_or(0)
}

/// What is wrong, in our words where the parser has none.
fn fault(error: &syn::Error, text: &str, start: usize) -> FileFacts {
    let Some((torn, message)) = torn::find(&text[start..]) else {
        return syntax_error(error.to_string(), error_range(error, start, text.len()));
    };
    let range = Range { start: (start + torn.start) as u32, end: (start + torn.end) as u32 };
    syntax_error(message, range)
}

/// Where the parser stopped; the end of the text where it wanted more.
fn error_range(error: &syn::Error, start: usize, end: usize) -> Range {
    let bytes = error.span().byte_range();
    if bytes.is_empty() {
        return Range { start: end as u32, end: end as u32 };
    }
    Range { start: (start + bytes.start) as u32, end: (start + bytes.end) as u32 }
}

/// What is said of a file that cannot be parsed for its depth.
pub(super) fn too_deep(range: Range) -> FileFacts {
    syntax_error("nested too deeply".to_owned(), range)
}

fn syntax_error(message: String, range: Range) -> FileFacts {
    FileFacts { syntax_error: Some(SyntaxError { message, range }), ..FileFacts::empty() }
}
