//! The pages that come with the program: the one list of what is in `rules/`.

macro_rules! page {
    ($path:literal) => {
        ($path, include_str!(concat!("../../rules/", $path)))
    };
}

/// Path below `rules/` and text, in the order in which they are shown.
pub const PAGES: [(&str, &str); 9] = [
    page!("verbs/forbid.md"),
    page!("verbs/only.md"),
    page!("verbs/protect.md"),
    page!("verbs/layers.md"),
    page!("verbs/independent.md"),
    page!("verbs/acyclic.md"),
    page!("verbs/expose.md"),
    page!("verbs/require.md"),
    page!("verbs/deprecate.md"),
];
