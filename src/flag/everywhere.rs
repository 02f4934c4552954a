//! What is in scope everywhere, by its last name.

use std::collections::BTreeMap;

use crate::boundaries::flag::contexts::Contexts;

/// The paths of the prelude.
pub(super) struct Everywhere<'c>(BTreeMap<&'c str, Vec<&'c str>>);

impl<'c> Everywhere<'c> {
    pub(super) fn new(contexts: &'c Contexts) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in &contexts.prelude {
            let last = path.rsplit("::").next().unwrap_or_default();
            by_name.entry(last).or_default().push(path);
        }
        Self(by_name)
    }

    /// The paths of a last name.
    pub(super) fn named(&self, name: &str) -> &[&'c str] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}
