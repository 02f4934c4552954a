//! A finding's identity, which survives moved lines and renamed files.

use std::collections::BTreeMap;

use crate::settle::Finding;

/// Gives every finding its fingerprint; among equals their order counts.
pub(super) fn assign(findings: &mut [Finding]) {
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    for finding in findings {
        let violation = &finding.violation;
        // What speaks of no edge is known by its words.
        let words = if violation.owner.is_empty() { &violation.message } else { "" };
        let parts = [&violation.rule, &violation.owner, &violation.item, words];
        let identity =
            parts.into_iter().fold(EMPTY, |hash, part| add(add(hash, part.as_bytes()), &[0]));
        let ordinal = seen.entry(identity).or_default();
        finding.fingerprint = format!("{:016x}", add(identity, &ordinal.to_le_bytes()));
        *ordinal += 1;
    }
}

/// The hash of nothing.
const EMPTY: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, for it is the same on every machine and in every release.
fn add(hash: u64, bytes: &[u8]) -> u64 {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(hash, mix)
}
