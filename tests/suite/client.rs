//! As much of an editor as it takes to be shown diagnostics.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The server loads the workspace and starts a compiler before it has something to say.
const PATIENCE: Duration = Duration::from_secs(180);

pub(super) struct Client {
    root: PathBuf,
    child: Child,
    stdin: ChildStdin,
    received: Receiver<Value>,
    requests: u64,
}

impl Client {
    /// Starts the server.
    pub(super) fn start(command: &mut Command, root: &Path) -> Self {
        let root = root.canonicalize().unwrap();
        let mut child = command
            .current_dir(&root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, received) = channel();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(stdout);
            while let Some(message) = receive(&mut reader) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { root, child, stdin, received, requests: 0 }
    }

    /// Introduces the editor; what the server says of itself.
    pub(super) fn initialize(&mut self, capabilities: &Value, options: &Value) -> Value {
        let answer = self.request(
            "initialize",
            &json!({
                "processId": std::process::id(),
                "rootUri": self.uri(""),
                "capabilities": capabilities,
                "initializationOptions": options,
            }),
        );
        self.notify("initialized", &json!({}));
        answer["result"].clone()
    }

    /// Opens a file as it is on disk.
    pub(super) fn open(&mut self, path: &str) {
        let text = std::fs::read_to_string(self.root.join(path)).unwrap();
        let uri = self.uri(path);
        let document = json!({"uri": uri, "languageId": "rust", "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    /// Says that a file was saved.
    pub(super) fn save(&mut self, path: &str) {
        let uri = self.uri(path);
        self.notify("textDocument/didSave", &json!({"textDocument": {"uri": uri}}));
    }

    /// The diagnostics of a file, as soon as they are what is waited for.
    pub(super) fn diagnostics(
        &mut self,
        path: &str,
        is_wanted: impl Fn(&[Value]) -> bool,
    ) -> Vec<Value> {
        let uri = self.uri(path);
        let published = self.wait(&format!("diagnostics of {path}"), |message| {
            let params = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri.as_str()
                && is_wanted(params["diagnostics"].as_array().unwrap())
        });
        published["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// What is offered with the cursor at a position.
    pub(super) fn actions(&mut self, path: &str, position: &Value) -> Vec<Value> {
        let params = json!({
            "textDocument": {"uri": self.uri(path)},
            "range": {"start": position, "end": position},
            "context": {"diagnostics": []},
        });
        let answer = self.request("textDocument/codeAction", &params);
        answer["result"].as_array().cloned().unwrap_or_default()
    }

    /// Says goodbye; how the server ended.
    pub(super) fn stop(mut self) -> ExitStatus {
        self.request("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        self.ended()
    }

    /// Waits for the server's end.
    pub(super) fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    pub(super) fn uri(&self, path: &str) -> String {
        format!("file://{}", self.root.join(path).display()).trim_end_matches('/').to_owned()
    }

    pub(super) fn request(&mut self, method: &str, params: &Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(method, |message| message["id"] == id && message.get("method").is_none())
    }

    pub(super) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    pub(super) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.stdin.flush().unwrap();
    }

    /// Reads until the message comes; whatever the server asks for, it gets nothing.
    pub(super) fn wait(&mut self, what: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let (started, mut seen) = (Instant::now(), Vec::new());
        loop {
            let left = PATIENCE.saturating_sub(started.elapsed());
            let Ok(message) = self.received.recv_timeout(left) else {
                panic!("waited in vain for {what}: {seen:?}");
            };
            if is_wanted(&message) {
                return message;
            }
            if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
            }
            seen.push(message.to_string().chars().take(300).collect::<String>());
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One message; none at the end of the stream.
fn receive(reader: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? == 0 {
            return None;
        }
        match header.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
