//! The baseline file: read, then written only if nobody else has written in between.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// What became of an attempt to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It is written, or was so already.
    Done,
    /// Somebody else has written since the text was read: start over.
    Overtaken,
}

/// The file's text; none if there is no file.
pub(super) fn read(path: &Utf8Path) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("`{path}` cannot be read")),
    }
}

/// Replaces the text that was read by another one, all at once; without a new text, removes the
/// file. Line ends stay as they were.
pub(super) fn replace(
    path: &Utf8Path,
    before: Option<&str>,
    after: Option<&str>,
) -> anyhow::Result<Written> {
    let after = after.map(|text| with_line_ends_of(before.unwrap_or_default(), text));
    if after.as_deref() == before {
        return Ok(Written::Done);
    }
    let _lock = Lock::take(path)?;
    if read(path)?.as_deref() != before {
        return Ok(Written::Overtaken);
    }
    let result = match after {
        Some(text) => put(path, &text),
        None => fs::remove_file(path),
    };
    result.with_context(|| format!("`{path}` cannot be written"))?;
    Ok(Written::Done)
}

fn with_line_ends_of(before: &str, text: &str) -> String {
    if before.contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() }
}

/// Beside the file first, then in its place: a reader sees the old text or the new one.
fn put(path: &Utf8Path, text: &str) -> std::io::Result<()> {
    let path = path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let beside = hidden(&path, &format!("{}.new", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&beside)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// `.boundaries.baseline.toml.ending`.
fn hidden(path: &Utf8Path, ending: &str) -> Utf8PathBuf {
    path.with_file_name(format!(".{}.{ending}", path.file_name().unwrap_or_default()))
}

/// Held while the file is compared and replaced.
struct Lock(Utf8PathBuf);

impl Lock {
    fn take(path: &Utf8Path) -> anyhow::Result<Self> {
        let lock = hidden(path, "lock");
        let started = Instant::now();
        loop {
            match OpenOptions::new().write(true).create_new(true).open(&lock) {
                Ok(_) => return Ok(Self(lock)),
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    return Err(error).with_context(|| format!("`{path}` cannot be written"));
                }
                Err(_) if started.elapsed() > PATIENCE => {
                    bail!("another process is writing `{path}`; if there is none, remove `{lock}`")
                }
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be removed is told to whoever waits for it.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use snapbox::dir::DirRoot;

    use super::*;

    fn file(folder: &DirRoot) -> Utf8PathBuf {
        let folder = folder.path().unwrap().to_owned();
        Utf8PathBuf::try_from(folder).unwrap().join("x.toml")
    }

    #[test]
    fn what_somebody_else_wrote_is_not_overwritten() {
        let folder = DirRoot::mutable_temp().unwrap();
        let path = file(&folder);
        assert_eq!(read(&path).unwrap(), None);
        assert_eq!(replace(&path, None, Some("a\n")).unwrap(), Written::Done);
        assert_eq!(replace(&path, None, Some("b\n")).unwrap(), Written::Overtaken);
        assert_eq!(replace(&path, Some("b\n"), None).unwrap(), Written::Overtaken);
        assert_eq!(read(&path).unwrap().as_deref(), Some("a\n"));
        assert_eq!(replace(&path, Some("a\n"), None).unwrap(), Written::Done);
        assert_eq!(read(&path).unwrap(), None);
        assert_eq!(fs::read_dir(folder.path().unwrap()).unwrap().count(), 0);
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = DirRoot::mutable_temp().unwrap();
        let path = file(&folder);
        replace(&path, None, Some("a\n")).unwrap();
        let error = replace(&path.join("y.toml"), None, Some("b\n")).unwrap_err();
        assert!(error.to_string().ends_with("y.toml` cannot be written"), "{error}");
        let absent = path.with_file_name("absent").join("y.toml");
        let error = replace(&absent, None, Some("b\n")).unwrap_err();
        assert!(error.to_string().ends_with("y.toml` cannot be written"), "{error}");
    }
}
