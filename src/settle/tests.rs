//! Verdicts, one line for each finding.

use std::collections::BTreeSet;

use crate::check::{Violation, check, sketch as policies};
use crate::extract::{Range, Suppression};
use crate::graph::sketch;
use crate::model::{FileId, Severity, Sources, Span};
use crate::settle::{Debt, Finding, Settle, Summary, Verdict, settle};

const GRAPH: &str = "
    shop::web::page() -> im::Client @2
    shop::web::page() -> im::Client @4
    shop::mail::send() -> im::Client @6
";

/// A file in which every line has a hundred bytes, as the sketches have it.
fn sources() -> Sources {
    let mut sources = Sources::default();
    let text = format!("{}\n", " ".repeat(99)).repeat(20);
    // A sketch counts its lines from one.
    sources.add("shop/src/lib.rs".into(), format!("{}\n{text}", " ".repeat(99)));
    sources
}

fn verdict(graph: &str, policy: &str, suppressions: &[Suppression]) -> Verdict {
    let graph = sketch::graph(graph);
    let policy = policies::policy(&graph, policy);
    let known: BTreeSet<String> = ["forbid", "only", "no-cycles"].map(str::to_owned).into();
    let judged: BTreeSet<String> = policy.rules.iter().map(|rule| rule.id.clone()).collect();
    settle(Settle {
        checked: check(&graph, &policy, Some("2026-11-30")),
        policy: &policy,
        others: Vec::new(),
        suppressions: vec![(FileId(0), suppressions)],
        known_rules: &known,
        judged_rules: &judged,
        debt: Debt::default(),
        sources: &sources(),
        summary: Summary { files: 7, ..Summary::default() },
    })
}

/// `7 forbid new: message`.
fn line(finding: &Finding) -> String {
    let Violation { rule, message, span, .. } = &finding.violation;
    format!("{} {rule} {}: {message}", sketch::line(*span), finding.status.name())
}

#[track_caller]
fn settles(policy: &str, suppressions: &[Suppression], expected: &[&str]) -> Verdict {
    let verdict = verdict(GRAPH, policy, suppressions);
    assert_eq!(verdict.findings.iter().map(line).collect::<Vec<_>>(), expected);
    verdict
}

/// `allow(rules, reason)` for this line, standing at its end.
fn allow(rules: &str, reason: &str, line: u32) -> Suppression {
    Suppression {
        rules: rules.split(',').map(str::to_owned).collect(),
        reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
        malformed: None,
        range: Range { start: line * 100 + 50, end: line * 100 + 60 },
        // The extractor counts lines from one, a sketch's first line is its line 0.
        line: line + 1,
    }
}

const WEB: &str = "`shop::web` may not use `im::Client`";
const MAIL: &str = "`shop::mail` may not use `im::Client`";

#[test]
fn findings_are_counted_by_what_became_of_them() {
    let rules = "
        forbid shop::web -> im
        deprecate shop::mail -> im
        forbid shop::mail -> shop::web; id other; except shop::mail -> shop::web
    ";
    let verdict = settles(
        rules,
        &[allow("forbid", "moved next week", 4)],
        &[
            &format!("2 forbid new: {WEB}"),
            &format!("4 forbid suppressed: {WEB}"),
            "6 deprecate new: `shop::mail` should no longer use `im::Client`",
            "1900 unused-exception stale: the exception `shop::mail -> shop::web` of rule `other` \
             excuses nothing: `shop::mail` does not use `shop::web`",
        ],
    );
    let expected =
        Summary { errors: 1, warnings: 1, suppressed: 1, stale: 1, files: 7, ..Summary::default() };
    assert_eq!(verdict.summary, expected);
    assert_eq!(verdict.findings[1].violation.notes, ["allowed here: moved next week"]);
}

/// X14
#[test]
fn x14_an_allow_covers_its_line_only() {
    settles(
        "forbid shop -> im",
        &[allow("forbid", "moved next week", 2)],
        &[
            &format!("2 forbid suppressed: {WEB}"),
            &format!("4 forbid new: {WEB}"),
            &format!("6 forbid new: {MAIL}"),
        ],
    );
}

/// X15
#[test]
fn x15_an_allow_without_a_reason_excuses_nothing() {
    settles(
        "forbid shop::mail -> im",
        &[allow("forbid", "", 6)],
        &[
            &format!("6 forbid new: {MAIL}"),
            "6 suppression-without-reason new: `allow(forbid)` gives no reason, so it excuses nothing",
        ],
    );
    settles(
        "forbid shop::mail -> im",
        &[allow("forbid", "  ", 6)],
        &[
            &format!("6 forbid new: {MAIL}"),
            "6 suppression-without-reason new: `allow(forbid)` gives no reason, so it excuses nothing",
        ],
    );
}

/// X15
#[test]
fn x15_an_allow_of_an_unknown_rule() {
    let verdict = settles(
        "forbid shop::mail -> im",
        &[allow("forbit", "why not", 6)],
        &[
            &format!("6 forbid new: {MAIL}"),
            "6 suppression-unknown-rule new: there is no rule `forbit`",
        ],
    );
    let help = verdict.findings[1].violation.help.as_deref();
    assert_eq!(help, Some("did you mean `forbid`?"));
}

/// X15
#[test]
fn x15_an_allow_that_has_nothing_to_excuse() {
    settles(
        "forbid shop::mail -> im",
        &[allow("forbid,no-cycles", "why not", 6), allow("forbid", "once it did", 4)],
        &[
            "4 unused-suppression stale: there is nothing here that `forbid` forbids",
            &format!("6 forbid suppressed: {MAIL}"),
        ],
    );
}

#[test]
fn an_allow_that_cannot_be_read() {
    let malformed = Some("no closing parenthesis".to_owned());
    let allow = Suppression { malformed, rules: Vec::new(), ..allow("", "", 6) };
    settles(
        "forbid shop::mail -> im",
        &[allow],
        &[
            &format!("6 forbid new: {MAIL}"),
            "6 malformed-suppression new: this `allow` cannot be read: no closing parenthesis",
        ],
    );
}

/// X3, X4, X8
#[test]
fn x8_exceptions_that_are_good_for_nothing() {
    let rule = "
        forbid shop::mail -> im; except shop::mail -> im until 2026-01-31; \
        except shop::mail -> im::Client; except shop::mail -> im::Client; except shop -> im; \
        except shop::web -> shop::mail
    ";
    let verdict = settles(
        rule,
        &[],
        &[
            &format!("6 forbid suppressed: {MAIL}"),
            "1900 duplicate-exception new: \
             the exception `shop::mail -> im::Client` of rule `forbid` is there twice",
            "1900 expired-exception new: the exception `shop::mail -> im` of rule `forbid` has ended: \
             it held until 2026-01-31",
            "1900 redundant-exception new: the exception `shop -> im` of rule `forbid` \
             changes nothing: without it the verdict is the same",
            "1900 unused-exception stale: the exception `shop::web -> shop::mail` of rule `forbid` \
             excuses nothing: `shop::web` does not use `shop::mail`",
        ],
    );
    let severities: Vec<Severity> =
        verdict.findings[1..].iter().map(|one| one.violation.severity).collect();
    assert_eq!(severities, [Severity::Warn, Severity::Deny, Severity::Warn, Severity::Deny]);
    assert_eq!(
        (verdict.summary.errors, verdict.summary.warnings, verdict.summary.stale),
        (1, 2, 1)
    );
}

/// X5
#[test]
fn x5_an_exception_without_its_edge_by_setting() {
    let rule = "forbid shop::mail -> shop::web; except shop::mail -> shop::web";
    let said = "the exception `shop::mail -> shop::web` of rule `forbid` excuses nothing: \
                `shop::mail` does not use `shop::web`";
    let stale = settles(rule, &[], &[&format!("1900 unused-exception stale: {said}")]);
    assert_eq!((stale.summary.stale, stale.summary.warnings), (1, 0));
    let warned = settles(
        &format!("unmatched warn\n{rule}"),
        &[],
        &[&format!("1900 unused-exception new: {said}")],
    );
    assert_eq!((warned.summary.stale, warned.summary.warnings), (0, 1));
    settles(&format!("unmatched silent\n{rule}"), &[], &[]);
}

/// X8
#[test]
fn x8_what_an_expired_exception_excused_counts_again() {
    settles(
        "forbid shop::mail -> im; except shop::mail -> im until 2026-01-31",
        &[],
        &[
            &format!("6 forbid new: {MAIL}"),
            "1900 expired-exception new: the exception `shop::mail -> im` of rule `forbid` has ended: \
             it held until 2026-01-31",
        ],
    );
}

fn fingerprints(graph: &str) -> Vec<String> {
    let verdict = verdict(graph, "forbid shop -> im", &[]);
    verdict.findings.into_iter().map(|finding| finding.fingerprint).collect()
}

#[test]
fn a_fingerprint_knows_no_lines() {
    let moved = "
        shop::web::page() -> im::Client @12
        shop::web::page() -> im::Client @13
        shop::mail::send() -> im::Client @5
    ";
    let (before, after) = (fingerprints(GRAPH), fingerprints(moved));
    assert_eq!(before, [after[1].clone(), after[2].clone(), after[0].clone()]);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 3);
}

#[test]
fn a_fingerprint_is_the_same_in_every_release() {
    // FNV-1a of "forbid\0shop::a\0im\0\0" and an ordinal of eight zero bytes.
    assert_eq!(fingerprints("shop::a -> im"), ["a09ad3a1f51a5226"]);
}

#[test]
fn findings_are_ordered_by_file_name() {
    let mut sources = Sources::default();
    let files = ["b.rs", "a.rs"].map(|name| sources.add(name.into(), String::new()));
    let at = |file| Span { file, start: 0, end: 1 };
    let others =
        files.map(|file| Violation::new("x", Severity::Deny, at(file), "wrong".to_owned()));
    let (policy, none) = (crate::boundaries::policy::Policy::default(), BTreeSet::new());
    let verdict = settle(Settle {
        checked: crate::check::Checked::default(),
        policy: &policy,
        others: others.into(),
        suppressions: Vec::new(),
        known_rules: &none,
        judged_rules: &none,
        debt: Debt::default(),
        sources: &sources,
        summary: Summary::default(),
    });
    let found = verdict.findings.iter().map(|finding| finding.violation.span.file);
    assert_eq!(found.collect::<Vec<_>>(), [files[1], files[0]]);
}
