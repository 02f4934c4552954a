//! Which `cfg`s hold in a plain build: every feature on, this platform, no custom flag set.
//!
//! All `cfg`s count for the rules; this only tells, where a name has several meanings, which one a
//! plain build would see. `test` is left open, for both kinds of build are plain.

/// Whether a normalised predicate holds in a plain build; true also where that is open.
pub(super) fn holds(predicate: &str) -> bool {
    predicate.is_empty() || evaluate(predicate) != Some(false)
}

/// Conjoins two `cfg` predicates; the empty one always holds.
pub(super) fn conjoin(outer: &str, inner: &str) -> String {
    match (outer.is_empty(), inner.is_empty()) {
        (_, true) => outer.to_owned(),
        (true, false) => inner.to_owned(),
        (false, false) => {
            let bare = |cfg: &str| -> String {
                let inside = cfg.strip_prefix("all(").and_then(|rest| rest.strip_suffix(')'));
                inside.unwrap_or(cfg).to_owned()
            };
            format!("all({}, {})", bare(outer), bare(inner))
        }
    }
}

/// None: open.
fn evaluate(predicate: &str) -> Option<bool> {
    let predicate = predicate.trim();
    let list = |name: &str| {
        let rest = predicate.strip_prefix(name)?.trim_start().strip_prefix('(')?;
        rest.strip_suffix(')').map(split)
    };
    if let Some(parts) = list("all") {
        return all(parts.into_iter().map(evaluate));
    }
    if let Some(parts) = list("any") {
        return not(all(parts.into_iter().map(|part| not(evaluate(part)))));
    }
    if let Some(parts) = list("not") {
        return not(parts.first().and_then(|part| evaluate(part)));
    }
    match predicate.split_once('=') {
        Some((key, value)) => pair(key.trim(), value.trim().trim_matches('"')),
        None => flag(predicate),
    }
}

fn not(value: Option<bool>) -> Option<bool> {
    value.map(|value| !value)
}

fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut open = false;
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => open = true,
        }
    }
    if open { None } else { Some(true) }
}

fn flag(name: &str) -> Option<bool> {
    match name {
        "test" => None,
        "unix" => Some(cfg!(unix)),
        "windows" => Some(cfg!(windows)),
        "debug_assertions" | "overflow_checks" | "true" => Some(true),
        _ => Some(false),
    }
}

fn pair(key: &str, value: &str) -> Option<bool> {
    match key {
        "feature" | "target_has_atomic" => Some(true),
        "target_os" => Some(value == std::env::consts::OS),
        "target_family" => Some(value == std::env::consts::FAMILY),
        "target_arch" => Some(value == std::env::consts::ARCH),
        "target_env" => {
            Some(if cfg!(target_env = "gnu") { value == "gnu" } else { value != "gnu" })
        }
        "target_endian" => Some((value == "little") == cfg!(target_endian = "little")),
        "target_pointer_width" => Some(value == usize::BITS.to_string()),
        "target_feature" => Some(cfg!(target_arch = "x86_64") && value.starts_with("sse")),
        "panic" => Some(value == "unwind"),
        "target_vendor" | "target_abi" => None,
        _ => Some(false),
    }
}

/// The parts of a list, at its commas outside of parentheses and quotes.
fn split(list: &str) -> Vec<&str> {
    let (mut depth, mut quoted) = (0_u32, false);
    let parts = list.split(move |letter| {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0 && !quoted
    });
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_plain_build_has_all_features_and_no_custom_flags() {
        for predicate in [
            "",
            "feature = \"net\"",
            "not(loom)",
            "all(feature = \"a, (b\", not(miri))",
            "any(loom, feature = \"x\")",
            "test",
            "not(test)",
            "all(test, not(loom))",
        ] {
            assert!(holds(predicate), "{predicate}");
        }
        for predicate in [
            "loom",
            "tokio_unstable",
            "not(feature = \"net\")",
            "all(test, loom)",
            "any(loom, not(feature = \"x\"))",
            "all(unix, windows)",
        ] {
            assert!(!holds(predicate), "{predicate}");
        }
    }
}
