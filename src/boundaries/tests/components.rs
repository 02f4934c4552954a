//! Components: what they hold, how they meet other names and one another.

use super::{SHOP, bound, faults, fixture, policy_of};

#[test]
fn a_component_is_a_string_a_list_or_a_table() {
    let text = r#"
[components]
core = "accounts"
im = { in = ["im_service::**", "im/bin/im"], not = "im_service::portal", owner = "@im", strict = true }
rest = ["portal-*", "!portal-bff::compose"]
[[rule]]
id = "r"
forbid = ["core -> im", "im -> rest"]
"#;
    let expected = "r: [accounts] -> [im_service::affiliation im/bin/im], [im_service::affiliation \
                    im/bin/im] -> [portal_bff -portal_bff::compose]\n";
    assert_eq!(bound(SHOP, text), expected);
    let (workspace, resolution) = fixture(SHOP);
    let policy = policy_of(&workspace, &resolution, text);
    let told: Vec<_> =
        policy.components.iter().map(|one| (one.name.as_str(), one.strict)).collect();
    assert_eq!(told, [("core", false), ("im", true), ("rest", false)]);
    assert_eq!(policy.components[1].owner.as_deref(), Some("@im"));
}

#[test]
fn a_component_hides_a_package_of_its_name_and_paths_do_not() {
    let text = r#"
[components]
im = ["im_service", "portal-bff"]
[[rule]]
id = "r"
forbid = ["accounts -> im", "accounts -> im::portal", "accounts -> =im"]
"#;
    assert_eq!(
        bound(SHOP, text),
        "r: [accounts] -> [im_service portal_bff], [accounts] -> [im_service::portal], [accounts] \
         -> [im_service -im_service::affiliation -im_service::portal im/bin/im \
         -im/bin/im::server]\n"
    );
    assert_eq!(faults(SHOP, text), "");
}

#[test]
fn a_component_called_like_a_package_of_which_it_has_nothing_is_a_warning() {
    let text = "[components]\nim = \"accounts\"\n";
    assert_eq!(
        faults(SHOP, text),
        "2 `im` warn config/ambiguous-name: `im` is a component and also a package of which it has \
         nothing (`im` alone means the component, `im::…` the package: rename the component)\n"
    );
}

/// X12.
#[test]
fn x12_a_module_in_two_components_is_a_fault_unless_allowed() {
    let text = "[components]\ncore = \"accounts\"\nflows = \"accounts::flows\"\n";
    assert_eq!(
        faults(SHOP, text),
        "3 `flows` config/overlapping-components: `accounts::flows` is in two components, `core` \
         and `flows` (take it out of one of them by `not`, or say `overlap = \"allow\"` in \
         `[settings]`)\n"
    );
    assert_eq!(faults(SHOP, &format!("[settings]\noverlap = \"allow\"\n{text}")), "");
}

#[test]
fn components_are_made_of_paths_that_exist() {
    let text = "
[components]
core = [\"acounts\", \"accounts\"]
later = { in = \"later\", optional = true }
";
    assert_eq!(
        faults(SHOP, text),
        "\
3 `acounts` config/unmatched: `acounts` in `components.core` matches nothing: there is no package or crate `acounts` (did you mean `accounts`?)
"
    );
    let text = "[components]\nmine = \"accounts\"\nboth = \"mine\"\n";
    assert_eq!(
        faults(SHOP, text),
        "3 `mine` config/unmatched: `mine` in `components.both` matches nothing: there is no \
         package or crate `mine` (`mine` is a component; only paths count here)\n"
    );
}

#[test]
fn a_misspelled_component_is_told() {
    let text =
        "[components]\ngateway = \"accounts::im_gateway\"\n[[rule]]\nforbid = \"gatway -> im\"\n";
    assert_eq!(
        faults(SHOP, text),
        "4 `gatway` config/unmatched: `gatway` in `forbid` matches nothing: there is no component, \
         package or crate `gatway` (did you mean `gateway`?)\n"
    );
}
