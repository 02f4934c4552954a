//! A member's own file, beside the workspace's.

use super::{SHOP, fixture, line, set};
use crate::boundaries::policy::Verb;
use crate::boundaries::{bind, read};
use crate::model::Sources;

/// The faults of both files, and what each `forbid` and the member of each rule came to mean.
fn both(outer: &str, inner: &str) -> (String, Vec<String>) {
    let (workspace, resolution) = fixture(SHOP);
    let mut sources = Sources::default();
    let config = sources.add("boundaries.toml".into(), outer.to_owned());
    sources.add("accounts/boundaries.toml".into(), inner.to_owned());
    sources.add("nowhere/boundaries.toml".into(), "what is this".to_owned());
    let (written, mut problems) = read(&workspace, &sources, config);
    let (policy, more) = bind(&written, &workspace, &resolution);
    problems.extend(more);
    let told = problems.iter().map(|one| line(&sources.file(one.span.file).text, one)).collect();
    let rules = policy.rules.iter().map(|rule| match &rule.verb {
        Verb::Forbid(pairs) => {
            let (from, to) = (set(&resolution, &pairs[0].from), set(&resolution, &pairs[0].to));
            let label = &pairs[0].from.label;
            format!("{label}: {from} -> {to}{}", if rule.within.is_some() { " here" } else { "" })
        }
        verb => verb.name().to_owned(),
    });
    (told, rules.collect())
}

#[test]
fn a_member_adds_rules_and_may_call_itself_crate() {
    let outer = "[components]\naccounts = \"im\"\n[[rule]]\nforbid = \"accounts -> std\"\n";
    let inner =
        "[[rule]]\nforbid = \"crate -> im\"\n[[rule]]\nforbid = \"self::flows -> crate::Money\"\n";
    let (told, rules) = both(outer, inner);
    assert_eq!(
        told,
        "2 `accounts` warn config/ambiguous-name: `accounts` is a component and also a package of \
         which it has nothing (`accounts` alone means the component, `accounts::…` the package: \
         rename the component)\n"
    );
    assert_eq!(
        rules,
        [
            "accounts: [im_service im/bin/im] -> [std]",
            "accounts: [accounts] -> [im_service im/bin/im] here",
            "accounts::flows: [accounts::flows] -> [accounts::Money] here",
        ]
    );
}

#[test]
fn a_member_restricts_itself_only() {
    let told = |rule: &str| both("", &format!("[[rule]]\n{rule}\n")).0;
    let help = "(a member's file speaks of what its own package uses; write this into the \
        `boundaries.toml` of the workspace)";
    let outside = |place: &str, text: &str| {
        format!(
            "2 `{place}` config/nested: `{text}` is not in `accounts`, whose file this is {help}\n"
        )
    };
    assert_eq!(told("forbid = \"im -> accounts\""), outside("im", "im"));
    assert_eq!(told("forbid = \"* -> ext:reqwest\""), outside("*", "*"));
    assert_eq!(told("only = \"im -> std\""), outside("im", "im"));
    assert_eq!(told("require = \"im -> std\""), outside("im", "im"));
    assert_eq!(told("deprecate = \"im -> std\""), outside("im", "im"));
    assert_eq!(told("acyclic = \"im\""), outside("im", "im"));
    assert_eq!(told("acyclic = \"crates\""), outside("\"crates\"", "crates"));
    for rule in [
        "forbid = \"crate | !crate::flows -> im\"",
        "protect = \"im\"\nallow = \"crate::im_gateway\"",
        "layers = [\"crate\", \"im\"]",
        "layers = [\"flows\", \"domain\"]\nwithin = \"crate\"",
        "independent = [\"crate\", \"im\"]",
        "expose = \"im\"\nface = \"im::portal\"\nto = \"crate::flows\"",
        "acyclic = \"crate\"",
    ] {
        assert_eq!(told(rule), "", "{rule}");
    }
}

#[test]
fn a_member_changes_nothing_else() {
    let outer = "[[rule]]\nid = \"r\"\nforbid = \"im -> std\"\n";
    let inner =
        "settings = {}\ncomponents = {}\nrule = [{ id = \"r\", forbid = \"crate -> std\" }]\n";
    let (told, rules) = both(outer, inner);
    let codes: Vec<&str> =
        told.lines().map(|line| line.split_whitespace().nth(2).unwrap()).collect();
    assert_eq!(codes, ["config/nested:", "config/nested:", "config/duplicate-id:"]);
    assert_eq!(rules, ["im: [im_service im/bin/im] -> [std]"]);
}
