//! The names of a registry in manifests, lock files and cargo's configuration → [`Registry`].

use std::fmt;

/// cargo's own registry in a lock file.
const CRATES_IO_GIT: &str = "https://github.com/rust-lang/crates.io-index";
/// The same over HTTP.
const CRATES_IO_SPARSE: &str = "sparse+https://index.crates.io";

/// A registry, known by its index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Registry {
    /// crates.io.
    CratesIo,
    /// The one whose index is at this address, as cargo's configuration writes it.
    Index(String),
}

impl Registry {
    /// By the address of its index.
    pub fn of_index(url: &str) -> Self {
        let url = url.strip_prefix("registry+").unwrap_or(url);
        match url.trim_end_matches('/') {
            CRATES_IO_GIT | CRATES_IO_SPARSE => Self::CratesIo,
            _ => Self::Index(url.to_owned()),
        }
    }

    /// By the `source` of a locked package; none if that is no registry.
    pub fn of_lock(source: &str) -> Option<Self> {
        let registry = source.starts_with("registry+") || source.starts_with("sparse+");
        registry.then(|| Self::of_index(source))
    }
}

impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CratesIo => f.write_str("crates.io"),
            Self::Index(url) => f.write_str(url),
        }
    }
}
