//! A manifest and new requirements → the manifest with nothing else changed.

use toml_edit::{DocumentMut, Item, Value};

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
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    for edit in edits {
        let value = find(document.as_item_mut(), &edit.path)
            .ok_or_else(|| format!("no version in `{}`", edit.path.join(".")))?;
        let decor = value.decor().clone();
        *value = Value::from(edit.requirement.as_str());
        *value.decor_mut() = decor;
    }
    Ok(document.to_string())
}

/// The version of an entry: its value, or `version` in its table.
fn find<'a>(document: &'a mut Item, path: &[String]) -> Option<&'a mut Value> {
    let entry = path.iter().try_fold(document, |item, key| item.get_mut(key.as_str()))?;
    let version = if entry.is_str() { entry } else { entry.get_mut("version")? };
    version.as_value_mut().filter(|value| value.is_str())
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
        let expected = text.replace("'1.0'", "\"2.0\"");
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
