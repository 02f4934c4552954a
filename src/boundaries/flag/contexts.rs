//! [`Contexts`]: which calls, macros, methods and attributes make which context.
//!
//! All of it is data: `rules/contexts.toml`, and `[contexts]` in `boundaries.toml`, which adds to it.

use super::pattern::{PathPattern, Words};

/// What is well known of the code that people call.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    /// Calls whose closure or function argument runs once.
    pub once: Calls,
    /// Calls whose closure fills a cache.
    pub cached: Calls,
    /// Macros whose content initialises statics.
    pub once_macros: Vec<PathPattern>,
    /// Methods that only iterators and streams have.
    pub iterators: Words,
    /// Methods that options and results have, too: an iterator's only after one of `sources`.
    pub maybe_iterators: Words,
    /// Methods that make an iterator or stream.
    pub sources: Words,
    /// Functions that make one, or run a closure for each element.
    pub iterator_calls: Vec<PathPattern>,
    /// Calls that start a task or thread from what they are handed.
    pub spawners: Calls,
    /// Calls that run what they are handed where blocking does no harm.
    pub offloaders: Calls,
    /// Calls that register a route's function.
    pub handlers: Calls,
    /// Attributes that make a function a route's.
    pub handler_attributes: Vec<PathPattern>,
    /// Traits whose methods are called for each request.
    pub handler_traits: Vec<PathPattern>,
    /// Attributes that make a function a program's `main`.
    pub main_attributes: Vec<PathPattern>,
    /// Attributes that make a function a test or benchmark.
    pub test_attributes: Vec<PathPattern>,
    /// Methods and functions that end a builder's chain.
    pub finishers: Words,
    /// Methods that hand on what they are called on.
    pub keepers: Words,
    /// Last names of calls, and last but one, that begin a builder's chain.
    pub builders: Words,
    /// Paths that are in scope everywhere under their last name.
    pub prelude: Vec<String>,
    /// Paths by which something is known besides its own: what is written, what it is.
    pub aliases: Vec<(Vec<String>, String)>,
}

/// Calls by path, and methods by what they are called on.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    /// `a::b`.
    pub paths: Vec<PathPattern>,
    /// `a::B.c`: the method `c` on `a::B`; `.c`: on anything.
    pub methods: Vec<(Option<PathPattern>, Words)>,
}

impl Contexts {
    /// Adds what another one knows.
    pub fn add(&mut self, other: Self) {
        for (own, more) in [
            (&mut self.once, other.once),
            (&mut self.cached, other.cached),
            (&mut self.spawners, other.spawners),
            (&mut self.offloaders, other.offloaders),
            (&mut self.handlers, other.handlers),
        ] {
            own.paths.extend(more.paths);
            own.methods.extend(more.methods);
        }
        for (own, more) in [
            (&mut self.once_macros, other.once_macros),
            (&mut self.iterator_calls, other.iterator_calls),
            (&mut self.handler_attributes, other.handler_attributes),
            (&mut self.handler_traits, other.handler_traits),
            (&mut self.main_attributes, other.main_attributes),
            (&mut self.test_attributes, other.test_attributes),
        ] {
            own.extend(more);
        }
        for (own, more) in [
            (&mut self.iterators, other.iterators),
            (&mut self.maybe_iterators, other.maybe_iterators),
            (&mut self.sources, other.sources),
            (&mut self.finishers, other.finishers),
            (&mut self.keepers, other.keepers),
            (&mut self.builders, other.builders),
        ] {
            own.0.extend(more.0);
        }
        self.prelude.extend(other.prelude);
        self.aliases.extend(other.aliases);
    }
}
