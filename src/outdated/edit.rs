//! A manifest and new requirements → the manifest with nothing else changed.

use toml_edit::{Document, Item};

/// A requirement that changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Its table and key.
    pub path: Vec<String>,
    /// What it shall be.
    pub requirement: String,
}

/// Writes the requirements into the manifest. An error, in words, if it cannot be read or does not
/// have one of them.
pub fn edit(text: &str, edits: &[Edit]) -> Result<String, String> {
    // Line ends and byte order marks do not survive being written by the library, so only the
    // places are asked of it.
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let mut places = Vec::new();
    for edit in edits {
        let range = find(document.as_item(), &edit.path).and_then(Item::span);
        let range = range.filter(|range| text.get(range.clone()).is_some());
        let range = range.ok_or_else(|| format!("no version in `{}`", edit.path.join(".")))?;
        places.push((range, &edit.requirement));
    }
    places.sort_by_key(|(range, _)| range.start);
    let mut edited = text.to_owned();
    for (range, requirement) in places.into_iter().rev() {
        let quote = if text[range.clone()].starts_with('\'') { '\'' } else { '"' };
        edited.replace_range(range, &format!("{quote}{requirement}{quote}"));
    }
    Ok(edited)
}

/// The version of an entry: its value, or `version` in its table.
fn find<'a>(document: &'a Item, path: &[String]) -> Option<&'a Item> {
    let entry = path.iter().try_fold(document, |item, key| item.get(key.as_str()))?;
    let version = if entry.is_str() { entry } else { entry.get("version")? };
    version.is_str().then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, path: &str, requirement: &str) -> String {
        let path = path.split('/').map(str::to_owned).collect();
        edit(text, &[Edit { path, requirement: requirement.to_owned() }]).unwrap()
    }

    #[test]
    fn nothing_else_changes() {
        let text = "\
# Ours.
[dependencies]
a   =   \"1\"   # the first
b = { package = \"bb\", version = '1.0', features = [\"x\"] } # the second
c.version = \"1\" # the third
[dependencies.d] # the fourth
version = \"1\"   # its version
[target.'cfg(unix)'.build-dependencies]
e = \"1\"
";
        let expected = text.replace("a   =   \"1\"", "a   =   \"2\"");
        assert_eq!(edited(text, "dependencies/a", "2"), expected);
        let expected = text.replace("'1.0'", "'2.0'");
        assert_eq!(edited(text, "dependencies/b", "2.0"), expected);
        let expected = text.replace("c.version = \"1\"", "c.version = \"2\"");
        assert_eq!(edited(text, "dependencies/c", "2"), expected);
        let expected = text.replace("version = \"1\"   #", "version = \"2\"   #");
        assert_eq!(edited(text, "dependencies/d", "2"), expected);
        let expected = text.replace("e = \"1\"", "e = \"2\"");
        assert_eq!(edited(text, "target/cfg(unix)/build-dependencies/e", "2"), expected);
    }

    #[test]
    fn line_ends_and_byte_order_marks_stay() {
        let text = "\u{feff}[dependencies]\r\na = \"1\" # one\r\n\r\nb = \"1\"\r\n";
        let expected = text.replace("a = \"1\"", "a = \"2\"");
        assert_eq!(edited(text, "dependencies/a", "2"), expected);
    }

    #[test]
    fn what_is_not_there_is_told() {
        let edits =
            |path: &str| [Edit { path: vec![path.to_owned()], requirement: "2".to_owned() }];
        assert_eq!(edit("a = 1\n", &edits("a")), Err("no version in `a`".to_owned()));
        assert_eq!(edit("a = 1\n", &edits("b")), Err("no version in `b`".to_owned()));
        assert!(edit("a = \n", &edits("a")).is_err());
    }
}
