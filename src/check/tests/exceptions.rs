//! `acyclic`.
