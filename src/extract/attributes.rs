//! Attributes: `cfg`s narrow what they stand on; derives, attribute macros and the paths in their
//! arguments are uses.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token};

use super::cfg::Predicate;
use super::paths::{Usage, Written, starts_upper};
use super::reader::Reader;
use super::{Certainty, Namespace, Place, Range};

/// Attributes that the compiler and its tools understand: they name no item.
const BUILTIN: &[&str] = &[
    "allow",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_attr",
    "cfg_eval",
    "clippy",
    "cold",
    "coverage",
    "crate_name",
    "crate_type",
    "debugger_visualizer",
    "default",
    "define_opaque",
    "deny",
    "deprecated",
    "derive_const",
    "diagnostic",
    "doc",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "fundamental",
    "global_allocator",
    "ignore",
    "inline",
    "instruction_set",
    "lang",
    "link",
    "link_name",
    "link_ordinal",
    "link_section",
    "linkage",
    "macro_export",
    "macro_use",
    "marker",
    "may_dangle",
    "miri",
    "must_use",
    "naked",
    "needs_panic_runtime",
    "no_builtins",
    "no_core",
    "no_implicit_prelude",
    "no_link",
    "no_main",
    "no_mangle",
    "no_std",
    "non_exhaustive",
    "optimize",
    "panic_handler",
    "panic_runtime",
    "path",
    "pin",
    "prelude_import",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "recursion_limit",
    "repr",
    "reexport_test_harness_main",
    "rust_analyzer",
    "rustdoc",
    "rustfmt",
    "should_panic",
    "stable",
    "start",
    "target_feature",
    "test",
    "test_runner",
    "thread_local",
    "track_caller",
    "type_const",
    "type_length_limit",
    "unsafe",
    "unstable",
    "used",
    "warn",
    "windows_subsystem",
];

pub(super) const DERIVE: Usage =
    Usage { namespace: Namespace::Macro, place: Place::Attribute, certainty: Certainty::Sure };

impl Reader<'_> {
    /// Reads the attributes of something.
    pub(super) fn attributes(&mut self, attrs: &[Attribute]) {
        self.cfg_attributes(attrs);
        self.other_attributes(attrs);
    }

    /// Narrows the present `cfg` by what attributes say.
    pub(super) fn cfg_attributes(&mut self, attrs: &[Attribute]) {
        for attr in attrs {
            match &attr.meta {
                Meta::List(list) if list.path.is_ident("cfg") => {
                    self.require(&Predicate::of(list.tokens.clone()));
                }
                meta => {
                    let last = meta.path().segments.last();
                    if last.is_some_and(|last| marks_a_test(self.word(&last.ident))) {
                        self.require(&Predicate::test());
                    }
                }
            }
        }
    }

    /// Reads what attributes name.
    pub(super) fn other_attributes(&mut self, attrs: &[Attribute]) {
        for attr in attrs {
            self.meta(&attr.meta);
        }
    }

    /// Reads what one attribute names.
    pub(super) fn meta(&mut self, meta: &Meta) {
        let path = meta.path();
        let alone = path.segments.len() == 1;
        let Some(first) = path.segments.first() else { return };
        match meta {
            Meta::List(list) if alone && first.ident == "derive" => {
                self.derive(list.tokens.clone());
            }
            Meta::List(list) if alone && first.ident == "cfg_attr" => {
                self.conditional(list.tokens.clone());
            }
            _ if is_builtin(self.word(&first.ident)) => {}
            _ => {
                self.bare_path(path, if alone { DERIVE.if_resolved() } else { DERIVE });
                if let Meta::List(list) = meta {
                    self.attribute_tokens(list.tokens.clone());
                }
            }
        }
    }

    /// `cfg_attr(predicate, attribute, ..)`.
    fn conditional(&mut self, tokens: TokenStream) {
        let cfg = self.at.cfg;
        if let Some((predicate, metas)) = cfg_attr(tokens) {
            self.require(&predicate);
            for meta in &metas {
                self.meta(meta);
            }
        }
        self.at.cfg = cfg;
    }

    fn derive(&mut self, tokens: TokenStream) {
        let parser = Punctuated::<Path, Token![,]>::parse_terminated;
        for path in parser.parse2(tokens).unwrap_or_default() {
            let alone = path.segments.len() == 1;
            self.bare_path(&path, if alone { DERIVE.if_resolved() } else { DERIVE });
        }
    }

    /// A string that an attribute reads as a path: `with = "a::b"`.
    pub(super) fn path_string(&mut self, key: &str, range: Range) {
        let Some(namespace) = namespace_of_key(key) else { return };
        let Some((start, text)) = unquoted(self.text(range)) else { return };
        if let Some(words) = words_of(text, range.start + start) {
            let usage =
                Usage { namespace, place: Place::Attribute, certainty: Certainty::IfResolved };
            self.record(&words, usage);
        }
    }

    /// How a path in an attribute's arguments is used.
    pub(super) fn attribute_usage(last: &str) -> Usage {
        let namespace = if starts_upper(last) { Namespace::Type } else { Namespace::Value };
        Usage { namespace, place: Place::Attribute, certainty: Certainty::IfResolved }
    }
}

/// The predicate and the attributes of `cfg_attr(..)`.
fn cfg_attr(tokens: TokenStream) -> Option<(Predicate, Vec<Meta>)> {
    let parser = |input: ParseStream<'_>| {
        let mut predicate = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            predicate.extend([input.parse::<TokenTree>()?]);
        }
        input.parse::<Option<Token![,]>>()?;
        let metas = Punctuated::<Meta, Token![,]>::parse_terminated(input)?;
        Ok((Predicate::of(predicate), metas.into_iter().collect()))
    };
    parser.parse2(tokens).ok()
}

/// Calls `found` for every attribute, also inside `cfg_attr`: whether it is conditional, and it.
pub(super) fn each(attrs: &[Attribute], found: &mut dyn FnMut(bool, &Meta)) {
    for attr in attrs {
        each_meta(&attr.meta, false, found);
    }
}

fn each_meta(meta: &Meta, conditional: bool, found: &mut dyn FnMut(bool, &Meta)) {
    match meta {
        Meta::List(list) if list.path.is_ident("cfg_attr") => {
            for inner in cfg_attr(list.tokens.clone()).map(|(_, metas)| metas).unwrap_or_default() {
                each_meta(&inner, true, found);
            }
        }
        _ => found(conditional, meta),
    }
}

/// Whether an attribute of this name is there.
pub(super) fn has(attrs: &[Attribute], name: &str) -> bool {
    let mut has = false;
    each(attrs, &mut |_, meta| has |= meta.path().is_ident(name));
    has
}

/// Whether an attribute that starts with this word is the compiler's own.
pub(super) fn is_builtin(first: &str) -> bool {
    first == "doc" || BUILTIN.contains(&first) || first.starts_with("rustc_")
}

/// `#[test]`, `#[tokio::test]`, `#[wasm_bindgen_test]`, `#[test_case(..)]`, `#[bench]`.
pub(super) fn marks_a_test(last: &str) -> bool {
    matches!(last, "test" | "bench" | "rstest")
        || last.ends_with("_test")
        || last.starts_with("test_")
}

/// Whether the string of this key is a path.
pub(super) fn namespaced_key(key: &str) -> bool {
    namespace_of_key(key).is_some()
}

/// The keys whose strings are paths, by what the path names.
fn namespace_of_key(key: &str) -> Option<Namespace> {
    match key {
        "with" | "crate" | "from" | "into" | "try_from" | "remote" => Some(Namespace::Type),
        "default" | "getter" | "skip_serializing_if" => Some(Namespace::Value),
        key if key.ends_with("_with") => Some(Namespace::Value),
        _ => None,
    }
}

/// What stands between a literal's quotes, and how far in it begins.
fn unquoted(literal: &str) -> Option<(u32, &str)> {
    let open = literal.find('"')?;
    let close = literal.rfind('"').filter(|close| *close > open)?;
    let prefix_is_plain = matches!(&literal[..open], "" | "r" | "r#" | "r##");
    prefix_is_plain.then(|| (open as u32 + 1, &literal[open + 1..close]))
}

/// A string's words, if it is a path; generic arguments at its end left out.
fn words_of(text: &str, start: u32) -> Option<Written<'_>> {
    let path = text.split('<').next().unwrap_or_default();
    let path = path.trim_end().strip_suffix("::").unwrap_or(path);
    let blank = path.len() - path.trim_start().len();
    let path = path.trim();
    let range = Range { start: start + blank as u32, end: start + (blank + path.len()) as u32 };
    let (global, path) = match path.strip_prefix("::") {
        Some(rest) => (true, rest),
        None => (false, path),
    };
    let words: Vec<&str> = path.split("::").map(str::trim).collect();
    words.iter().all(|word| is_word(word)).then_some(Written { global, words, range })
}

fn is_word(word: &str) -> bool {
    ra_ap_rustc_lexer::is_ident(word)
}
