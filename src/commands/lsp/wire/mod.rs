//! Messages of the language server protocol ↔ what they mean here.
//!
//! The only module that knows the protocol's own types; [`diagnostics`] has those of findings.

mod diagnostics;
mod start;

use camino::Utf8PathBuf;
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, IoThreads, Notification, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::uri;

pub(super) use diagnostics::{Shown, answer_actions, shown, trouble};
pub(super) use lsp::{Position, Range};
pub(super) use lsp_server::{Connection, Message, RequestId};
pub(super) use start::{initialize, watch};

/// What the editor says.
#[derive(Debug)]
pub(super) enum Heard {
    /// The session has begun.
    Initialized,
    /// A document is open from now on, with this text.
    Opened { path: Utf8PathBuf, uri: String, version: i32, text: String },
    /// Something was typed.
    Changed { path: Utf8PathBuf, version: i32, changes: Vec<Change> },
    /// What is on disk counts again.
    Closed { path: Utf8PathBuf },
    /// A document was written to disk.
    Saved,
    /// These are other files on disk than before.
    OnDisk { paths: Vec<Utf8PathBuf> },
    /// What can be done there?
    Actions(Asked),
    /// Nobody waits for the answer any more.
    Cancelled { id: RequestId },
    /// A request that is not for us, or makes no sense, and what to answer.
    Refused { answer: Message },
    /// No more requests will come.
    Shutdown { id: RequestId },
    /// This is the end.
    Exit,
    /// Nothing that matters.
    Nothing,
}

/// A place in a document, of which is asked what can be done there.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) id: RequestId,
    pub(super) path: Utf8PathBuf,
    pub(super) range: Range,
}

/// What was typed: new text for a range, or for everything.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) range: Option<Range>,
    pub(super) text: String,
}

/// The line to the editor that has started us.
pub(super) fn stdio() -> (Connection, IoThreads) {
    Connection::stdio()
}

/// What a message means.
pub(super) fn understand(message: Message) -> Heard {
    match message {
        Message::Request(request) => request_of(request),
        Message::Notification(notification) => {
            notification_of(notification).unwrap_or(Heard::Nothing)
        }
        // The one question that is asked is whether files are watched; if not, saving helps.
        Message::Response(_) => Heard::Nothing,
    }
}

fn request_of(request: Request) -> Heard {
    match request.method.as_str() {
        "shutdown" => Heard::Shutdown { id: request.id },
        "textDocument/codeAction" => match actions(&request.params) {
            Some(Ok((path, range))) => Heard::Actions(Asked { id: request.id, path, range }),
            Some(Err(())) => Heard::Refused { answer: answer(request.id, &json!([])) },
            None => {
                let message = "no document and range".to_owned();
                Heard::Refused { answer: refusal(request.id, ErrorCode::InvalidParams, message) }
            }
        },
        method => {
            let message = format!("`{method}` is not offered");
            Heard::Refused { answer: refusal(request.id, ErrorCode::MethodNotFound, message) }
        }
    }
}

/// Whose actions are wanted; an error where none of ours can be.
fn actions(params: &Value) -> Option<Result<(Utf8PathBuf, Range), ()>> {
    let uri = params.pointer("/textDocument/uri")?.as_str()?;
    let range = read(params.get("range")?.clone())?;
    let only = params.pointer("/context/only").and_then(Value::as_array);
    let is_fix = |kind: &Value| kind.as_str().is_some_and(|kind| ["", "quickfix"].contains(&kind));
    let is_wanted = only.is_none_or(|kinds| kinds.iter().any(is_fix));
    Some(uri::path(uri).filter(|_| is_wanted).map(|path| (path, range)).ok_or(()))
}

fn notification_of(Notification { method, params }: Notification) -> Option<Heard> {
    Some(match method.as_str() {
        "exit" => Heard::Exit,
        "initialized" => Heard::Initialized,
        "textDocument/didOpen" => {
            let lsp::DidOpenTextDocumentParams { text_document } = read(params)?;
            let lsp::TextDocumentItem { uri, version, text, .. } = text_document;
            Heard::Opened { path: uri::path(&uri.0)?, uri: uri.0, version, text }
        }
        "textDocument/didChange" => {
            let lsp::DidChangeTextDocumentParams { text_document, content_changes } = read(params)?;
            let path = uri::path(&text_document.text_document_identifier.uri.0)?;
            let changes = content_changes.into_iter().map(change).collect();
            Heard::Changed { path, version: text_document.version, changes }
        }
        "textDocument/didClose" => {
            let lsp::DidCloseTextDocumentParams { text_document } = read(params)?;
            Heard::Closed { path: uri::path(&text_document.uri.0)? }
        }
        "textDocument/didSave" => Heard::Saved,
        "workspace/didChangeWatchedFiles" => {
            let lsp::DidChangeWatchedFilesParams { changes } = read(params)?;
            let paths = changes.iter().filter_map(|change| uri::path(&change.uri.0));
            Heard::OnDisk { paths: paths.collect() }
        }
        "$/cancelRequest" => Heard::Cancelled { id: read(params.get("id")?.clone())? },
        _ => Heard::Nothing,
    })
}

fn change(change: lsp::TextDocumentContentChangeEvent) -> Change {
    use lsp::TextDocumentContentChangeEvent::{
        TextDocumentContentChangePartial as Partial,
        TextDocumentContentChangeWholeDocument as Whole,
    };
    match change {
        Partial(part) => Change { range: Some(part.range), text: part.text },
        Whole(whole) => Change { range: None, text: whole.text },
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The answer to a request.
pub(super) fn answer(id: RequestId, result: &impl Serialize) -> Message {
    Response::new_ok(id, result).into()
}

/// The answer to a request that was withdrawn.
pub(super) fn withdrawn(id: RequestId) -> Message {
    refusal(id, ErrorCode::RequestCanceled, "withdrawn".to_owned())
}

/// The answer to a request that comes after the end.
pub(super) fn too_late(id: RequestId) -> Message {
    refusal(id, ErrorCode::InvalidRequest, "the server has been shut down".to_owned())
}

fn refusal(id: RequestId, code: ErrorCode, message: String) -> Message {
    Response::new_err(id, code as i32, message).into()
}

/// What goes into the editor's log.
pub(super) fn log(message: &str) -> Message {
    let params = lsp::LogMessageParams::new(lsp::MessageType::Info, message.to_owned());
    notification("window/logMessage", &params)
}

/// The diagnostics of a document, in place of those that were there before.
pub(super) fn publish(uri: String, version: Option<i32>, shown: &[Shown]) -> Message {
    let diagnostics = shown.iter().map(|one| one.diagnostic.clone()).collect();
    let params = lsp::PublishDiagnosticsParams { uri: lsp::Uri(uri), version, diagnostics };
    notification("textDocument/publishDiagnostics", &params)
}

fn notification(method: &str, params: &impl Serialize) -> Message {
    Notification::new(method.to_owned(), params).into()
}
