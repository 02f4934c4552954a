use super::*;
use crate::report::Format;
use crate::report::tests::{NASTY, finding, of, sources, span, step, written};

fn human(finding: Finding, sources: &Sources, style: Style) -> String {
    written(vec![finding], sources, Format::Human, style)
}

fn explained() -> Finding {
    let mut finding = finding(span(0, 4, 26));
    finding.violation.related = vec![(span(1, 32, 57), "the rule".into())];
    finding.violation.because = Some("accounts is the core domain".into());
    finding.violation.notes = vec!["stands in\n`deposit`".into()];
    finding.violation.help = Some("go through `accounts::im_gateway`".into());
    finding
}

const EXPLAINED: &str = r#"error[accounts-not-im]: `accounts` may not use `im`
  ┌─ src/flows/deposit.rs:1:5
  │
1 │ use im_api::dto::ImProfile;
  │     ^^^^^^^^^^^^^^^^^^^^^^ reaches `im_api::dto`
  │
  ┌─ boundaries.toml:3:1
  │
3 │ forbid = "accounts -> im"
  │ ------------------------- the rule
  │
  = because: accounts is the core domain
  = note: stands in
    `deposit`
  = help: go through `accounts::im_gateway`

1 error; 2 files, 6 lines
"#;

#[test]
fn a_finding_with_everything() {
    assert_eq!(human(explained(), &sources(), Style::default()), EXPLAINED);
}

#[test]
fn the_same_in_ascii() {
    let ascii = Style { ascii: true, ..Style::default() };
    let expected = EXPLAINED.replace("┌─", "-->").replace('│', "|");
    assert_eq!(human(explained(), &sources(), ascii), expected);
}

#[test]
fn the_same_in_colors() {
    let color = Style { color: true, ..Style::default() };
    let text = human(explained(), &sources(), color);
    let header =
        "\u{1b}[0;1;31merror[accounts-not-im]\u{1b}[0;1m: `accounts` may not use `im`\u{1b}[0m\n";
    assert!(text.starts_with(header), "{text:?}");
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap().to_owned();
    parts.for_each(|part| plain.push_str(part.split_once('m').unwrap().1));
    assert_eq!(plain, EXPLAINED);
}

#[test]
fn nothing_is_one_line() {
    let text = written(Vec::new(), &Sources::default(), Format::Human, Style::default());
    assert_eq!(text, "no errors or warnings; 2 files, 6 lines\n");
}

#[test]
fn a_chain_is_drawn_hop_by_hop() {
    let mut finding = finding(span(0, 4, 26));
    finding.violation.chain = vec![
        step("accounts::flows", "im_api", span(0, 4, 26)),
        step("im_api", "accounts", span(0, 36, 43)),
    ];
    finding.violation.through = vec![step("im_api", "im_api::dto", span(0, 29, 32))];
    let expected = "\
error[accounts-not-im]: `accounts` may not use `im`
  ┌─ src/flows/deposit.rs:1:5
  │
1 │ use im_api::dto::ImProfile;
  │     ^^^^^^^^^^^^^^^^^^^^^^ reaches `im_api::dto`
2 │ \n3 │ pub fn deposit() {}
  │ ---    ------- 2. `im_api` → `accounts`
  │ │       \n  │ `im_api` re-exports `im_api::dto`

1 error; 2 files, 6 lines
";
    assert_eq!(human(finding, &sources(), Style::default()), expected);
}

#[test]
fn a_long_chain_is_told() {
    let mut finding = finding(span(0, 4, 26));
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    finding.violation.chain =
        names.windows(2).map(|pair| step(pair[0], pair[1], span(0, 36, 43))).collect();
    let text = human(finding, &sources(), Style { ascii: true, ..Style::default() });
    let notes: Vec<_> = text.lines().filter(|line| line.starts_with("  = ")).collect();
    assert_eq!(notes.len(), 7);
    assert_eq!(notes[0], "  = a (src/flows/deposit.rs:3:8) -> b");
    assert_eq!(notes[6], "  = g (src/flows/deposit.rs:3:8) -> h");
}

#[test]
fn carets_stand_below_wide_characters() {
    let mut sources = Sources::default();
    sources.add("src/é.rs".into(), NASTY.into());
    // The tab is drawn as four columns, the crab as two.
    let expected = "
  ┌─ src/é.rs:2:16
  │
2 │     let x = \"é🦀\"; im_api::send();
  │                    ^^^^^^^^^^^^ reaches `im_api::dto`

";
    let text = human(finding(span(0, 31, 43)), &sources, Style::default());
    assert!(text.contains(expected), "{text}");
}

#[test]
fn the_first_line_has_no_byte_order_mark() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), "\u{feff}use im;\r\n".into());
    let text = human(finding(span(0, 7, 9)), &sources, Style::default());
    let expected = "  ┌─ x.rs:1:5\n  │\n1 │ use im;\n  │     ^^ reaches";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn marks_and_line_ends_count_as_the_text_beside_them() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), "\u{feff}use im;\r\n".into());
    let whole = human(finding(span(0, 0, 12)), &sources, Style::default());
    assert!(whole.contains("1 │ use im;\n  │ ^^^^^^^ reaches"), "{whole}");
    let end = human(finding(span(0, 11, 12)), &sources, Style::default());
    assert!(end.contains("1 │ use im;\n  │        ^ reaches"), "{end}");
}

#[test]
fn hidden_characters_are_replaced() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), "/*\u{1b}[2J\u{9b}*/ im::x".into());
    let mut finding = finding(span(0, 11, 16));
    finding.violation.label = "\u{1b}[2J".into();
    let text = human(finding, &sources, Style::default());
    // Eight characters and a space, of which the second control takes two bytes.
    let expected = "  ┌─ x.rs:1:11\n  │\n1 │ /*\u{fffd}[2J\u{fffd}*/ im::x\n";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("^^^^^ \\u{1b}[2J\n"), "{text}");
}

#[test]
fn of_a_long_line_the_part_in_question_is_shown() {
    let mut sources = Sources::default();
    let line = format!("{} im::y {}", "x".repeat(1000), "z".repeat(1000));
    sources.add("x.rs".into(), line);
    let mut finding = finding(span(0, 1001, 1006));
    finding.violation.label = "here".into();
    finding.violation.related = vec![(span(0, 1900, 1901), "far away".into())];
    let text = human(finding, &sources, Style::default());
    // 100 bytes before the mark, 400 in all: 901..1301.
    let (before, after) = ("x".repeat(99), "z".repeat(294));
    let expected = format!(
        "  ┌─ x.rs:1:1002\n  │\n1 │ …{before} im::y {after}…\n  │ {}^^^^^ here\n  │\n  \
         = x.rs:1:1901: far away\n",
        " ".repeat(101)
    );
    assert!(text.contains(&expected), "{text}");
}

#[test]
fn the_place_itself_is_always_drawn() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), "中é🦀".repeat(100));
    for start in 0..=900 {
        let text = human(finding(span(0, start, start + 2)), &sources, Style::default());
        assert!(text.contains("^ reaches"), "{start}: {text}");
        assert!(!text.contains("  = "), "{start}: {text}");
    }
}

#[test]
fn what_is_let_pass_says_so() {
    let style = Style { show_suppressed: true, ..Style::default() };
    let known = of(crate::model::Severity::Deny, Status::Known, "m");
    let text = human(known, &sources(), style);
    assert!(text.starts_with("note[accounts-not-im]: m\n"), "{text}");
    assert!(text.contains("\n  = known: the baseline lets it pass\n"), "{text}");
}

#[test]
fn a_file_without_text_has_a_place() {
    let mut sources = Sources::default();
    sources.add("boundaries.toml".into(), String::new());
    let text = human(finding(span(0, 0, 0)), &sources, Style::default());
    let expected = "  ┌─ boundaries.toml:1:1\n  │\n1 │ \n  │ ^ reaches `im_api::dto`\n";
    assert!(text.contains(expected), "{text}");
}
