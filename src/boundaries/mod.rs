//! `boundaries.toml` → Boundaries (as written, with spans) → [`policy::Policy`] (bound to nodes).

pub mod policy;
