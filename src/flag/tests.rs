//! What a finding says; that it is found at all is proven by the pages in `rules/` and `fixtures/pages/`.

use crate::check::Violation;
use crate::judge::{Case, judge};
use crate::settle::Status;
use crate::sketch::sketch;

/// What the rules find in one package.
fn found(rules: &str, files: &[(&str, &str)]) -> Vec<(Status, Violation)> {
    let mut sketch = sketch(files.iter().copied());
    let config = sketch.sources.add("boundaries.toml".into(), rules.to_owned());
    let resolution = sketch.resolve();
    let case = Case {
        built_in: true,
        ..Case::new(&sketch.workspace, &sketch.sources, &sketch.files, config)
    };
    let judged = judge(case, resolution).unwrap();
    let findings = judged.verdict.findings.into_iter();
    findings.map(|one| (one.status, one.violation)).collect()
}

const RULE: &str = r#"
[settings]
antipatterns = false
[[rule]]
id = "client"
flag = ["web::Client::new"]
at = "callers"
severity = "warn"
because = "{path} is not cheap"
help = "keep it: {type}, {method}, {function}, {arg0}, {arg1}"
"#;

#[test]
fn the_chain_leads_down_to_the_construction() {
    let files = [
        (
            "shop/src/quotes.rs",
            "pub struct Quotes(web::Client);\nimpl Quotes {\n    pub fn new(name: &str) -> Self {\n        Self(web::Client::new(name))\n    }\n}\n",
        ),
        (
            "shop/src/pages.rs",
            "use crate::quotes::Quotes;\npub fn show() {\n    for _ in 0..3 {\n        Quotes::new(\"a\");\n    }\n}\npub fn once() {\n    Quotes::new(\"b\");\n}\n",
        ),
    ];
    let found = found(RULE, &files);
    let [(_, often), (_, plain)] = &found[..] else { panic!("{found:#?}") };
    assert_eq!(
        often.message,
        "`shop::quotes::Quotes::new`, which calls `web::Client::new`, in a loop"
    );
    assert_eq!(often.because.as_deref(), Some("shop::quotes::Quotes::new is not cheap"));
    assert_eq!(often.help.as_deref(), Some("keep it: shop::quotes::Quotes, new, show, \"a\", …"));
    let steps: Vec<_> =
        often.chain.iter().map(|one| format!("{} -> {}", one.from, one.to)).collect();
    assert_eq!(
        steps,
        [
            "shop::pages::show -> shop::quotes::Quotes::new",
            "shop::quotes::Quotes::new -> web::Client::new"
        ]
    );
    let severities = [often.severity, plain.severity].map(|one| format!("{one:?}"));
    assert_eq!(severities, ["Warn", "Info"]);
    assert_eq!(often.owner, "shop::pages::show");
    assert_eq!(often.item, "shop::quotes::Quotes::new");
}

#[test]
fn a_rule_sleeps_until_what_it_needs_is_there() {
    let rule = format!("{RULE}needs = [\"other\"]\n");
    let file = ("shop/src/lib.rs", "pub fn a() { for _ in 0..1 { web::Client::new(); } }");
    assert_eq!(found(&rule, &[file]).len(), 0);
    let other =
        ("shop/src/lib.rs", "pub fn a() { for _ in 0..1 { web::Client::new(); other::a(); } }");
    assert_eq!(found(&rule, &[other]).len(), 1);
}

#[test]
fn exceptions_and_inline_excuses_let_pass() {
    let except = "[[rule.except]]\nedge = \"shop::old -> ext:web\"\nbecause = \"goes away\"\n";
    let call = "pub fn a() { for _ in 0..1 { web::Client::new(); } }\n";
    let inline = format!("// archlint: allow(client, reason = \"cold\")\n{call}");
    let files = [
        ("shop/src/old.rs", call),
        ("shop/src/inline.rs", inline.as_str()),
        ("shop/src/new.rs", call),
    ];
    let found = found(&format!("{RULE}{except}"), &files);
    let count = |status| found.iter().filter(|(one, _)| *one == status).count();
    assert_eq!((count(Status::Suppressed), count(Status::New), count(Status::Stale)), (2, 1, 0));
    let unused = format!("{RULE}{}", except.replace("old", "new"));
    let idle = idle_rules(&unused);
    assert_eq!(idle, ["unused-exception"]);
}

/// The rules of the findings in a package that has nothing to find.
fn idle_rules(rules: &str) -> Vec<String> {
    let files = [("shop/src/new.rs", "pub fn a() { web::Client::other(); }\n")];
    found(rules, &files).into_iter().map(|(_, one)| one.rule).collect()
}

#[test]
fn built_in_rules_can_be_switched_and_narrowed() {
    let call = "pub fn a() { regex::Regex::new(\"a\").unwrap().is_match(\"b\"); }\n";
    let files = [("shop/src/old.rs", call), ("shop/src/new.rs", call)];
    let statuses = |rules: &str| {
        let found = found(rules, &files);
        let of_rule = found.iter().filter(|(_, one)| one.rule == "regex-per-call");
        of_rule
            .map(|(status, one)| format!("{} {:?}", status.name(), one.severity))
            .collect::<Vec<_>>()
    };
    assert_eq!(statuses(""), ["new Warn", "new Warn"]);
    assert_eq!(statuses("[rules]\nregex-per-call = \"deny\""), ["new Deny", "new Deny"]);
    assert_eq!(statuses("[rules]\nregex-per-call = \"off\""), [""; 0]);
    assert_eq!(statuses("[rules]\nregex-per-call = { from = \"shop::new\" }"), ["new Warn"]);
    let allowed =
        "[rules]\nregex-per-call = { allow = [{ path = \"shop::old\", because = \"cold\" }] }";
    let mut told = statuses(allowed);
    told.sort();
    assert_eq!(told, ["new Warn", "suppressed Warn"]);
}

#[test]
fn what_tests_do_with_a_function_that_builds_need_not_be_understood() {
    let warm = "fn warm() {\n    web::Client::new().get();\n}\n";
    let main = format!("{warm}fn main() {{\n    warm();\n}}\n");
    let in_test = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() {\n        works!(super::warm => ok, else);\n    }\n}\n";
    let files = |main: &str| found(RULE, &[("shop/src/main.rs", main)]).len();
    assert_eq!(files(&format!("{main}{in_test}")), 0);
    assert_eq!(files(&format!("{warm}fn main() {{}}\n{in_test}")), 0);
    // The same outside of tests may be anything.
    let elsewhere = "fn f() {\n    works!(self::warm => ok, else);\n}\n";
    assert_eq!(files(&format!("{main}{elsewhere}")), 1);
    // What nobody calls may be called by anybody.
    assert_eq!(files(&format!("{warm}fn main() {{}}\n")), 1);
}
