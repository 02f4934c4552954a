//! Patterns that are compiled, syntaxes that are loaded.

use aho_corasick::AhoCorasick;
use globset::{Glob, GlobMatcher, GlobSet};
use regex::{Regex, RegexSet};
use syntect::parsing::{ParseState, SyntaxSet};

use crate::measure::Case;

const LINE: &str = "GET /orders/4711 from ada@example.org took 12 ms, status=204";
const PATH: &str = "crates/shop/src/orders/part17.rs";

pub(super) fn regex() -> Case {
    regex_case("`regex::Regex::new`, `status=(\\d{3})`", r"status=(\d{3})")
}

pub(super) fn regex_unicode() -> Case {
    let name = "`regex::Regex::new`, `\\w+@\\w+\\.\\w+` with Unicode";
    regex_case(name, r"\w+@\w+\.\w+")
}

fn regex_case(name: &'static str, pattern: &'static str) -> Case {
    let build = move || Regex::new(pattern).expect("the pattern is right");
    let regex = build();
    assert!(regex.is_match(LINE));
    let build_and_use = move || build().is_match(LINE);
    Case::new("regex-per-call", name, build_and_use, move || regex.is_match(LINE))
}

/// Not a case of the rule but one of its remedies.
pub(super) fn regex_macro() -> Case {
    let regex = Regex::new(r"status=(\d{3})").expect("the pattern is right");
    Case::new(
        "",
        "nothing: `regex::regex!`, which keeps it (control)",
        || regex::regex!(r"status=(\d{3})").is_match(LINE),
        move || regex.is_match(LINE),
    )
}

pub(super) fn regex_set() -> Case {
    let routes: Vec<_> = (0..25).map(|route| format!(r"^GET /route{route}/(\d+)$")).collect();
    let build = move || RegexSet::new(&routes).expect("the patterns are right");
    let set = build();
    Case::new(
        "regex-per-call",
        "`regex::RegexSet::new`, 25 routes",
        move || build().is_match("GET /route17/4711"),
        move || set.is_match("GET /route17/4711"),
    )
}

pub(super) fn glob() -> Case {
    let matcher = compiled_glob();
    Case::new(
        "matcher-built-per-match",
        "`globset::Glob::new`, one glob",
        || compiled_glob().is_match(PATH),
        move || matcher.is_match(PATH),
    )
}

fn compiled_glob() -> GlobMatcher {
    Glob::new("crates/*/src/**/*.rs").expect("the glob is right").compile_matcher()
}

pub(super) fn glob_set() -> Case {
    let set = twenty_globs();
    Case::new(
        "matcher-built-per-match",
        "`globset::GlobSet`, 20 globs",
        || twenty_globs().is_match(PATH),
        move || set.is_match(PATH),
    )
}

fn twenty_globs() -> GlobSet {
    let mut set = GlobSet::builder();
    for number in 0..20 {
        let glob = format!("crates/*/src/**/part{number}*.rs");
        set.add(Glob::new(&glob).expect("the glob is right"));
    }
    set.build().expect("the globs are right")
}

pub(super) fn automaton() -> Case {
    let orders: Vec<_> = (0..100).map(|number| (number * 7919).to_string()).collect();
    let build = move || AhoCorasick::new(&orders).expect("the words are few");
    let automaton = build();
    Case::new(
        "matcher-built-per-match",
        "`aho_corasick::AhoCorasick::new`, 100 words",
        move || build().is_match(LINE),
        move || automaton.is_match(LINE),
    )
}

pub(super) fn syntaxes() -> Case {
    let syntaxes = SyntaxSet::load_defaults_newlines();
    Case::new(
        "bundled-assets-per-call",
        "`syntect::parsing::SyntaxSet::load_defaults_newlines` + one line of Rust",
        || parse_line(&SyntaxSet::load_defaults_newlines()),
        move || parse_line(&syntaxes),
    )
}

fn parse_line(syntaxes: &SyntaxSet) -> usize {
    let rust = syntaxes.find_syntax_by_extension("rs").expect("Rust is among them");
    let parsed = ParseState::new(rust).parse_line("fn main() { let price = 17; }\n", syntaxes);
    parsed.expect("the syntax is right").len()
}
