//! `cargo archlint lsp`, as an editor speaks to it.

use std::cell::Cell;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use snapbox::dir::DirRoot;

use super::client::Client;
use super::formats::{RULES, shop, write};

/// In line 2 stands what breaks the rule, behind characters of two and four bytes.
const PRICE: &str = "pub fn label() -> String {\n    let sign = \"é🦀\"; \
                     crate::cart::name(sign)\n}\n";

/// The path that breaks the rule: in line 2, behind 12 + 4 + `é🦀` + 4, in UTF-16 code units.
const PLACE: (u32, u32) = (22, 39);

/// A session with a workspace whose prices know the cart.
struct Session {
    client: Client,
    folder: DirRoot,
    version: i32,
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-archlint"));
    command.args(["archlint", "lsp", "--no-cache"]);
    command
}

fn session(capabilities: &Value) -> (Session, Value) {
    let folder = shop(PRICE);
    let mut client = Client::start(&mut command(), folder.path().unwrap());
    let answer = client.initialize(capabilities, &Value::Null);
    (Session { client, folder, version: 1 }, answer)
}

/// One in which the price stands open, and its finding is shown.
fn open() -> Session {
    let (mut session, _) = session(&json!({}));
    session.client.open("src/price.rs");
    session.shows("src/price.rs", &["prices-stand-alone"]);
    session
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().unwrap_or("-")).collect()
}

fn range(line: u32, (start, end): (u32, u32)) -> Value {
    json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}})
}

impl Session {
    fn root(&self) -> &Path {
        self.folder.path().unwrap()
    }

    /// Waits until these are the diagnostics of a file.
    fn shows(&mut self, path: &str, expected: &[&str]) -> Vec<Value> {
        self.client.diagnostics(path, |all| codes(all) == expected)
    }

    fn change(&mut self, path: &str, changes: &Value) {
        self.version += 1;
        let document = json!({"uri": self.client.uri(path), "version": self.version});
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.client.notify("textDocument/didChange", &params);
    }

    /// Types a text in place of everything.
    fn retype(&mut self, path: &str, text: &str) {
        self.change(path, &json!([{"text": text}]));
    }

    fn close(&mut self, path: &str) {
        let document = json!({"uri": self.client.uri(path)});
        self.client.notify("textDocument/didClose", &json!({"textDocument": document}));
    }

    fn end(self) {
        assert!(self.client.stop().success());
    }
}

#[test]
fn r19_unsaved_text_is_judged() {
    let mut session = open();
    let whole = PRICE.replace("crate::cart::name(sign)", "sign.to_owned()");
    session.retype("src/price.rs", &whole);
    session.shows("src/price.rs", &[]);
    // Typed in: `crate::cart::name(sign)` over `sign.to_owned()`.
    let change = json!([{"range": range(1, (22, 37)), "text": "crate::cart::name(sign)"}]);
    session.change("src/price.rs", &change);
    let shown = session.shows("src/price.rs", &["prices-stand-alone"]);
    assert_eq!(shown[0]["range"], range(1, PLACE));
    assert_eq!(std::fs::read_to_string(session.root().join("src/price.rs")).unwrap(), PRICE);
    session.end();
}

#[test]
fn a_finding_has_its_words_and_places() {
    let (mut session, _) = session(&json!({}));
    let rules = RULES.replace("because", "docs = \"https://example.org/prices\"\nbecause");
    write(session.root(), "boundaries.toml", &rules);
    session.client.save("boundaries.toml");
    // No document needs to be open.
    let shown = session.client.diagnostics("src/price.rs", |all| {
        all.iter().any(|one| one.get("codeDescription").is_some())
    });
    let uri = session.client.uri("boundaries.toml");
    let expected = json!([{
        "range": range(1, PLACE),
        "severity": 1,
        "code": "prices-stand-alone",
        "codeDescription": {"href": "https://example.org/prices"},
        "source": "archlint",
        "message": "`shop::price` may not use `shop::cart::name`\n\
                    because: a price is a number, whoever buys\n\
                    see https://example.org/prices",
        "relatedInformation": [{
            "location": {"uri": uri, "range": range(4, (9, 36))},
            "message": "rule `prices-stand-alone` says so",
        }],
    }]);
    assert_eq!(json!(shown), expected);
    session.end();
}

#[test]
fn columns_count_bytes_where_the_editor_does() {
    let encodings = json!({"general": {"positionEncodings": ["utf-8", "utf-16"]}});
    let (mut session, answer) = session(&encodings);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    let shown = session.shows("src/price.rs", &["prices-stand-alone"]);
    // `é🦀` is three units and six bytes.
    assert_eq!(shown[0]["range"], range(1, (PLACE.0 + 3, PLACE.1 + 3)));
    session.end();
}

#[test]
fn unsaved_rules_are_judged() {
    let mut session = open();
    session.client.open("boundaries.toml");
    session.retype("boundaries.toml", &RULES.replace("price -> shop::cart", "cart -> shop::price"));
    session.shows("src/price.rs", &[]);
    session.retype("boundaries.toml", &RULES.replace("forbid", "forbids"));
    let shown = session.shows("boundaries.toml", &["config/unknown-key"]);
    assert_eq!(shown[0]["range"], range(4, (0, 7)));
    session.retype("boundaries.toml", RULES);
    session.shows("boundaries.toml", &[]);
    session.end();
}

#[test]
fn what_is_closed_counts_as_it_is_on_disk() {
    let mut session = open();
    session.retype("src/price.rs", "");
    session.shows("src/price.rs", &[]);
    session.close("src/price.rs");
    session.shows("src/price.rs", &["prices-stand-alone"]);
    session.end();
}

#[test]
fn what_is_opened_again_is_told_again() {
    let mut session = open();
    session.close("src/price.rs");
    session.client.open("src/price.rs");
    session.shows("src/price.rs", &["prices-stand-alone"]);
    session.end();
}

#[test]
fn a_finding_can_be_allowed() {
    let mut session = open();
    let at = json!({"line": 1, "character": PLACE.0});
    let actions = session.client.actions("src/price.rs", &at);
    let [action] = &actions[..] else { panic!("{actions:?}") };
    assert_eq!(action["title"], "allow it here, with a reason");
    assert_eq!(action["kind"], "quickfix");
    let edits = action["edit"]["changes"][session.client.uri("src/price.rs")].clone();
    let comment = "// archlint: allow(prices-stand-alone, reason = \"\")\n    ";
    assert_eq!(edits, json!([{"range": range(1, (4, 4)), "newText": comment}]));
    let change = json!([{"range": edits[0]["range"], "text": edits[0]["newText"]}]);
    session.change("src/price.rs", &change);
    session.shows("src/price.rs", &["suppression-without-reason", "prices-stand-alone"]);
    // Behind 4 + 49 characters, between the quotes.
    let reason = json!([{"range": range(1, (53, 53)), "text": "moves in May"}]);
    session.change("src/price.rs", &reason);
    session.shows("src/price.rs", &[]);
    let away = session.client.actions("src/price.rs", &json!({"line": 0, "character": 0}));
    assert!(away.is_empty());
    session.end();
}

#[test]
fn of_many_changes_the_last_one_counts() {
    let mut session = open();
    for _ in 0..50 {
        session.retype("src/price.rs", "");
        session.retype("src/price.rs", PRICE);
    }
    session.retype("src/price.rs", "");
    let published = Cell::new(0);
    session.client.diagnostics("src/price.rs", |all| {
        published.set(published.get() + 1);
        all.is_empty()
    });
    assert!(published.get() < 20, "{}", published.get());
    session.end();
}

#[test]
fn a_file_that_does_not_parse_is_told() {
    let mut session = open();
    session.retype("src/price.rs", "pub fn label( {");
    session.shows("src/price.rs", &["unparsed-file"]);
    session.retype("src/price.rs", PRICE);
    session.shows("src/price.rs", &["prices-stand-alone"]);
    session.end();
}

#[test]
fn files_come_and_go() {
    let mut session = open();
    let root = session.root().to_owned();
    write(&root, "src/lib.rs", "pub mod cart;\npub mod price;\nmod new;\n");
    write(&root, "src/new.rs", "// archlint: allow(no-such-rule, reason = \"x\")\n");
    let changes = ["src/lib.rs", "src/new.rs"].map(|path| session.client.uri(path));
    let changes = changes.map(|uri| json!({"uri": uri, "type": 1}));
    session.client.notify("workspace/didChangeWatchedFiles", &json!({"changes": changes}));
    session.shows("src/new.rs", &["suppression-unknown-rule"]);
    std::fs::remove_file(root.join("src/new.rs")).unwrap();
    session.client.save("src/lib.rs");
    session.shows("src/new.rs", &[]);
    session.end();
}

#[test]
fn what_cargo_cannot_read_is_told_in_the_manifest() {
    let mut session = open();
    let manifest = session.root().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, "[package").unwrap();
    session.client.save("Cargo.toml");
    let told = session.client.diagnostics("Cargo.toml", |all| !all.is_empty());
    assert_eq!(told[0]["source"], "archlint");
    // What was known of the workspace still serves.
    session.retype("src/price.rs", "");
    session.shows("src/price.rs", &[]);
    std::fs::write(&manifest, text).unwrap();
    session.client.save("Cargo.toml");
    session.shows("Cargo.toml", &[]);
    session.end();
}

#[test]
fn a_workspace_without_rules_is_left_alone() {
    let (mut session, _) = session(&json!({}));
    session.shows("src/price.rs", &["prices-stand-alone"]);
    std::fs::remove_file(session.root().join("boundaries.toml")).unwrap();
    session.client.save("boundaries.toml");
    let log = session
        .client
        .wait("a line in the log", |message| message["method"] == "window/logMessage");
    let text = log["params"]["message"].as_str().unwrap();
    assert!(text.contains("no `boundaries.toml`"), "{text}");
    session.shows("src/price.rs", &[]);
    session.end();
}

#[test]
fn the_workspace_may_lie_below_the_folder_that_is_open() {
    let (folder, shop) = (DirRoot::mutable_temp().unwrap(), shop(PRICE));
    std::fs::rename(shop.path().unwrap(), folder.path().unwrap().join("rust")).unwrap();
    let mut client = Client::start(&mut command(), folder.path().unwrap());
    client.initialize(&json!({}), &Value::Null);
    client.open("rust/src/cart.rs");
    client.diagnostics("rust/src/price.rs", |all| codes(all) == ["prices-stand-alone"]);
    assert!(client.stop().success());
}

#[test]
fn odd_messages_do_no_harm() {
    let mut session = open();
    let client = &mut session.client;
    let answer = client.request("textDocument/hover", &json!({}));
    assert_eq!(answer["error"]["code"], -32601);
    let answer = client.request("textDocument/codeAction", &json!({"range": 3}));
    assert_eq!(answer["error"]["code"], -32602);
    for (method, params) in [
        ("textDocument/didOpen", json!({"textDocument": 3})),
        ("textDocument/didChange", json!([])),
        ("textDocument/didClose", json!({"textDocument": {"uri": "untitled:Untitled-1"}})),
        ("workspace/didChangeWatchedFiles", Value::Null),
        ("$/cancelRequest", json!({"id": 999})),
        ("$/unheardOf", json!({})),
    ] {
        client.notify(method, &params);
    }
    let elsewhere =
        json!({"uri": "file:///no/such/x.rs", "languageId": "rust", "version": 1, "text": "("});
    client.notify("textDocument/didOpen", &json!({"textDocument": elsewhere}));
    let far = json!([{"range": range(900, (7, 8)), "text": "// the end"}]);
    session.change("src/cart.rs", &far);
    session.change("src/price.rs", &far);
    let nothing = json!([{"range": range(0, (0, 0)), "text": "\n"}]);
    session.change("src/price.rs", &nothing);
    let shown =
        session.client.diagnostics("src/price.rs", |all| all[0]["range"] == range(2, PLACE));
    assert_eq!(codes(&shown), ["prices-stand-alone"]);
    session.end();
}

#[test]
fn an_address_may_be_spelled_in_other_ways() {
    let mut session = open();
    session.close("src/price.rs");
    let uri = session.client.uri("src/price.rs").replace("price", "%70ri%63e");
    let document =
        json!({"uri": uri, "languageId": "rust", "version": 7, "text": "\n".to_owned() + PRICE});
    session.client.notify("textDocument/didOpen", &json!({"textDocument": document}));
    let told = session.client.wait("an answer in the same spelling", |message| {
        message["params"]["uri"] == uri.as_str() && message["params"]["version"] == 7
    });
    assert_eq!(told["params"]["diagnostics"][0]["range"], range(2, PLACE));
    session.end();
}

#[test]
fn the_editor_is_asked_to_watch_the_files() {
    let capabilities =
        json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let (mut session, answer) = session(&capabilities);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    let asked = session
        .client
        .wait("a registration", |message| message["method"] == "client/registerCapability");
    let watched = asked["params"]["registrations"][0]["registerOptions"]["watchers"].to_string();
    assert!(watched.contains("**/*.rs") && watched.contains("**/*.toml"), "{watched}");
    session.client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": null}));
    session.shows("src/price.rs", &["prices-stand-alone"]);
    session.end();
}

#[test]
fn it_ends_as_the_protocol_says() {
    let mut session = open();
    assert_eq!(session.client.request("shutdown", &Value::Null)["result"], Value::Null);
    let refused = session.client.request("shutdown", &Value::Null);
    assert_eq!(refused["error"]["code"], -32600);
    session.client.notify("exit", &Value::Null);
    assert!(session.client.ended().success());

    // An editor that is gone.
    let folder = shop(PRICE);
    let mut child =
        command().current_dir(folder.path().unwrap()).stdin(Stdio::null()).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));

    // An editor that leaves without goodbye.
    let mut session = open();
    session.client.notify("exit", &Value::Null);
    assert_eq!(session.client.ended().code(), Some(1));
}
