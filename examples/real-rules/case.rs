//! A case file: what a project demands of itself, and where its code does otherwise.

use anyhow::Context as _;
use camino::Utf8Path;
use serde::Deserialize;

/// The rules of one project at one commit.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub project: String,
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Rule {
    pub id: String,
    /// Whether the code obeys, in words.
    pub truth: String,
    #[serde(rename = "site", default)]
    pub sites: Vec<Site>,
}

/// One leaf of a use tree, one path, or one entry of a dependency table.
#[derive(Debug, Deserialize)]
pub(crate) struct Site {
    /// `file:line`.
    pub at: String,
    pub written: String,
    /// `std::sync::Arc`, `crate::ops::Packages`; for a manifest's entry `crate a -> b`.
    pub resolved: String,
    pub how: String,
    pub scope: String,
}

impl Case {
    pub(crate) fn read(file: &Utf8Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file)?;
        toml::from_str(&text).with_context(|| format!("`{file}` is no case file"))
    }
}

impl Site {
    pub(crate) fn is_manifest(&self) -> bool {
        self.how == "cargo-dependency"
    }
}
