//! What an earlier run found out ↔ bytes on disk, by kind, version and content.
//!
//! A [`Shelf`] keeps the bytes of one kind of thing, each under the hash of what it was made from.
//! Invariants: knows nothing of what it keeps; never an error, for without a cache everything is
//! only slower: what cannot be read, was damaged or written by another version is not there, and
//! what cannot be written is not kept (both are told on request). A file is replaced as a whole, so
//! several runs at once, or one that is killed, leave an old or a new one behind.

#![expect(clippy::disallowed_methods, reason = "reads and writes its own folder")]

mod shelf;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, ErrorKind, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

pub use shelf::Shelf;

/// The start of a folder's tag, by which backups and searches know that it can be made again
/// (<https://bford.info/cachedir/>).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55
# This folder was made by cargo-archlint; `cargo archlint clean` removes it.
";

/// The name of a content: its XXH3, which no two contents share by accident. Who makes two contents
/// share one deceives only whom he lets read his own cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(pub [u8; 16]);

impl Key {
    /// The name of one content.
    pub fn of(content: &[u8]) -> Self {
        Self::of_all([content])
    }

    /// As text.
    pub fn hex(self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }

    /// The name of several contents in their order.
    pub fn of_all<'c>(contents: impl IntoIterator<Item = &'c [u8]>) -> Self {
        let mut hasher = XxHash3_128::new();
        for content in contents {
            hasher.write(&(content.len() as u64).to_le_bytes());
            hasher.write(content);
        }
        Self(hasher.finish_128().to_be_bytes())
    }
}

/// Where things are kept; nowhere, if there is no folder.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    /// The folder, `target/archlint`.
    pub folder: Option<Utf8PathBuf>,
    /// Part of the files' names: several workspaces may build into one folder.
    pub owner: String,
}

impl Cache {
    /// Nothing is kept.
    pub const NONE: Cache = Cache { folder: None, owner: String::new() };

    /// The bytes under a name, checked; an error says why they are not to be had, none that they
    /// were never written.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let path = folder.join(self.file_name(name));
        match fs::read(&path) {
            Ok(bytes) => unseal(bytes).map(Some).ok_or_else(|| format!("`{path}` is damaged")),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("`{path}` cannot be read: {error}")),
        }
    }

    /// Puts bytes under a name, in place of what was there.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let name = self.file_name(name);
        let written = make(folder).and_then(|()| replace(folder, &name, bytes));
        written.map_err(|error| format!("`{}` cannot be written: {error}", folder.join(name)))
    }

    fn file_name(&self, name: &str) -> String {
        if self.owner.is_empty() { name.to_owned() } else { format!("{name}-{}", self.owner) }
    }

    /// Removes the folder with all that is in it; says whether there was one. Only a folder that
    /// bears our tag is removed.
    pub fn clean(&self) -> io::Result<bool> {
        let Some(folder) = &self.folder else { return Ok(false) };
        match fs::read_to_string(folder.join("CACHEDIR.TAG")) {
            Ok(tag) if tag == TAG => fs::remove_dir_all(folder).map(|()| true),
            Ok(_) => Err(io::Error::other("its `CACHEDIR.TAG` is not ours")),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Makes the folder, and tags it; also `target`, where cargo has not made it yet.
fn make(folder: &Utf8Path) -> io::Result<()> {
    if folder.join("CACHEDIR.TAG").is_file() {
        return Ok(());
    }
    let target = folder.parent().filter(|parent| parent.ends_with("target") && !parent.exists());
    fs::create_dir_all(folder)?;
    for made in target.into_iter().chain([folder]) {
        fs::write(made.join("CACHEDIR.TAG"), TAG)?;
    }
    Ok(())
}

/// Writes beside the file, where nobody else does, then puts it in its place.
fn replace(folder: &Utf8Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside = folder.join(format!("{name}.{}.new", std::process::id()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside)?;
    let done = file.write_all(&seal(bytes)).and_then(|()| file.write_all(bytes));
    let done = done.and_then(|()| fs::rename(&beside, folder.join(name)));
    if done.is_err() {
        // What is left behind of a failure is only in the way.
        let _ = fs::remove_file(&beside);
    }
    done
}

/// How long a seal is.
const SEAL: usize = 16;

/// By what a damaged file is told.
fn seal(bytes: &[u8]) -> [u8; SEAL] {
    XxHash3_128::oneshot(bytes).to_be_bytes()
}

/// What stands behind the seal, if it is what was sealed.
fn unseal(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (sealed, content) = bytes.split_at_checked(SEAL)?;
    (seal(content) == sealed).then_some(())?;
    bytes.drain(..SEAL);
    Some(bytes)
}
