//! The text of a package's manifest → the crate name of its library.

use toml::{Table, Value};

use super::members::crate_name;

/// The crate name of a package's library; of the package, where the manifest names none. Nothing
/// where the manifest cannot be read.
pub(super) fn library(package: &str, manifest: &str) -> Option<String> {
    let mut mentions = lines(manifest).filter(|(_, line)| mentions_library(line));
    let section = match (mentions.next(), mentions.next()) {
        (None, _) => Some(Table::new()),
        (Some((start, line)), None) if line.trim_end() == "[lib]" => {
            let body = &manifest[start + line.len()..];
            body[..body.find("\n[").unwrap_or(body.len())].parse().ok()
        }
        _ => None,
    };
    let section = section.or_else(|| section_of_whole(manifest))?;
    let named = section.get("name").and_then(Value::as_str);
    Some(crate_name(named.unwrap_or(package)))
}

/// The lines, and where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    })
}

/// Whether a line may be the beginning of what a manifest says of the library. Most manifests have
/// one such line or none, and need not be taken apart.
fn mentions_library(line: &str) -> bool {
    let word = line.trim_start_matches([' ', '\t', '[', '"', '\'']).strip_prefix("lib");
    let is_longer = |next: char| next.is_alphanumeric() || matches!(next, '-' | '_');
    word.is_some_and(|rest| !rest.starts_with(is_longer))
}

fn section_of_whole(manifest: &str) -> Option<Table> {
    let mut manifest: Table = manifest.parse().ok()?;
    Some(match manifest.remove("lib") {
        Some(Value::Table(section)) => section,
        _ => Table::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_called_as_its_section_says() {
        let named = |manifest| library("md-5", manifest).unwrap_or_default();
        for manifest in [
            "[package]\nname = \"md-5\"\n\n[lib]\nname = \"md5\"\npath = \"lib.rs\"\n\n[features]\n",
            "[package]\nname = \"md-5\"\r\n[lib]\r\nname = \"md5\"\r\n",
            "[lib] # is short\nname = \"md5\"",
            "[ lib ]\nname = \"md5\"",
            "lib = { name = \"md5\" }",
            "lib.name = \"md5\"",
            "[\"lib\"]\nname = \"md5\"",
            "[package]\ndescription = \"\"\"\n[lib]\nname = \"x\"\"\"\"\n[lib]\nname = \"md5\"",
            "[lib]\ncrate-type = [\n[]]\nname = \"md5\"\n[features]\nlib = []",
        ] {
            assert_eq!(named(manifest), "md5", "{manifest}");
        }
        for manifest in [
            "",
            "[package]\nname = \"md-5\"\nautobins = false",
            "[lib]\npath = \"lib.rs\"\n[dependencies]\nname = \"1\"",
            "[dependencies.lib]\nname = \"x\"",
            "[package]\ninclude = [\n\"lib/x\",\n]\n[dependencies.x]\nname = \"x\"",
        ] {
            assert_eq!(named(manifest), "md_5", "{manifest}");
        }
        assert_eq!(library("md-5", "[lib]\nname = \"md5\n"), None);
    }
}
