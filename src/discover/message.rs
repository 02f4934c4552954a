//! cargo's standard error → the lines of it that a user needs.
//!
//! Control characters are absent from what comes out: cargo quotes manifests.

/// What cargo complains of, without progress, warnings and backtraces; several lines.
pub(super) fn essential(stderr: &str) -> String {
    let start = stderr.lines().position(|line| line.starts_with("error")).unwrap_or(0);
    let lines: Vec<String> = stderr
        .lines()
        .skip(start)
        .take_while(|line| !line.starts_with("Stack backtrace:"))
        .map(printable)
        .filter(|line| !line.trim().is_empty())
        .collect();
    let text = lines.join("\n");
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}

/// The complaint and its innermost cause in one line.
pub(crate) fn one_line(stderr: &str) -> String {
    if blames_lock_file(stderr) {
        return "`Cargo.lock` is missing or does not match the manifests".to_owned();
    }
    let text = essential(stderr);
    let lines: Vec<&str> = text.lines().collect();
    let headline = lines.first().copied().unwrap_or("cargo failed without a word");
    match lines.iter().rposition(|line| *line == "Caused by:").and_then(|at| lines.get(at + 1)) {
        Some(cause) => format!("{headline}: {}", cause.trim()),
        None => headline.to_owned(),
    }
}

/// Whether the lock file would have to be written.
pub(super) fn blames_lock_file(stderr: &str) -> bool {
    stderr.contains("--locked was passed")
}

/// Whether something would have to be fetched.
pub(super) fn misses_network(stderr: &str) -> bool {
    stderr.contains("--offline")
}

/// Whether it was rustup's `cargo` that failed, for want of the toolchain which the folder asks for.
pub(super) fn misses_toolchain(stderr: &str) -> bool {
    stderr.lines().any(|line| line.contains("toolchain '") && line.contains("' is not installed"))
}

fn printable(line: &str) -> String {
    line.chars().filter(|letter| !letter.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIT: &str = "   Updating git repository
error: failed to load source for dependency `pony`

Caused by:
  unable to update https://example.org/pony

Caused by:
  can't checkout from 'https://example.org/pony': you are in the offline mode (--offline)
";

    #[test]
    fn progress_and_blank_lines_go() {
        assert_eq!(
            essential(GIT),
            "failed to load source for dependency `pony`
Caused by:
  unable to update https://example.org/pony
Caused by:
  can't checkout from 'https://example.org/pony': you are in the offline mode (--offline)"
        );
    }

    #[test]
    fn one_line_is_complaint_and_innermost_cause() {
        assert_eq!(
            one_line(GIT),
            "failed to load source for dependency `pony`: can't checkout from \
             'https://example.org/pony': you are in the offline mode (--offline)"
        );
        assert_eq!(
            one_line("error: no matching package\nrequired by `a`\n"),
            "no matching package"
        );
        assert_eq!(one_line(""), "cargo failed without a word");
    }

    #[test]
    fn backtraces_and_control_characters_go() {
        let stderr = "error: bad \u{1b}[31mname\u{7}\n\nStack backtrace:\n   0: anyhow\n";
        assert_eq!(essential(stderr), "bad [31mname");
    }

    #[test]
    fn words_without_the_word_error_are_kept() {
        assert_eq!(essential("segmentation fault\n"), "segmentation fault");
    }
}
