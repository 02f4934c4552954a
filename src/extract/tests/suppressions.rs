//! Comments that excuse a finding.

use super::extract;
use crate::extract::suppressions::{Allow, parse_allow};

#[track_caller]
fn check(source: &str, expected: &str) {
    let found = extract(source).suppressions;
    let rendered: Vec<String> = found
        .iter()
        .map(|found| {
            let reason = found.reason.as_ref().map(|reason| format!(" because {reason:?}"));
            let wrong = found.malformed.as_ref().map(|message| format!("malformed: {message}"));
            let rules = found.rules.join(" ");
            let what = wrong.unwrap_or(rules + &reason.unwrap_or_default());
            format!("{}: {what}", found.line)
        })
        .collect();
    let expected: Vec<&str> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(rendered, expected, "of {source}");
}

#[test]
fn a_comment_excuses_its_own_line_or_the_next_code() {
    check(
        "// archlint: allow(a, reason = \"why\")\n// more\n\nuse x;\nuse y; // archlint: allow(b)\n\n// archlint: allow(c)\n// archlint: allow(d)\nuse z;\n",
        r#"
        4: a because "why"
        5: b
        9: c
        9: d
        "#,
    );
}

#[test]
fn block_comments_count_and_the_end_of_the_file_is_no_code() {
    check(
        "/* archlint: allow(a) */ use x;\n/* archlint:\n allow(b) */\nuse y;\n// archlint: allow(c)\n",
        "1: a\n4: b\n5: c",
    );
}

#[test]
fn only_real_comments_count() {
    check(
        "/// archlint: allow(a)\n//! archlint: allow(b)\n/** archlint: allow(c) */\nconst A: &str = \"// archlint: allow(d)\";\nconst B: &str = r#\"\n// archlint: allow(e)\n\"#;\n// see archlint: allow(f)\n",
        "",
    );
}

#[test]
fn a_string_over_several_lines_ends_where_it_ends() {
    check("const A: &str = \"\n\n\"; // archlint: allow(a)\nuse x;\n", "3: a");
}

#[test]
fn syntax_errors_do_not_hide_them() {
    check("// archlint: allow(a)\nfn fn fn\n", "2: a");
}

#[test]
fn windows_lines_count_once() {
    check("use x;\r\n// archlint: allow(a)\r\nuse y;\r\n", "3: a");
}

#[test]
fn several_rules_and_a_reason() {
    let allow = Allow {
        rules: vec!["no-cycles".to_owned(), "team/x.y".to_owned()],
        reason: Some("a \"quoted\" reason, (with brackets)".to_owned()),
    };
    let text = r#" archlint: allow( no-cycles , team/x.y , reason = "a \"quoted\" reason, (with brackets)" , ) "#;
    assert_eq!(parse_allow(text), Some(Ok(allow)));
    assert_eq!(parse_allow(" about archlint: allow(x)"), None);
}

#[test]
fn what_is_wrong_is_said() {
    let wrong = |text: &str| match parse_allow(text) {
        Some(Err(message)) => message,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(wrong("archlint: alow(x)"), "expected `allow(..)`, found `alow`");
    assert_eq!(wrong("archlint: !"), "expected `allow(..)`, found `!`");
    assert_eq!(wrong("archlint: allow x"), "expected `(` after `allow`");
    assert_eq!(wrong("archlint: allow(x"), "missing `)`");
    assert_eq!(wrong("archlint: allow("), "missing `)`");
    assert_eq!(wrong("archlint: allow()"), "no rule is named: `allow(rule-id, reason = \"…\")`");
    assert_eq!(
        wrong("archlint: allow(reason = \"y\")"),
        "no rule is named: `allow(rule-id, reason = \"…\")`"
    );
    assert_eq!(wrong("archlint: allow(x, reason = \"y)"), "the reason's closing quote is missing");
    assert_eq!(wrong("archlint: allow(x, reason = y)"), "expected a string after `reason =`");
    assert_eq!(wrong("archlint: allow(x, raeson = \"y\")"), "`raeson` is no key: only `reason` is");
    assert_eq!(
        wrong("archlint: allow(x, reason = \"a\", reason = \"b\")"),
        "`reason` is given twice"
    );
    assert_eq!(wrong("archlint: allow(reason = \"a\", x)"), "rule ids come before `reason`");
    assert_eq!(wrong("archlint: allow(x y)"), "expected `,` or `)` before `y)`");
    assert_eq!(wrong("archlint: allow(\"x\")"), "expected a rule id before `\"x\")`");
    assert_eq!(wrong("archlint: allow(x) because"), "unexpected `because` after `)`");
}
