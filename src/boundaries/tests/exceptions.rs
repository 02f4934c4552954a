//! `[[rule.except]]`: edges, dates, and ends that are gone.

use super::{SHOP, bound, faults, fixture, policy_of};

fn text(settings: &str, except: &str) -> String {
    format!(
        "{settings}\n[[rule]]\nid = \"r\"\nforbid = \"accounts -> im\"\n[[rule.except]]\n{except}"
    )
}

/// X6: an exception takes globs of one level and of any depth.
#[test]
fn x6_an_exception_is_an_edge_with_its_papers() {
    let text = text(
        "",
        "edge = \"accounts::* -> im_service::**\"\nbecause = \"b\"\nowner = \"@o\"\nuntil = 2027-03-31",
    );
    assert_eq!(
        bound(SHOP, &text),
        "r: [accounts] -> [im_service im/bin/im]\n  except [accounts::flows accounts::domain \
         accounts::im_gateway accounts::Money] -> [im_service::affiliation im_service::portal]\n"
    );
    let (workspace, resolution) = fixture(SHOP);
    let policy = policy_of(&workspace, &resolution, &text);
    let except = &policy.rules[0].except[0];
    assert_eq!(except.because.as_deref(), Some("b"));
    assert_eq!(except.owner.as_deref(), Some("@o"));
    assert_eq!(except.until.as_deref(), Some("2027-03-31"));
    let place = &text[except.span.start as usize..except.span.end as usize];
    assert_eq!(place, "\"accounts::* -> im_service::**\"");
}

#[test]
fn until_is_a_day_or_a_word() {
    let until = |value: &str| {
        let text = text("", &format!("edge = \"accounts -> im\"\nuntil = {value}"));
        let (workspace, resolution) = fixture(SHOP);
        policy_of(&workspace, &resolution, &text).rules[0].except[0].until.clone().unwrap()
    };
    assert_eq!(until("\"portal-gateway\""), "portal-gateway");
    assert_eq!(until("\"2027-03-31\""), "2027-03-31");
    assert_eq!(until("2027-03-31T10:00:00Z"), "2027-03-31");
    let fault = |value: &str| {
        faults(SHOP, &text("", &format!("edge = \"accounts -> im\"\nuntil = {value}")))
    };
    assert_eq!(
        fault("\"2027-3-31\""),
        "7 `\"2027-3-31\"` config/bad-date: `2027-3-31` is no day of the calendar (write `until = \
         2027-03-31`)\n"
    );
    assert_eq!(
        fault("2027"),
        "7 `2027` config/wrong-type: `until` must be a date or a word, not an integer\n"
    );
    assert_eq!(
        fault("10:00:00"),
        "7 `10:00:00` config/wrong-type: `until` must be a date or a word, not a datetime\n"
    );
}

#[test]
fn an_exception_needs_an_edge_and_takes_no_captures() {
    assert_eq!(
        faults(SHOP, &text("", "because = \"b\"")),
        "5 `[[rule.except]]` config/missing-key: the exception does not say which edge it lets \
         pass (say it: `edge = \"from -> to\"`)\n"
    );
    assert_eq!(
        faults(SHOP, &text("", "edge = \"accounts::{f} -> im::{f}\"")),
        "6 `\"accounts::{f} -> im::{f}\"` config/bad-selector: captures have no place in an \
         exception\n"
    );
}

/// X5: all of them in one run, as grave as the settings say; the rest of the rule stands.
#[test]
fn x5_an_exception_for_what_is_gone_is_told_as_the_settings_say() {
    let two = "edge = \"accounts::push -> im\"\n[[rule.except]]\nedge = \"accounts -> im::pull\"\n";
    let told = |grade: &str| {
        format!(
            "6 `push` {grade} config/unmatched-exception: `accounts::push` in `edge` matches \
             nothing: there is no module or item `push` in `accounts`\n8 `pull` {grade} \
             config/unmatched-exception: `im::pull` in `edge` matches nothing: there is no module \
             or item `pull` in `im_service`\n"
        )
    };
    assert_eq!(faults(SHOP, &text("", two)), told("deny"));
    let setting = |word: &str| format!("settings.unmatched-exceptions = \"{word}\"");
    assert_eq!(faults(SHOP, &text(&setting("error"), two)), told("deny"));
    assert_eq!(faults(SHOP, &text(&setting("warn"), two)), told("warn"));
    assert_eq!(faults(SHOP, &text(&setting("silent"), two)), "");
    assert_eq!(bound(SHOP, &text("", two)), "r: [accounts] -> [im_service im/bin/im]\n");
}
