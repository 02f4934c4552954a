//! The table of keys and the parser say the same.

use crate::boundaries::keys::{Place, Role, Value, keys_of, verbs};
use crate::boundaries::parse;
use crate::model::FileId;

/// The keys that the parser asks for in a place, as it tells them where one is unknown.
fn asked(place: Place) -> Vec<String> {
    let text = match place {
        Place::File => "%%% = 1",
        Place::Settings => "[settings]\n%%% = 1",
        Place::Component => "[components]\na = { in = \"a\", %%% = 1 }",
        Place::Rule => "[[rule]]\nforbid = \"a -> b\"\n%%% = 1",
        Place::Exception => {
            "[[rule]]\nforbid = \"a -> b\"\n[[rule.except]]\nedge = \"a -> b\"\n%%% = 1"
        }
    };
    let (_, problems) = parse(&text.replace("%%%", "qqqqqqqqqq"), FileId(0));
    let help = problems[0].help.clone().unwrap();
    let keys = help.strip_prefix("known keys: ").unwrap();
    keys.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_parser_asks_for_the_keys_of_the_table() {
    for place in Place::ALL {
        let mut asked = asked(place);
        asked.sort();
        let mut known: Vec<&str> = keys_of(place).map(|key| key.name).collect();
        known.sort_unstable();
        assert_eq!(asked, known, "{place:?}");
    }
}

/// The words of the table are those that the parser tells where one is unknown.
#[test]
fn the_parser_knows_the_words_of_the_table() {
    for key in Place::ALL.into_iter().flat_map(keys_of) {
        let (Value::Word(words) | Value::Words(words)) = key.value else { continue };
        let verb = match key.role {
            Role::Of(verbs) => verbs[0],
            _ => "forbid",
        };
        let head = match key.place {
            Place::Settings => "[settings]".to_owned(),
            _ => format!("[[rule]]\n{verb} = \"a -> b\""),
        };
        let (_, problems) = parse(&format!("{head}\n{} = \"qqqqqqqqqq\"", key.name), FileId(0));
        let unknown = problems.iter().find(|one| one.code == "config/unknown-word").unwrap();
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        assert_eq!(unknown.help, Some(format!("one of {}", quoted.join(", "))), "{}", key.name);
    }
}

#[test]
fn an_option_belongs_to_verbs_that_exist() {
    let verbs: Vec<&str> = verbs().collect();
    for key in keys_of(Place::Rule) {
        let Role::Of(of) = key.role else { continue };
        assert!(!of.is_empty() && of.iter().all(|verb| verbs.contains(verb)), "{}", key.name);
    }
}
