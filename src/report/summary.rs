//! Summary → the last line of a report.

use crate::report::selection::plural;
use crate::resolve::{MacroNotReadReason, UnresolvedReason};
use crate::settle::Summary;

/// `2 errors, 1 warning; 3 known; 13 files, 412 lines; 1 file unreached, 2 macros not read`.
///
/// What is zero is left out; what could not be read or followed is always said.
pub fn line(summary: &Summary) -> String {
    let parts = [found(summary), let_pass(summary), read(summary), not_known(summary)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn found(summary: &Summary) -> String {
    let counts = [
        (summary.errors, "error", ""),
        (summary.warnings, "warning", ""),
        (summary.infos, "note", ""),
    ];
    let clean = summary.errors + summary.warnings + summary.stale == 0;
    match (clean, list(&counts)) {
        (true, notes) if notes.is_empty() => "no errors or warnings".to_owned(),
        (true, notes) => format!("no errors or warnings, {notes}"),
        (false, some) => some,
    }
}

fn let_pass(summary: &Summary) -> String {
    let stale = list(&[(summary.stale, "stale excuse", "")]);
    let known = (summary.known > 0).then(|| format!("{} known", summary.known));
    let suppressed = (summary.suppressed > 0).then(|| format!("{} suppressed", summary.suppressed));
    let parts = [Some(stale).filter(|stale| !stale.is_empty()), known, suppressed];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn read(summary: &Summary) -> String {
    let Summary { files, lines, .. } = *summary;
    format!("{files} file{}, {lines} line{}", plural(files), plural(lines))
}

fn not_known(summary: &Summary) -> String {
    let unresolved = UnresolvedReason::ALL.map(UnresolvedReason::name);
    let paths = format!(" unresolved{}", by_reason(&unresolved, &summary.unresolved_by_reason));
    let not_read = MacroNotReadReason::ALL.map(MacroNotReadReason::name);
    let macros = format!(" not read{}", by_reason(&not_read, &summary.macros_by_reason));
    list(&[
        (summary.unparsed, "file", " unparsed"),
        (summary.unreached, "file", " unreached"),
        (summary.unresolved, "path", &paths),
        (summary.macros_not_read, "macro", &macros),
    ])
}

/// ` (2 not-found, 1 missing-file)`.
fn by_reason(names: &[&str], counts: &[usize]) -> String {
    let some = names.iter().zip(counts).filter(|(_, count)| **count > 0);
    let some: Vec<String> = some.map(|(name, count)| format!("{count} {name}")).collect();
    if some.is_empty() { String::new() } else { format!(" ({})", some.join(", ")) }
}

fn list(counts: &[(usize, &str, &str)]) -> String {
    let nonzero = counts.iter().filter(|(count, ..)| *count > 0);
    nonzero
        .map(|(count, noun, what)| format!("{count} {noun}{}{what}", plural(*count)))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_found_and_all_known() {
        let summary = Summary { files: 1, lines: 1, ..Summary::default() };
        assert_eq!(line(&summary), "no errors or warnings; 1 file, 1 line");
        assert_eq!(line(&Summary::default()), "no errors or warnings; 0 files, 0 lines");
    }

    #[test]
    fn a_stale_excuse_is_not_nothing() {
        let summary = Summary { stale: 1, files: 1, lines: 1, ..Summary::default() };
        assert_eq!(line(&summary), "1 stale excuse; 1 file, 1 line");
    }

    #[test]
    fn one_of_each() {
        let one = Summary {
            errors: 1,
            warnings: 1,
            infos: 1,
            known: 1,
            suppressed: 1,
            stale: 1,
            files: 1,
            lines: 1,
            unparsed: 1,
            unreached: 1,
            unresolved: 1,
            unresolved_by_reason: [0, 1, 0, 0, 0],
            macros_not_read: 1,
            macros_by_reason: [1, 0],
        };
        assert_eq!(
            line(&one),
            "1 error, 1 warning, 1 note; 1 stale excuse, 1 known, 1 suppressed; 1 file, 1 line; \
             1 file unparsed, 1 file unreached, 1 path unresolved (1 not-found), \
             1 macro not read (1 only-paths)"
        );
    }

    #[test]
    fn several() {
        let summary = Summary {
            errors: 2,
            stale: 2,
            files: 13,
            lines: 412,
            unreached: 3,
            macros_not_read: 2,
            ..Summary::default()
        };
        assert_eq!(
            line(&summary),
            "2 errors; 2 stale excuses; 13 files, 412 lines; 3 files unreached, 2 macros not read"
        );
    }
}
