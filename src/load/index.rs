//! What cargo remembers of a registry: the index lines of a package, from its cache on disk.
//!
//! No network: whoever wants news lets cargo refresh its cache before.

use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use tame_index::flock::{LockError, LockOptions};
use tame_index::index::{FileLock, IndexEntry, LocalIndex};
use tame_index::utils::get_index_details;
use tame_index::{CacheError, Error, IndexCache, KrateName};

/// How long to wait for a cargo that is writing.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a registry's index is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In cargo's cache, by the address of the index.
    Index(String),
    /// In a local registry.
    Folder(Utf8PathBuf),
    /// Nowhere, and why.
    Elsewhere(String),
}

/// The lines that an index has for a package, or why there are none.
pub fn lines(place: &Place, name: &str, home: &Utf8Path) -> Result<Vec<Vec<u8>>, String> {
    let krate = KrateName::try_from(name).map_err(|error| error.to_string())?;
    let lock = lock(home)?;
    let entry = match place {
        Place::Elsewhere(reason) => return Err(reason.clone()),
        Place::Folder(path) => return local(path, krate, &lock),
        Place::Index(url) => cached(url, krate, home, &lock)?,
    };
    split(entry.as_ref().ok_or("cargo's cache does not know it")?)
}

fn local(path: &Utf8Path, krate: KrateName<'_>, lock: &FileLock) -> Result<Vec<Vec<u8>>, String> {
    let index = LocalIndex::open(path.to_owned()).map_err(|error| words(&error))?;
    let entry = index.krate(krate, lock).map_err(|error| words(&error))?;
    split(entry.as_ref().ok_or("its local registry does not know it")?)
}

/// The entry in the folder of the present cargo, else in that of a cargo before 1.85, which
/// counted the folder's name in another way.
fn cached<'l>(
    url: &str,
    krate: KrateName<'_>,
    home: &Utf8Path,
    lock: &'l FileLock,
) -> Result<Option<IndexEntry<'static, 'l>>, String> {
    for stable in [true, false] {
        let found = get_index_details(url, Some(home.to_owned()), stable);
        let (folder, _) = found.map_err(|error| error.to_string())?;
        let entry = IndexCache::at_path(folder).cached_krate(krate, lock);
        if let Some(entry) = entry.map_err(|error| words(&error))? {
            return Ok(Some(entry));
        }
    }
    Ok(None)
}

/// Shared, so that no cargo writes meanwhile. Where there is no lock, cargo was never here; where
/// it cannot be had, cargo could not have it either.
fn lock(home: &Utf8Path) -> Result<FileLock, String> {
    let options = LockOptions::cargo_package_lock(Some(home.to_owned()));
    match options.and_then(|options| options.shared().lock(|_| Some(PATIENCE))) {
        Ok(lock) => Ok(lock),
        Err(Error::Lock(error)) if matches!(error.source, LockError::TimedOut) => {
            Err("another cargo holds the cache".to_owned())
        }
        Err(_) => Ok(FileLock::unlocked()),
    }
}

fn split(entry: &IndexEntry<'_, '_>) -> Result<Vec<Vec<u8>>, String> {
    let versions = entry.iter().map_err(|error| words(&error))?;
    Ok(versions.map(|version| version.raw().1.to_vec()).filter(|line| !line.is_empty()).collect())
}

/// A sentence for the cases in which the reader can do something.
fn words(error: &Error) -> String {
    match error {
        Error::Cache(CacheError::UnknownCacheVersion | CacheError::UnknownIndexVersion) => {
            "cargo's cache has a format that is newer than this program".to_owned()
        }
        Error::Cache(CacheError::OutdatedCacheVersion) => {
            "cargo's cache has a format that is older than this program".to_owned()
        }
        other => format!("cargo's cache cannot be read: {other}"),
    }
}
