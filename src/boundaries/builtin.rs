//! The pages that come with the program: verbs in the order in which they are shown, and rules.

macro_rules! page {
    ($path:literal) => {
        ($path, include_str!(concat!("../../rules/", $path)))
    };
}

/// What the verbs mean. Path below `rules/` and text, in the order in which they are shown.
pub const PAGES: [(&str, &str); 10] = [
    page!("verbs/forbid.md"),
    page!("verbs/only.md"),
    page!("verbs/protect.md"),
    page!("verbs/layers.md"),
    page!("verbs/independent.md"),
    page!("verbs/acyclic.md"),
    page!("verbs/expose.md"),
    page!("verbs/require.md"),
    page!("verbs/deprecate.md"),
    page!("verbs/flag.md"),
];

/// The rules about code shapes: every other page in `rules/`, sorted; the build script lists them.
pub const RULES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Which code makes which context, as a `[contexts]` table.
pub const CONTEXTS: &str = include_str!("../../rules/contexts.toml");
