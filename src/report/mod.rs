//! Verdict + sources → text; one file per format.
