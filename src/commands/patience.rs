//! A sign of life on runs that take longer than a glance: on a terminal only, gone at the end.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Shorter runs show nothing.
const GLANCE: Duration = Duration::from_millis(300);
const TICK: Duration = Duration::from_millis(100);

/// Shown from [`GLANCE`] on until this is dropped.
#[derive(Debug)]
pub(super) struct Patience {
    said: Option<Sender<String>>,
    shown: Option<JoinHandle<()>>,
}

impl Patience {
    /// Begins to wait; `quiet`, CI and `CARGO_TERM_PROGRESS_WHEN=never` show nothing, ever.
    pub(super) fn begin(quiet: bool) -> Self {
        if quiet || !io::stderr().is_terminal() || is_unwanted() {
            return Self { said: None, shown: None };
        }
        let (said, heard) = channel::<String>();
        let shown = std::thread::spawn(move || {
            let glance = Instant::now() + GLANCE;
            let mut last = String::new();
            let bar = loop {
                match heard.recv_timeout(glance.saturating_duration_since(Instant::now())) {
                    Ok(what) => last = what,
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => break bar(last),
                }
            };
            while let Ok(what) = heard.recv() {
                bar.set_message(what);
            }
            bar.finish_and_clear();
        });
        Self { said: Some(said), shown: Some(shown) }
    }

    /// Says what is being done.
    pub(super) fn say(&self, what: &str) {
        if let Some(said) = &self.said {
            // Where the thread is gone nobody needs to hear it.
            let _ = said.send(what.to_owned());
        }
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        self.said = None;
        if let Some(shown) = self.shown.take() {
            // A bar that failed is no reason to fail.
            let _ = shown.join();
        }
    }
}

fn bar(message: String) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.set_style(ProgressStyle::with_template("{spinner} {msg}").expect("the template is ours"));
    bar.enable_steady_tick(TICK);
    bar
}

fn is_unwanted() -> bool {
    let is = |name: &str, word: &str| std::env::var(name).is_ok_and(|value| value == word);
    std::env::var_os("CI").is_some() || is("CARGO_TERM_PROGRESS_WHEN", "never")
}
