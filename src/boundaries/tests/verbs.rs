//! What each verb becomes.

use super::{SHOP, bound, faults, fixture, policy_of, rule_faults};
use crate::boundaries::policy::{Reach, Reexports, Unmatched};
use crate::model::{CodeScope, Severity};

const FEATURES: &str = "
    shop::features::billing::internal shop::features::cart::internal shop::features::mail
    shop::features::Feature shop::core";

fn rule(paths: &str, text: &str) -> String {
    let line = bound(paths, &format!("[[rule]]\nid = \"r\"\n{text}"));
    line.trim().trim_start_matches("r:").trim().to_owned()
}

#[test]
fn a_rule_keeps_what_it_says_and_takes_the_rest_from_the_settings() {
    let text = r#"
[settings]
scope = ["normal", "test"]
unmatched-exceptions = "warn"
[[rule]]
id = "first"
forbid = "accounts -> im"
because = "so it is"
docs = "https://example.org"
severity = "warn"
scope = "dev"
reach = "modules"
reexports = "opaque"
via = ["accounts::im_gateway", "portal-bff"]
[[rule]]
protect = "im"
"#;
    let (workspace, resolution) = fixture(SHOP);
    let policy = policy_of(&workspace, &resolution, text);
    let [first, second] = &policy.rules[..] else { panic!("two rules") };
    assert_eq!(first.because.as_deref(), Some("so it is"));
    assert_eq!(first.docs.as_deref(), Some("https://example.org"));
    assert_eq!((first.severity, second.severity), (Severity::Warn, Severity::Deny));
    assert_eq!((first.reach, second.reach), (Reach::Modules, Reach::Direct));
    assert_eq!((first.reexports, second.reexports), (Reexports::Opaque, Reexports::Through));
    assert_eq!(first.via.as_ref().unwrap().label, "accounts::im_gateway | portal-bff");
    assert_eq!(second.id, "protect im");
    let scopes = |at: usize| {
        let scopes = &policy.rules[at].scopes;
        CodeScope::ALL.into_iter().filter(|scope| scopes.contains(*scope)).collect::<Vec<_>>()
    };
    assert_eq!(scopes(0), [CodeScope::Dev]);
    assert_eq!(scopes(1), [CodeScope::Normal, CodeScope::Test]);
    assert_eq!(policy.unmatched_exceptions, Unmatched::Warn);
    assert_eq!(policy.exhaustive, None);
}

#[test]
fn rules_without_scope_judge_what_ships() {
    let (workspace, resolution) = fixture(SHOP);
    let policy = policy_of(&workspace, &resolution, "[[rule]]\nprotect = \"im\"\n");
    let scopes = &policy.rules[0].scopes;
    assert!(scopes.contains(CodeScope::Normal) && scopes.contains(CodeScope::Build));
    assert!(!scopes.contains(CodeScope::Test) && !scopes.contains(CodeScope::Dev));
}

#[test]
fn derived_ids_are_made_of_verb_and_value() {
    let text = r#"
[[rule]]
forbid = ["accounts  ->  im", "im -> portal-bff"]
[[rule]]
layers = ["portal-bff", "im"]
[[rule]]
independent = ["accounts", "im"]
"#;
    let lines = bound(SHOP, text);
    let ids: Vec<&str> = lines.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "forbid accounts -> im; im -> portal-bff",
            "layers portal-bff > im",
            "independent accounts | im"
        ]
    );
}

/// F15.
#[test]
fn f15_a_gateway_that_is_gone_is_a_fault() {
    assert_eq!(
        rule_faults("forbid = \"accounts -> im\"\nvia = \"accounts::gateway\""),
        "3 `gateway` config/unmatched: `accounts::gateway` in `via` matches nothing: there is no \
         module or item `gateway` in `accounts`\n"
    );
    assert_eq!(
        rule_faults("acyclic = \"accounts\"\nvia = \"im\""),
        "3 `via` config/misplaced-key: `via` means nothing to `acyclic` (it is an option of \
         `forbid`, `only`, `protect`, `layers`, `independent`, `expose`, `deprecate`)\n"
    );
}

/// F4: the target is not held against itself.
#[test]
fn f4_a_glob_that_covers_the_target_leaves_the_target_alone() {
    assert_eq!(
        rule("app::a::x app::b app::c", "forbid = \"app::* -> app::a\""),
        "[app::b app::c] -> [app::a]"
    );
    assert_eq!(
        rule("app::a::x app::b app::c", "forbid = \"app::a -> app::*\""),
        "[app::a] -> [app::b app::c]"
    );
    assert_eq!(
        rule("app::a app::b", "forbid = \"app::* -> app::*\""),
        "[app::a] -> [app::b], [app::b] -> [app::a]"
    );
    assert_eq!(rule("app::a app::b", "forbid = \"app::a -> app\""), "[app::a] -> [app -app::a]");
}

/// F3, F5: such a rule says nothing; exact names say something.
#[test]
fn f3_f5_a_target_inside_the_source_says_nothing() {
    let edge = "accounts -> accounts::flows";
    assert_eq!(
        rule_faults(&format!("forbid = \"{edge}\"")),
        format!(
            "2 `\"{edge}\"` warn config/no-effect: `{edge}` says nothing: its right side lies in \
             its left side (take it out on the left: `accounts | !accounts::flows -> \
             accounts::flows`, or say `protect = \"accounts::flows\"`)\n"
        )
    );
    let itself = rule_faults("forbid = \"accounts -> accounts\"");
    assert!(itself.contains("warn config/no-effect: `accounts -> accounts` says nothing"));
    assert_eq!(
        rule("app::a::x app::b", "forbid = \"app | !app::a -> app::a\""),
        "[app -app::a] -> [app::a]"
    );
    assert_eq!(
        rule("app::a::x", "forbid = \"=app::a -> app::a::x\""),
        "[app::a -app::a::x] -> [app::a::x]"
    );
}

#[test]
fn a_capture_joins_the_two_sides() {
    assert_eq!(
        rule(FEATURES, "forbid = \"shop::features::{f} -> shop::features::!{f}\""),
        "[shop::features::billing] -> [shop::features::cart shop::features::mail], \
         [shop::features::cart] -> [shop::features::billing shop::features::mail], \
         [shop::features::mail] -> [shop::features::billing shop::features::cart]"
    );
    assert_eq!(
        rule(FEATURES, "forbid = \"shop::features::!{f} -> shop::features::{f}::internal\""),
        "[shop::features::cart shop::features::mail] -> [shop::features::billing::internal], \
         [shop::features::billing shop::features::mail] -> [shop::features::cart::internal]"
    );
}

#[test]
fn a_capture_on_one_side_only_is_a_star_for_modules() {
    assert_eq!(
        rule(FEATURES, "forbid = \"shop::features::{f} -> shop::core\""),
        "[shop::features::billing shop::features::cart shop::features::mail] -> [shop::core]"
    );
}

#[test]
fn a_component_with_captures_lends_them_to_the_other_side() {
    let text = r#"
[components]
features = { in = "shop::features::{f}", not = "shop::features::mail" }
[[rule]]
id = "a"
forbid = "features -> shop::features::!{f}::internal"
[[rule]]
id = "b"
independent = "features"
"#;
    assert_eq!(
        bound(FEATURES, text),
        "a: [shop::features::billing] -> [shop::features::cart::internal], \
         [shop::features::cart] -> [shop::features::billing::internal]\n\
         b: [shop::features::billing], [shop::features::cart]\n"
    );
}

#[test]
fn several_captures_are_joined_where_they_agree() {
    let paths = "a::x::in a::y::in b::x::out b::z::out c::x::out";
    assert_eq!(
        rule(paths, "forbid = \"a::{m}::in -> {p}::{m}::out\""),
        "[a::x::in] -> [b::x::out c::x::out]"
    );
    assert_eq!(
        rule(paths, "forbid = \"{p}::{m}::out -> a::{m}::in | c::!{m} | {p}::z\""),
        "[b::x::out] -> [a::x::in b::z], [c::x::out] -> [a::x::in], [b::z::out] -> [b::z \
         -b::z::out c::x]"
    );
}

#[test]
fn captures_that_stand_for_too_much_are_faults() {
    let many: Vec<String> = (0..2001).map(|at| format!("a::m{at}")).collect();
    assert_eq!(
        faults(&many.join(" "), "[[rule]]\nforbid = \"a::{f} -> a::!{f}\"\n"),
        "2 `\"a::{f} -> a::!{f}\"` config/too-many-captures: the captures of `a::{f} -> a::!{f}` \
         stand for more than 2000 things (narrow them, or say `independent` with a glob)\n"
    );
    let told = rule_faults("forbid = \"accounts::**::{a}::{b} -> im::{a}\"");
    assert_eq!(
        told,
        "2 `accounts::**::{a}::{b}` config/bad-selector: more captures than can be followed in one \
         selector (up to three stand beside plain names and `*`, one beside `**`)\n"
    );
}

#[test]
fn captures_elsewhere_are_faults() {
    assert_eq!(
        faults(FEATURES, "[[rule]]\nforbid = \"shop::core -> shop::features::!{f}\"\n"),
        "2 `!{f}` config/unbound-capture: `!{f}` speaks of a `{f}` that is nowhere in the edge\n"
    );
    assert_eq!(
        faults("a::x b::x", "[[rule]]\nforbid = \"{c}::x -> !{c}::x\"\n"),
        "2 `!{c}::x` config/bad-selector: `!{c}::x` takes out, and a capture has no place in that \
         (`!{f}` cannot be the first name of a path)\n"
    );
    assert_eq!(
        faults(FEATURES, "[[rule]]\nprotect = \"shop::features::{f}\"\n"),
        "2 `shop::features::{f}` config/bad-selector: captures have no place in `protect` \
         (captures join the two sides of `forbid` or `deprecate`: `a::{f} -> a::!{f}`)\n"
    );
}

#[test]
fn only_judges_std_where_it_is_named() {
    assert_eq!(rule(SHOP, "only = \"accounts -> im\""), "[accounts] -> [im_service im/bin/im]");
    assert_eq!(
        rule(SHOP, "only = \"accounts -> im_service | std | !std::fs\""),
        "[accounts] -> [im_service std -std::fs] (std judged)"
    );
    assert_eq!(
        rule_faults("only = [\"accounts -> im\", \"im -> accounts\"]"),
        "2 `\"im -> accounts\"` config/bad-edge: `only` speaks of one edge (make a rule of each)\n"
    );
}

/// P4, P6.
#[test]
fn protect_knows_who_may() {
    assert_eq!(
        rule(SHOP, "protect = \"ext:reqwest\"\nallow = [\"=accounts::flows\"]"),
        "[ext:reqwest] allow [accounts::flows -accounts::flows::deposit -accounts::flows::withdraw]"
    );
    assert_eq!(rule(SHOP, "protect = \"im_service\""), "[im_service] allow []");
    assert_eq!(
        rule_faults("protect = \"ext:reqwest\"\nallow = [\"net\"]"),
        "3 `net` config/unmatched: `net` in `allow` matches nothing: there is no component, \
         package or crate `net`\n"
    );
}

#[test]
fn members_are_listed_or_found() {
    assert_eq!(
        rule(SHOP, "independent = [\"accounts\", \"im\"]"),
        "[accounts], [im_service im/bin/im]"
    );
    assert_eq!(rule(SHOP, "independent = \"accounts | portal-bff\""), "[accounts], [portal_bff]");
    assert_eq!(
        rule(FEATURES, "independent = \"shop::features::*\""),
        "[shop::features::billing], [shop::features::cart], [shop::features::mail]"
    );
    assert_eq!(
        rule("a_x a_x/bin/a_x a_y a_dev", "independent = [\"a_*\", \"!a_dev\"]"),
        "[a_x a_x/bin/a_x], [a_y]"
    );
    assert_eq!(
        rule(SHOP, "independent = [\"accounts | portal-bff\", \"im_service\"]"),
        "[accounts portal_bff], [im_service]"
    );
}

/// I3.
#[test]
fn i3_a_member_that_is_missing_is_a_fault_by_name_and_none_by_glob() {
    assert_eq!(
        rule_faults("independent = [\"accounts\", \"imm\"]"),
        "2 `imm` config/unmatched: `imm` in `independent` matches nothing: there is no component, \
         package or crate `imm` (did you mean `im`?)\n"
    );
    assert_eq!(rule_faults("independent = [\"accounts\", \"imm_*\", \"im\"]"), "");
}

#[test]
fn members_must_be_several_and_apart() {
    assert_eq!(
        rule_faults("independent = [\"accounts\"]"),
        "2 `[\"accounts\"]` config/one-member: one member alone is independent of nothing (list \
         two or more, or write a glob: `\"app::features::*\"`)\n"
    );
    assert_eq!(
        rule_faults("independent = [\"accounts\", \"accounts::flows\"]"),
        "2 `[\"accounts\", \"accounts::flows\"]` config/overlapping-members: `accounts::flows` \
         belongs to two members, `accounts` and `accounts::flows`\n"
    );
}

/// C8, C9: depth counts levels, and items are no parts.
#[test]
fn c9_acyclic_takes_the_modules_on_so_many_levels() {
    let nested = "a::x::p::deep a::x::q a::y a::Item";
    assert_eq!(rule(nested, "acyclic = \"a\""), "[a::x], [a::y]");
    assert_eq!(rule(nested, "acyclic = \"a\"\ndepth = 0"), "");
    assert_eq!(rule(nested, "acyclic = \"a\"\ndepth = 2"), "[a::x], [a::x::p], [a::x::q], [a::y]");
    assert_eq!(
        rule(nested, "acyclic = \"a\"\ndepth = 10"),
        "[a::x], [a::x::p], [a::x::p::deep], [a::x::q], [a::y]"
    );
    assert_eq!(rule("a::x b::y b::z", "acyclic = \"*\""), "[a::x], [b::y], [b::z]");
}

/// C10.
#[test]
fn c10_a_subtree_can_be_left_out_of_acyclic() {
    let nested = "a::x::p a::x::q a::y";
    assert_eq!(rule(nested, "acyclic = \"a | !a::x::p\""), "[a::x -a::x::p], [a::y]");
    assert_eq!(rule(nested, "acyclic = \"a | !a::x\""), "[a::y]");
    assert_eq!(
        faults(nested, "[[rule]]\nacyclic = \"a | !a\"\n"),
        "2 `!a` config/unmatched: `!a` takes out all that `acyclic` names\n"
    );
}

#[test]
fn acyclic_takes_a_list_as_parts_and_crates_as_packages() {
    assert_eq!(
        rule(SHOP, "acyclic = [\"accounts\", \"im\"]"),
        "[accounts], [im_service im/bin/im]"
    );
    assert_eq!(
        rule(SHOP, "acyclic = \"crates\""),
        "[accounts], [im_service im/bin/im], [portal_bff] (manifests)"
    );
}

#[test]
fn one_part_alone_is_a_fault() {
    assert_eq!(
        rule_faults("acyclic = [\"accounts\"]"),
        "2 `[\"accounts\"]` config/one-member: one part alone is in no circle (a string instead of \
         a list looks below the module)\n"
    );
    assert_eq!(rule_faults("acyclic = [\"accounts::*\"]"), "");
}

/// O2.
#[test]
fn expose_names_a_component_a_face_and_perhaps_outsiders() {
    assert_eq!(
        rule(SHOP, "expose = \"im_service\"\nface = [\"im_service::portal\", \"=im_service\"]"),
        "[im_service] face [im_service -im_service::affiliation]"
    );
    assert_eq!(
        rule(SHOP, "expose = \"accounts\"\nface = \"accounts::domain\"\nto = \"im\""),
        "[accounts] face [accounts::domain] to [im_service im/bin/im]"
    );
    assert_eq!(
        rule_faults("expose = \"accounts\""),
        "2 `expose` config/missing-key: `expose` does not say which part is public (say it: `face \
         = [\"accounts::api\"]`)\n"
    );
    assert_eq!(
        rule_faults("expose = \"accounts\"\nface = \"im_service::portal\""),
        "3 `im_service::portal` config/foreign-face: the face `im_service::portal` is no part of \
         `accounts`\n"
    );
}

#[test]
fn require_asks_each_member() {
    assert_eq!(
        rule(SHOP, "require = \"accounts::flows::* | portal-bff -> accounts::Money\""),
        "[accounts::flows::deposit], [accounts::flows::withdraw], [portal_bff] -> \
         [accounts::Money]"
    );
}

#[test]
fn a_faulty_rule_is_left_out_and_the_others_stand() {
    let (workspace, resolution) = fixture(SHOP);
    let text = "[[rule]]\nforbid = \"acounts -> im\"\n[[rule]]\nforbid = \"im -> accounts\"\n";
    let (boundaries, _) = crate::boundaries::parse(text, crate::model::FileId(0));
    let (policy, problems) = crate::boundaries::bind(&boundaries, &workspace, &resolution);
    let ids: Vec<&str> = policy.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!((ids, problems.len()), (vec!["forbid im -> accounts"], 1));
}
