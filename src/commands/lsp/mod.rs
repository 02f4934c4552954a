//! `cargo archlint lsp`: a language server that judges what stands in the editor, saved or not.
//!
//! Messages become meanings in `wire/`, texts are kept in `documents.rs`, the workspace in
//! `world.rs`; here is the loop between them. It is judged when the editor falls silent: of many
//! changes only the last counts. What the editor asks waits for the judgement, so that no answer
//! speaks of an earlier text.

mod documents;
mod uri;
mod wire;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::Duration;

use camino::Utf8PathBuf;

use super::arguments::Invocation;
use crate::report::position::Unit;
use documents::{Document, Documents};
use wire::{Asked, Connection, Heard, Shown};
use world::World;

/// For so long the editor must be silent.
const QUIET: Duration = Duration::from_millis(15);

/// What has changed since the last judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stale {
    Nothing,
    /// Texts in the editor.
    Texts,
    /// Files on disk.
    Files,
}

/// A session.
struct Server {
    connection: Connection,
    unit: Unit,
    /// The editor can say which files change on disk.
    can_watch: bool,
    world: World,
    documents: Documents,
    stale: Stale,
    waiting: Vec<Asked>,
    /// Documents that have been opened: what was told of them earlier may be forgotten.
    opened: BTreeSet<Utf8PathBuf>,
    /// Why the files on disk are not known as they are today.
    trouble: Option<String>,
    /// What is found, by the absolute path of its file.
    shown: BTreeMap<Utf8PathBuf, Vec<Shown>>,
    /// What went into the log last.
    logged: String,
    is_shut_down: bool,
}

/// Speaks with an editor until it leaves. The exit code is 1 where it leaves without a word.
pub(super) fn run(invocation: &Invocation) -> anyhow::Result<ExitCode> {
    let (connection, threads) = wire::stdio();
    let Some(agreed) = wire::initialize(&connection) else { return Ok(ExitCode::FAILURE) };
    let mut server = Server {
        connection,
        unit: agreed.unit,
        can_watch: agreed.can_watch,
        world: World::new(invocation, agreed.folder.as_deref())?,
        documents: Documents::new(),
        stale: Stale::Files,
        waiting: Vec::new(),
        opened: BTreeSet::new(),
        trouble: None,
        shown: BTreeMap::new(),
        logged: String::new(),
        is_shut_down: false,
    };
    server.listen();
    let is_shut_down = server.is_shut_down;
    drop(server);
    // A line that broke has been noticed already.
    let _ = threads.join();
    Ok(if is_shut_down { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Server {
    fn listen(&mut self) {
        loop {
            let is_settled = self.is_settled();
            let message = if is_settled {
                self.connection.receiver.recv().ok()
            } else {
                match self.connection.receiver.recv_timeout(QUIET) {
                    Ok(message) => Some(message),
                    Err(error) if error.is_timeout() => {
                        self.catch_up();
                        continue;
                    }
                    Err(_) => None,
                }
            };
            let Some(message) = message else { return };
            if self.hear(wire::understand(message)).is_none() {
                return;
            }
        }
    }

    /// Takes in what the editor says; none at the end.
    fn hear(&mut self, heard: Heard) -> Option<()> {
        match heard {
            Heard::Exit => return None,
            Heard::Shutdown { id } if !self.is_shut_down => {
                self.is_shut_down = true;
                self.stale = Stale::Nothing;
                self.send(wire::answer(id, &()));
            }
            Heard::Shutdown { id } | Heard::Actions(Asked { id, .. }) if self.is_shut_down => {
                self.send(wire::too_late(id));
            }
            Heard::Actions(asked) => self.waiting.push(asked),
            Heard::Cancelled { id } => self.withdraw(&id),
            Heard::Refused { answer } => self.send(answer),
            _ if self.is_shut_down => {}
            heard => self.take_in(heard),
        }
        Some(())
    }

    /// Takes in what has changed.
    fn take_in(&mut self, heard: Heard) {
        match heard {
            Heard::Initialized if self.can_watch => self.send(wire::watch()),
            Heard::Opened { path, uri, version, text } => {
                if self.world.adopt(&path) {
                    self.is_stale(Stale::Files);
                } else if !self.world.knows(&path, &text) {
                    self.is_stale(Stale::Texts);
                }
                self.opened.insert(path.clone());
                self.documents.insert(path, Document { uri, version, text });
            }
            Heard::Changed { path, version, changes } => {
                if let Some(document) = self.documents.get_mut(&path) {
                    document.version = version;
                    documents::change(&mut document.text, changes, self.unit);
                    self.is_stale(Stale::Texts);
                }
            }
            Heard::Closed { path } => {
                self.documents.remove(&path);
                self.world.forget(&path);
                self.is_stale(Stale::Texts);
            }
            Heard::Saved => self.is_stale(Stale::Files),
            Heard::OnDisk { paths } if paths.iter().any(|path| self.world.minds(path)) => {
                self.is_stale(Stale::Files);
            }
            _ => {}
        }
    }

    fn is_stale(&mut self, stale: Stale) {
        self.stale = self.stale.max(stale);
    }

    fn is_settled(&self) -> bool {
        self.stale == Stale::Nothing && self.waiting.is_empty() && self.opened.is_empty()
    }

    /// Judges what has changed, tells the editor of every file whose findings are other ones now,
    /// then answers whoever waits for it.
    fn catch_up(&mut self) {
        let stale = std::mem::replace(&mut self.stale, Stale::Nothing);
        let mut paths = std::mem::take(&mut self.opened);
        paths.retain(|path| self.shown.contains_key(path));
        if stale != Stale::Nothing {
            let now = self.judge(stale);
            let before = std::mem::replace(&mut self.shown, now);
            let files = before.keys().chain(self.shown.keys());
            paths.extend(files.filter(|path| before.get(*path) != self.shown.get(*path)).cloned());
        }
        for path in &paths {
            self.publish(path);
        }
        for asked in std::mem::take(&mut self.waiting) {
            let shown = self.shown.get(&asked.path).map_or(&[][..], Vec::as_slice);
            self.send(wire::answer_actions(&asked, shown));
        }
    }

    /// What is found now; what stands in the way of a judgement is a finding, too.
    fn judge(&mut self, stale: Stale) -> BTreeMap<Utf8PathBuf, Vec<Shown>> {
        if stale == Stale::Files {
            self.trouble = self.world.refresh().err().map(|error| format!("{error:#}"));
        }
        let (unit, mut shown) = (self.unit, BTreeMap::new());
        let unsaved = documents::texts(&self.documents);
        let judged = self.world.judge(&unsaved, |outcome| shown = wire::shown(outcome, unit));
        let trouble = judged.err().map(|error| format!("{error:#}"));
        if let Some(trouble) = self.trouble.clone().or(trouble) {
            if let Some(path) = self.world.place_of_trouble() {
                shown.entry(path).or_default().insert(0, wire::trouble(&trouble));
            }
            self.log(trouble);
        }
        shown
    }

    fn publish(&self, path: &Utf8PathBuf) {
        let shown = self.shown.get(path).map_or(&[][..], Vec::as_slice);
        let message = match self.documents.get(path) {
            Some(document) => wire::publish(document.uri.clone(), Some(document.version), shown),
            None => wire::publish(uri::uri(path), None, shown),
        };
        self.send(message);
    }

    fn withdraw(&mut self, id: &wire::RequestId) {
        let waits = self.waiting.len();
        self.waiting.retain(|asked| asked.id != *id);
        if self.waiting.len() < waits {
            self.send(wire::withdrawn(id.clone()));
        }
    }

    fn log(&mut self, message: String) {
        if message != self.logged {
            self.send(wire::log(&message));
            self.logged = message;
        }
    }

    /// An editor that does not listen any more has left, which the loop finds out by itself.
    fn send(&self, message: wire::Message) {
        let _ = self.connection.sender.send(message);
    }
}
