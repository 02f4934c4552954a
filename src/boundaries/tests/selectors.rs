//! What a selector matches, and what is told where it matches nothing.

use super::{SHOP, bound, faults, rule_faults, selects};

#[test]
fn a_name_is_a_module_with_all_below() {
    assert_eq!(selects(SHOP, "accounts::flows"), "[accounts::flows]");
    assert_eq!(selects(SHOP, "accounts::Money"), "[accounts::Money]");
}

/// F2: exact names leave out what is below.
#[test]
fn an_equals_sign_means_a_module_and_its_items_only() {
    assert_eq!(
        selects(SHOP, "=accounts::flows"),
        "[accounts::flows -accounts::flows::deposit -accounts::flows::withdraw]"
    );
    assert_eq!(
        selects("a::Type::New a::Type::Old", "=a::Type"),
        "[a::Type -a::Type::New -a::Type::Old]"
    );
}

#[test]
fn a_package_is_all_its_targets_and_a_library_itself_alone() {
    assert_eq!(selects(SHOP, "im"), "[im_service im/bin/im]");
    assert_eq!(selects(SHOP, "im_service"), "[im_service]");
    assert_eq!(selects(SHOP, "im/bin/im"), "[im/bin/im]");
    assert_eq!(selects(SHOP, "im/bin/im::server"), "[im/bin/im::server]");
    assert_eq!(selects(SHOP, "im/lib/im_service"), "[im_service]");
    assert_eq!(selects(SHOP, "*/bin/*"), "[im/bin/im]");
    assert_eq!(selects(SHOP, "im::server"), "[im/bin/im::server]");
}

#[test]
fn hyphen_and_underscore_are_one_letter_in_packages() {
    assert_eq!(selects(SHOP, "portal-bff::compose"), "[portal_bff::compose]");
    assert_eq!(selects(SHOP, "portal_bff"), "[portal_bff]");
    assert_eq!(selects(SHOP, "portal-*"), "[portal_bff]");
}

#[test]
fn a_package_comes_before_a_library_of_its_name() {
    assert_eq!(selects("one=two::x two=three::y", "two"), "[three]");
    assert_eq!(selects("one=two::x two=three::y", "one"), "[two]");
}

#[test]
fn a_member_called_like_a_standard_crate_is_the_member() {
    assert_eq!(selects("core::mem core=core_lib::a", "core"), "[core_lib]");
    assert_eq!(selects("core=core_lib::a app::x", "core::a"), "[core_lib::a]");
}

#[test]
fn a_star_is_one_name_or_a_part_of_one() {
    assert_eq!(
        selects(SHOP, "accounts::*"),
        "[accounts::flows accounts::domain accounts::im_gateway accounts::Money]"
    );
    assert_eq!(selects(SHOP, "accounts::*ow*"), "[accounts::flows]");
    assert_eq!(selects(SHOP, "*::portal"), "[im_service::portal]");
    assert_eq!(selects(SHOP, "*"), "[accounts im_service im/bin/im portal_bff]");
}

/// X6: `a::*` is one level, `a::**` any depth.
#[test]
fn two_stars_are_any_number_of_names() {
    assert_eq!(
        selects(SHOP, "accounts::**"),
        "[accounts::flows accounts::domain accounts::im_gateway accounts::Money]"
    );
    assert_eq!(
        selects("a::x::api a::x::y::api a::api", "a::**::api"),
        "[a::x::api a::x::y::api a::api]"
    );
    assert_eq!(selects("a::x::api b::y api::z", "**::api"), "[a::x::api api]");
    assert_eq!(selects("a::x b::y std::z", "**"), "[a b]");
    assert_eq!(selects("a::x::a::x::z", "**::a::**::x"), "[a::x]");
}

#[test]
fn what_is_outside_is_named_by_ext_or_std() {
    let to = |selector: &str| {
        let text = format!("rule = [{{ id = \"r\", forbid = \"accounts -> {selector}\" }}]");
        bound(SHOP, &text).trim().trim_start_matches("r: [accounts] -> ").to_owned()
    };
    assert_eq!(to("ext:reqwest"), "[ext:reqwest]");
    assert_eq!(to("ext:tokio::fs::**"), "[ext:tokio::fs::read]");
    assert_eq!(to("ext:*"), "[ext:reqwest ext:tokio]");
    assert_eq!(to("std::fs"), "[std::fs]");
    assert_eq!(to("std::process"), "[]");
    assert_eq!(to("ext:serde_json"), "[]");
    assert_eq!(to("std | !std::fs"), "[std -std::fs]");
}

/// F7: a crate that nobody uses is a warning, and the rule stands.
#[test]
fn f7_a_crate_that_is_not_in_the_lock_file_is_a_warning() {
    assert_eq!(
        rule_faults("forbid = \"accounts -> ext:reqwst | ext:aws-*\""),
        "2 `reqwst` warn config/not-in-lock-file: `ext:reqwst` is not in the lock file (did you \
         mean `ext:reqwest`?)\n\
         2 `aws-*` warn config/not-in-lock-file: `ext:aws-*` is not in the lock file\n"
    );
    assert_eq!(
        rule_faults("forbid = \"accounts -> ext:im\""),
        "2 `im` warn config/not-in-lock-file: `ext:im` is not in the lock file (`im` is a member \
         of this workspace: leave out `ext:`)\n"
    );
    assert_eq!(rule_faults("forbid = \"accounts -> ext:serde-json | ext:serde*\""), "");
}

#[test]
fn a_name_that_only_a_member_gives_to_a_crate_is_told_with_the_real_one() {
    let paths = "server::run types::a server:lsp-types=gen-lsp-types server:kinds=types";
    let told = |selector: &str| {
        faults(paths, &format!("rule = [{{ id = \"r\", forbid = \"server -> {selector}\" }}]"))
    };
    assert_eq!(
        told("ext:lsp-types"),
        "1 `lsp-types` warn config/not-in-lock-file: `ext:lsp-types` is not in the lock file \
         (`lsp-types` is how `server` calls package `gen-lsp-types`: write `ext:gen-lsp-types`)\n"
    );
    assert_eq!(
        told("ext:kinds"),
        "1 `kinds` warn config/not-in-lock-file: `ext:kinds` is not in the lock file \
         (`kinds` is how `server` calls package `types`: write `types`)\n"
    );
    assert_eq!(told("ext:gen_lsp_types"), "");
}

/// X10, I3: a plain name must match; a glob may miss where the list has other hits.
#[test]
fn x10_what_matches_nothing_is_told_with_the_nearest_name() {
    assert_eq!(
        rule_faults("forbid = \"acounts | im -> accounts::flow | reqwest\""),
        "\
2 `acounts` config/unmatched: `acounts` in `forbid` matches nothing: there is no component, package or crate `acounts` (did you mean `accounts`?)
2 `flow` config/unmatched: `accounts::flow` in `forbid` matches nothing: there is no module or item `flow` in `accounts` (did you mean `flows`?)
2 `reqwest` config/unmatched: `reqwest` in `forbid` matches nothing: there is no component, package or crate `reqwest` (a crate from outside is written `ext:reqwest`)
"
    );
    assert_eq!(rule_faults("forbid = \"accounts -> im | im_extra_*\""), "");
    assert_eq!(
        rule_faults("forbid = \"accounts -> im_extra_*\""),
        "2 `im_extra_*` config/unmatched: `im_extra_*` in `forbid` matches nothing: no component, \
         package or crate is like that\n"
    );
    assert_eq!(rule_faults("forbid = \"acounts -> im\"\noptional = true"), "");
}

#[test]
fn what_is_below_an_item_need_not_be_known() {
    assert_eq!(rule_faults("forbid = \"im -> accounts::Money::of\""), "");
    assert_eq!(
        rule_faults("forbid = \"im -> accounts::Coin::of\""),
        "2 `Coin` config/unmatched: `accounts::Coin::of` in `forbid` matches nothing: there is no \
         module or item `Coin` in `accounts`\n"
    );
}

/// X7: the place is that of the stars.
#[test]
fn x7_malformed_selectors_are_told_at_the_letter() {
    for (selector, place, message) in [
        ("a::**::*", "**::*", "`**` cannot stand beside another `*` or `**`"),
        ("a::***", "***", "`**` stands for whole names, so `***` means nothing"),
        ("a::x**", "x**", "`**` stands for whole names, so `x**` means nothing"),
        ("a:b", ":", "`:` cannot stand in a name"),
        ("a::b-c", "-", "`-` cannot stand in a name"),
        ("a, b", ",", "`,` cannot stand in a name"),
        ("a b", " ", "` ` cannot stand in a name"),
        ("a::", "a::", "a name is missing beside `::` in `a::`"),
        ("a::{}", "{}", "`{}` is no capture"),
        ("a::x{f}", "x{f}", "`x{f}` is no capture"),
        ("a/b", "a/b", "`a/b` is no target"),
        ("=a::**", "=a::**", "`=a::**` contradicts itself"),
    ] {
        let found = rule_faults(&format!("forbid = \"{selector} -> im\""));
        let expected = format!("2 `{place}` config/bad-selector: {message}");
        assert!(found.starts_with(&expected), "{selector}: {found}");
        assert_eq!(found.lines().count(), 1, "{selector}: {found}");
    }
}

#[test]
fn an_exclamation_mark_takes_out() {
    assert_eq!(selects("a_x::y a_y::z a_dev::z", "a_* | !a_dev"), "[a_x a_y]");
    assert_eq!(selects(SHOP, "accounts | !accounts::flows"), "[accounts -accounts::flows]");
    assert_eq!(
        rule_faults("forbid = \"accounts | !im -> portal-bff | !portal_dev\""),
        "\
2 `!im` warn config/no-effect: `!im` takes nothing out of `forbid`
2 `portal_dev` config/unmatched: `!portal_dev` in `forbid` matches nothing: there is no component, package or crate `portal_dev` (did you mean `portal_bff`?)
"
    );
    assert_eq!(
        rule_faults("forbid = \"!accounts -> im\""),
        "2 `\"!accounts -> im\"` config/bad-edge: the left side of `!accounts -> im` only takes \
         out (name what it takes out of: `a | !a::b`)\n"
    );
}

#[test]
fn raw_names_need_no_prefix() {
    assert_eq!(selects("a::r#type", "a::type"), "[a::r#type]");
    assert_eq!(selects("a::type", "a::r#type"), "[a::type]");
}

#[test]
fn nothing_outside_of_the_workspace_names_anything() {
    let outside = |selector: &str, key: &str| {
        format!(
            "2 `{selector}` config/outside: `{selector}` in `{key}` is not code of this workspace \
             (only members are read, so nobody else is seen to name anything)\n"
        )
    };
    assert_eq!(rule_faults("forbid = \"ext:tokio -> im\""), outside("ext:tokio", "forbid"));
    assert_eq!(rule_faults("only = \"std -> im\""), outside("std", "only"));
    assert_eq!(faults(SHOP, "[[rule]]\nacyclic = \"ext:tokio\""), outside("ext:tokio", "acyclic"));
}
