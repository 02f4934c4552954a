use super::doctor;
use crate::boundaries::{Grade, bind, parse};
use crate::graph::Graph;
use crate::model::{FileId, Span};
use crate::sketch::sketch;

/// `web` uses `gate` and `log`, `gate` uses `im`; `util` is used by nobody; `sqlx` and `hyper` are at
/// hand, `ureq` is not.
const FILES: [(&str, &str); 7] = [
    (
        "shop/Cargo.toml",
        "[package]\nname = \"shop\"\n[dependencies]\nsqlx = \"1\"\nhyper = \"1\"\n",
    ),
    ("shop/src/lib.rs", "mod web; mod gate; mod im; mod util; mod log;"),
    ("shop/src/web.rs", "use crate::gate::Gate;\nuse crate::log::Log;"),
    ("shop/src/gate.rs", "use crate::im::Client;\nuse sqlx::Pool;\npub struct Gate;"),
    ("shop/src/im.rs", "pub struct Client;"),
    ("shop/src/util.rs", "pub struct Util;"),
    ("shop/src/log.rs", "pub struct Log;"),
];

/// `code line text`, the line being that of the rules; further places follow as `(line)`.
fn found(rules: &str) -> Vec<String> {
    let sketch = sketch(FILES);
    let graph = Graph::new(sketch.resolve());
    let (boundaries, mut problems) = parse(rules, FileId(99));
    let (policy, more) = bind(&boundaries, &sketch.workspace, &graph.resolution);
    problems.extend(more);
    problems.retain(|problem| problem.grade != Grade::Warn);
    assert_eq!(problems, []);
    let line = |span: Span| rules[..span.start as usize].matches('\n').count() + 1;
    let violations = doctor(&graph, &policy);
    let told = violations.iter().map(|one| {
        let others = one.related.iter().map(|(span, _)| format!(" ({})", line(*span)));
        let others: String = others.collect();
        format!("{} {}{others} {}", one.rule, line(one.span), one.message)
    });
    told.collect()
}

#[track_caller]
fn finds(rules: &str, expected: &[&str]) {
    assert_eq!(found(rules), expected);
}

/// X17.
#[test]
fn x17_what_one_rule_allows_and_another_forbids_is_told_at_both() {
    finds(
        "[[rule]]\nid = 'few'\nonly = 'shop::gate -> shop::im | ext:sqlx'\n\
         [[rule]]\nid = 'no-im'\nforbid = 'shop::gate | shop::web -> shop::im'\n",
        &[
            "contradictory-rules 3 (6) `few` lets `shop::gate` use `shop::im`, which `no-im` forbids",
        ],
    );
    finds(
        "[[rule]]\nid = 'own'\nprotect = 'shop::im'\nallow = 'shop::gate'\n\
         [[rule]]\nid = 'up'\nlayers = ['shop::im', 'shop::gate']\n",
        &[
            "contradictory-rules 4 (7) (3) `own` lets `shop::gate` use `shop::im`, which `up` forbids",
        ],
    );
    finds(
        "[[rule]]\nid = 'must'\nrequire = 'shop::gate -> ext:sqlx'\n\
         [[rule]]\nid = 'pure'\nforbid = 'shop -> ext:sqlx'\n",
        &[
            "contradictory-rules 3 (6) `must` demands that `shop::gate` uses `ext:sqlx`, which `pure` \
           forbids",
        ],
    );
    finds(
        "[[rule]]\nid = 'gated'\nforbid = 'shop::web -> shop::im'\nvia = 'shop::gate'\n\
         [[rule]]\nid = 'alone'\nprotect = 'shop::im'\nallow = []\n",
        &[
            "contradictory-rules 4 (7) (3) `gated` lets `shop::gate` use `shop::im`, which `alone` forbids",
        ],
    );
}

#[test]
fn a_rule_that_narrows_another_does_not_contradict_it() {
    // Only a part of what is allowed is forbidden.
    finds(
        "[[rule]]\nid = 'few'\nonly = 'shop::gate -> shop::im | ext:sqlx'\n\
         [[rule]]\nid = 'no-client'\nforbid = 'shop::gate -> shop::im::Client'\n",
        &[],
    );
    // The scope in which it is forbidden is another one.
    finds(
        "[[rule]]\nid = 'few'\nonly = 'shop::gate -> shop::im | ext:sqlx'\n\
         [[rule]]\nid = 'no-im'\nforbid = 'shop::gate -> shop::im'\nscope = ['normal']\n",
        &[],
    );
    // The second rule lets it pass itself.
    finds(
        "[[rule]]\nid = 'few'\nonly = 'shop::gate -> shop::im | ext:sqlx'\n\
         [[rule]]\nid = 'no-im'\nforbid = 'shop::gate -> shop::im'\n\
         [[rule.except]]\nedge = 'shop::gate -> shop::im::Client'\n",
        &[],
    );
    finds(
        "[[rule]]\nid = 'few'\nonly = 'shop::gate -> shop::im | ext:sqlx'\n\
         [[rule]]\nid = 'less'\ndeprecate = 'shop::gate -> shop::im'\n",
        &[],
    );
}

/// X13.
#[test]
fn x13_what_is_allowed_and_not_used_is_told() {
    finds(
        "[[rule]]\nid = 'few'\nonly = 'shop::web -> shop::gate | shop::log | shop::util'\n",
        &["unused-allow 3 rule `few` allows `shop::util`, which nobody of whom it speaks uses"],
    );
    finds(
        "[[rule]]\nid = 'own'\nprotect = 'shop::im'\nallow = ['shop::gate', 'shop::util']\n",
        &[
            "unused-allow 4 (3) rule `own` allows `shop::util`, which uses nothing that is protected",
        ],
    );
    finds(
        "[[rule]]\nid = 'gated'\nforbid = 'shop::web -> shop::im'\nvia = ['shop::gate', 'shop::util']\n",
        &["unused-via 4 (3) rule `gated` is open via `shop::util`, through which nothing goes"],
    );
}

/// Of two names of which one would do, the later can go; both cannot.
#[test]
fn what_can_go_can_go_together() {
    finds(
        "[[rule]]\nid = 'own'\nprotect = 'shop::im'\nallow = ['shop::gate', 'shop::gate::**']\n",
        &[
            "unused-allow 4 (3) rule `own` allows `shop::gate::**`, which uses nothing that is protected",
        ],
    );
    finds(
        "[[rule]]\nid = 'own'\nprotect = 'shop::im'\nallow = ['=shop::gate', 'shop::gate']\n",
        &[
            "unused-allow 4 (3) rule `own` allows `shop::gate`, which uses nothing that is protected",
        ],
    );
}

/// A manifest speaks for the whole package, so the one part that may needs its allowance.
#[test]
fn an_allowance_may_be_needed_by_a_manifest() {
    finds("[[rule]]\nid = 'own'\nprotect = 'ext:hyper'\nallow = 'shop::util'\n", &[]);
}

/// What ends a chain in peace is of use, though nobody names it against the rule.
#[test]
fn an_allowance_may_be_needed_by_a_chain() {
    finds(
        "[[rule]]\nid = 'own'\nforbid = 'shop::web -> shop::im'\nvia = 'shop::gate'\n\
         reach = 'modules'\n",
        &[],
    );
}

#[test]
fn what_cannot_be_broken_is_told() {
    let idle = |rule: &str, why: &str| {
        let told = format!("idle-rule 3 rule `r` can never be broken: {why}");
        finds(&format!("[[rule]]\nid = 'r'\n{rule}\n"), &[&told]);
    };
    idle("protect = 'shop::im'\nallow = 'shop'", "it lets everybody pass");
    idle("forbid = 'shop::util -> shop::im'\nvia = '=shop::util'", "`via` opens all of it");
    idle("layers = ['shop::web : shop::gate']", "it forbids nothing");
    idle("acyclic = 'shop::web'", "it takes two parts to make a circle");
    idle(
        "forbid = 'shop::web -> shop::im'\nscope = ['bench']",
        "nobody of whom it speaks can have code of its `scope`",
    );
    idle(
        "forbid = 'shop::web -> shop::im'\n[[rule.except]]\nedge = 'shop -> shop::im'",
        "its exceptions excuse all that it forbids",
    );
}

#[test]
fn a_guard_against_tomorrow_is_of_use() {
    for rule in [
        "forbid = 'shop::im -> ext:sqlx'",
        "forbid = 'shop -> ext:ureq'",
        "forbid = 'shop::im -> shop::gone'\noptional = true",
        "independent = ['shop::util', 'shop::log']",
        "independent = 'shop::util::*'\noptional = true",
        "layers = ['shop::web : shop::gate', 'shop::gone?']",
        "layers = ['shop::web']\noutsiders = 'shop | !=shop'",
        "layers = ['page?']\nwithin = 'shop::web'\nexhaustive = true",
        "forbid = 'shop::web -> shop::im'\n[[rule.except]]\nedge = 'shop -> shop::im'\nuntil = 2099-01-01",
        "forbid = 'shop -> ext:sqlx'\nscope = ['dev']",
    ] {
        finds(&format!("[[rule]]\nid = 'r'\n{rule}\n"), &[]);
    }
}

#[test]
fn components_that_share_modules_are_told_unless_one_is_a_part() {
    let text =
        |components: &str| format!("[settings]\noverlap = 'allow'\n[components]\n{components}\n");
    finds(
        &text("a = ['shop::web', 'shop::log']\nb = ['shop::log', 'shop::im']"),
        &["overlapping-components 5 (4) components `a` and `b` both have `shop::log` in them"],
    );
    finds(
        &text("a = 'shop::web'\nb = 'shop::web'"),
        &["overlapping-components 5 (4) components `a` and `b` are the same modules"],
    );
    finds(&text("a = 'shop'\nb = 'shop::web'"), &[]);
}

#[test]
fn what_another_rule_says_too_is_told_once() {
    finds(
        "[[rule]]\nid = 'narrow'\nforbid = 'shop::web -> shop::im::Client'\n\
         [[rule]]\nid = 'wide'\nforbid = 'shop::web | shop::util -> shop::im'\n",
        &["subsumed-rule 3 (6) rule `narrow` adds nothing to rule `wide`"],
    );
    finds(
        "[[rule]]\nid = 'one'\nforbid = 'shop::web -> shop::im'\n\
         [[rule]]\nid = 'two'\nforbid = 'shop::web -> shop::im'\n",
        &["subsumed-rule 6 (3) rule `two` adds nothing to rule `one`"],
    );
    finds(
        "[[rule]]\nid = 'all'\nacyclic = 'shop'\n\
         [[rule]]\nid = 'two'\nacyclic = ['shop::web', 'shop::gate']\n",
        &["subsumed-rule 6 (3) rule `two` adds nothing to rule `all`"],
    );
}

#[test]
fn what_differs_in_anything_but_its_names_adds_something() {
    // What another forbids tomorrow as well.
    finds(
        "[[rule]]\nid = 'one'\nforbid = 'shop::web -> shop::im'\n\
         [[rule]]\nid = 'two'\nforbid = 'shop::web -> shop::im | ext:ureq'\n",
        &["subsumed-rule 3 (6) rule `one` adds nothing to rule `two`"],
    );
    // Neither crate is there yet.
    finds(
        "[[rule]]\nid = 'one'\nforbid = 'shop::web -> ext:ureq'\n\
         [[rule]]\nid = 'two'\nforbid = 'shop::web -> ext:isahc'\n",
        &[],
    );
    for difference in ["scope = ['normal', 'test']", "reach = 'modules'", "reexports = 'opaque'"] {
        finds(
            &format!(
                "[[rule]]\nid = 'narrow'\nforbid = 'shop::web -> shop::im::Client'\n{difference}\n\
                 [[rule]]\nid = 'wide'\nforbid = 'shop::web -> shop::im'\n"
            ),
            &[],
        );
    }
    finds(
        "[[rule]]\nid = 'narrow'\nforbid = 'shop::web -> shop::im::Client'\n\
         [[rule]]\nid = 'wide'\nforbid = 'shop::web -> shop::im'\nseverity = 'warn'\n",
        &[],
    );
    finds(
        "[[rule]]\nid = 'narrow'\nforbid = 'shop::web -> shop::im::Client'\n\
         [[rule]]\nid = 'wide'\nforbid = 'shop::web -> shop::im'\n\
         [[rule.except]]\nedge = 'shop::web -> shop::im::Client'\n",
        &[],
    );
}
