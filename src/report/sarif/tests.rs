use serde_json::{Value, json};

use super::*;
use crate::model::{Severity, Sources};
use crate::report::Format;
use crate::report::tests::{NASTY, finding, full, of, sources, span, written};
use crate::settle::{Finding, Status};

fn sarif(findings: Vec<Finding>, sources: &Sources, style: Style) -> Value {
    serde_json::from_str(&written(findings, sources, Format::Sarif, style)).unwrap()
}

/// The first result.
fn result(finding: Finding, sources: &Sources) -> Value {
    sarif(vec![finding], sources, Style::default())["runs"][0]["results"][0].take()
}

fn region(finding: Finding, sources: &Sources) -> Value {
    result(finding, sources)["locations"][0]["physicalLocation"]["region"].take()
}

fn location(uri: &str, [line, column, end]: [u32; 3]) -> Value {
    json!({
        "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": line, "startColumn": column, "endLine": line, "endColumn": end},
    })
}

#[test]
fn a_result_with_everything() {
    let (deposit, rules) = ("ws/src/flows/deposit.rs", "ws/boundaries.toml");
    let expected = json!({
        "ruleId": "accounts-not-im",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "`accounts` may not use `im`. Because: accounts is the core domain. \
            Note: 100% sure. Help: go through `accounts::im_gateway`. \
            [`im_api` re-exports `im_api::dto`](1). [the rule](2)."},
        "locations": [{"physicalLocation": location(deposit, [1, 5, 27])}],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": location(deposit, [1, 1, 4]),
                "message": {"text": "`im_api` re-exports `im_api::dto`"},
            },
            {
                "id": 2,
                "physicalLocation": location(rules, [3, 1, 26]),
                "message": {"text": "the rule"},
            },
        ],
        "codeFlows": [{"threadFlows": [{"locations": [
            {"location": {
                "physicalLocation": location(deposit, [3, 1, 4]),
                "message": {"text": "`a` uses `b`"},
            }},
            {"location": {
                "physicalLocation": location(rules, [2, 1, 3]),
                "message": {"text": "`b` uses `c`"},
            }},
        ]}]}],
        "fixes": [{
            "description": {"text": "remove this import."},
            "artifactChanges": [{
                "artifactLocation": {"uri": deposit, "uriBaseId": "%SRCROOT%"},
                // Its line's end is part of it.
                "replacements": [{
                    "deletedRegion":
                        {"startLine": 1, "startColumn": 1, "endLine": 2, "endColumn": 1},
                    "insertedContent": {"text": ""},
                }],
            }],
        }],
        "partialFingerprints": {"archlint/v1": "f"},
    });
    assert_eq!(result(full(), &sources()), expected);
}

#[test]
fn rules_are_told_whether_broken_or_not() {
    let mut stale = of(Severity::Deny, Status::Stale, "an exception excuses nothing");
    stale.violation.rule = "unused-exception".into();
    let mut written = sarif(vec![stale], &sources(), Style::default());
    let driver = &mut written["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "cargo-archlint");
    let ids: Vec<_> = driver["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, ["accounts-not-im", "im-not-mail", "unused-exception"]);
    let said = "`im` may not use `mail`";
    let because = "Because: accounts is the core domain";
    let more = [
        "See https://example.org/core",
        "scope: ",
        "judged: each single use; re-exports are seen through",
        "a breach is a warning",
        "`cargo archlint explain im-not-mail` says more",
    ];
    let expected = json!({
        "id": "im-not-mail",
        "shortDescription": {"text": said},
        "fullDescription": {"text": format!("{said}\n{because}")},
        "help": {
            "text": format!("{said}\n{because}\n{}", more.join("\n")),
            "markdown": format!("{said}\n\n{because}\n\n{}", more.join("\n\n")),
        },
        "helpUri": "https://example.org/core",
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "tags": ["architecture"],
            "precision": "very-high",
            "problem.severity": "warning",
        },
    });
    assert_eq!(driver["rules"][1], expected);
    assert_eq!(written["runs"][0]["results"][0]["ruleIndex"], 2);
}

#[test]
fn columns_are_utf16() {
    let mut sources = Sources::default();
    sources.add("src/é 🦀.rs".into(), NASTY.into());
    // Up to the path: a tab, `let x = "` (9), `é` (1), the crab (2), `"; ` (3).
    let place = result(finding(span(0, 31, 43)), &sources)["locations"][0].take();
    let expected = location("ws/src/%C3%A9%20%F0%9F%A6%80.rs", [2, 17, 29]);
    assert_eq!(place["physicalLocation"], expected);
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let mut sources = Sources::default();
    sources.add("x.rs".into(), "\u{feff}use im;\r\nuse im;\r\n".into());
    let at = |line, start, end| json!({"startLine": line, "startColumn": start, "endLine": line, "endColumn": end});
    assert_eq!(region(finding(span(0, 7, 9)), &sources), at(1, 5, 7));
    assert_eq!(region(finding(span(0, 16, 18)), &sources), at(2, 5, 7));
    // A place is on one line, and the line's end is no part of it.
    assert_eq!(region(finding(span(0, 7, 18)), &sources), at(1, 5, 8));
}

#[test]
fn files_elsewhere_have_whole_addresses() {
    let mut sources = Sources::default();
    sources.add("/elsewhere/x y.rs".into(), "use im;".into());
    let place = result(finding(span(0, 4, 6)), &sources)["locations"][0].take();
    let artifact = &place["physicalLocation"]["artifactLocation"];
    assert_eq!(*artifact, json!({"uri": "file:///elsewhere/x%20y.rs"}));
}

#[test]
fn words_of_the_workspace_are_no_links() {
    let mut finding = of(Severity::Deny, Status::New, "[a](1) and [b]!");
    finding.violation.related = vec![(span(1, 0, 1), "a[0] \\".into())];
    let text = result(finding, &sources())["message"]["text"].take();
    assert_eq!(text, "\\[a\\](1) and \\[b\\]! [a\\[0\\] \\\\](1).");
}

#[test]
fn what_is_let_pass_is_told_on_request_only() {
    let findings = || {
        vec![
            of(Severity::Deny, Status::New, "new"),
            of(Severity::Deny, Status::Known, "known"),
            of(Severity::Deny, Status::Suppressed, "suppressed"),
        ]
    };
    let plain = sarif(findings(), &sources(), Style::default());
    let results = plain["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert!(results[0].get("suppressions").is_none() && results[0].get("baselineState").is_none());
    let style = Style { show_suppressed: true, ..Style::default() };
    let all = sarif(findings(), &sources(), style);
    let told = all["runs"][0]["results"].as_array().unwrap().iter().map(|one| {
        let kind = one["suppressions"][0]["kind"].as_str().unwrap_or_default();
        (one["level"].as_str().unwrap(), one["baselineState"].as_str().unwrap(), kind)
    });
    let expected =
        [("error", "new", ""), ("note", "unchanged", "external"), ("note", "new", "inSource")];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn what_has_no_place_is_counted() {
    let warnings = (0..MOST_RESULTS).map(|_| of(Severity::Warn, Status::New, "w"));
    let errors = (0..2).map(|_| of(Severity::Deny, Status::New, "e"));
    let findings: Vec<Finding> = warnings.chain(errors).collect();
    let verdict = Verdict { findings: findings.clone(), ..Verdict::default() };
    assert_eq!(left_out(&verdict, Style::default()), 2);
    let written = sarif(findings, &sources(), Style::default());
    let run = &written["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), MOST_RESULTS);
    assert_eq!(results.iter().filter(|one| one["level"] == "error").count(), 2);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = "2 findings are left out: the document holds the 25000 worst.";
    assert_eq!(*notification, json!({"level": "warning", "message": {"text": text}}));
}

#[test]
fn of_nothing_there_are_no_results() {
    let written = sarif(Vec::new(), &sources(), Style::default());
    let run = &written["runs"][0];
    assert_eq!(run["results"], json!([]));
    assert_eq!(run["invocations"], json!([{"executionSuccessful": true}]));
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["automationDetails"]["id"], "cargo-archlint/");
}
