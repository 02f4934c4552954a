//! The file as a text: keys, types, words, arrows, ids.

use super::{SHOP, faults, rule_faults};

#[test]
fn an_empty_file_has_no_faults() {
    assert_eq!(faults(SHOP, ""), "");
    assert_eq!(faults(SHOP, "version = 1\n"), "");
}

#[test]
fn one_run_tells_every_fault() {
    let text = r#"
version = 2
colour = "red"
[settings]
scope = ["normal", "tets"]
exhaustive = "yes"
require-becuse = true
[components]
web = 3
"a::b" = "accounts"
im = { within = "im" }
[[rule]]
forbids = "accounts -> im"
[[rule]]
severity = "error"
forbid = "accounts => im"
"#;
    assert_eq!(
        faults(SHOP, text),
        "\
2 `2` config/version: version 2 of the language is not known (this program reads version 1; a newer one may read yours)
3 `colour` config/unknown-key: unknown key `colour` in the file (known keys: version, settings, components, outdated, rule, rules, contexts)
5 `\"tets\"` config/unknown-word: `scope` does not know the word `tets` (did you mean `test`?)
6 `\"yes\"` config/wrong-type: `exhaustive` must be `true` or `false`, not a string
7 `require-becuse` config/unknown-key: unknown key `require-becuse` in `[settings]` (did you mean `require-because`?)
9 `3` config/wrong-type: `web` must be a string, a list of strings or a table with `in`, not an integer
10 `\"a::b\"` config/bad-name: `a::b` cannot be the name of a component (letters, digits, `-` and `_` make a name)
11 `im` config/missing-key: component `im` does not say what is in it (say it: `in = \"path::of::a::module\"`)
11 `within` config/unknown-key: unknown key `within` in component `im` (known keys: in, not, owner, optional, strict)
13 `forbids` config/unknown-key: unknown key `forbids` in a rule (did you mean `forbid`?)
15 `\"error\"` config/unknown-word: `severity` does not know the word `error` (one of `deny`, `warn`, `info`)
16 `=>` config/bad-edge: `=>` is no arrow (write `from -> to`: `accounts -> im`, `web | api -> ext:sqlx`)
"
    );
}

#[test]
fn what_is_no_toml_is_told_line_by_line_and_nothing_else() {
    let text = "version = 1\n[settings\nscope = [\"tets\"]\n[[rule]]\nforbid = accounts\n";
    assert_eq!(
        faults(SHOP, text),
        "\
2 `` config/syntax: unclosed table, expected `]`
5 `accounts` config/syntax: string values must be quoted, expected literal string
"
    );
    assert_eq!(
        faults(SHOP, "version = 1\nversion = 1\n"),
        "2 `version` config/syntax: duplicate key\n"
    );
}

#[test]
fn an_edge_has_two_sides_and_one_arrow() {
    for (edge, place, message) in [
        ("accounts", "accounts", "no arrow in `accounts`"),
        ("accounts ->", "accounts ->", "nothing stands right of the arrow"),
        ("-> im", "-> im", "nothing stands left of the arrow"),
        ("accounts - > im", "- >", "`- >` is no arrow"),
        ("accounts \u{2192} im", "\u{2192}", "`\u{2192}` is no arrow"),
        ("a -> b -> c", "a -> b -> c", "more than one arrow: an edge has two ends"),
    ] {
        let text = format!("[[rule]]\nforbid = \"{edge}\"\n");
        let found = faults(SHOP, &text);
        let place = place.to_owned();
        let quoted = if place == edge { format!("\"{place}\"") } else { place.clone() };
        let expected = |place: &str| format!("2 `{place}` config/bad-edge: {message} (");
        assert!(
            found.starts_with(&expected(&place)) || found.starts_with(&expected(&quoted)),
            "{edge}: {found}"
        );
        assert_eq!(found.lines().count(), 1, "{edge}: {found}");
    }
}

#[test]
fn empty_strings_are_faults() {
    assert_eq!(
        rule_faults("forbid = \"accounts | -> im\"\nbecause = \" \"\nid = \"\""),
        "\
2 `\"accounts | -> im\"` config/bad-selector: a name is missing
3 `\" \"` config/empty: `because` is empty
4 `\"\"` config/empty: `id` is empty
"
    );
    assert_eq!(
        rule_faults("layers = []\nscope = []\nwithin = []"),
        "2 `[]` config/empty: `layers` is empty\n3 `[]` config/empty: `scope` is empty\n4 `[]` \
         config/empty: `within` is empty\n"
    );
    assert_eq!(rule_faults("protect = \"accounts\"\nallow = []"), "");
}

#[test]
fn a_rule_has_exactly_one_verb() {
    assert_eq!(
        rule_faults("id = \"r\""),
        "1 `[[rule]]` config/no-verb: the rule has no verb (one of forbid, only, protect, layers, \
         independent, acyclic, expose, require, deprecate, flag)\n"
    );
    assert_eq!(
        rule_faults("forbid = \"accounts -> im\"\nonly = \"accounts -> im\""),
        "3 `only` config/several-verbs: `forbid` and `only` in one rule (a rule has one verb: \
         make two rules of it)\n"
    );
}

#[test]
fn an_option_of_another_verb_is_a_fault() {
    assert_eq!(
        rule_faults("forbid = \"accounts -> im\"\nclosed = [\"im\"]\nallow = \"im\"\ndepth = 2"),
        "\
3 `closed` config/misplaced-key: `closed` means nothing to `forbid` (it is an option of `layers`)
4 `allow` config/misplaced-key: `allow` means nothing to `forbid` (it is an option of `protect`)
5 `depth` config/misplaced-key: `depth` means nothing to `forbid` (it is an option of `acyclic`)
"
    );
    assert_eq!(
        rule_faults("acyclic = [\"accounts\", \"im\"]\ndepth = 2"),
        "2 `acyclic` config/misplaced-key: `depth` counts levels below a module: `acyclic = \
         \"accounts\"`\n"
    );
}

/// C14.
#[test]
fn c14_a_negative_depth_is_a_fault() {
    assert_eq!(
        rule_faults("acyclic = \"accounts\"\ndepth = -1"),
        "3 `-1` config/bad-depth: `depth = -1` is no number of levels (1 looks at the modules just \
         below, 2 one level deeper)\n"
    );
}

#[test]
fn ids_are_unique_also_those_that_were_made() {
    let text = r#"
[[rule]]
forbid = "accounts -> im"
[[rule]]
id = "forbid accounts -> im"
forbid = "im -> accounts"
[[rule]]
id = "a, b"
forbid = "im -> accounts"
"#;
    assert_eq!(
        faults(SHOP, text),
        "\
5 `\"forbid accounts -> im\"` config/duplicate-id: two rules are called `forbid accounts -> im` (give one of them an `id` of its own)
8 `\"a, b\"` config/bad-name: an id has neither commas, parentheses nor quotes
"
    );
}

#[test]
fn a_table_where_a_list_of_tables_belongs_is_a_fault() {
    assert_eq!(
        faults(SHOP, "[rule]\nforbid = \"accounts -> im\"\n"),
        "1 `[rule]` config/wrong-type: `rule` must be a list of tables: `[[rule]]`, not a table\n"
    );
}

#[test]
fn what_a_team_asks_of_itself_is_asked() {
    let text = r#"
[settings]
require-because = true
require-owner = true
require-until = true
[[rule]]
id = "r"
forbid = "accounts -> im"
[[rule.except]]
edge = "accounts::flows -> im"
owner = "@me"
"#;
    assert_eq!(
        faults(SHOP, text),
        "\
7 `\"r\"` deny config/missing-because: the rule `r` does not say why it exists (add `because = \"…\"`; `require-because` in `[settings]` asks for it)
10 `\"accounts::flows -> im\"` deny config/missing-because: the exception `accounts::flows -> im` does not say why it is let pass (add `because = \"…\"`; `require-because` in `[settings]` asks for it)
10 `\"accounts::flows -> im\"` deny config/missing-until: the exception `accounts::flows -> im` does not say until when it holds (add `until = \"…\"`; `require-until` in `[settings]` asks for it)
"
    );
}

#[test]
fn a_place_inside_a_string_with_escapes_is_the_whole_string() {
    assert_eq!(
        rule_faults("forbid = \"acc\\u006funts => im\""),
        "2 `\"acc\\u006funts => im\"` config/bad-edge: `=>` is no arrow (write `from -> to`: \
         `accounts -> im`, `web | api -> ext:sqlx`)\n"
    );
}

const FULL: &str = r#"
version = 1
[settings]
scope = ["normal", "dev"]
[components]
im = { in = ["im_service::**", "!im_service::portal"], owner = "@im" }
"f\u0065" = "accounts::{f}"
[[rule]]
forbid = "accounts::{f} | ä -> im | accounts::!{f}::*"
via = """accounts::im_gateway"""
[[rule.except]]
edge = "=accounts -> im"
until = 2027-03-31
[[rule]]
layers = ["a | b?", "c : d", "**::e"]
within = ['accounts', "*"]
closed = "c"
exhaustive = true
"#;

/// Whatever a text is cut down to, or has a letter changed to, it is read to its end.
#[test]
fn no_text_makes_it_panic() {
    for (at, letter) in FULL.char_indices() {
        faults(SHOP, &FULL[..at]);
        for other in ["\"", "*", "{€", "->"] {
            let rest = &FULL[at + letter.len_utf8()..];
            faults(SHOP, &format!("{}{other}{rest}", &FULL[..at]));
        }
    }
}
