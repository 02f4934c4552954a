//! The first words between editor and server: who can do what.

use camino::Utf8PathBuf;
use gen_lsp_types as lsp;
use lsp_server::{Connection, Message, Request, RequestId};
use serde_json::{Value, json};

use super::uri;
use crate::report::position::Unit;

/// What both have agreed upon.
#[derive(Debug)]
pub(in super::super) struct Agreed {
    /// What columns count.
    pub(in super::super) unit: Unit,
    /// The folder that is open in the editor.
    pub(in super::super) folder: Option<Utf8PathBuf>,
    /// The editor can be asked to say which files change on disk.
    pub(in super::super) can_watch: bool,
}

/// Waits for the editor to introduce itself, and answers; none if it leaves instead.
pub(in super::super) fn initialize(connection: &Connection) -> Option<Agreed> {
    let (id, params) = connection.initialize_start().ok()?;
    let agreed = agree(&params);
    let result = lsp::InitializeResult {
        capabilities: capabilities(agreed.unit),
        server_info: Some(lsp::ServerInfo {
            name: "cargo-archlint".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    connection.sender.send(super::answer(id, &result)).ok()?;
    Some(agreed)
}

/// What is not there, or is something else than it should be, is not offered.
fn agree(params: &Value) -> Agreed {
    let text = |pointer: &str| params.pointer(pointer).and_then(Value::as_str);
    let encodings = params.pointer("/capabilities/general/positionEncodings");
    let mut encodings = encodings.and_then(Value::as_array).into_iter().flatten();
    let folder = text("/workspaceFolders/0/uri").or_else(|| text("/rootUri"));
    let folder = folder.and_then(uri::path).or_else(|| text("/rootPath").map(Utf8PathBuf::from));
    let watches =
        params.pointer("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration");
    Agreed {
        unit: if encodings.any(|one| one == "utf-8") { Unit::Bytes } else { Unit::Utf16 },
        folder,
        can_watch: watches.and_then(Value::as_bool).unwrap_or(false),
    }
}

fn capabilities(unit: Unit) -> lsp::ServerCapabilities {
    let sync = lsp::TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(lsp::TextDocumentSyncKind::Incremental),
        save: Some(lsp::Save::Bool(true)),
        ..lsp::TextDocumentSyncOptions::default()
    };
    let actions = lsp::CodeActionOptions {
        code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix]),
        ..lsp::CodeActionOptions::default()
    };
    lsp::ServerCapabilities {
        position_encoding: Some(match unit {
            Unit::Bytes => lsp::PositionEncodingKind::UTF8,
            _ => lsp::PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(sync.into()),
        code_action_provider: Some(actions.into()),
        ..lsp::ServerCapabilities::default()
    }
}

/// Asks to be told when files change on disk.
pub(in super::super) fn watch() -> Message {
    const PATTERNS: [&str; 3] = ["**/*.rs", "**/*.toml", "**/Cargo.lock"];
    let watchers = PATTERNS.map(|pattern| json!({ "globPattern": pattern }));
    let registration = json!({
        "id": "files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": watchers },
    });
    let params = json!({ "registrations": [registration] });
    let id = RequestId::from("files".to_owned());
    Request::new(id, "client/registerCapability".to_owned(), params).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_is_agreed_upon() {
        let agreed = agree(&json!({
            "rootUri": "file:///other",
            "workspaceFolders": [{"uri": "file:///a%20b", "name": "shop"}],
            "capabilities": {
                "general": {"positionEncodings": ["utf-32", "utf-8"]},
                "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
            },
        }));
        assert_eq!(agreed.unit, Unit::Bytes);
        assert_eq!(agreed.folder, Some("/a b".into()));
        assert!(agreed.can_watch);
    }

    #[test]
    fn odd_words_are_passed_over() {
        let odd = json!({
            "rootUri": null,
            "workspaceFolders": 3,
            "rootPath": "/shop",
            "capabilities": {"general": {"positionEncodings": "utf-8"}, "workspace": []},
        });
        let agreed = agree(&odd);
        assert_eq!((agreed.unit, agreed.folder), (Unit::Utf16, Some("/shop".into())));
        assert!(!agreed.can_watch && agree(&Value::Null).folder.is_none());
    }
}
