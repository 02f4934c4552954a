//! Layers, with and without containers.

use super::{SHOP, bound, faults, fixture, policy_of, rule_faults};
use crate::boundaries::policy::Verb;
use crate::model::{CodeScope, FileId, Span};
use crate::resolve::{NodeId, Reference, ReferenceKind, Resolution, Row, TextId};

const STACKS: &str = "app::one::web app::one::core app::two::web app::two::core app::two::extra";

fn rule(paths: &str, text: &str) -> String {
    let line = bound(paths, &format!("[[rule]]\nid = \"r\"\n{text}"));
    line.trim().trim_start_matches("r: ").to_owned()
}

/// L6, L7: siblings by `|` are independent, by `:` they see each other.
#[test]
fn layers_stand_top_first_with_siblings() {
    assert_eq!(
        rule("a b c d e", "layers = [\"a\", \"b | c\", \"d : e\"]\nclosed = [\"b | c\", \"e\"]"),
        "[a] > ![b] | [c] > ![d] : [e]"
    );
}

/// L8.
#[test]
fn l8_both_kinds_of_sibling_in_one_layer_are_a_fault() {
    assert_eq!(
        rule_faults("layers = [\"accounts\", \"im | portal-bff : accounts\"]"),
        "2 `\"im | portal-bff : accounts\"` config/mixed-layer: `|` and `:` in one layer: `im | \
         portal-bff : accounts` (`a | b` may not name each other, `a : b` may: one layer is the \
         one or the other)\n"
    );
}

/// L10, L31.
#[test]
fn l10_l31_a_layer_that_does_not_exist_is_a_fault() {
    assert_eq!(
        rule_faults("layers = [\"portal_bf\", \"im\"]"),
        "2 `portal_bf` config/unmatched: `portal_bf` in `layers` matches nothing: there is no \
         component, package or crate `portal_bf` (did you mean `portal_bff`?)\n"
    );
}

/// L11.
#[test]
fn l11_an_optional_layer_may_be_missing() {
    assert_eq!(rule("a b", "layers = [\"a\", \"gone?\", \"b | away?\"]"), "[a] > [b]");
}

/// L32.
#[test]
fn l32_an_empty_layer_is_a_fault_unless_optional() {
    let text = "[components]\nnew = { in = \"new\", optional = true }\n[[rule]]\nlayers = [\"new\", \"im\"]\n";
    assert_eq!(
        faults(SHOP, text),
        "4 `new` config/empty-layer: layer `new` is empty (write `new?` if it may be)\n"
    );
    assert_eq!(faults(SHOP, &text.replace("\"new\", \"im\"", "\"new?\", \"im\"")), "");
}

/// L20.
#[test]
fn l20_a_module_in_two_layers_is_a_fault() {
    for layers in
        ["[\"accounts\", \"accounts::flows\"]", "[\"im\", \"accounts | accounts::flows\"]"]
    {
        let found = rule_faults(&format!("layers = {layers}"));
        assert!(
            found.contains(
                "config/overlapping-layers: `accounts::flows` is in two layers, one of \
                            them `accounts::flows`"
            ),
            "{found}"
        );
        assert_eq!(found.lines().count(), 1, "{found}");
    }
    let found = rule_faults("layers = [\"im\", \"accounts\", \"im\"]");
    assert!(found.contains("config/overlapping-layers: `im_service` is in two layers"), "{found}");
}

#[test]
fn closed_layers_must_exist() {
    assert_eq!(
        rule_faults("layers = [\"accounts\", \"im\"]\nclosed = [\"acounts\"]"),
        "3 `\"acounts\"` config/unknown-layer: no layer is called `acounts` (did you mean \
         `accounts`?)\n"
    );
}

/// L12: each container has its own stack.
#[test]
fn l12_containers_have_stacks_of_their_own() {
    assert_eq!(
        rule(STACKS, "layers = [\"web\", \"core\"]\nwithin = [\"app::one\", \"app::two\"]"),
        "app::one: [app::one::web] > [app::one::core]; app::two: [app::two::web] > \
         [app::two::core]"
    );
    assert_eq!(
        rule(SHOP, "layers = [\"flows\", \"domain\"]\nwithin = \"accounts\""),
        "accounts: [accounts::flows] > [accounts::domain]"
    );
}

/// L14.
#[test]
fn l14_containers_may_be_found_by_glob_or_capture() {
    for within in ["app::*", "app::{c}"] {
        assert_eq!(
            rule(
                STACKS,
                &format!("layers = [\"web\", \"core\", \"extra\"]\nwithin = \"{within}\"")
            ),
            "app::one: [app::one::web] > [app::one::core]; app::two: [app::two::web] > \
             [app::two::core] > [app::two::extra]"
        );
    }
}

#[test]
fn a_layer_must_be_in_each_container_that_is_named() {
    let text = "[[rule]]\nlayers = [\"web\", \"extra\"]\nwithin = [\"app::one\", \"app::two\"]\n";
    assert_eq!(
        faults(STACKS, text),
        "2 `extra` config/unmatched: there is no layer `extra` in `app::one` (write `extra?` if it \
         need not be there)\n"
    );
    let text = "[[rule]]\nlayers = [\"web\", \"cor\"]\nwithin = \"app::*\"\n";
    assert_eq!(
        faults(STACKS, text),
        "2 `cor` config/unmatched: there is no layer `cor` in `app::one` (did you mean `core`?)\n"
    );
}

/// L15.
#[test]
fn l15_a_container_outside_of_the_workspace_is_a_fault() {
    assert_eq!(
        rule_faults("layers = [\"a\", \"b\"]\nwithin = [\"ext:tokio\"]"),
        "3 `ext:tokio` config/unknown-container: container `ext:tokio` is not in this workspace\n"
    );
    assert_eq!(
        rule_faults("layers = [\"a\", \"b\"]\nwithin = [\"acounts\"]"),
        "3 `acounts` config/unmatched: `acounts` in `within` matches nothing: there is no \
         component, package or crate `acounts` (did you mean `accounts`?)\n"
    );
}

/// L16.
#[test]
fn l16_exhaustive_needs_a_container() {
    assert_eq!(
        rule_faults("layers = [\"accounts\", \"im\"]\nexhaustive = true"),
        "3 `exhaustive` config/exhaustive-without-container: `exhaustive` needs a container whose \
         modules are to be counted (name it: `within = \"accounts\"`)\n"
    );
}

/// L17, L18, L19.
#[test]
fn l17_l18_l19_exhaustive_lists_the_children_in_no_layer() {
    let text = "layers = [\"web\", \"core\"]\nwithin = \"app::*\"\nexhaustive = true";
    assert_eq!(
        rule(STACKS, text),
        "app::one: [app::one::web] > [app::one::core]; app::two: [app::two::web] > \
         [app::two::core] undeclared app::two::extra"
    );
    let ignored = format!("{text}\nignore = [\"ext*\"]");
    assert!(!rule(STACKS, &ignored).contains("undeclared"));
    let optional = text.replace("\"core\"", "\"core\", \"extra?\"");
    assert!(!rule(STACKS, &optional).contains("undeclared"));
}

/// A module of tests needs no layer where tests are not judged.
#[test]
fn exhaustive_leaves_out_modules_of_other_scopes() {
    let (workspace, mut resolution) = fixture("app::web app::tests");
    let tests = NodeId(2);
    assert_eq!(resolution.path(tests), "app::tests");
    resolution.references.push(reference(tests, CodeScope::Test));
    let undeclared = |scope: &str, resolution: &Resolution| {
        let text =
            format!("[[rule]]\nlayers = [\"web\"]\nwithin = \"app\"\nexhaustive = true\n{scope}");
        let policy = policy_of(&workspace, resolution, &text);
        let Verb::Layers(stacks) = &policy.rules[0].verb else { panic!("layers") };
        stacks[0].undeclared.clone()
    };
    assert_eq!(undeclared("", &resolution), []);
    assert_eq!(undeclared("scope = \"test\"", &resolution), [tests]);
    resolution.references.push(reference(tests, CodeScope::Normal));
    assert_eq!(undeclared("", &resolution), [tests]);
}

fn reference(from: NodeId, scope: CodeScope) -> Reference {
    Reference {
        from,
        to: NodeId(1),
        written_to: NodeId(1),
        span: Span { file: FileId(0), start: 0, end: 0 },
        kind: ReferenceKind::Use,
        scope,
        in_macro: false,
        alternative: false,
        cfg: TextId(0),
        written: TextId(0),
        through: Row::default(),
        imports: Row::default(),
    }
}

#[test]
fn a_container_is_called_as_in_findings() {
    let fault = |within: &str| {
        let text = format!("layers = [\"portal\", \"cellar\"]\nwithin = \"{within}\"");
        rule_faults(&text).lines().next().unwrap_or_default().to_owned()
    };
    let expected = |within: &str| {
        format!(
            "2 `cellar` config/unmatched: there is no layer `cellar` in `{within}` (write \
             `cellar?` if it need not be there)"
        )
    };
    assert_eq!(fault("im_service"), expected("im_service"));
    assert_eq!(fault("im"), expected("im_service"));
}

/// L33: whoever stands in a layer, of whichever container, is no outsider.
#[test]
fn l33_outsiders_stand_in_no_layer() {
    let text = "[[rule]]\nlayers = [\"web\", \"core\"]\nwithin = \"app::*\"\noutsiders = \"app\"\n";
    let (workspace, resolution) = fixture(STACKS);
    let policy = policy_of(&workspace, &resolution, text);
    let Verb::Layers(stacks) = &policy.rules[0].verb else { panic!("these are layers") };
    let outside = |at: usize| super::set(&resolution, &stacks[at].outsiders);
    let layers = "-app::one::web -app::one::core -app::two::web -app::two::core";
    assert_eq!(outside(0), format!("[app {layers}]"));
    assert_eq!(outside(1), outside(0));
    assert_eq!(
        rule_faults("layers = [\"accounts\", \"im\"]\noutsiders = \"std\"").lines().next(),
        Some(
            "3 `std` config/outside: `std` in `outsiders` is not code of this workspace (only \
             members are read, so nobody else is seen to name anything)"
        )
    );
}
