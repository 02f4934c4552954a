//! What becomes of results: each expression says whose results it is or holds, and whoever takes
//! the expression says what becomes of them.

use super::walker::{Value, Walker};
use super::{Fate, SiteId};

/// How many sites a value remembers: long chains and many branches forget the earliest.
const MANY: usize = 24;

/// A site whose result a value is or holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) site: SiteId,
    pub(super) how: How,
}

/// How a value comes from a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It is the result of the site's chain.
    Chain,
    /// It is that, by way of a variable.
    Variable,
    /// It was built with the result inside.
    Inside,
}

impl Link {
    /// The result of a site itself.
    pub(super) fn own(site: SiteId) -> Self {
        Self { site, how: How::Chain }
    }
}

/// Adds links to others, each site once.
pub(super) fn join(links: &mut Vec<Link>, more: impl IntoIterator<Item = Link>) {
    for link in more {
        if !links.iter().any(|known| known.site == link.site) {
            links.push(link);
        }
    }
    // The first is the chain's root.
    if links.len() > MANY {
        links.drain(1..=links.len() - MANY);
    }
}

/// The same, as what something else was built of.
pub(super) fn inside(links: &[Link]) -> impl Iterator<Item = Link> {
    links.iter().map(|link| Link { site: link.site, how: How::Inside })
}

impl Walker<'_> {
    /// Notes what becomes of results.
    pub(super) fn becomes(&mut self, links: &[Link], note: impl Fn(&mut Fate)) {
        for link in links {
            note(&mut self.site_mut(link.site).fate);
        }
    }

    /// Nothing is done with a value.
    pub(super) fn discard(&mut self, value: &Value) {
        for link in value.links.iter().filter(|link| link.how == How::Chain) {
            self.site_mut(link.site).fate.discarded = true;
        }
    }

    /// A value is what the function or closure returns.
    pub(super) fn give_back(&mut self, value: &Value) {
        self.becomes(&value.links, |fate| fate.returned = true);
        self.take(value);
    }

    /// A value is handed to somebody else.
    pub(super) fn hand_over(&mut self, value: &Value) {
        if !value.borrowed {
            self.becomes(&value.links, |fate| fate.moved = true);
            self.take(value);
        }
    }

    /// A value goes into a field.
    pub(super) fn store(&mut self, value: &Value) {
        self.becomes(&value.links, |fate| fate.stored = true);
        self.take(value);
    }

    /// The variable that this is no longer holds anything.
    pub(super) fn take(&mut self, value: &Value) {
        if let Some(variable) = value.variable.filter(|_| value.direct && !value.borrowed) {
            self.variables.move_out(variable);
        }
    }
}
