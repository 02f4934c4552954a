//! Baselines as text, and what is known of what is there.
