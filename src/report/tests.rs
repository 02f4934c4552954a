//! The verdict that the formats are tried on, and what holds for all of them.

use super::visible::is_hidden;
use super::{Format, Outcome, Style, write};
use crate::boundaries::policy::{NodeSet, Pair, Policy, Reach, Reexports, Rule, Scopes, Verb};
use crate::check::{Applicability, Fix, Step, Violation};
use crate::discover::{Package, Target, TargetKind, Workspace};
use crate::model::{CodeScope, FileId, Severity, Sources, Span};
use crate::settle::{Finding, Status, Summary, Verdict};

pub(super) fn span(file: u32, start: u32, end: u32) -> Span {
    Span { file: FileId(file), start, end }
}

pub(super) fn step(from: &str, to: &str, span: Span) -> Step {
    Step { from: from.into(), to: to.into(), span }
}

/// An import in file 0 and, related, the rule in file 1 that it breaks.
pub(super) fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add(
        "src/flows/deposit.rs".into(),
        "use im_api::dto::ImProfile;\n\npub fn deposit() {}\n".into(),
    );
    sources.add(
        "boundaries.toml".into(),
        "[[rule]]\nid = \"accounts-not-im\"\nforbid = \"accounts -> im\"\n".into(),
    );
    sources
}

pub(super) fn finding(span: Span) -> Finding {
    let violation = Violation {
        rule: "accounts-not-im".into(),
        severity: Severity::Deny,
        message: "`accounts` may not use `im`".into(),
        because: None,
        span,
        label: "reaches `im_api::dto`".into(),
        edge: None,
        from: String::new(),
        to: String::new(),
        item: String::new(),
        owner: String::new(),
        written: String::new(),
        scope: CodeScope::Normal,
        through: Vec::new(),
        chain: Vec::new(),
        related: Vec::new(),
        notes: Vec::new(),
        help: None,
        fix: None,
    };
    Finding { violation, status: Status::New, fingerprint: "f".into() }
}

pub(super) fn of(severity: Severity, status: Status, message: &str) -> Finding {
    let mut finding = finding(span(0, 4, 26));
    finding.violation.severity = severity;
    finding.violation.message = message.into();
    finding.status = status;
    finding
}

pub(super) fn verdict(findings: Vec<Finding>) -> Verdict {
    let errors = findings.len();
    Verdict { findings, summary: Summary { errors, files: 2, lines: 6, ..Summary::default() } }
}

pub(super) fn written(
    findings: Vec<Finding>,
    sources: &Sources,
    format: Format,
    style: Style,
) -> String {
    let (verdict, policy, workspace) = (verdict(findings), policy(), workspace());
    let base = "/repository".into();
    let outcome =
        Outcome { verdict: &verdict, sources, policy: &policy, workspace: &workspace, base };
    let mut out = Vec::new();
    write(&outcome, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The rule that findings break, and one that holds.
fn policy() -> Policy {
    let set = |label: &str| NodeSet { label: label.into(), ..NodeSet::default() };
    let rule = |id: &str, from, to, severity| Rule {
        id: id.into(),
        span: span(1, 32, 57),
        because: Some("accounts is the core domain".into()),
        docs: Some("https://example.org/core".into()),
        severity,
        scopes: Scopes::default(),
        reach: Reach::Direct,
        reexports: Reexports::Through,
        via: None,
        within: None,
        is_complete: true,
        allowances: Vec::new(),
        except: Vec::new(),
        page: None,
        verb: Verb::Forbid(vec![Pair { from: set(from), to: set(to) }]),
    };
    let rules = vec![
        rule("accounts-not-im", "accounts", "im", Severity::Deny),
        rule("im-not-mail", "im", "mail", Severity::Warn),
    ];
    Policy { rules, ..Policy::default() }
}

/// Two members, one in the root, in a folder of a repository.
fn workspace() -> Workspace {
    let target = |kind, root: &str| Target {
        kind,
        name: "accounts".into(),
        root: root.into(),
        edition: 2024,
        proc_macro: false,
    };
    let package = |name: &str, folder: &str, targets| Package {
        id: format!("path+file:///repository/ws/{folder}#{name}@0.1.0"),
        name: name.into(),
        manifest: camino::Utf8Path::new(folder).join("Cargo.toml"),
        folder: folder.into(),
        targets,
        dependencies: Vec::new(),
    };
    let own = vec![target(TargetKind::Lib, "src/lib.rs"), target(TargetKind::Bin, "src/main.rs")];
    let im = vec![target(TargetKind::Lib, "im/src/lib.rs")];
    Workspace {
        root: "/repository/ws".into(),
        packages: vec![package("accounts", "", own), package("im", "im", im)],
        ..Workspace::default()
    }
}

/// A finding about which everything is known.
pub(super) fn full() -> Finding {
    let mut full = finding(span(0, 4, 26));
    let violation = &mut full.violation;
    violation.because = Some("accounts is the core domain".into());
    violation.through = vec![step("im_api", "im_api::dto", span(0, 0, 3))];
    violation.chain = vec![step("a", "b", span(0, 29, 32)), step("b", "c", span(1, 9, 11))];
    violation.related = vec![(span(1, 32, 57), "the rule".into())];
    violation.notes = vec!["100% sure".into()];
    violation.help = Some("go through `accounts::im_gateway`".into());
    violation.fix = Some(Fix {
        title: "remove this import".into(),
        edits: vec![(span(0, 0, 28), String::new())],
        applicability: Applicability::MachineApplicable,
    });
    full
}

fn short(findings: Vec<Finding>, style: Style) -> String {
    written(findings, &sources(), Format::Short, style)
}

fn json(findings: Vec<Finding>, sources: &Sources) -> String {
    written(findings, sources, Format::Json, Style::default())
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name()), Some(format));
    }
    assert_eq!(Format::parse("Human"), None);
}

#[test]
fn short_is_a_line_each() {
    let stale = of(Severity::Warn, Status::Stale, "`allow` excuses\nnothing\u{1b}");
    let expected = "\
src/flows/deposit.rs:1:5: error[accounts-not-im]: `accounts` may not use `im`
src/flows/deposit.rs:1:5: warning[accounts-not-im]: `allow` excuses nothing\\u{1b}
2 errors; 2 files, 6 lines
";
    assert_eq!(short(vec![finding(span(0, 4, 26)), stale], Style::default()), expected);
    assert_eq!(short(Vec::new(), Style::default()), "no errors or warnings; 2 files, 6 lines\n");
}

#[test]
fn what_is_let_pass_is_shown_on_request() {
    let findings = || {
        vec![
            of(Severity::Deny, Status::Known, "one"),
            of(Severity::Deny, Status::Suppressed, "two"),
            of(Severity::Deny, Status::New, "three"),
        ]
    };
    let hidden = short(findings(), Style::default());
    let expected = "src/flows/deposit.rs:1:5: error[accounts-not-im]: three\n";
    assert_eq!(hidden.lines().next(), expected.lines().next());
    let shown = short(findings(), Style { show_suppressed: true, ..Style::default() });
    let expected = "\
src/flows/deposit.rs:1:5: note[accounts-not-im]: one
src/flows/deposit.rs:1:5: note[accounts-not-im]: two
src/flows/deposit.rs:1:5: error[accounts-not-im]: three
3 errors; 2 files, 6 lines
";
    assert_eq!(shown, expected);
}

#[test]
fn the_limit_keeps_errors() {
    let findings = || {
        vec![
            of(Severity::Warn, Status::New, "a"),
            of(Severity::Deny, Status::New, "b"),
            of(Severity::Warn, Status::New, "c"),
            of(Severity::Deny, Status::Stale, "d"),
            of(Severity::Warn, Status::New, "e"),
        ]
    };
    let limited = |max| short(findings(), Style { max_findings: Some(max), ..Style::default() });
    let last = |letters: &str, rest: &str| {
        let at = "src/flows/deposit.rs:1:5:";
        let line = |letter: char| match letter {
            'b' | 'd' => format!("{at} error[accounts-not-im]: {letter}\n"),
            _ => format!("{at} warning[accounts-not-im]: {letter}\n"),
        };
        let lines: String = letters.chars().map(line).collect();
        format!("{lines}{rest}5 errors; 2 files, 6 lines\n")
    };
    assert_eq!(limited(5), last("abcde", ""));
    assert_eq!(limited(3), last("abd", "… and 2 more: 2 warnings\n"));
    assert_eq!(limited(1), last("b", "… and 4 more: 1 error, 3 warnings\n"));
    assert_eq!(limited(0), last("", "… and 5 more: 2 errors, 3 warnings\n"));
}

#[test]
fn json_has_the_documented_shape() {
    let mut full = finding(span(0, 4, 26));
    full.status = Status::Known;
    full.violation = Violation {
        because: Some("core domain".into()),
        from: "accounts::flows::deposit".into(),
        to: "im_api::dto".into(),
        item: "im_api::dto::ImProfile".into(),
        owner: "accounts::flows::deposit".into(),
        written: "im_api::dto::ImProfile".into(),
        through: vec![step("accounts::dto", "im_api::dto", span(0, 0, 3))],
        chain: vec![step("a", "b", span(0, 29, 32)), step("b", "c", span(1, 9, 11))],
        related: vec![(span(1, 32, 57), "the rule".into())],
        notes: vec!["n".into()],
        help: Some("h".into()),
        ..full.violation
    };
    let plain = of(Severity::Warn, Status::New, "a \"b\" \u{1b}\u{9b}");
    let expected = concat!(
        r#"{"version":1,"summary":{"errors":2,"warnings":0,"known":0,"suppressed":0,"stale":0,"#,
        r#""files":2,"lines":6,"unparsed":0,"unreached":0,"unresolved":0,"macros_not_read":0},"#,
        "\"findings\":[\n",
        r#"{"rule":"accounts-not-im","severity":"error","status":"known","#,
        r#""message":"`accounts` may not use `im`","because":"core domain","#,
        r#""file":"src/flows/deposit.rs","line":1,"column":5,"end_line":1,"end_column":27,"#,
        r#""from":"accounts::flows::deposit","to":"im_api::dto","#,
        r#""item":"im_api::dto::ImProfile","written":"im_api::dto::ImProfile","scope":"normal","#,
        r#""through":[{"from":"accounts::dto","to":"im_api::dto","#,
        r#""file":"src/flows/deposit.rs","line":1,"column":1}],"#,
        r#""chain":[{"from":"a","to":"b","file":"src/flows/deposit.rs","line":3,"column":1},"#,
        r#"{"from":"b","to":"c","file":"boundaries.toml","line":2,"column":1}],"#,
        r#""fingerprint":"f","help":"h","notes":["n"],"owner":"accounts::flows::deposit"},"#,
        "\n",
        r#"{"rule":"accounts-not-im","severity":"warning","status":"new","#,
        r#""message":"a \"b\" \u001b\u009b","because":null,"#,
        r#""file":"src/flows/deposit.rs","line":1,"column":5,"end_line":1,"end_column":27,"#,
        r#""from":"","to":"","item":"","written":"","scope":"normal","through":[],"chain":[],"#,
        r#""fingerprint":"f","help":null,"notes":[],"owner":""}"#,
        "\n]}\n",
    );
    assert_eq!(json(vec![full, plain], &sources()), expected);
}

#[test]
fn json_of_nothing() {
    let text = json(Vec::new(), &sources());
    assert!(text.ends_with("},\"findings\":[]}\n"), "{text}");
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
}

/// A byte order mark, CRLF, a tab, wide characters, and characters that steer terminals.
pub(super) const NASTY: &str =
    "\u{feff}// 🦀\r\n\tlet x = \"é🦀\"; im_api::send();\r\n\u{1b}[31m\0\u{9b}\u{202e}é\r";

#[test]
fn json_columns_are_scalar_values() {
    let mut sources = Sources::default();
    sources.add("src/é.rs".into(), NASTY.into());
    // 3 for the mark, 7 for `// 🦀`, 2 for the line end; then 19 bytes that are 15 characters.
    let text = json(vec![finding(span(0, 31, 43))], &sources);
    let place = r#""file":"src/é.rs","line":2,"column":16,"end_line":2,"end_column":28,"#;
    assert!(text.contains(place), "{text}");
}

#[test]
fn l28_any_span_of_any_text_can_be_written() {
    let mut sources = Sources::default();
    sources.add("src/\u{1b}\u{202e}.rs".into(), NASTY.into());
    let length = NASTY.len() as u32 + 2;
    let ends = |start| [0, start, start + 1, start + 3, length].map(move |end| (start, end));
    for (start, end) in (0..length).flat_map(ends) {
        let mut finding = finding(span(0, start, end));
        finding.violation.message = NASTY.into();
        finding.violation.label = NASTY.into();
        finding.violation.rule = NASTY.into();
        finding.violation.because = Some(NASTY.into());
        finding.violation.related = vec![(span(0, end, start), NASTY.into())];
        finding.violation.chain = vec![step(NASTY, NASTY, span(0, start, end))];
        finding.violation.through = finding.violation.chain.clone();
        finding.violation.notes = vec![NASTY.into()];
        finding.violation.help = Some(NASTY.into());
        finding.violation.fix = Some(Fix {
            title: NASTY.into(),
            edits: vec![(span(0, start, end), NASTY.into())],
            applicability: Applicability::HasPlaceholders,
        });
        finding.fingerprint = NASTY.into();
        for format in Format::ALL {
            let text = written(vec![finding.clone()], &sources, format, Style::default());
            assert!(!text.replace('\n', "").contains(is_hidden), "{format:?} {start}..{end}");
        }
    }
}
