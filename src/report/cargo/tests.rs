use serde_json::{Value, json};

use super::*;
use crate::model::{Severity, Sources};
use crate::report::Format;
use crate::report::tests::{NASTY, finding, full, of, sources, span, written};
use crate::settle::Status;

fn lines(findings: Vec<Finding>, sources: &Sources) -> Vec<Value> {
    let text = written(findings, sources, Format::Cargo, Style::default());
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The first message.
fn message(finding: Finding, sources: &Sources) -> Value {
    lines(vec![finding], sources)[0]["message"].take()
}

const IMPORT: &str = "use im_api::dto::ImProfile;";

/// A place in the first file: bytes, line, columns, and the text of the line.
fn place(bytes: [u32; 2], line: u32, columns: [u32; 2], text: &str) -> Value {
    json!({
        "file_name": "src/flows/deposit.rs",
        "byte_start": bytes[0], "byte_end": bytes[1],
        "line_start": line, "line_end": line,
        "column_start": columns[0], "column_end": columns[1],
        "is_primary": false,
        "text": [{"text": text, "highlight_start": columns[0], "highlight_end": columns[1]}],
        "label": null,
        "suggested_replacement": null, "suggestion_applicability": null,
        "expansion": null,
    })
}

/// The same with these fields.
fn with(mut place: Value, fields: &Value) -> Value {
    let place_fields = place.as_object_mut().unwrap();
    place_fields.extend(fields.as_object().unwrap().clone());
    place
}

fn remark(level: &str, message: &str, spans: &[Value]) -> Value {
    json!({
        "$message_type": "diagnostic", "message": message, "code": null, "level": level,
        "spans": spans, "children": [], "rendered": null,
    })
}

fn here() -> Value {
    with(place([4, 26], 1, [5, 27], IMPORT), &json!({"is_primary": true}))
}

/// A place in the rules.
fn ruled(bytes: [u32; 2], line: u32, end: u32, text: &str, label: &str) -> Value {
    let fields = json!({"file_name": "boundaries.toml", "label": label});
    with(place(bytes, line, [1, end], text), &fields)
}

#[test]
fn a_message_has_the_way_and_the_reasons() {
    let mut message = message(full(), &sources());
    let start = "error[accounts-not-im]: `accounts` may not use `im`\n";
    assert!(message["rendered"].take().as_str().unwrap().starts_with(start));
    message["children"].as_array_mut().unwrap().truncate(3);
    let labelled = |place, label: &str| with(place, &json!({"label": label}));
    let expected = json!({
        "$message_type": "diagnostic",
        "message": "`accounts` may not use `im`",
        "code": {"code": "archlint::accounts-not-im", "explanation": null},
        "level": "error",
        "spans": [
            labelled(here(), "reaches `im_api::dto`"),
            labelled(place([0, 3], 1, [1, 4], IMPORT), "`im_api` re-exports `im_api::dto`"),
            labelled(place([29, 32], 3, [1, 4], "pub fn deposit() {}"), "1. `a` → `b`"),
            ruled([9, 11], 2, 3, "id = \"accounts-not-im\"", "2. `b` → `c`"),
            ruled([32, 57], 3, 26, "forbid = \"accounts -> im\"", "the rule"),
        ],
        "children": [
            remark("note", "because: accounts is the core domain", &[]),
            remark("note", "100% sure", &[]),
            remark("help", "go through `accounts::im_gateway`", &[]),
        ],
        "rendered": null,
    });
    assert_eq!(message, expected);
}

#[test]
fn a_message_has_the_changes() {
    let removal = json!({
        "is_primary": true, "line_end": 2,
        "text": [
            {"text": IMPORT, "highlight_start": 1, "highlight_end": 28},
            {"text": "", "highlight_start": 1, "highlight_end": 1},
        ],
        "suggested_replacement": "", "suggestion_applicability": "MachineApplicable",
    });
    let comment = json!({
        "is_primary": true,
        "suggested_replacement": "// archlint: allow(accounts-not-im, reason = \"\")\n",
        "suggestion_applicability": "MaybeIncorrect",
    });
    let expected = [
        remark(
            "help",
            "remove this import",
            &[here(), with(place([0, 28], 1, [1, 1], ""), &removal)],
        ),
        remark(
            "help",
            "allow it here, with a reason",
            &[here(), with(place([0, 0], 1, [1, 1], IMPORT), &comment)],
        ),
    ];
    let message = message(full(), &sources());
    assert_eq!(message["children"].as_array().unwrap()[3..], expected);
}

#[test]
fn each_message_has_its_package_and_target() {
    let mut sources = sources();
    let add = |sources: &mut Sources, path: &str| {
        let file = sources.add(path.into(), "use im;".into());
        finding(span(file.0, 4, 6))
    };
    let findings = vec![
        add(&mut sources, "src/main.rs"),
        add(&mut sources, "im/src/api.rs"),
        add(&mut sources, "/elsewhere/x.rs"),
    ];
    let lines = lines(findings, &sources);
    let told = lines[..3].iter().map(|line| {
        let (target, name) = (&line["target"], |value: &Value| value.as_str().unwrap().to_owned());
        [&line["package_id"], &line["manifest_path"], &target["kind"][0], &target["src_path"]]
            .map(name)
    });
    let root = "path+file:///repository/ws/#accounts@0.1.0";
    let manifest = "/repository/ws/Cargo.toml";
    let expected = [
        [root, manifest, "bin", "/repository/ws/src/main.rs"],
        [
            "path+file:///repository/ws/im#im@0.1.0",
            "/repository/ws/im/Cargo.toml",
            "lib",
            "/repository/ws/im/src/lib.rs",
        ],
        [root, manifest, "lib", "/repository/ws/src/lib.rs"],
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn a_run_without_errors_is_a_success() {
    let finished = |success| json!({"reason": "build-finished", "success": success});
    assert_eq!(lines(Vec::new(), &sources()), [finished(true)]);
    let warning = lines(vec![of(Severity::Warn, Status::New, "w")], &sources());
    assert_eq!(warning[0]["message"]["level"], "warning");
    assert_eq!(warning[1], finished(true));
    let known = lines(vec![of(Severity::Deny, Status::Known, "k")], &sources());
    assert_eq!(known, [finished(true)]);
    let error = lines(vec![of(Severity::Deny, Status::New, "e")], &sources());
    assert_eq!(error[1], finished(false));
}

#[test]
fn columns_are_scalar_values_and_bytes_are_those_of_the_file() {
    let mut sources = Sources::default();
    sources.add("src/é.rs".into(), NASTY.into());
    let span = message(finding(span(0, 31, 43)), &sources)["spans"][0].take();
    let expected = json!({
        "file_name": "src/é.rs", "byte_start": 31, "byte_end": 43,
        "line_start": 2, "line_end": 2, "column_start": 16, "column_end": 28,
        "is_primary": true,
        "text": [{
            "text": "\tlet x = \"é🦀\"; im_api::send();",
            "highlight_start": 16,
            "highlight_end": 28,
        }],
        "label": "reaches `im_api::dto`",
        "suggested_replacement": null, "suggestion_applicability": null,
        "expansion": null,
    });
    assert_eq!(span, expected);
}

/// The comment that the last child of the message for the finding inserts, and where.
fn allowed(finding: Finding, sources: &Sources) -> Option<(u64, String)> {
    let message = message(finding, sources);
    let last = message["children"].as_array().unwrap().last()?;
    let edit = last["spans"].get(1)?;
    let text = edit["suggested_replacement"].as_str().unwrap().to_owned();
    Some((edit["byte_start"].as_u64().unwrap(), text))
}

#[test]
fn the_comment_stands_above_and_is_indented_likewise() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), "\u{feff}use im;\r\n\t  im::y();\r\n".into());
    sources.add("y.rs".into(), "use im;".into());
    sources.add("Cargo.toml".into(), "im = \"1\"".into());
    let comment = "// archlint: allow(accounts-not-im, reason = \"\")";
    let first = allowed(finding(span(0, 7, 9)), &sources);
    assert_eq!(first, Some((3, format!("{comment}\r\n"))));
    let second = allowed(finding(span(0, 15, 20)), &sources);
    assert_eq!(second, Some((15, format!("{comment}\r\n\t  "))));
    assert_eq!(allowed(finding(span(1, 4, 6)), &sources), Some((0, format!("{comment}\n"))));
    assert_eq!(allowed(finding(span(2, 0, 2)), &sources), None);
    let mut fault = finding(span(1, 4, 6));
    fault.violation.rule = "unparsed-file".into();
    assert_eq!(allowed(fault, &sources), None);
}

#[test]
fn machine_made_lines_are_not_repeated() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), format!("use im; // {}", "x".repeat(20_000)));
    let text = written(vec![finding(span(0, 4, 6))], &sources, Format::Cargo, Style::default());
    assert!(text.len() < 10_000, "{}", text.len());
    assert_eq!(message(finding(span(0, 4, 6)), &sources)["spans"][0]["text"], json!([]));
}

#[test]
fn rustfix_makes_the_change_that_mends() {
    let text = written(vec![full()], &sources(), Format::Cargo, Style::default());
    let line: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let suggestions = rustfix::get_suggestions_from_json(
        &line["message"].to_string(),
        &rustc_hash::FxHashSet::default(),
        rustfix::Filter::MachineApplicableOnly,
    );
    let fixed = rustfix::apply_suggestions(
        "use im_api::dto::ImProfile;\n\npub fn deposit() {}\n",
        &suggestions.unwrap(),
    );
    assert_eq!(fixed.unwrap(), "\npub fn deposit() {}\n");
}
