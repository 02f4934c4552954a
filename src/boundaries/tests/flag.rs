//! What the verb `flag`, `[rules]` and `[contexts]` say.

use super::{SHOP, faults, fixture, line};
use crate::boundaries::flag::{Condition, Context, Subject};
use crate::boundaries::joined::join;
use crate::boundaries::policy::Verb;
use crate::boundaries::{Problem, bind, builtin, parse};
use crate::model::{FileId, Severity, Sources};

/// A rule that says all that can be said.
const EVERYTHING: &str = r#"
[[rule]]
id = "r"
severity = "info"
at = "callers"
plain = "same"
from = "accounts"
confidence = "low"
effort = "5min"
tags = ["t"]
needs = ["regex"]
default = true
help = "do {path}"
fix = { replace = "regex::regex!({arg0})", applicability = "machine", requires = "regex >= 1.13" }
[rule.flag]
path = ["a::{b,c}::d"]
type = "a::T"
method = { name = "enter", on = ["tracing::*_span"] }
literal = { matches = ["AKIA[0-9A-Z]{16}"], entropy = 3.5, length = 16 }
item = ["struct", "field"]
loop = "endless"
[rule.when]
in = ["loop", "async"]
argument = [{ at = 0, is = "constant" }, { matches = "^x" }]
arguments = 2
chain = { has = "a", lacks = ["b"], ends = "c" }
awaited = true
result = ["discarded", "unused"]
body = { of = "function", has = ["break"], lacks = ["*shutdown*"] }
held-across-await = true
inside = "tokio::select"
inside-method = "bind"
loop-over = { has = ["chunks"], constant = false }
place = ["field"]
derives = [["serde::Serialize"], ["sqlx::FromRow"]]
attributes = { path = "serde", key = "skip*", value = ".", on = "field" }
fields = { name = "^password$", type = "std::string::String", text = "String", without = { path = "serde" } }
name = "X*"
visibility = ["public"]
signature = { async = true, self = ["none", "shared"], returns = "a::T", parameters = "a::U", returns-bool = false, returns-self = true, never-returns = false }
static = { type = "std::sync::Mutex", text = "Mutex", mutable = true }
[rule.unless]
function = "main"
trait-impl = "std::ops::Drop"
module = "**::tests"
crate-kind = ["bin", "build"]
depends-on = "axum"
called-from = { in = ["handler"], depth = 2 }
only-called-from = ["main"]
any = [{ in = "once", visibility = "private" }, { awaited = false }]
"#;

#[test]
fn every_key_is_understood() {
    let text = EVERYTHING;
    let (boundaries, problems) = parse(text, FileId(0));
    let told: Vec<String> = problems.iter().map(|problem| line(text, problem)).collect();
    assert_eq!(told, [""; 0]);
    let (workspace, resolution) = fixture(SHOP);
    let (policy, _) = bind(&boundaries, &workspace, &resolution);
    let rule = &policy.rules[0];
    assert_eq!(rule.severity, Severity::Info);
    let Verb::Flag { flag, from } = &rule.verb else { panic!("a flag") };
    assert_eq!(from.as_ref().unwrap().label, "accounts");
    assert_eq!((flag.subjects.len(), flag.when.len(), flag.unless.len()), (8, 19, 8));
    let Subject::Call(paths) = &flag.subjects[0] else { panic!("calls") };
    let paths: Vec<&str> = paths.iter().map(|path| path.text.as_str()).collect();
    assert_eq!(paths, ["a::b::d", "a::c::d"]);
    let context = flag
        .when
        .iter()
        .any(|one| matches!(one, Condition::In(all) if *all == [Context::Loop, Context::Async]));
    assert!(context, "{:?}", flag.when);
}

#[test]
fn faults_are_told_at_their_places() {
    let told = faults(
        SHOP,
        r#"
[[rule]]
flag = ["a::{b"]
[[rule]]
flag = {}
[[rule]]
flag = ["a"]
when = { in = ["lop"] }
[[rule]]
flag = { literal = "(" }
[[rule]]
forbid = "accounts -> im"
needs = ["regex"]
[[rule]]
flag = "a"
fix = { hoist = "std::sync::LazyLock" }
unless = {}
[rules]
x = "loud"
y = { allow = [{ path = "accounts" }] }
[contexts]
spawners = ["a b"]
"#,
    );
    for wanted in [
        "`a::{b` is no path pattern",
        "`flag` does not say what to look for",
        "`in` does not know the word `lop`",
        "this is no regular expression: unclosed group",
        "`needs` means nothing to `forbid`",
        "`fix` does not say what to write instead",
        "unless says nothing",
        "`x` does not know the word `loud`",
        "what is let pass has no `because`",
        "`a b` is neither a path nor a method",
    ] {
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
}

fn joined(text: &str) -> (Vec<String>, Vec<Problem>) {
    joined_with(text, &[])
}

/// The ids of the rules that are on, and what is wrong.
fn joined_with(text: &str, pages: &[(&str, &str)]) -> (Vec<String>, Vec<Problem>) {
    let mut sources = Sources::default();
    let config = sources.add("boundaries.toml".into(), text.to_owned());
    let add = |(path, text): &(&str, &str)| sources.add((*path).into(), (*text).to_owned());
    let pages: Vec<FileId> = pages.iter().map(add).collect();
    let (workspace, _) = fixture("ext:reqwest::Client accounts:regex=regex accounts::a");
    let joined = join(&sources, Some(&workspace), config, &pages);
    (joined.boundaries.rules.iter().map(|rule| rule.id.clone()).collect(), joined.problems)
}

#[test]
fn pages_of_ones_own_are_rules() {
    let page = "# no-get\n\n```toml\n[[rule]]\nid = \"no-get\"\nflag = [\"reqwest::get\"]\n```\n";
    let pages = [("rules/http/no-get.md", page)];
    let quiet = "[settings]\nantipatterns = false\npages = [\"rules\"]\n";
    assert_eq!(joined_with(quiet, &pages), (vec!["no-get".to_owned()], Vec::new()));
    let off = format!("{quiet}[rules]\nno-get = \"off\"\n");
    assert_eq!(joined_with(&off, &pages), (Vec::new(), Vec::new()));
    let messages = |text: &str, pages: &[(&str, &str)]| -> Vec<String> {
        joined_with(text, pages).1.into_iter().map(|problem| problem.message).collect()
    };
    assert_eq!(messages(quiet, &[]), ["there is no rule page in `rules`"]);
    let twice = [pages[0], ("rules/http/no-get-again.md", page)];
    assert_eq!(messages(quiet, &twice), ["there are two rules `no-get`"]);
    let own =
        format!("{quiet}[rules]\nmine = \"off\"\n[[rule]]\nid = \"mine\"\nforbid = \"a -> b\"");
    assert_eq!(messages(&own, &pages), ["`mine` is a rule of this file"]);
}

#[test]
fn built_in_rules_are_switched() {
    let known = builtin::rules();
    let asked = known.iter().find(|rule| match &rule.statement {
        crate::boundaries::written::Statement::Flag { flag, .. } => {
            flag.default && flag.needs.contains(&"regex".to_owned())
        }
        _ => false,
    });
    let id = &asked.expect("some rule is on without being asked for").id;
    assert!(joined("").0.contains(id));
    assert!(!joined("[settings]\nantipatterns = false").0.contains(id));
    let text = format!("[settings]\nantipatterns = false\n[rules]\n{id} = \"on\"");
    assert_eq!(joined(&text).0, [id.as_str()]);
    assert!(!joined("").0.contains(&"http-client-per-call".to_owned()), "it sleeps");
    assert!(!joined(&format!("[rules]\n{id} = \"off\"")).0.contains(id));
    let mistyped = joined(&format!("[rules]\n{id}s = \"off\"")).1;
    assert_eq!(mistyped[0].help, Some(format!("did you mean `{id}`?")));
}

#[test]
fn what_is_well_known_is_well_formed() {
    let (_, problems) = parse(builtin::CONTEXTS, FileId(0));
    assert_eq!(problems, []);
    assert!(!builtin::contexts().spawners.paths.is_empty());
}
