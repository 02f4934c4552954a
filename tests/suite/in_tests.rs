//! Rules written in code, as a user's own test suite would have them.

use archlint::workspace::{Except, Rule, Rules, Verb, load};

use super::fixture;

#[test]
fn rules_in_code_hold_or_tell_where_they_do_not() {
    let loaded = load(fixture("acmetrade/0-tangled").to_str().unwrap()).unwrap();
    let rule = Rule {
        id: "accounts-knows-no-managers",
        verb: Verb::Forbid("core -> im_api"),
        because: "accounts is the core domain",
        ..Rule::default()
    };
    let components = &[("core", "accounts::flows | accounts::mail")];
    let broken = loaded.check_rules(&Rules { components, rules: &[rule] }).unwrap();
    assert!(!broken.holds);
    assert!(broken.text.contains("because: accounts is the core domain"), "{}", broken.text);
    let panic = std::panic::catch_unwind(|| broken.assert_holds()).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(
        message
            .starts_with("the workspace breaks its rules\n\nerror[accounts-knows-no-managers]: ")
    );

    let turned = Rule { verb: Verb::Forbid("im_api -> accounts"), ..rule };
    loaded.check_rules(&Rules { components, rules: &[turned] }).unwrap().assert_holds();
}

#[test]
fn every_verb_and_option_can_be_said_in_code() {
    let rules = Rules {
        components: &[("web", "shop::web | shop::api")],
        rules: &[
            Rule {
                id: "a",
                verb: Verb::Protect { target: "shop::rows", allow: &["shop::store"] },
                via: &["shop::gate"],
                reach: "items",
                scope: &["normal", "test"],
                because: "rows change",
                except: &[Except { edge: "a -> b", because: "old", owner: "@us" }],
            },
            Rule {
                id: "b",
                verb: Verb::Expose { component: "shop::cart", face: &["shop::cart::api"] },
                ..Rule::default()
            },
            Rule { id: "c", verb: Verb::Layers(&["web", "shop::store"]), ..Rule::default() },
            Rule { id: "d", verb: Verb::Independent(&["x", "y"]), ..Rule::default() },
        ],
    };
    let said: toml::Table = rules.to_toml().parse().unwrap();
    let meant: toml::Table = r#"
        version = 1
        [components]
        web = "shop::web | shop::api"
        [[rule]]
        id = "a"
        protect = "shop::rows"
        allow = ["shop::store"]
        via = ["shop::gate"]
        reach = "items"
        scope = ["normal", "test"]
        because = "rows change"
        except = [{ edge = "a -> b", because = "old", owner = "@us" }]
        [[rule]]
        id = "b"
        expose = "shop::cart"
        face = ["shop::cart::api"]
        [[rule]]
        id = "c"
        layers = ["web", "shop::store"]
        [[rule]]
        id = "d"
        independent = ["x", "y"]
    "#
    .parse()
    .unwrap();
    assert_eq!(said, meant);
}
