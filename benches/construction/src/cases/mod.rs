//! The cases, one file per family.
//!
//! A case is set up when its turn comes, so that nothing of another one runs beside it.

mod control;
mod http;
mod matching;
mod metrics;
mod runtimes;
mod security;
mod storage;
mod templates;

use crate::measure::Case;

/// All of them.
pub(crate) const CASES: &[fn() -> Case] = &[
    control::nothing_to_build,
    http::blocking_client_and_get,
    http::client,
    http::client_and_get,
    http::free_get,
    http::ureq_get,
    matching::automaton,
    matching::glob,
    matching::glob_set,
    matching::regex,
    matching::regex_macro,
    matching::regex_set,
    matching::regex_unicode,
    matching::syntaxes,
    metrics::counter,
    runtimes::current_thread,
    runtimes::eight_threads,
    runtimes::two_threads,
    runtimes::two_workers,
    security::key_of_a_token,
    security::native_roots,
    security::random_numbers,
    security::roots_in_the_program,
    storage::pool,
    storage::schema,
    storage::schema_is_valid,
    templates::handlebars,
    templates::handlebars_unregistered,
    templates::minijinja,
    templates::tera,
    templates::tera_one_off,
];
