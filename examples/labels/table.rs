//! The table of labels.

use std::fmt;

use anyhow::Context as _;

/// What a person says of one place.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub corpus: String,
    pub file: String,
    pub line: u32,
    pub rule: String,
    pub verdict: String,
    pub reason: String,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}:{}: {}", self.corpus, self.file, self.line, self.reason)
    }
}

/// Reads the table.
pub(crate) fn read(path: &str) -> anyhow::Result<Vec<Label>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("`{path}` cannot be read"))?;
    text.lines().skip(1).map(label).collect()
}

fn label(line: &str) -> anyhow::Result<Label> {
    let fields = fields(line);
    let [corpus, file, number, rule, verdict, reason] = &fields[..] else {
        anyhow::bail!("`{line}` has not six columns");
    };
    Ok(Label {
        corpus: corpus.clone(),
        file: file.clone(),
        line: number.parse().with_context(|| format!("`{number}` is no line"))?,
        rule: rule.clone(),
        verdict: verdict.clone(),
        reason: reason.clone(),
    })
}

/// The fields of a line; in quotes a comma is a comma.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("there is one from the start").push(letter),
        }
    }
    fields
}
