//! Text → facts, or the error in its syntax.

use syn::File;

use super::reader::Reader;
use super::{FileFacts, Range, SyntaxError};

/// Reads what one file says, its comments apart.
pub(super) fn parse(text: &str) -> FileFacts {
    let start = preamble(text);
    let source = &text[start..];
    let facts = match syn::parse_str::<File>(source) {
        Ok(file) => {
            let mut reader = Reader::new(source, start as u32);
            reader.attributes(&file.attrs);
            file.items.iter().for_each(|item| reader.item(item));
            reader.facts
        }
        Err(error) => syntax_error(error.to_string(), error_range(&error, start, text.len())),
    };
    // The parser keeps the text of all that it ever read; nothing here refers to it any more.
    proc_macro2::extra::invalidate_current_thread_spans();
    facts
}

/// The length of a byte order mark and a `#!` line.
fn preamble(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let shebang = ra_ap_rustc_lexer::strip_shebang(&text[mark..]);
    mark + shebang.unwrap_or(0)
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
